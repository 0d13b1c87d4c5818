"""`coach evaluate conversations`: the guided voice alone, and beside any chat model."""

import json
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coach.commands import evaluate
from coach.commands.evaluate_model import SLIPS
from coach.domain.conversation import Replied
from coach.domain.quality import slips
from coach.domain.steps import Ask, AskKind, Lead, Step
from coach.domain.values import Language
from coach.services.outline import read_yardstick
from coach.settings import Settings
from coach.wiring import App, build

GOOD = "Jullie drinken koffie met de buren."
ADVISES = "Je moet vaker koffie drinken met de buren."
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = {str(n): [f"Elke {day} drinken we koffie met de buren."] for n, day in enumerate(DAYS, start=1)}
    folder = tmp_path_factory.mktemp("data") / "scripts"
    folder.mkdir()
    told = {"language": "nl", "focus": "all", "goal": "Dat ik weet waar ik begin.", "answers": answers}
    (folder / "koffie.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


@cache
def app_with(data_dir: Path, model: str, price: float | None) -> App:
    return build(Settings(data_dir=data_dir, model=model, model_price_in=price, model_price_out=price))


def run(
    scripts: Path, model: Path | None, *arguments: str, settings: str = "", price: float | None = None
) -> Result:
    commands = typer.Typer()
    evaluate.register(commands)
    commands.callback()(lambda: None)
    app = app_with(scripts.parent, settings, price)
    named = ("--model", f"scripted:{model}") if model else ()
    return CliRunner().invoke(
        commands, ["evaluate", "conversations", "--scripts", str(scripts), *named, *arguments], obj=app
    )


def saying(folder: Path, *lines: object) -> Path:
    path = folder / "model.json"
    path.write_text(json.dumps(lines), encoding="utf-8")
    return path


def test_without_the_option_the_guided_voice_alone_speaks_whatever_is_set(
    scripts: Path, tmp_path: Path
) -> None:
    dead = saying(tmp_path, {"error": "ModelConnectionError"})
    alone = run(scripts, None, "--json")
    assert alone.exit_code == 0
    assert run(scripts, None, "--json", settings=f"scripted:{dead}").stdout == alone.stdout
    assert {one["number"] for one in json.loads(alone.stdout)} >= {1, 2, 3, 4, 6, 9, 10, 11, 12, 15, 16}


def test_both_voices_stand_side_by_side(scripts: Path, tmp_path: Path) -> None:
    alone = json.loads(run(scripts, None, "--json").stdout)
    told = json.loads(run(scripts, saying(tmp_path, GOOD), "--json", price=2.0).stdout)
    assert [one["guided"]["value"] for one in told["figures"]] == [one["value"] for one in alone]
    assert all(
        one["model"]["reached"] for one in told["figures"] if one["number"] in (1, 2, 3, 4, 12, 15, 16)
    )
    assert told["spoke"]["model"] > 3 and told["spoke"]["planned"] > 3
    assert 200 < told["turns_in"]["median"] <= told["turns_in"]["most"] <= 3_000
    assert told["turns_out"]["most"] <= 300
    worded = told["worded"]
    tokens = worded["tokens_in"] + worded["tokens_out"]
    assert worded["cost"] == pytest.approx(2.0 * tokens / 1_000_000)


def test_the_known_faults_are_counted_and_none_is_shown(scripts: Path, tmp_path: Path) -> None:
    told = json.loads(run(scripts, saying(tmp_path, ADVISES), "--json").stdout)
    assert told["held_back"]["advice"] > 3
    assert set(told["model_slips"]) == set(SLIPS)
    assert told["model_slips"] == told["guided_slips"]
    assert told["spoke"]["instead"] > 3 and told["faults"]["protocol"] == told["spoke"]["instead"]


def test_the_same_for_people(scripts: Path, tmp_path: Path) -> None:
    shown = run(scripts, saying(tmp_path, GOOD)).stdout
    for piece in ("with model", "advice first", "several questions", "leading", "closed", "sent for a turn"):
        assert piece in shown


def test_a_model_that_is_not_there_ends_with_cause_and_remedy(scripts: Path, tmp_path: Path) -> None:
    result = run(scripts, saying(tmp_path, {"error": "ModelConnectionError"}))
    assert result.exit_code == 1 and result.stdout == ""
    assert "not_running" in result.stderr and "COACH_MODEL_URL" in result.stderr


def test_the_four_faults() -> None:
    yardstick = read_yardstick(Settings().prompts_dir, Language.EN)
    step = Step(Lead.REFLECT, Ask(AskKind.QUESTION, 3))
    texts = (
        "You should hire a planner. What do you see then?",
        "What happens then? Who is there?",
        "Don't you think that is too much?",
        "Do you like it?",
        "You drink coffee together. What happens then?",
    )
    replies = [Replied(at, None, step, text) for at, text in enumerate(texts)]
    found = slips(replies, yardstick)
    assert (found.advice_first, found.several_questions, found.leading, found.closed) == (1, 1, 1, 2)
    assert vars(slips(replies[-1:], yardstick)) == dict.fromkeys(SLIPS, 0)

"""`coach doctor` about the chat model: whether it answers, what it is told, what it cost, and what to do if not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli import app as command


def findings(env: dict[str, str]) -> dict[str, dict[str, str]]:
    done = CliRunner().invoke(command, ["doctor", "--json"], env=env)
    return {one["part"]: one for one in json.loads(done.stdout)}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "good.json").write_text('["ok"]', encoding="utf-8")
    (tmp_path / "dead.json").write_text('[{"error": "ModelConnectionError"}]', encoding="utf-8")
    return {"COACH_DATA_DIR": str(tmp_path), "COACH_LANGUAGE": "en"}


def test_without_a_model_nothing_is_missing(env: dict[str, str]) -> None:
    assert findings(env)["chat model"]["state"] == "missing"


def test_a_model_that_answers_is_well(env: dict[str, str], tmp_path: Path) -> None:
    told = findings({**env, "COACH_MODEL": f"scripted:{tmp_path / 'good.json'}"})
    assert told["chat model"]["state"] == "ok"
    assert "nl: hearing" in told["what the model is told"]["told"]
    assert told["what the model cost"]["told"] == "nothing so far"


@pytest.mark.parametrize(
    ("model", "cause", "remedy"),
    [
        ("scripted:{folder}/dead.json", "not_running", "COACH_MODEL_URL"),
        ("nobody:nothing", "unknown", ""),
        ("openai:gpt-4.1-mini", "wrong_key", "COACH_MODEL_KEY"),
    ],
)
def test_what_is_wrong_has_a_cause_and_a_remedy(
    env: dict[str, str], tmp_path: Path, model: str, cause: str, remedy: str
) -> None:
    told = findings({**env, "COACH_MODEL": model.format(folder=tmp_path), "OPENAI_API_KEY": ""})["chat model"]
    assert told["state"] == "broken" and cause in told["told"] and remedy in told["remedy"]

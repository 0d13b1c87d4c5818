"""The commands list, export, erase, purge and demo, on a real archive in a folder of their own."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from docx import Document as open_docx
from icalendar import Calendar
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from coach.commands import demo, saved
from coach.domain.conversation import Heard, Replied
from coach.domain.wording import Usage
from coach.settings import Settings
from coach.wiring import App, build
from tests.reports.sample import machine_shop

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    app = build(Settings(data_dir=tmp_path_factory.mktemp("data")))
    app.archive.begin(machine_shop())
    return app


def run(app: App, *arguments: str) -> Result:
    commands = typer.Typer()
    saved.register(commands)
    demo.register(commands)
    return CliRunner().invoke(commands, arguments, obj=app)


def test_demo_loads_three_made_up_conversations_once(tmp_path: Path) -> None:
    app = build(Settings(data_dir=tmp_path))
    first = json.loads(run(app, "demo", "--json").stdout)
    again = json.loads(run(app, "demo", "--json").stdout)
    assert [(one["language"], one["focus"], one["origin"]) for one in first] == [
        ("nl", "human", "demo"), ("en", "natural", "demo"), ("nl", "all", "demo"),
    ]  # fmt: skip
    assert all(one["added"] for one in first) and not any(one["added"] for one in again)
    assert [one["id"] for one in first] == [one["id"] for one in again]
    assert all(app.archive.get(one["id"]).status == "finished" for one in first)


def test_list_tells_state_and_origin(app: App) -> None:
    told = json.loads(run(app, "list", "--json").stdout)
    assert [(one["id"], one["status"], one["focus"]) for one in told] == [
        (machine_shop().id, "finished", "all")
    ]
    assert told[0]["usage"] is None
    assert machine_shop().id in run(app, "list").stdout


def test_what_a_model_cost_is_told_of_a_talk_and_of_a_turn(tmp_path: Path) -> None:
    app, talk = build(Settings(data_dir=tmp_path)), machine_shop()
    spent = Usage(800, 40, 0.002)
    first = next(entry for entry in talk.entries if isinstance(entry, Replied))
    heard = Heard(talk.next_position, first.at, 1, usage=Usage(300, 10, 0.001))
    entries = [replace(entry, usage=spent) if entry is first else entry for entry in talk.entries]
    app.archive.begin(replace(talk, entries=(*entries, heard)))
    told = json.loads(run(app, "list", "--json").stdout)[0]["usage"]
    assert (told["tokens_in"], told["tokens_out"], told["calls"]) == (1_100, 50, 2)
    assert told["cost"] == pytest.approx(0.003)
    table = run(app, "export", talk.id, "--format", "csv").stdout_bytes.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    costs = [(row["tokens_in"], row["tokens_out"], row["cost"]) for row in rows]
    assert costs[first.position] == ("800", "40", "0.002") and costs[-1] == ("", "", "")


def test_export_as_json_is_the_schema_alone_on_stdout(app: App) -> None:
    told = json.loads(run(app, "export", machine_shop().id).stdout)
    assert told["schema"] == 1 and told["id"] == machine_shop().id


def test_export_all_as_list_lines_and_table(app: App) -> None:
    assert len(json.loads(run(app, "export", "--all").stdout)) == 1
    lines = run(app, "export", "--all", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == [1]
    table = run(app, "export", "--all", "--format", "csv").stdout_bytes
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert rows[1]["speaker"] == "entrepreneur"


def test_export_as_documents(app: App, tmp_path: Path) -> None:
    assert "Jouw waardebalans" in run(app, "export", machine_shop().id, "--format", "md").stdout
    file = tmp_path / "talk.docx"
    assert run(app, "export", machine_shop().id, "--format", "docx", "-o", str(file)).exit_code == 0
    assert open_docx(str(file)).paragraphs[0].text.startswith("Jouw waardebalans")
    printed = run(app, "export", machine_shop().id, "--format", "pdf").stdout_bytes
    assert "Jouw waardebalans" in PdfReader(io.BytesIO(printed)).pages[0].extract_text()
    days = Calendar.from_ical(run(app, "export", machine_shop().id, "--format", "ics").stdout_bytes)
    assert next(str(event["summary"]) for event in days.walk("VEVENT")) == "Eerste stap: Bel de boer"


def test_pseudonyms_hide_the_code_of_the_conversation(app: App) -> None:
    result = run(app, "export", machine_shop().id, "--pseudonymise")
    assert result.exit_code == 0 and machine_shop().id not in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("export", "abc", "--all"),
        ("export", "--all", "--format", "docx"),
        ("export", "--all", "--format", "pdf"),
        ("export", "abc", "--format", "ics", "--pseudonymise"),
        ("export", "abc", "--format", "xls"),
        ("purge",),
        ("purge", "--older-than", "-1"),
    ],
)
def test_wrong_use_ends_with_two(app: App, arguments: tuple[str, ...]) -> None:
    assert run(app, *arguments).exit_code == 2


@pytest.mark.parametrize("command", [("export", "nobody"), ("erase", "nobody")])
def test_an_unknown_conversation_ends_with_one_line(app: App, command: tuple[str, ...]) -> None:
    result = run(app, *command)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1 and "nobody" in result.stderr


def test_a_place_that_cannot_be_written_ends_with_one_line(app: App, tmp_path: Path) -> None:
    result = run(app, "export", machine_shop().id, "-o", str(tmp_path / "no" / "file.json"))
    assert result.exit_code == 1 and result.stderr.count("\n") == 1


def test_erase_and_purge(tmp_path: Path) -> None:
    app = build(Settings(data_dir=tmp_path))
    app.archive.begin(machine_shop())
    assert json.loads(run(app, "purge", "--older-than", "100000", "--json").stdout) == []
    assert run(app, "erase", machine_shop().id).exit_code == 0
    assert json.loads(run(app, "list", "--json").stdout) == []
    app.archive.begin(machine_shop())
    assert json.loads(run(app, "purge", "--older-than", "0", "--json").stdout) == [machine_shop().id]


@pytest.mark.parametrize("command", ["list", "export", "erase", "purge", "demo"])
def test_help_shows_an_example(app: App, command: str) -> None:
    result = run(app, command, "--help")
    assert result.exit_code == 0 and f"coach {command}" in result.stdout

"""Wrong use and broken surroundings, each told in one line of stderr, never with a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def coach(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with these COACH_… settings."""
    environment = {**os.environ, **{f"COACH_{name.upper()}": value for name, value in settings.items()}}
    command = [sys.executable, "-c", "from coach.cli import main; main()", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, timeout=120, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "told"),
    [
        (["list"], {"reply_seconds": "abc"}, 2, "COACH_REPLY_SECONDS=abc"),
        (["list"], {"language": "xx"}, 2, "COACH_LANGUAGE=xx"),
        (["list"], {"data_dir": "/dev/null"}, 1, "/dev/null"),
        (["run", "--port", "8977"], {"data_dir": "/dev/null"}, 1, "/dev/null"),
        (["run", "--port", "8977"], {"prompts_dir": "/nowhere"}, 1, "/nowhere"),
        (["export", "nobody"], {}, 1, "no conversation with this id: nobody"),
        (["export", ""], {}, 1, "no conversation with this id"),
        (["talk", "--json"], {}, 2, "--script"),
        (["purge", "--older-than", "99999999999"], {}, 2, "365000"),
        (["understand"], {"prompts_dir": "/nowhere"}, 1, "/nowhere"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], status: int, told: str
) -> None:
    ended = coach(*arguments, **{"data_dir": str(tmp_path), **settings})
    assert ended.returncode == status
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_every_line_that_cannot_be_understood_is_named(tmp_path: Path) -> None:
    lines = '{"text": 3}\n{"text": "Elke maandag eten we samen."}\nrubbish\n'
    ended = coach("understand", stdin=lines, data_dir=str(tmp_path))
    assert ended.returncode == 1
    assert "line 1" in ended.stderr and "line 3" in ended.stderr
    assert len(ended.stdout.splitlines()) == 3


def test_a_damaged_conversation_does_not_keep_the_others_from_leaving(tmp_path: Path) -> None:
    coach("demo", data_dir=str(tmp_path))
    database = tmp_path / "waardebalans.sqlite3"
    with sqlite3.connect(database) as connection:
        (damaged,) = connection.execute("select conversation_id from entry limit 1").fetchone()
        connection.execute("update entry set body = '{}' where conversation_id = ?", (damaged,))
    ended = coach("export", "--all", "--format", "jsonl", data_dir=str(tmp_path))
    assert ended.returncode == 1
    assert str(damaged) in ended.stderr
    assert len(ended.stdout.splitlines()) == 2

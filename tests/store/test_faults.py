"""When the disk or the database fails, it is said truthfully, and all works again afterwards."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest

from coach.domain.errors import NotSaved
from coach.store.archive import SqlArchive, open_archive
from coach.store.faults import cause
from tests.store.nursery import Nursery
from tests.store.samples import conversation, said


def _check(url: str, told: list[str]) -> None:
    """Every acknowledged entry is there, and nothing that was refused."""
    acknowledged = [line for line in told if line.startswith("ack ")]
    archive = open_archive(url)
    assert archive.get("c1").next_position == len(acknowledged)
    archive.close()


def test_no_room_for_larger_files_is_told_and_room_again_is_used(nursery: Nursery, url: str) -> None:
    told = nursery.run("starved", url)
    assert [line.split()[0] for line in told] == ["ack", *["refused"] * 3, *["ack"] * 3]
    assert all("disk" in line for line in told if line.startswith("refused"))
    _check(url, told)


@pytest.mark.parametrize(
    ("injected", "named"),
    [
        ("pwrite64:error=ENOSPC:when=200..230", "the disk is full"),
        ("pwrite64:error=EIO:when=200..230", "the disk reports an error"),
        ("pwrite64:error=EROFS:when=200..230", "the disk reports an error"),
        ("fdatasync:error=EIO:when=30..35", "the disk reports an error"),
        ("fdatasync:error=ENOSPC:when=30..35", "the disk reports an error"),
    ],
)
def test_a_failing_disk_is_told_and_used_again(url: str, injected: str, named: str) -> None:
    if not shutil.which("strace"):
        pytest.skip("needs strace to make the disk fail; the test with a size limit runs without")
    strace = ["strace", "-f", "-qq", "-e", f"trace={injected.split(':')[0]}", "-e", f"inject={injected}"]
    task = [sys.executable, "-m", "tests.store.children", "attempts", url, "100"]
    run = subprocess.run([*strace, "-o", os.devnull, *task], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    told = run.stdout.splitlines()
    refused = [line for line in told if line.startswith("refused")]
    assert 1 <= len(refused) < 50
    assert told[0] == "ack 0"
    assert told[-1].startswith("ack")
    assert all(named in line for line in refused)
    _check(url, told)


def test_a_locked_database_is_told_within_six_seconds(archive: SqlArchive, url: str) -> None:
    archive.begin(conversation())
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    with pytest.raises(NotSaved, match="locked"):
        archive.append("c1", said(0))
    assert 4 < time.monotonic() - start < 6
    assert archive.get("c1").entries == ()  # reading does not wait
    holder.rollback()
    holder.close()
    archive.append("c1", said(0))
    assert archive.get("c1").entries == (said(0),)


def test_a_lock_that_is_let_go_in_time_is_waited_for(archive: SqlArchive, url: str) -> None:
    archive.begin(conversation())
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, holder.rollback).start()
    archive.append("c1", said(0))
    assert archive.get("c1").entries == (said(0),)
    holder.close()


def test_an_erase_beside_a_reader_still_erases(
    archive: SqlArchive, url: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    archive.begin(conversation("unwanted"))
    reader = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM conversation").fetchall()
    with caplog.at_level(logging.WARNING):
        archive.erase("unwanted")
    assert archive.overviews() == ()
    assert "the next start does it again" in caplog.text
    reader.close()
    archive.close()
    open_archive(url).close()
    assert not any(b"unwanted" in file.read_bytes() for file in (tmp_path / "data").iterdir())


@pytest.mark.parametrize("folder", ["/dev/null/data", "/dev/null"])
def test_a_folder_that_cannot_be_used_is_named(folder: str) -> None:
    with pytest.raises(NotSaved, match="/dev/null"):
        open_archive(f"sqlite:///{folder}/talks.sqlite3")


def test_a_folder_in_the_place_of_the_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be opened") as problem:
        open_archive(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in str(problem.value)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Beste Noor, " * 500)
    with pytest.raises(NotSaved, match="not a database") as problem:
        open_archive(f"sqlite:///{file}")
    assert str(file) in str(problem.value)
    assert file.read_text() == "Beste Noor, " * 500


def test_a_damaged_database_is_told(archive: SqlArchive, url: str) -> None:
    archive.begin(conversation())
    archive.append("c1", said(0, "x" * 50_000))
    archive.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with pytest.raises(NotSaved, match="damaged"):
        open_archive(url)


@pytest.mark.parametrize("url", ["", "rubbish", "nope://somewhere/x", "postgresql+none://me:secret@host/x"])
def test_an_address_that_cannot_be_used_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(NotSaved, match="no database of this kind") as problem:
        open_archive(url)
    assert "secret" not in "".join(traceback.format_exception(problem.value))


def test_a_read_only_database_is_named(archive: SqlArchive, url: str) -> None:
    archive.close()
    database = sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as problem:
        database.execute("DELETE FROM conversation")
    database.close()
    assert cause(problem.value).startswith("the database is read-only")


def test_nobodys_words_come_into_a_log(archive: SqlArchive, url: str) -> None:
    archive.begin(conversation())
    database = sqlite3.connect(url.removeprefix("sqlite:///"))
    database.execute("DROP TABLE entry")
    database.close()
    with pytest.raises(NotSaved) as problem:
        archive.append("c1", said(0, " ".join(("mijn", "geheim"))))
    assert "mijn geheim" not in "".join(traceback.format_exception(problem.value))

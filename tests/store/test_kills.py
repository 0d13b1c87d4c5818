"""What was acknowledged is on disk: after a kill at any moment, and before the acknowledgement was given."""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from coach.domain.errors import UnknownConversation
from coach.store.archive import open_archive
from tests.store.nursery import Nursery

KILLS = 100
SYNCS = 200


def test_a_hundred_kills_lose_nothing_acknowledged_and_double_nothing(nursery: Nursery, url: str) -> None:
    moments = random.Random(7)
    acknowledged = 0
    for number in range(KILLS):
        name = f"talk{number}"
        told = nursery.run("pairs", url, name, kill_after=moments.uniform(0.0, 0.25))
        positions = [int(line.removeprefix("ack ")) for line in told if line.startswith("ack ")]
        assert positions == list(range(len(positions)))
        assert _kept(url, name, begun="begun" in told) - len(positions) in (0, 1)
        acknowledged += len(positions)
    assert acknowledged > KILLS
    assert _integrity(url) == "ok"


def _kept(url: str, name: str, begun: bool) -> int:
    """Return how many entries there are, after a look at each of them and at the tables."""
    assert _integrity(url) == "ok"
    archive = open_archive(url)
    try:
        conversation = archive.get(name)
    except UnknownConversation:
        assert not begun
        return 0
    finally:
        lines = {line.id: line for line in archive.overviews()}
        archive.close()
    assert [entry.position for entry in conversation.entries] == list(range(conversation.next_position))
    kinds = [entry.kind for entry in conversation.entries]
    assert kinds == (["said", "replied"] * 999)[: len(kinds)]
    assert lines[name].status == conversation.status
    return conversation.next_position


def _integrity(url: str) -> str:
    database = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        found: str = database.execute("PRAGMA integrity_check").fetchone()[0]
        return found
    finally:
        database.close()


def test_every_acknowledgement_comes_after_the_sync_of_its_commit(url: str, tmp_path: Path) -> None:
    assert _early_acknowledgements(url, tmp_path, "FULL") == 0


def test_the_trace_would_show_an_early_acknowledgement(url: str, tmp_path: Path) -> None:
    assert _early_acknowledgements(url, tmp_path, "NORMAL") > SYNCS / 2


def _early_acknowledgements(url: str, folder: Path, synchronous: str) -> int:
    if not shutil.which("strace"):
        pytest.skip("needs strace to see when the disk is asked to sync")
    trace = folder / "trace.txt"
    strace = ["strace", "-f", "-y", "-qq", "-e", "trace=pwrite64,fdatasync,fsync,write", "-o", str(trace)]
    task = [sys.executable, "-m", "tests.store.children", "attempts", url, str(SYNCS), synchronous]
    subprocess.run([*strace, *task], check=True, stdout=subprocess.DEVNULL, timeout=120)
    early, acknowledged, written = 0, 0, False
    for call in trace.read_text().splitlines():
        if re.search(r"pwrite64\(\d+<[^>]*-wal>", call):
            written = True
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal>\)\s+= 0", call):
            written = False
        elif re.search(r"write\(1<[^>]*>, \"ack ", call):
            acknowledged += 1
            early += written
    assert acknowledged == SYNCS
    return early

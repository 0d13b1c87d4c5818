"""A talk that is killed a hundred times at random moments loses no stored answer and doubles none."""

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.domain.conversation import Conversation, Entry, Replied, Said
from coach.domain.passages import Article, Found, Passage, Query
from coach.domain.ports import Archive
from coach.reading.rules import RuleReader
from coach.services.guidance import Guidance
from coach.services.play import Script, play, play_on, read_script
from coach.settings import Settings
from coach.store.archive import SqlArchive, open_archive
from coach.store.memory import MemoryArchive
from coach.voices.guided import read_guided_voice

SCRIPT = Path(__file__).parent.parent / "scripts" / "prater_bakker.json"
KILLS = 100
LIVES_PER_TALK = 5  # the longest life is a fifth of a talk: on a slow machine lives are longer


class NoArticles:
    """A search that finds nothing: the index has no part in this test."""

    def find(self, query: Query) -> list[Found]:
        return []

    def quote(self, passage: Passage, query: Query) -> str:
        return passage.text

    def passage(self, passage_id: str) -> Passage | None:
        return None

    def articles(self) -> list[Article]:
        return []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    script, url = read_script(SCRIPT), f"sqlite:///{tmp_path / 'talk.sqlite3'}"
    prompts = Settings().prompts_dir
    voice, reader = read_guided_voice(prompts), RuleReader(prompts)

    def guidance(archive: Archive) -> Guidance:
        return Guidance(archive, reader, voice, NoArticles(), lambda: datetime.now(UTC), script.id)

    expected = _told(play(script, guidance(MemoryArchive())))
    began = time.perf_counter()
    play(script, guidance(open_archive(f"sqlite:///{tmp_path / 'undisturbed.sqlite3'}")))
    longest = (time.perf_counter() - began) / LIVES_PER_TALK
    kills, acknowledged = 0, tmp_path / "acknowledged"
    dice = random.Random(7)
    while kills < KILLS:
        child = os.fork()
        if child == 0:
            try:
                _live(script, guidance, url, acknowledged)
            finally:
                os._exit(1)
        time.sleep(dice.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        kills += os.WIFSIGNALED(status)
        _check(url, script, acknowledged, expected)
    _live(script, guidance, url, acknowledged)
    assert _check(url, script, acknowledged, expected), "what the last kill left comes to its end"


class TellingArchive(SqlArchive):
    """The archive, with a line on disk for every acknowledgement."""

    acknowledged: Path

    def append(self, conversation_id: str, entry: Entry) -> None:
        super().append(conversation_id, entry)
        with self.acknowledged.open("a", encoding="utf-8") as told:
            told.write(f"{entry.position}\n")


def _live(script: Script, guidance: Callable[[Archive], Guidance], url: str, acknowledged: Path) -> None:
    """Play on from what is on disk, telling after each entry that it is stored."""
    archive = TellingArchive(open_archive(url).engine)
    archive.acknowledged = acknowledged
    talk = guidance(archive)
    if not any(seen.id == script.id() for seen in archive.overviews()):
        talk.begin(script.language, script.value)
    play_on(script, talk, archive.get(script.id()))


def _check(url: str, script: Script, acknowledged: Path, expected: list[str]) -> bool:
    """Compare what is on disk with what was acknowledged and with the undisturbed talk; start over at the end."""
    archive = open_archive(url)
    if not any(seen.id == script.id() for seen in archive.overviews()):
        return False
    conversation = archive.get(script.id())
    told = _told(conversation)
    promised = [int(line) for line in acknowledged.read_text().split()] if acknowledged.exists() else []
    assert [entry.position for entry in conversation.entries] == list(range(len(conversation.entries)))
    assert len(promised) == len(set(promised)) and all(
        place < len(conversation.entries) for place in promised
    )
    assert told == expected[: len(told)], "what was said is as in the undisturbed talk"
    if conversation.status != "finished":
        return False
    archive.erase(script.id())
    acknowledged.unlink(missing_ok=True)
    return True


def _told(conversation: Conversation) -> list[str]:
    told = [e for e in conversation.entries if isinstance(e, Said | Replied)]
    return [f"{e.position} {e.text}" for e in told]

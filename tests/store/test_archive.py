"""The archive keeps what it promises to keep, once, and lets go of what must go."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.conversation import Conversation, Entry
from coach.domain.errors import CoachError, PositionTaken, UnknownConversation, UnreadableFile
from coach.domain.ports import Archive
from coach.domain.steps import Lead
from coach.domain.text import clean
from coach.domain.values import Language, Value
from coach.store import tables
from coach.store.archive import SqlArchive, open_archive
from coach.store.database import writing
from coach.store.notes import SqlNotebook
from tests.store.samples import NASTY, NOON, any_entry, any_text, conversation, replied, said

on_disk = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def test_it_is_an_archive(archive: SqlArchive) -> None:
    port: Archive = archive
    assert port.overviews() == ()


@on_disk
@given(st.lists(any_entry, max_size=6), st.sampled_from([None, *Value]), st.booleans())
def test_a_conversation_comes_back_as_it_was(
    archive: SqlArchive, entries: list[Entry], focus: Value | None, at_once: bool
) -> None:
    placed = tuple(replace(entry, position=place) for place, entry in enumerate(entries))
    whole = Conversation(f"c{len(archive.overviews())}", Language.EN, focus, NOON, "script", placed)
    archive.begin(whole if at_once else replace(whole, entries=()))
    for entry in () if at_once else placed:
        archive.append(whole.id, entry)
    assert archive.get(whole.id) == whole
    assert next(line for line in archive.overviews() if line.id == whole.id).status == whole.status


@pytest.mark.parametrize("text", [clean(text) for text in NASTY])
def test_nasty_text_is_kept_byte_for_byte_and_can_be_erased(archive: SqlArchive, text: str) -> None:
    archive.begin(conversation())
    archive.append("c1", said(0, text))
    archive.keep_draft("c1", text)
    stored = archive.get("c1").entries[0]
    assert stored.text.encode() == text.encode()  # type: ignore[union-attr]
    assert archive.draft("c1").encode() == text.encode()
    archive.erase("c1")


def test_times_come_back_in_utc_and_may_be_absent(archive: SqlArchive) -> None:
    archive.begin(conversation(started=None))
    archive.append("c1", said(0, at=None))
    assert archive.get("c1") == replace(conversation(started=None), entries=(said(0, at=None),))
    assert archive.overviews()[0].updated is None


def test_an_id_is_used_once(archive: SqlArchive) -> None:
    archive.begin(conversation())
    with pytest.raises(PositionTaken):
        archive.begin(replace(conversation(), entries=(said(0),)))
    assert archive.get("c1").entries == ()


def test_the_same_entry_twice_is_kept_once(archive: SqlArchive) -> None:
    archive.begin(conversation())
    for late in (0, 1, 60):
        archive.append("c1", said(0, at=NOON + timedelta(seconds=late)))
    archive.append("c1", replied(1))
    archive.append("c1", said(0))
    archive.append("c1", replied(1))
    assert archive.get("c1").entries == (said(0), replied(1))


def test_another_entry_at_a_taken_place_is_told_and_changes_nothing(archive: SqlArchive) -> None:
    archive.begin(conversation())
    archive.append("c1", said(0))
    for other in (said(0, "iets anders"), replied(0), replace(said(0), revises=0)):
        with pytest.raises(PositionTaken):
            archive.append("c1", other)
    assert archive.get("c1").entries == (said(0),)


@pytest.mark.parametrize("position", [-1, 1, 7])
def test_no_entry_leaves_a_gap(archive: SqlArchive, position: int) -> None:
    archive.begin(conversation())
    with pytest.raises(PositionTaken):
        archive.append("c1", said(position))
    assert archive.get("c1").entries == ()


def test_an_unknown_id_is_told(archive: SqlArchive) -> None:
    def append() -> None:
        archive.append("nobody", said(0))

    def keep_draft() -> None:
        archive.keep_draft("nobody", "tekst")

    for use in (append, keep_draft, lambda: archive.get("nobody"), lambda: archive.erase("nobody")):
        with pytest.raises(UnknownConversation):
            use()
    assert archive.draft("nobody") == ""


def test_overviews_come_newest_first_with_the_state_of_the_talk(archive: SqlArchive) -> None:
    for hours, name in enumerate(("old", "middle", "young")):
        archive.begin(conversation(name, NOON + timedelta(hours=hours)))
    archive.begin(conversation("timeless", None))
    archive.append("old", said(0, at=NOON + timedelta(days=1)))
    archive.append("old", replied(1, Lead.CLOSED, at=NOON + timedelta(days=1)))
    archive.append("middle", replied(0, Lead.PAUSED, at=NOON))
    lines = archive.overviews()
    assert [line.id for line in lines] == ["old", "young", "middle", "timeless"]
    assert [line.status for line in lines] == ["finished", "open", "paused", "open"]
    assert [line.entries for line in lines] == [2, 0, 1, 0]
    assert lines[0].updated == NOON + timedelta(days=1)
    assert lines[0].started == NOON


def test_a_clock_that_is_set_back_makes_nothing_older(archive: SqlArchive) -> None:
    archive.begin(conversation())
    archive.append("c1", said(0, at=NOON - timedelta(days=400)))
    assert archive.purge(NOON - timedelta(days=1)) == ()
    assert archive.overviews()[0].updated == NOON


def test_a_draft_is_kept_cleaned_replaced_and_cleared(archive: SqlArchive) -> None:
    archive.begin(conversation())
    archive.keep_draft("c1", " een\x00 lang \ud800verhaal ")
    assert archive.draft("c1") == "een lang verhaal"
    archive.keep_draft("c1", "korter")
    assert archive.draft("c1") == "korter"
    archive.keep_draft("c1", "")
    assert archive.draft("c1") == ""


@on_disk
@given(any_text)
def test_any_draft_comes_back_cleaned(archive: SqlArchive, text: str) -> None:
    if not archive.overviews():
        archive.begin(conversation())
    archive.keep_draft("c1", text)
    assert archive.draft("c1") == clean(text)


def test_what_is_erased_is_in_no_file(archive: SqlArchive, tmp_path: Path) -> None:
    notebook = SqlNotebook(archive.engine)
    names = [f"talk-{letter}-" for letter in "abcdef"]
    for name in names:
        archive.begin(conversation(name))
    for place in range(30):
        for name in names:
            archive.append(name, said(place, f"{name}text " * (1 + 150 * (place % 4))))
            notebook.add_note(name, f"{name}author", f"{name}note " * 20 * place, NOON)
    for name in names:
        notebook.add_comment(name, 1, "t", f"{name}comment", NOON)
        archive.keep_draft(name, f"{name}draft")
    assert all(_is_on_disk(tmp_path, name) for name in names)
    for gone, name in enumerate(names, start=1):
        archive.erase(name)
        assert [_is_on_disk(tmp_path, each) for each in names] == [False] * gone + [True] * (
            len(names) - gone
        )
    assert archive.overviews() == ()


def _is_on_disk(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_purge_erases_the_old_and_nothing_else(archive: SqlArchive, tmp_path: Path) -> None:
    for days in (0, 10, 20, 30):
        archive.begin(conversation(f"old{days}x", NOON - timedelta(days=days)))
        archive.append(f"old{days}x", said(0, at=NOON - timedelta(days=days)))
    archive.begin(conversation("timeless", None))
    assert sorted(archive.purge(NOON - timedelta(days=20))) == ["old30x"]
    assert sorted(archive.purge(NOON - timedelta(days=5))) == ["old10x", "old20x"]
    assert {line.id for line in archive.overviews()} == {"old0x", "timeless"}
    assert not _is_on_disk(tmp_path, "old20x")


def test_of_two_writers_at_one_place_exactly_one_wins(archive: SqlArchive, url: str) -> None:
    other = open_archive(url)
    archive.begin(conversation())
    rounds, start = 60, threading.Barrier(2)
    wins: list[list[bool]] = [[], []]

    def write(me: int, mine: SqlArchive) -> None:
        for place in range(rounds):
            start.wait()
            try:
                mine.append("c1", said(place, f"schrijver {me}, plaats {place}"))
                wins[me].append(True)
            except PositionTaken:
                wins[me].append(False)

    threads = [threading.Thread(target=write, args=pair) for pair in enumerate((archive, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    winners = [0 if first else 1 for first in wins[0]]
    assert [first != second for first, second in zip(*wins, strict=True)] == [True] * rounds
    texts = [f"schrijver {winner}, plaats {place}" for place, winner in enumerate(winners)]
    assert [entry.text for entry in archive.get("c1").entries] == texts  # type: ignore[union-attr]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.integers(1, 3)), max_size=25))
def test_two_tabs_make_no_fork_and_lose_no_text(turns: list[tuple[int, bool, int]]) -> None:
    """A tab either looks again or goes on from what it saw last; each click may be sent up to three times."""
    with TemporaryDirectory() as folder:
        archive = open_archive(f"sqlite:///{folder}/talks.sqlite3")
        archive.begin(conversation())
        seen = [0, 0]
        kept: list[str] = []
        refused: list[str] = []
        for number, (tab, looks_again, clicks) in enumerate(turns):
            if looks_again:
                seen[tab] = archive.get("c1").next_position
            text = f"tab {tab}, tekst {number}"
            outcomes = {_submit(archive, said(seen[tab], text)) for _ in range(clicks)}
            assert len(outcomes) == 1
            (kept if outcomes == {None} else refused).append(text)
        stored = [entry.text for entry in archive.get("c1").entries]  # type: ignore[union-attr]
        assert stored == kept
        assert len(kept) + len(refused) == len(turns)
        archive.close()


def _submit(archive: SqlArchive, entry: Entry) -> str | None:
    try:
        archive.append("c1", entry)
    except CoachError as problem:
        return problem.code
    return None


def test_a_conversation_of_a_newer_version_is_left_alone(archive: SqlArchive) -> None:
    archive.begin(conversation())
    with writing(archive.engine) as connection:
        connection.execute(tables.conversation.update().values(schema=99))
    with pytest.raises(UnreadableFile, match="newer version"):
        archive.get("c1")
    with pytest.raises(UnreadableFile, match="newer version"):
        archive.append("c1", said(0))

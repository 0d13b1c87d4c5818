"""Coming back: rulers, looking back, a second talk that knows the first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from coach.domain.conversation import Chosen
from coach.domain.course import (
    check_ins_of,
    is_time_to_look_back,
    predecessor_of,
    ruler_at,
    rulers_of,
    tried_with,
)
from coach.domain.errors import EmptyAnswer, TooLong, UnknownConversation, WrongChoice
from coach.domain.returning import Tried
from coach.services.returning import LONGEST_TOLD, Returning
from coach.store.archive import SqlArchive, open_archive
from coach.store.memory import MemoryArchive
from coach.store.records import entry_of
from tests.reports.sample import full_talk, machine_shop
from tests.services.test_outline import exported

NOW = datetime(2026, 12, 24, 9, tzinfo=UTC)


def returning(archive: MemoryArchive | SqlArchive) -> Returning:
    numbers = count(1)
    return Returning(archive, lambda: NOW, lambda: f"new{next(numbers)}")


@pytest.fixture
def archive() -> MemoryArchive:
    kept = MemoryArchive()
    kept.begin(machine_shop())
    return kept


def test_rulers_are_set_one_by_one_and_the_last_counts(archive: MemoryArchive) -> None:
    talk, name = returning(archive), machine_shop().id
    talk.gauge(name, "start", importance=6)
    talk.gauge(name, "start", readiness=3)
    talk.gauge(name, "start", importance=7)
    now = talk.gauge(name, "end", readiness=8)
    start = ruler_at(now, "start")
    assert (start.importance, start.readiness) == (7, 3)
    assert [one.moment for one in rulers_of(now)] == ["start", "end"]


@pytest.mark.parametrize("number", [-1, 11])
def test_a_ruler_goes_from_nought_to_ten(archive: MemoryArchive, number: int) -> None:
    with pytest.raises(WrongChoice):
        returning(archive).gauge(machine_shop().id, "end", readiness=number)


def test_a_look_back_stands_beside_the_one_before(archive: MemoryArchive) -> None:
    talk, name = returning(archive), machine_shop().id
    talk.check_in(name, [Tried("own", "Bel de boer", "Gebeld.", "Hij lachte.", 8)], importance=8)
    now = talk.check_in(name, [Tried("own", "Bel de boer", "Weer gebeld.")])
    assert [one.did for _, one in tried_with(now, "own")] == ["Gebeld.", "Weer gebeld."]
    assert [one.moment for one in rulers_of(now)] == ["check_in"]


def test_an_action_of_which_nothing_is_told_is_left_out(archive: MemoryArchive) -> None:
    talk, name = returning(archive), machine_shop().id
    now = talk.check_in(name, [Tried("a", "A", "  "), Tried("b", "B", "Gedaan.")])
    assert [one.action for one in check_ins_of(now)[-1].tried] == ["b"]
    with pytest.raises(EmptyAnswer):
        talk.check_in(name, [Tried("a", "A", " \n ")])
    with pytest.raises(TooLong):
        talk.check_in(name, [Tried("a", "A", "x" * (LONGEST_TOLD + 1))])
    with pytest.raises(WrongChoice):
        talk.check_in(name, [Tried("a", "A", "ja", confidence=12)])


def test_a_second_talk_knows_the_first_and_leaves_it_as_it_was(archive: MemoryArchive) -> None:
    first = machine_shop()
    begun = returning(archive).again(first)
    assert (begun.language, begun.focus) == (first.language, first.focus)
    assert begun.awaits_reply and begun.status == "open"
    assert predecessor_of(begun) == first.id and returning(archive).earlier(begun) == first
    assert archive.get(first.id) == first


def test_a_talk_is_linked_by_its_code_and_let_go(archive: MemoryArchive) -> None:
    talk, first = returning(archive), machine_shop()
    second = replace(full_talk(), id="second")
    archive.begin(second)
    assert talk.earlier(talk.link("second", first.id)) == first
    with pytest.raises(WrongChoice):
        talk.link(first.id, "second")
    with pytest.raises(WrongChoice):
        talk.link("second", "second")
    with pytest.raises(UnknownConversation):
        talk.link("second", "nobody")
    assert talk.earlier(talk.link("second", "")) is None


def test_an_erased_first_talk_is_no_error(archive: MemoryArchive) -> None:
    begun = returning(archive).again(machine_shop())
    archive.erase(machine_shop().id)
    assert predecessor_of(begun) and returning(archive).earlier(begun) is None


def test_it_is_time_a_week_after_the_last_word() -> None:
    finished = machine_shop()
    last = max(entry.at for entry in finished.entries if entry.at is not None)
    assert any(isinstance(entry, Chosen) for entry in finished.entries)
    assert is_time_to_look_back(finished, last + timedelta(days=8))
    assert not is_time_to_look_back(finished, last + timedelta(days=6))


def test_everything_is_kept_in_the_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("db") / "talks.sqlite3"
    kept = open_archive(f"sqlite:///{place}")
    kept.begin(machine_shop())
    talk = returning(kept)
    talk.gauge(machine_shop().id, "end", 8, 6)
    told = talk.check_in(machine_shop().id, [Tried("own", "Bel de boer", "Gebeld.", confidence=9)], 9, 8)
    kept.close()
    again = open_archive(f"sqlite:///{place}")
    assert again.get(machine_shop().id) == told
    again.close()


def test_a_choice_saved_before_obstacles_were_asked_still_loads() -> None:
    body = '{"action":"own","title":"Bel de boer","kind":"chosen","importance":8,"chosen":true}'
    entry = entry_of(body, 4, None)
    assert isinstance(entry, Chosen) and entry.obstacle == ""


def test_the_export_tells_rulers_look_backs_and_the_talk_before(archive: MemoryArchive) -> None:
    talk, name = returning(archive), machine_shop().id
    begun = talk.again(machine_shop())
    talk.gauge(name, "start", 6, 4)
    told = exported(talk.check_in(name, [Tried("own", "Bel de boer", "Gebeld.", "Hij lachte.", 8)], 8, 7))
    assert [one["moment"] for one in told["rulers"]] == ["start", "check_in"]
    assert told["check_ins"][0]["tried"][0]["did"] == "Gebeld."
    assert told["after"] is None and exported(begun)["after"] == name

"""Reply jobs: they outlive the page, run once per conversation, and end on time."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.services.jobs import KEEP_SECONDS, ReplyJobs, Say, TookTooLong, paced, tell


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_reply_is_followed_while_it_is_made_and_stored_whole() -> None:
    jobs, stored = ReplyJobs(), list[str]()
    first_said, go_on = threading.Event(), threading.Event()

    def pieces() -> Iterator[str]:
        yield "Wat "
        first_said.set()
        go_on.wait(5)
        yield "merk je?"

    assert jobs.start("a", tell(pieces(), stored.append))
    first_said.wait(5)
    halfway = jobs.progress("a")
    assert halfway is not None
    assert (halfway.text, halfway.done, halfway.error, stored) == ("Wat ", False, None, [])
    go_on.set()
    end = jobs.wait("a", 5)
    assert end is not None
    assert (end.text, end.done, end.error, stored) == ("Wat merk je?", True, None, ["Wat merk je?"])


def test_nothing_is_known_of_a_conversation_without_a_job() -> None:
    assert ReplyJobs().progress("never") is None
    assert ReplyJobs().wait("never", 0) is None


def test_starting_from_many_tabs_at_once_runs_the_work_once() -> None:
    jobs, runs, go_on = ReplyJobs(), list[int](), threading.Event()

    def work(say: Say) -> None:
        runs.append(1)
        go_on.wait(5)
        say("klaar")

    with ThreadPoolExecutor(16) as tabs:
        started = list(tabs.map(lambda _: jobs.start("a", work), range(200)))
    go_on.set()
    jobs.wait("a", 5)
    assert started.count(True) == 1
    assert runs == [1]


def test_conversations_do_not_see_each_other() -> None:
    jobs = ReplyJobs()
    for name in ("a", "b", "c"):
        jobs.start(name, tell(iter([f"voor {name}"]), lambda _: None))
    for name in ("a", "b", "c"):
        end = jobs.wait(name, 5)
        assert end is not None
        assert end.text == f"voor {name}"


def test_a_failed_reply_is_reported_and_can_be_started_again(caplog: pytest.LogCaptureFixture) -> None:
    jobs, stored = ReplyJobs(), list[str]()

    def broken() -> Iterator[str]:
        yield "half "
        raise OSError("no space left")

    jobs.start("a", tell(broken(), stored.append))
    failed = jobs.wait("a", 5)
    assert failed is not None
    assert failed.done
    assert isinstance(failed.error, OSError)
    assert stored == []
    assert "a reply could not be made" in caplog.text
    assert jobs.start("a", tell(iter(["heel"]), stored.append))
    end = jobs.wait("a", 5)
    assert end is not None
    assert end.error is None
    assert stored == ["heel"]


def test_a_reply_that_cannot_be_stored_is_a_failed_reply() -> None:
    jobs = ReplyJobs()

    def full(_: str) -> None:
        raise OSError("disk full")

    jobs.start("a", tell(iter(["tekst"]), full))
    end = jobs.wait("a", 5)
    assert end is not None
    assert isinstance(end.error, OSError)


def test_a_reply_past_its_deadline_counts_as_failed_at_once_and_is_never_stored() -> None:
    clock, stored = Clock(), list[str]()
    jobs = ReplyJobs(deadline=30, clock=clock)
    first_said, go_on, cut_off = threading.Event(), threading.Event(), threading.Event()

    def slow() -> Iterator[str]:
        yield "een "
        first_said.set()
        go_on.wait(5)
        try:
            yield "twee"
        finally:
            cut_off.set()

    jobs.start("a", tell(slow(), stored.append))
    first_said.wait(5)
    clock.now += 31
    late = jobs.progress("a")
    assert late is not None
    assert late.done
    assert isinstance(late.error, TookTooLong)
    assert jobs.start("a", tell(iter(["nieuw"]), stored.append))  # while the old thread still hangs
    again = jobs.wait("a", 5)
    assert again is not None
    assert again.text == "nieuw"
    go_on.set()
    assert cut_off.wait(5)
    assert stored == ["nieuw"]


def test_a_reply_whose_last_piece_came_in_time_but_whose_end_did_not_is_not_stored() -> None:
    clock, stored = Clock(), list[str]()
    jobs = ReplyJobs(deadline=30, clock=clock)

    def pieces() -> Iterator[str]:
        yield "alles"
        clock.now += 31

    jobs.start("a", tell(pieces(), stored.append))
    end = jobs.wait("a", 5)
    assert end is not None
    assert isinstance(end.error, TookTooLong)
    assert stored == []


def test_erasing_a_conversation_cuts_its_reply_off() -> None:
    jobs, stored = ReplyJobs(), list[str]()
    first_said, go_on, gone = threading.Event(), threading.Event(), threading.Event()

    def pieces() -> Iterator[str]:
        yield "een "
        first_said.set()
        go_on.wait(5)
        try:
            yield "twee"
        finally:
            gone.set()

    jobs.start("a", tell(pieces(), stored.append))
    first_said.wait(5)
    jobs.forget("a")
    go_on.set()
    assert gone.wait(5)
    assert jobs.progress("a") is None
    assert stored == []


def test_old_outcomes_are_dropped_in_time() -> None:
    clock = Clock()
    jobs = ReplyJobs(deadline=1, clock=clock)
    jobs.start("old", tell(iter(["x"]), lambda _: None))
    jobs.wait("old", 5)
    clock.now += KEEP_SECONDS + 2
    jobs.start("new", tell(iter(["y"]), lambda _: None))
    assert jobs.progress("old") is None


@given(st.lists(st.text()), st.floats(0, 5))
def test_pacing_changes_no_character_and_keeps_to_its_time(pieces: list[str], total: float) -> None:
    pauses: list[float] = []
    assert "".join(paced(iter(pieces), total, pauses.append)) == "".join(pieces)
    assert sum(pauses) <= total + 1e-9
    assert all(0 < pause <= 0.04 for pause in pauses)

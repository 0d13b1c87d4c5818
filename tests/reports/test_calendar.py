"""The calendar file: first steps and check-in on days that the document shows, in her language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from coach.domain.conversation import Chosen, Conversation
from coach.domain.values import Language
from coach.reports.agenda import agenda, when_text
from coach.reports.calendar import calendar
from coach.reports.document import markdown
from coach.reports.moments import day_of, on_a_workday
from coach.reports.wording import day_text
from tests.reports.sample import NOON, full_talk, machine_shop, planned, silent_talk, words
from tests.reports.test_document import LINK, catalogue, content

THURSDAY = date(2026, 3, 5)
NL, EN = Language.NL, Language.EN


def events(conversation: Conversation) -> list[Event]:
    file = Calendar.from_ical(calendar(content(conversation), words(conversation.language)))
    assert isinstance(file, Calendar)
    return list(file.events)


def part(event: Event, name: str) -> Any:
    return event[name]


@pytest.mark.parametrize(("talk", "title"), [(machine_shop, "Eerste stap: "), (full_talk, "First step: ")])
def test_each_step_and_the_check_in_are_whole_days_with_a_reminder(
    talk: Callable[[], Conversation], title: str
) -> None:
    conversation = planned(talk(), catalogue(), ("2026-04-01", "", ""))
    *steps, look_back = events(conversation)
    assert len(steps) >= 2
    for event in (*steps, look_back):
        assert type(event.start) is date and event.end == event.start + timedelta(days=1)
        assert [alarm.trigger for alarm in event.alarms.times] == [
            datetime.combine(event.start - timedelta(days=1), time(9))
        ]
        assert part(event, "summary").params["LANGUAGE"] == conversation.language
        assert part(event, "dtstamp").dt.tzinfo is not None
    assert all(str(step["summary"]).startswith(title) for step in steps)
    assert look_back.start >= max(step.start for step in steps) + timedelta(days=7)


def test_the_document_shows_the_same_days() -> None:
    conversation = planned(machine_shop(), catalogue(), ("2026-04-01", "volgende week dinsdag", ""))
    shown = markdown(content(conversation), words())
    for event in events(conversation):
        day = day_text(event.start, words())
        assert day in shown or day[:1].upper() + day[1:] in shown


def test_a_newer_file_moves_an_event_instead_of_adding_one() -> None:
    before = planned(machine_shop(), catalogue(), ("2026-04-01",))
    chosen = before.entries[-1]
    assert isinstance(chosen, Chosen)
    moved = before.append(replace(chosen, position=before.next_position, when="2026-04-08"))
    first, second = ({event["uid"]: event for event in events(one)} for one in (before, moved))
    assert first.keys() == second.keys()
    changed = [
        uid
        for uid in first
        if first[uid].start != second[uid].start and "2026-04-08" in str(second[uid].start)
    ]
    assert len(changed) == 1
    assert part(second[changed[0]], "sequence") > part(first[changed[0]], "sequence")


def test_the_code_of_the_talk_is_in_the_check_in_alone() -> None:
    conversation = machine_shop()
    link = LINK.replace("abc", conversation.id)
    held = replace(content(conversation), link=link)
    *steps, look_back = Calendar.from_ical(calendar(held, words())).events
    assert all(conversation.id not in step.to_ical().decode().replace("\r\n ", "") for step in steps)
    assert conversation.id not in str(look_back["uid"])
    assert link in str(look_back["description"])
    assert str(look_back["class"]) == "PRIVATE"


def test_without_actions_there_is_a_check_in_alone() -> None:
    assert [str(event["summary"]) for event in events(silent_talk())] == ["Even terugkijken op je stappen"]


def test_without_a_day_there_are_no_events() -> None:
    held = replace(content(machine_shop()), made_on=None)
    assert not Calendar.from_ical(calendar(held, words())).events


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_a_file_that_is_read_back(typed: str) -> None:
    conversation = machine_shop()
    chosen = Chosen(conversation.next_position, NOON, "mine", f"x{typed}", when="2026-04-01", who=typed)
    *_, step, look_back = events(conversation.append(chosen))
    assert step.start == date(2026, 4, 1)
    assert str(look_back["summary"])


@pytest.mark.parametrize(
    ("typed", "language", "day"),
    [
        ("2026-03-09", NL, date(2026, 3, 9)),
        ("op 9-3-2026", NL, date(2026, 3, 9)),
        ("3 december", NL, date(2026, 12, 3)),
        ("3 maart", NL, date(2027, 3, 3)),
        ("5 maart", NL, THURSDAY),
        ("March 9th, I think", EN, None),
        ("March 9", EN, date(2026, 3, 9)),
        ("the 9th of March 2027", EN, date(2027, 3, 9)),
        ("morgen", NL, date(2026, 3, 6)),
        ("overmorgen", NL, date(2026, 3, 7)),
        ("the day after tomorrow", EN, date(2026, 3, 7)),
        ("maandagochtend om acht uur", NL, date(2026, 3, 9)),
        ("vanaf donderdag", NL, date(2026, 3, 12)),
        ("volgende week maandag", NL, date(2026, 3, 9)),
        ("next week Friday", EN, date(2026, 3, 13)),
        ("volgende week", NL, date(2026, 3, 9)),
        ("over drie weken", NL, date(2026, 3, 26)),
        ("binnen een week", NL, date(2026, 3, 12)),
        ("in 10 days", EN, date(2026, 3, 15)),
        ("in two weeks", EN, date(2026, 3, 19)),
        ("31 februari", NL, None),
        ("2 of 3 keer per week", NL, None),
        ("als het past", NL, None),
        ("", EN, None),
    ],
)
def test_days_that_people_type(typed: str, language: Language, day: date | None) -> None:
    assert day_of(typed, THURSDAY, words(language)) == day


def test_steps_without_a_day_get_one_each_in_its_own_week_on_a_working_day() -> None:
    chosen = [
        Chosen(place, NOON, f"a{place}", "Bel", when=when) for place, when in enumerate(("", "vrijdag", ""))
    ]
    first, typed, second, look_back = agenda(chosen, THURSDAY, words())
    assert (first.day, typed.day, second.day) == (date(2026, 3, 12), date(2026, 3, 6), date(2026, 3, 19))
    assert (first.proposed, typed.proposed) == (True, False)
    assert look_back.day == date(2026, 4, 3)
    assert when_text(chosen[0], first, words()) == "donderdag 12 maart 2026 (een voorstel)"
    assert when_text(chosen[1], typed, words()) == "vrijdag (vrijdag 6 maart 2026)"


def test_who_comes_back_later_gets_a_day_that_is_still_to_come() -> None:
    chosen = [Chosen(0, NOON, "a", "Bel")]
    later = date(2026, 6, 1)
    assert all(one.day > later for one in agenda(chosen, later, words()))


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 1, 1)))
def test_a_proposed_day_is_a_working_day_close_by(day: date) -> None:
    found = on_a_workday(day)
    assert day <= found <= day + timedelta(days=5)
    assert found.weekday() < 5 and (found.month, found.day) not in ((12, 25), (12, 26), (1, 1))

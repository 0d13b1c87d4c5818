"""When the first steps are, and when to look back: for the documents, the page and the calendar file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.conversation import Chosen
from coach.domain.takeaway import TakeAway
from coach.reports.moments import day_of, on_a_workday
from coach.reports.wording import day_text
from coach.words import Words

STEP_WITHIN = timedelta(
    days=7
)  # a first step fits in one week; the next one without a day gets the week after
LOOK_BACK_AFTER = timedelta(days=28)
LOOK_BACK_AT_LEAST = timedelta(days=7)  # after the last first step


@dataclass(frozen=True)
class Appointment:
    """The first step of a chosen action on its day, or, without one, the check-in; `proposed` days are ours."""

    day: date
    made: Chosen | None = None
    proposed: bool = True


def agenda(chosen: Sequence[Chosen], made_on: date, words: Words) -> tuple[Appointment, ...]:
    """Return the first steps of the chosen actions, in their order, and the check-in last.

    A typed moment counts from the day it was typed. What has no day gets one, each in a week of its own, and
    never before `made_on`, the day on which the person asks. The check-in is four weeks after the first step.
    """
    steps = tuple(_steps(chosen, made_on, words))
    days = [step.day for step in steps] or [made_on]
    first, last = min(days), max(days)
    look_back = max(first + LOOK_BACK_AFTER, last + LOOK_BACK_AT_LEAST, made_on + STEP_WITHIN)
    return (*steps, Appointment(on_a_workday(look_back)))


def agenda_of(content: TakeAway, words: Words) -> tuple[Appointment, ...]:
    """Return the agenda that goes with a document; empty when the document has no day, as in a play."""
    chosen = [plan.chosen for plan in content.chosen if plan.chosen is not None]
    return agenda(chosen, content.made_on, words) if content.made_on else ()


def _steps(chosen: Sequence[Chosen], made_on: date, words: Words) -> Iterator[Appointment]:
    weeks = 0
    for made in chosen:
        typed_on = made.at.date() if made.at else made_on
        day = day_of(made.when, typed_on, words)
        if day is not None:
            yield Appointment(day, made, proposed=False)
            continue
        weeks += 1
        proposed, later = (on_a_workday(start + weeks * STEP_WITHIN) for start in (typed_on, made_on))
        yield Appointment(proposed if proposed > made_on else later, made)


def when_text(made: Chosen, appointment: Appointment | None, words: Words) -> str:
    """Return when an action starts: as she typed it, and on which day that is."""
    typed = made.when.strip()
    if appointment is None:
        return typed
    day = day_text(appointment.day, words)
    if appointment.proposed:
        key = "calendar.typed_proposed" if typed else "calendar.proposed"
        return words(key, typed=typed, day=day)
    return day if typed == appointment.day.isoformat() else words("calendar.typed_day", typed=typed, day=day)


def appointment_text(appointment: Appointment, words: Words) -> str:
    """Return what there is to do on the day."""
    made = appointment.made
    return words("calendar.step", step=made.first_step or made.title) if made else words("calendar.check_in")

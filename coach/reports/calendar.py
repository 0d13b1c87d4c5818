"""The first steps and the check-in as a calendar file (iCalendar, RFC 5545), in the person's language."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from coach.domain.conversation import Chosen
from coach.domain.takeaway import TakeAway
from coach.domain.text import clean
from coach.reports.agenda import Appointment, agenda_of, appointment_text
from coach.words import Words

ONE_DAY = timedelta(days=1)
REMINDER = -timedelta(
    hours=15
)  # nine in the morning of the day before: programs drop one during the day itself
CHECK_IN = "check-in"


def calendar(content: TakeAway, words: Words) -> bytes:
    """Return an .ics file: whole-day events with a reminder, the first steps and after them the check-in.

    The same action of the same talk always has the same UID, so that a newer file moves the event instead of
    adding one. The code of the talk is in no UID, for who has the code can read the talk.
    """
    file = Calendar()
    file.add("prodid", f"-//Waardebalans//{words.language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    for appointment in agenda_of(content, words):
        file.add_component(_event(appointment, content, words))
    return bytes(file.to_ical())


def uid(conversation_id: str, name: str) -> str:
    """Return an identifier that stays the same and gives nothing away."""
    return f"{hashlib.sha256(f'{conversation_id}/{name}'.encode()).hexdigest()[:32]}@waardebalans"


def _event(appointment: Appointment, content: TakeAway, words: Words) -> Event:
    made, conversation = appointment.made, content.conversation
    title = clean(appointment_text(appointment, words))
    described = _step_text(made, words) if made else _check_in_text(content, words)
    event, spoken = Event(), {"language": words.language.value}
    event.add("uid", uid(conversation.id, made.action if made else CHECK_IN))
    event.add("dtstamp", datetime.combine(content.made_on or date.min, time(12), UTC))
    event.add("sequence", made.position if made else conversation.next_position)  # grows with every change
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + ONE_DAY)
    event.add("summary", title, parameters=spoken)
    event.add("description", clean(described), parameters=spoken)
    event.add("categories", ["Waardebalans"])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # the day stays free for other things
    event.add_component(_alarm(title))
    return event


def _step_text(made: Chosen, words: Words) -> str:
    told = (
        ("who", made.who),
        ("with_whom", made.with_whom),
        ("sign", made.first_sign),
        ("if_then", made.if_then),
    )
    lines = [f"{words(f'reports.{name}')}: {text}" for name, text in told if text]
    return "\n".join([made.title, *lines])


def _check_in_text(content: TakeAway, words: Words) -> str:
    plans = [f"– {plan.chosen.title}" for plan in content.chosen if plan.chosen is not None]
    link = (
        words("calendar.check_in_link", link=content.link) if content.link else words("reports.return_plain")
    )
    return "\n".join([words("calendar.check_in_ask"), *plans, link])


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", REMINDER)
    return alarm

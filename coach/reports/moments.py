"""Which day a person means when she types a moment in her own words, such as "volgende week maandag"."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from coach.words import Words

DAYS_IN_WEEK = 7
WEEKEND = (5, 6)
HOLIDAYS = ((1, 1), (12, 25), (12, 26))
MONTHS = range(1, 13)
UNITS = {"days": 1, "weeks": DAYS_IN_WEEK, "months": 4 * DAYS_IN_WEEK}
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_FIGURES = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")  # day, month, year


def day_of(text: str, base: date, words: Words) -> date | None:
    """Return the day meant by a moment that was typed on day `base`, None when no day can be read in it.

    Reads ISO dates, "3 december", "3-12-2026", weekdays, "tomorrow", "next week" and "in three weeks", in
    the language of `words`. A day without a year is the first one from `base` on.
    """
    typed = " ".join(text.casefold().split())
    readers: tuple[Callable[[str, date, Words], date | None], ...] = (
        _iso, _figures, _day_and_month, _ahead, _weekday, _named,
    )  # fmt: skip
    return next((day for read in readers if (day := read(typed, base, words)) is not None), None)


def on_a_workday(day: date) -> date:
    """Return the day itself, or the next working day when it falls in a weekend or on a holiday of every year."""
    while day.weekday() in WEEKEND or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(typed: str, base: date, words: Words) -> date | None:
    found = _ISO.search(typed)
    return _date(*map(int, found.group().split("-"))) if found else None


def _figures(typed: str, base: date, words: Words) -> date | None:
    found = _FIGURES.search(typed)
    return _date(int(found[3]), int(found[2]), int(found[1])) if found else None


def _day_and_month(typed: str, base: date, words: Words) -> date | None:
    names = {words(f"reports.month_{month}").casefold(): month for month in MONTHS}
    either = "|".join(names)
    found = re.search(rf"\b(\d{{1,2}})(?:e|st|nd|rd|th)? (?:of )?({either})\b(?:,? (\d{{4}}))?", typed)
    if found is None and (turned := re.search(rf"\b({either}) (\d{{1,2}})\b(?:,? (\d{{4}}))?", typed)):
        return _in_year(int(turned[2]), names[turned[1]], turned[3], base)
    return _in_year(int(found[1]), names[found[2]], found[3], base) if found else None


def _in_year(day: int, month: int, year: str | None, base: date) -> date | None:
    if year:
        return _date(int(year), month, day)
    this_year = _date(base.year, month, day)
    return this_year if this_year is None or this_year >= base else _date(base.year + 1, month, day)


def _ahead(typed: str, base: date, words: Words) -> date | None:
    """Such as "over drie weken" and "within 10 days"."""
    numbers = _numbers(words)
    units = {word: days for unit, days in UNITS.items() for word in words(f"calendar.{unit}").split()}
    pattern = rf"\b(?:{_either(words, 'within')}) (\d{{1,2}}|{'|'.join(numbers)}) ({'|'.join(units)})\b"
    found = re.search(pattern, typed)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else numbers[found[1]]
    return base + timedelta(days=count * units[found[2]])


def _numbers(words: Words) -> Mapping[str, int]:
    named = words("calendar.numbers").split()
    return {name: count for count, names in enumerate(named, start=1) for name in names.split("/")}


def _either(words: Words, key: str) -> str:
    return words(f"calendar.{key}")


def _weekday(typed: str, base: date, words: Words) -> date | None:
    """The first such day after `base`; with "next week" the one in the week after."""
    names = [words(f"common.weekday_{number}").casefold() for number in range(DAYS_IN_WEEK)]
    found = re.search(rf"\b({'|'.join(names)})", typed)
    if found is None:
        return None
    weekday = names.index(found[1])
    if re.search(_either(words, "next_week"), typed):
        return _next_monday(base) + timedelta(days=weekday)
    return base + timedelta(days=(weekday - base.weekday() - 1) % DAYS_IN_WEEK + 1)


def _next_monday(base: date) -> date:
    return base + timedelta(days=DAYS_IN_WEEK - base.weekday())


def _named(typed: str, base: date, words: Words) -> date | None:
    days = {
        "after_tomorrow": base + timedelta(days=2),
        "tomorrow": base + timedelta(days=1),
        "today": base,
        "next_week": _next_monday(base),
    }
    found = (day for key, day in days.items() if re.search(rf"\b(?:{_either(words, key)})\b", typed))
    return next(found, None)

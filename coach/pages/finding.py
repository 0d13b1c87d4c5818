"""The trainer's filters: by state, language, subject, origin and day, and by what was said or left out."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from coach.domain.evidence import Pattern
from coach.domain.ports import Overview
from coach.domain.values import QUESTIONS, Language, Value
from coach.reports.wording import date_text, focus_text
from coach.services.review import Wanted
from coach.words import Words

SHORT = (5, 8, 12, 20, 40)  # words
WHOLE = "all"
T = TypeVar("T")


def filters(saved: Sequence[Overview], words: Words) -> Wanted:
    """Draw the filters and return what is wanted; nothing chosen means everything."""
    days = sorted({one.started.date() for one in saved if one.started}, reverse=True)
    subjects = [WHOLE, *Value]
    with st.expander(words("trainer.filters"), icon=":material/filter_list:"):
        text = st.text_input(words("trainer.text"), key="filter-text", max_chars=200)
        st.caption(words("trainer.text_hint"))
        first, second, third = st.columns(3)
        with first:
            status = _one("status", ["open", "paused", "finished"], words, _named("status", words))
            language = _one("language", list(Language), words, _named("language", words))
            focus = _one("focus", subjects, words, lambda one: _subject(one, words))
        with second:
            origin = _one("origin", ["person", "demo", "script"], words, _named("origin", words))
            since = _one("since", days, words, lambda day: date_text(day, words))
            until = _one("until", days, words, lambda day: date_text(day, words))
        with third:
            never = _one("never", list(Value), words, lambda one: words(f"reports.{one}"))
            skipped = _one(
                "skipped", list(QUESTIONS), words, lambda one: words("trainer.question", number=one)
            )
            short = _one("short", list(SHORT), words, str)
            pattern = _one("pattern", list(Pattern), words, lambda one: words(f"trainer.{one}"))
    return Wanted(
        status, language, focus, origin, since, until, never, skipped, short, pattern, text.strip()
    )  # fmt: skip


def _one(name: str, options: Sequence[T], words: Words, told: Callable[[T], str]) -> T | None:
    """One filter: a choice, or all."""
    choices: list[T | None] = [None, *options]
    return st.selectbox(
        words(f"trainer.{name}"), choices, key=f"filter-{name}", filter_mode=None,
        format_func=lambda one: words("trainer.any") if one is None else told(one),
    )  # fmt: skip


def _named(name: str, words: Words) -> Callable[[object], str]:
    return lambda one: words(f"trainer.{name}_{one}")


def _subject(one: str, words: Words) -> str:
    return focus_text(None if one == WHOLE else Value(one), words)

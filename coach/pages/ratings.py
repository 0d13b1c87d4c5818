"""Her own ratings of one value, inside and outside: now, wished, and where it goes."""

from typing import Literal, get_args

import streamlit as st

from coach.domain.conversation import Conversation, Rated
from coach.domain.profile import BalanceProfile
from coach.domain.values import Cell, Perspective, Value
from coach.pages.state import attempt
from coach.services.guidance import RATING, TRENDS
from coach.wiring import App
from coach.words import Words

OUTCOME = "rating-outcome"  # name in the session: what came of saving, told once
Outcome = Literal["failed", "saved", "same"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)  # the one that is told, of two sides, first
Rating = dict[str, int | None]


def rating_form(
    app: App, conversation: Conversation, profile: BalanceProfile, value: Value, words: Words
) -> None:
    """Draw one form for both sides of a value; only what was changed is stored."""
    with (
        st.expander(words("profile.rate", value=words(f"reports.{value}")), icon=":material/tune:"),
        st.form(f"rate-{value}", border=False),
    ):
        st.caption(words("profile.rate_intro"))
        given = {side: _controls(conversation, Cell(value, side), words) for side in Perspective}
        if st.form_submit_button(words("profile.rate_save"), type="primary"):
            outcomes = [
                _store(app, conversation, Cell(value, side), rating) for side, rating in given.items()
            ]
            st.session_state[OUTCOME] = (value, next(one for one in OUTCOMES if one in outcomes))
            st.rerun()
        of, outcome = st.session_state.pop(OUTCOME, (None, ""))
        if of is value and outcome != "failed":  # a failure is told on top of the page
            st.success(words(f"profile.rate_{outcome}"), icon=":material/check:")


def _controls(conversation: Conversation, cell: Cell, words: Words) -> Rating:
    st.markdown(f"**{words(f'profile.rate_{cell.perspective}')}**")
    before = last_rating(conversation, cell)
    rating: Rating = {}
    for name in ("now", "desired"):
        options = [None, *RATING]
        rating[name] = st.select_slider(
            words(f"profile.rate_{name}"), options, value=before[name], key=f"{name}-{cell}",
            format_func=lambda one: words("profile.rate_none") if one is None else str(one),
        )  # fmt: skip
    rating["trend"] = st.segmented_control(
        words("profile.rate_trend"), list(TRENDS), default=before["trend"], key=f"trend-{cell}",
        format_func=lambda one: words(f"profile.trend_{one + 1}"),
    )  # fmt: skip
    return rating


def last_rating(conversation: Conversation, cell: Cell) -> Rating:
    """Return what she gave last for a cell: now and desired 0–10, trend −1, 0 or 1, each None if never."""
    last: Rating = {"now": None, "desired": None, "trend": None}
    for entry in conversation.entries:
        if isinstance(entry, Rated) and entry.cell == cell:
            given = {"now": entry.now, "desired": entry.desired, "trend": entry.trend}
            last |= {name: number for name, number in given.items() if number is not None}
    return last


def _store(app: App, conversation: Conversation, cell: Cell, rating: Rating) -> Outcome:
    """Store what was changed, and tell what came of it."""
    before = last_rating(conversation, cell)
    changed = {
        name: number for name, number in rating.items() if number is not None and number != before[name]
    }
    if not changed:
        return "same"
    kept = attempt(lambda: app.guidance.rate(conversation.id, cell, **changed))
    return "failed" if kept is None else "saved"

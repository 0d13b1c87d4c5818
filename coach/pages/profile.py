"""The balance profile: first the picture, then the proof of each value, the actions, and what to take home."""

import streamlit as st

from coach.domain.conversation import Conversation, Said
from coach.domain.profile import BalanceProfile, build_profile
from coach.domain.values import CELLS
from coach.pages.cells import value_part
from coach.pages.choices import actions_part
from coach.pages.parts import no_conversation
from coach.pages.state import Visit, tell_trouble
from coach.pages.takeaway import ending
from coach.reports.chart import profile_chart
from coach.reports.radar import radar
from coach.reports.wording import cells_text, focus_text, gate_text, number_text, shape_text
from coach.wiring import App
from coach.words import Words


def page(app: App, visit: Visit) -> None:
    """Draw the profile of the conversation in the address."""
    conversation, words = visit.conversation, visit.words
    if conversation is None:
        tell_trouble(words)
        no_conversation(visit)
        return
    profile = build_profile(conversation)
    st.title(words("profile.title", focus=focus_text(conversation.focus, words)), anchor=False)
    tell_trouble(words)
    if not profile.standings:
        _little_said(visit, conversation)
    _picture(profile, words)
    _numbers(profile, words)
    value_part(app, conversation, profile, words)
    actions_part(app, conversation, words)
    ending(app, visit, conversation)


def _little_said(visit: Visit, conversation: Conversation) -> None:
    """A person who said (nearly) nothing gets a friendly page that says what can be done."""
    said = any(isinstance(entry, Said) for entry in conversation.entries)
    st.info(
        visit.words("profile.little_said" if said else "profile.nothing_said"), icon=":material/waving_hand:"
    )
    visit.link("talk", visit.words("profile.back_to_talk"), icon=":material/arrow_back:")


def _picture(profile: BalanceProfile, words: Words) -> None:
    """Shape and height in words, then the twelve cells as bars, or as a radar one click further."""
    st.markdown(f"**{shape_text(profile, words)}**")
    views = {"bars": words("profile.bars"), "radar": words("profile.radar")}
    view = st.segmented_control(
        words("profile.view"), list(views), default="bars", required=True, key="view",
        format_func=views.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    chart = radar(profile, words) if view == "radar" else profile_chart(profile, words)
    alt = words("reports.picture_alt", known=len(profile.standings), all=len(CELLS))
    with st.container(key=f"wb-{view}"):
        st.altair_chart(chart, theme=None, width="stretch", key=f"chart-{view}", alt=alt)
    st.caption(words("profile.legend"))


def _numbers(profile: BalanceProfile, words: Words) -> None:
    """Numbers and their uncertainty, or why there are none yet and what would change that."""
    with st.expander(words("profile.numbers"), icon=":material/calculate:"):
        if profile.balance is None:
            st.markdown(words("reports.no_number"))
            st.markdown("\n".join(f"- {gate_text(reason, words)}" for reason in profile.gate))
        else:
            _index(profile, words)
        low, high = (number_text(number, words) for number in profile.possible)
        unknown = tuple(one.cell for one in profile.cells if one.level is None)
        if unknown:
            st.markdown(words("reports.possible", low=low, high=high))
            st.markdown(words("profile.unknown", cells=cells_text(unknown, words)))
        st.caption(words("profile.how_counted"))


def _index(profile: BalanceProfile, words: Words) -> None:
    def told(number: float | None) -> str:
        return "" if number is None else number_text(number, words)

    band = words("reports.band", low=told(profile.balance_low), high=told(profile.balance_high))
    lines = [
        (words("reports.height"), told(profile.height)),
        (words("reports.balance"), f"{told(profile.balance)} ({band})"),
        (words("reports.spread"), words("reports.spread_steps", steps=profile.spread)),
    ]
    st.markdown("\n".join(f"- {name}: **{number}**" for name, number in lines))

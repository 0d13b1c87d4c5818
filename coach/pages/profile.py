"""The balance profile: first the picture, then the proof of each value, the actions, and what to take home."""

import streamlit as st

from coach.domain.balance import height_error
from coach.domain.conversation import Conversation, Said
from coach.domain.profile import BalanceProfile, build_profile
from coach.domain.values import CELLS
from coach.pages import checkin, comparing
from coach.pages.cells import value_part
from coach.pages.changing import last_change
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
    comparing.follows(app, visit)
    _picture(profile, words)
    _in_words(profile, words)
    last_change(conversation, words)
    _numbers(profile, words)
    value_part(app, conversation, profile, words)
    actions_part(app, conversation, words)
    if profile.standings:
        checkin.rulers(app, conversation, "end", words)
    checkin.course_part(conversation, words)
    checkin.invitation(app, visit)
    comparing.compare_link(visit)
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
    if profile.standings:  # else the friendly word on top says it
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


def _in_words(profile: BalanceProfile, words: Words) -> None:
    """Height, balance and spread in two words each; a click opens the number with its band."""
    if profile.height_word is None or profile.shape is None or profile.spread is None:
        return
    told = {
        "height": (profile.height_word, _height(profile, words)),
        "balance": (profile.shape, _balance(profile, words)),
        "spread": (_spread_word(profile.spread), _spread(profile, words)),
    }
    with st.container(horizontal=True, key="wb-words", gap="small"):
        for name, (word, number) in told.items():
            label = f"{words(f'profile.tile_{name}')}: **{words(f'profile.word_{name}_{word}')}**"
            with st.popover(label, key=f"tile-{name}"):
                st.markdown(number)


def _spread_word(steps: int) -> str:
    return "close" if steps <= 1 else "apart" if steps == 2 else "far"


def _height(profile: BalanceProfile, words: Words) -> str:
    middle, error = profile.height or 0.0, height_error(profile.standings)
    band = _band(max(0.0, middle - error), min(100.0, middle + error), words)
    known = len(profile.standings)
    return words("profile.number_height", number=number_text(middle, words), band=band, known=known)


def _balance(profile: BalanceProfile, words: Words) -> str:
    band = _band(profile.balance_low or 0.0, profile.balance_high or 0.0, words)
    told = words("profile.number_balance", number=number_text(profile.balance or 0.0, words), band=band)
    harm = any(cell.harm for cell in profile.cells)
    return "\n\n".join([told, words("profile.number_balance_harm")] if harm else [told])


def _band(low: float, high: float, words: Words) -> str:
    return words("reports.band", low=number_text(low, words), high=number_text(high, words))


def _spread(profile: BalanceProfile, words: Words) -> str:
    levels = [one.level for one in profile.standings]
    ends = (
        tuple(one.cell for one in profile.standings if one.level == level)
        for level in (max(levels), min(levels))
    )
    top, bottom = (cells_text(cells, words) for cells in ends)
    return words("profile.number_spread", steps=profile.spread, top=top, bottom=bottom)


def _numbers(profile: BalanceProfile, words: Words) -> None:
    """Why there are no numbers yet, what would change that, and how far the unknown could move them."""
    with st.expander(words("profile.numbers"), icon=":material/calculate:"):
        if profile.balance is None:
            st.markdown(words("reports.no_number"))
            st.markdown("\n".join(f"- {gate_text(reason, words)}" for reason in profile.gate))
        low, high = (number_text(number, words) for number in profile.possible)
        unknown = tuple(one.cell for one in profile.cells if one.level is None)
        if unknown:
            st.markdown(words("reports.possible", low=low, high=high))
            st.markdown(words("profile.unknown", cells=cells_text(unknown, words)))
        st.caption(words("profile.how_counted"))

"""One value of the profile at a time: its two cells with their proof, a correction, and her own ratings."""

from dataclasses import replace

import streamlit as st

from coach.domain.conversation import Conversation, Withdrawn, evidence_of
from coach.domain.evidence import FIRM, WEIGHTS, Direction, Evidence
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.raising import Raise, costs_now, raises_for, surer_by_example
from coach.domain.takeaway import citations_of
from coach.domain.values import MAX_LEVEL, Cell, Perspective, Value
from coach.pages.changing import correction_effect
from coach.pages.parts import own_words
from coach.pages.proof import passage_text
from coach.pages.ratings import rating_form
from coach.pages.safe import safe_label
from coach.pages.state import attempt, doing
from coach.reports.wording import level_text, places, said_where
from coach.wiring import App
from coach.words import Words

QUOTES_SHOWN = 4


def value_part(app: App, conversation: Conversation, profile: BalanceProfile, words: Words) -> None:
    """Draw the choice of a value, and what is known of the chosen one."""
    st.header(words("profile.h_values"), anchor=False)
    st.markdown(words("profile.values_intro"))
    value = st.pills(
        words("profile.h_values"), list(Value), default=_first(conversation, profile), required=True,
        format_func=lambda one: words(f"reports.{one}"), key="value", label_visibility="collapsed",
    )  # fmt: skip
    chosen = Value(value or Value.HUMAN)
    for side in Perspective:
        _cell(app, conversation, profile.cell(Cell(chosen, side)), words)
    _passages(app, conversation, chosen, words)
    rating_form(app, conversation, profile, chosen, words)


def _first(conversation: Conversation, profile: BalanceProfile) -> Value:
    """The value of the talk, else the first one that something was said about."""
    if conversation.focus is not None:
        return conversation.focus
    return next((one.cell.value for one in profile.cells if one.evidence), Value.HUMAN)


def _cell(app: App, conversation: Conversation, cell: CellProfile, words: Words) -> None:
    side = cell.cell.perspective
    with st.container(border=True, key=f"wb-cell-{side}"):
        st.subheader(words(f"profile.side_{side}", level=level_text(cell, words)), anchor=False)
        st.caption(words(f"profile.means_{cell.cell.value}_{side}"))
        anchor = "unknown" if cell.level is None else str(cell.level)
        shown = "said" if cell.level is None and cell.evidence else anchor
        both = cell.harm and cell.source == "evidence" and cell.level == 1
        st.markdown(words("profile.anchor_both" if both else f"profile.anchor_{shown}"))
        if cell.harm:
            st.markdown(words("profile.harm_corrected" if cell.source == "corrected" else "profile.harm"))
        _corrected(conversation, cell, words)
        _quotes(app, conversation, cell, words)
        _taken_back(app, conversation, cell, words)
        why = "profile.why" if cell.level is not None else "profile.why_unknown"
        with st.expander(words(why), type="compact", icon=":material/help:"):
            st.markdown(words("profile.raise_both" if both else f"profile.raise_{anchor}"))
            _raises(cell, words)
        if cell.rating_differs:
            st.markdown(words("profile.differs"))
        _correction(app, conversation, cell, words)


def _raises(cell: CellProfile, words: Words) -> None:
    """What evidence would raise the cell, tried out on the rule itself; each with the step it leads to."""
    ways = raises_for(cell.cell, cell.evidence)
    if ways:
        st.markdown(words("profile.raise_intro"))
        st.markdown("\n".join(f"- {_way(one, cell, words)}" for one in ways))
    if cell.source == "corrected":
        st.markdown(words("profile.raise_corrected"))
    if cell.level is not None and cell.confidence < FIRM <= surer_by_example(cell.cell, cell.evidence):
        st.markdown(words("profile.raise_rank_unsure"))


def _way(one: Raise, cell: CellProfile, words: Words) -> str:
    level = words("profile.raise_level", name=words(f"reports.level_{one.level}"), number=one.level)
    quotes = " ".join(dict.fromkeys(own_words(item.quote) for item in costs_now(cell.evidence)))
    return words(f"profile.raise_by_{one.by}", level=level, quotes=quotes)


def _corrected(conversation: Conversation, cell: CellProfile, words: Words) -> None:
    if cell.source != "corrected":
        return
    computed = "unknown" if cell.computed_level is None else f"level_{cell.computed_level}"
    st.markdown(
        words("profile.corrected", reason=own_words(cell.reason), computed=words(f"reports.{computed}"))
    )
    correction_effect(conversation, cell.cell, words)


def _quotes(app: App, conversation: Conversation, cell: CellProfile, words: Words) -> None:
    """Her own words behind a cell, each with the place it comes from and a way to take it back."""
    if not cell.evidence:
        return
    where = places(conversation, words)
    st.markdown(words("profile.your_words"))
    hardest = sorted(
        cell.evidence, key=lambda item: (-WEIGHTS[item.kind], item.direction is Direction.NEUTRAL)
    )
    for item in hardest[:QUOTES_SHOWN]:
        _quote(app, conversation, item, said_where(item, where, words), words)
    if len(hardest) > QUOTES_SHOWN:
        with st.expander(words("profile.more_quotes", number=len(hardest) - QUOTES_SHOWN), type="compact"):
            for item in hardest[QUOTES_SHOWN:]:
                _quote(app, conversation, item, said_where(item, where, words), words)


def _taken_back(app: App, conversation: Conversation, cell: CellProfile, words: Words) -> None:
    """What she said and took back: it counts no more, can still be read, and can be put back."""
    kept = tuple(entry for entry in conversation.entries if not isinstance(entry, Withdrawn))
    every = evidence_of(replace(conversation, entries=kept))
    for item in every:
        if item.cell == cell.cell and item.id in conversation.withdrawn:
            _put_back(app, conversation, item, words)


def _put_back(app: App, conversation: Conversation, item: Evidence, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wb-quote-{item.id}"):
        st.caption(words("profile.taken_back", quote=own_words(item.quote)), width="stretch")
        st.button(
            words("profile.put_back"), key=f"put-back-{item.id}", type="tertiary", icon=":material/undo:",
            on_click=doing(lambda: app.guidance.withdraw(conversation.id, item.id, gone=False)),
        )  # fmt: skip


def _quote(app: App, conversation: Conversation, item: Evidence, where: str, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wb-quote-{item.id}"):
        kind = words(f"profile.kind_{item.kind}")
        st.markdown(f"{own_words(item.quote)}\\\n:small[{safe_label(f'{where} · {kind}')}]", width="stretch")
        st.button(
            words("profile.not_so"), key=f"withdraw-{item.id}", type="tertiary", icon=":material/close:",
            on_click=doing(lambda: app.guidance.withdraw(conversation.id, item.id)),
        )  # fmt: skip


def _correction(app: App, conversation: Conversation, cell: CellProfile, words: Words) -> None:
    """Set a level oneself, with a reason; the computed level stays known."""
    with (
        st.expander(words("profile.correct"), type="compact", icon=":material/edit:"),
        st.form(f"correct-{cell.cell}", border=False),
    ):
        level = st.radio(
            words("profile.correct_level"), range(MAX_LEVEL + 1), index=cell.level, key=f"level-{cell.cell}",
            format_func=lambda one: f"{words(f'reports.level_{one}')}: {words(f'profile.anchor_{one}')}",
        )  # fmt: skip
        reason = st.text_input(words("profile.correct_reason"), key=f"reason-{cell.cell}")
        with st.container(horizontal=True):
            save = st.form_submit_button(words("profile.correct_save"))
            back = cell.source == "corrected" and st.form_submit_button(words("profile.correct_back"))
    if save:
        attempt(
            lambda: app.guidance.correct(
                conversation.id, cell.cell, level, reason if level is not None else ""
            )
        )
        st.rerun()
    if back:
        attempt(lambda: app.guidance.correct(conversation.id, cell.cell, None, ""))
        st.rerun()


def _passages(app: App, conversation: Conversation, value: Value, words: Words) -> None:
    """The passages on this value that came by in the talk."""
    cited = [citation for citation in citations_of(conversation) if citation.value is value]
    for citation in cited:
        title = words("profile.passage", title=safe_label(citation.title))
        with st.expander(title, icon=":material/menu_book:", type="compact"):
            passage_text(app, citation.passage_id, citation.quote, words, f"profile-{citation.passage_id}")

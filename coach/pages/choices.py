"""Actions: what would help most and why, the ones she makes hers, and those made concrete."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.actions import Action, RankedAction
from coach.domain.conversation import Chosen, Conversation, evidence_of
from coach.domain.passages import Passage, Query
from coach.pages.mine import mine
from coach.pages.parts import own_words
from coach.pages.proof import passage_text
from coach.pages.safe import safe_label, safe_markdown
from coach.pages.state import attempt, doing
from coach.reports.wording import cell_text, cells_text
from coach.services.suggestions import PROOFS, Suggestion, chosen_of, is_outward, suggestions_for
from coach.wiring import App
from coach.words import Words

DAYS_AHEAD = 42
OTHERS_SHOWN = 6
STRONG_GAIN = 3.0  # balance points
CONFIDENT = 7  # of 10; below it the step is too big
LONG_TEXTS = ("first_step", "first_sign", "if_then")
LOW = 90  # pixels: two lines
TEXTS = ("first_step", "who", "with_whom", "first_sign", "if_then")


def actions_part(app: App, conversation: Conversation, words: Words) -> None:
    """Draw her own list first, then what is suggested, then a way to add one herself."""
    st.header(words("profile.h_actions"), anchor=False)
    chosen = chosen_of(conversation)
    for choice in chosen:
        mine(app, conversation, choice, words)
    if len(chosen) > 1 and not any(is_outward(app.catalogue, conversation, one) for one in chosen):
        st.info(words("profile.outward_missing"), icon=":material/arrow_outward:")
    found = suggestions_for(conversation, app.catalogue, app.search)
    taken = {choice.action for choice in chosen}
    shown = [one for one in found.shown if one.action.id not in taken]
    if shown:
        st.markdown(words("profile.suggested" if not chosen else "profile.suggested_more"))
    for suggestion in shown:
        _suggested(app, conversation, suggestion, words)
    if found.find_out is not None and found.find_out.action.id not in taken:
        st.markdown(words("reports.find_out"))
        _suggested(app, conversation, found.find_out, words)
    _others(app, conversation, [one for one in found.others if one.action.id not in taken], words)
    _own(app, conversation, words)


# -- suggested ------------------------------------------------------------------------------------


def _suggested(app: App, conversation: Conversation, suggestion: Suggestion, words: Words) -> None:
    action = suggestion.action
    with st.container(border=True, key=f"wb-action-{action.id.replace('.', '-')}"):
        if action.kind == "own":
            st.caption(words("profile.own_action"))
        st.subheader(safe_label(action.title), anchor=False)
        if action.what and action.kind != "own":
            st.markdown(safe_markdown(action.what))
        if action.first_step and action.kind != "own":
            st.markdown(words("profile.step_line", step=safe_label(action.first_step)))
        st.markdown(gain_text(suggestion.ranked, words))
        _because(app, conversation, suggestion, words)
        _choose_button(app, conversation, action, words)


def gain_text(ranked: RankedAction, words: Words) -> str:
    """Return in plain words what an action does for the balance."""
    action = ranked.action
    if action.kind == "find_out":
        return words("profile.gain_know")
    strength = "strong" if ranked.gain >= STRONG_GAIN else "some" if ranked.gain > 0 else "none"
    main = words("profile.helps", cell=cell_text(action.main, words))
    also = words("profile.helps_also", cells=cells_text(action.sides, words)) if action.sides else ""
    return " ".join(part for part in (main, also, words(f"profile.gain_{strength}")) if part)


def _because(app: App, conversation: Conversation, suggestion: Suggestion, words: Words) -> None:
    said = {item.id: item for item in evidence_of(conversation)}
    proofs = [said[one].quote for one in suggestion.evidence if one in said]
    more = [quote for quote in proofs if not any(quote in sentence for sentence in suggestion.words)]
    quotes = [own_words(text) for text in (*suggestion.words, *more)][:PROOFS]
    if not quotes and suggestion.passage is None and not suggestion.action.when_not:
        return
    with st.expander(words("profile.because"), type="compact", icon=":material/help:"):
        if quotes:
            st.markdown(words("profile.because_said"))
            st.markdown("\n".join(f"- {quote}" for quote in dict.fromkeys(quotes)))
        for name in ("obstacle", "when_not"):
            if getattr(suggestion.action, name):
                st.markdown(words(f"profile.{name}", text=safe_label(getattr(suggestion.action, name))))
        if suggestion.passage is not None:
            _passage(app, suggestion.passage, suggestion.action, words)


def _passage(app: App, passage: Passage, action: Action, words: Words) -> None:
    st.markdown(words("profile.because_article"))
    query = Query(f"{action.title} {action.what}", passage.language, passage.value, passage.question)
    passage_text(app, passage.id, app.search.quote(passage, query), words, f"action-{action.id}")


def _choose_button(app: App, conversation: Conversation, action: Action, words: Words) -> None:
    choice = Chosen(
        0, None, action.id, action.title, first_step=action.first_step, who=action.who,
        with_whom=action.with_whom, when=action.when, first_sign=action.first_sign,
    )  # fmt: skip
    st.button(
        words("profile.choose"), key=f"choose-{action.id}",
        on_click=doing(lambda: app.guidance.choose(conversation.id, choice)),
    )  # fmt: skip


def _others(app: App, conversation: Conversation, ranked: Sequence[RankedAction], words: Words) -> None:
    if not ranked:
        return
    with st.expander(words("profile.others"), icon=":material/list:"):
        for one in ranked[:OTHERS_SHOWN]:
            st.markdown(f"**{safe_label(one.action.title)}** {safe_label(one.action.what)}")
            _choose_button(app, conversation, one.action, words)


# -- her own ---------------------------------------------------------------------------------------


def _own(app: App, conversation: Conversation, words: Words) -> None:
    """An action in her own words."""
    with (
        st.expander(words("profile.add_own"), icon=":material/add:"),
        st.form("add-own", border=False, clear_on_submit=True),
    ):
        title = st.text_input(words("profile.own_title"), key="own-title")
        if st.form_submit_button(words("profile.own_add")) and title.strip():
            choice = Chosen(0, None, f"mine-{conversation.next_position}", title.strip())
            attempt(lambda: app.guidance.choose(conversation.id, choice))
            st.rerun()

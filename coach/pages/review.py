"""All answers in one list, before the profile: read, change in place, or answer what was skipped."""

import streamlit as st

from coach.domain.conversation import Conversation, Exchange, goal_of, standing
from coach.domain.evidence import Cue, Intent
from coach.domain.steps import AskKind
from coach.domain.values import QUESTIONS
from coach.pages.changing import answer_effect
from coach.pages.parts import no_conversation, own_words, question_before
from coach.pages.replies import reply_now
from coach.pages.safe import safe_label, safe_markdown
from coach.pages.state import TYPED, Visit, attempt, tell_trouble
from coach.reports.wording import cell_text
from coach.wiring import App
from coach.words import Words

OPENED = "opened"


def page(app: App, visit: Visit) -> None:
    """Draw the answers of the conversation in the address."""
    conversation, words = visit.conversation, visit.words
    if conversation is None:
        tell_trouble(words)
        no_conversation(visit)
        return
    st.title(words("review.title"), anchor=False)
    st.markdown(words("review.intro"))
    tell_trouble(words)
    goal = goal_of(conversation)
    if goal:
        st.markdown(words("review.goal", goal=own_words(goal)))
    for question in QUESTIONS:
        _question(app, conversation, question, words)
    _balance_round(app, conversation, words)
    _ways_on(visit)


def _ways_on(visit: Visit) -> None:
    with st.container(horizontal=True, key="wb-on"):
        if st.button(visit.words("review.to_profile"), type="primary", key="to-profile"):
            visit.go("profile")
        if st.button(visit.words("review.to_talk"), key="to-talk"):
            visit.go("talk")


def _question(app: App, conversation: Conversation, question: int, words: Words) -> None:
    at_it = tuple(e for e in standing(conversation.exchanges) if e.step.ask.question == question)
    given = tuple(exchange for exchange in at_it if _tells(exchange))
    with st.container(border=True, key=f"wb-question-{question}"):
        title = words(f"common.question_{question}")
        st.header(words("review.question", number=question, title=title), anchor=False)
        for exchange in given:
            _answer(app, conversation, exchange, words)
        if not given:
            _nothing_said(app, conversation, question, at_it, words)


def _tells(exchange: Exchange) -> bool:
    """Tell whether it is an answer with something in it, more than a yes to a summary."""
    only_yes = exchange.step.ask.kind is AskKind.SUMMARY and Cue.AGREES in exchange.heard.cues
    return exchange.heard.intent is Intent.ANSWER and not only_yes


def _nothing_said(
    app: App, conversation: Conversation, question: int, at_it: tuple[Exchange, ...], words: Words
) -> None:
    """Say why there is no answer, and offer to give one where the question was put."""
    refused = [e for e in at_it if e.heard.intent in (Intent.SKIP, Intent.DONT_KNOW)]
    if any(question in reply.step.recognised for reply in conversation.replies):
        st.markdown(words("review.recognised"))
    elif not refused:
        st.markdown(words("review.not_reached"))
    else:
        skipped = refused[-1].heard.intent is Intent.SKIP
        _asked(conversation, refused[-1])
        st.markdown(words("review.skipped" if skipped else "review.parked"))
        _edit(app, conversation, refused[-1], words, "", words("review.answer_now"))


def _balance_round(app: App, conversation: Conversation, words: Words) -> None:
    asked = [e for e in standing(conversation.exchanges) if e.step.ask.cell is not None]
    if not asked:
        return
    with st.container(key="wb-round"):
        st.header(words("review.balance"), anchor=False)
    for exchange in asked:
        cell = exchange.step.ask.cell
        if cell is None or exchange.heard.intent not in (Intent.ANSWER, Intent.SKIP, Intent.DONT_KNOW):
            continue
        with st.container(border=True):
            st.markdown(f"**{safe_label(cell_text(cell, words))}**")
            if exchange.heard.intent is Intent.ANSWER:
                _answer(app, conversation, exchange, words)
            else:
                _asked(conversation, exchange)
                st.markdown(words("review.parked"))
                _edit(app, conversation, exchange, words, "", words("review.answer_now"))


def _answer(app: App, conversation: Conversation, exchange: Exchange, words: Words) -> None:
    _asked(conversation, exchange)
    st.markdown(safe_markdown(exchange.said.text, keep_lines=True))
    before = _before(conversation, exchange)
    if before:
        st.caption(words("review.before", text=safe_label(before)))
        answer_effect(conversation, exchange, words)
    _edit(app, conversation, exchange, words, exchange.said.text, words("review.change"))


def _asked(conversation: Conversation, exchange: Exchange) -> None:
    """The question as it was put."""
    asked = question_before(conversation, exchange)
    if asked:
        st.markdown(f"**{safe_label(asked)}**")


def _before(conversation: Conversation, exchange: Exchange) -> str:
    """Return the answer that this one replaced, empty if none."""
    replaced = (e.said.text for e in conversation.exchanges if e.said.position == exchange.revises)
    return next(replaced, "")


def _edit(
    app: App, conversation: Conversation, exchange: Exchange, words: Words, text: str, label: str
) -> None:
    """A button that opens a field in place; what is sent replaces the answer, the old one stays readable."""
    place = exchange.said.position
    if st.session_state.get(OPENED) != place:
        st.button(
            label, key=f"edit-{place}", type="tertiary", icon=":material/edit:", on_click=_open, args=(place,)
        )
        return
    with st.form(f"revise-{place}", border=False, enter_to_submit=False):
        new = st.text_area(words("review.new_answer"), value=text, height=140, key=f"text-{place}")
        with st.container(horizontal=True):
            save = st.form_submit_button(words("review.save"), type="primary")
            leave = st.form_submit_button(words("review.leave"))
    if save:
        _revise(app, conversation, place, new)
    if leave:
        _open(None)
        st.rerun()


def _open(place: int | None) -> None:
    st.session_state[OPENED] = place


def _revise(app: App, conversation: Conversation, place: int, text: str) -> None:
    position = conversation.next_position
    if attempt(lambda: app.guidance.revise(conversation.id, place, text, position), TYPED) is not None:
        _open(None)
        reply_now(app, conversation.id)
    st.rerun()

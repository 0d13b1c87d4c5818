"""Pieces that several pages draw: the header, the place in the talk, the open question, a person's words."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from coach.domain.conversation import Conversation, Exchange, evidence_of
from coach.domain.evidence import level_now
from coach.domain.protocol import BALANCE_TURNS
from coach.domain.steps import AskKind, Lead
from coach.domain.values import CELLS, QUESTIONS
from coach.pages import live
from coach.pages.safe import safe_label
from coach.pages.state import LANGUAGE, Visit
from coach.reports.wording import cell_text
from coach.words import Words

ROUND = (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE)
_SENTENCE = re.compile(r"(?<=[.!?…”’:])\s+(?=[“‘\"A-ZÀ-Ý])")


def header(visit: Visit) -> None:
    """Draw the name of the project, and the pages of the open conversation."""
    with st.container(key="wb-header", horizontal=True, vertical_alignment="center", gap="small"):
        visit.link("start", visit.words("common.brand"))
        if visit.conversation is not None:
            for page in ("talk", "review", "profile"):
                visit.link(page, visit.words(f"common.to_{page}"))


def staff_header(visit: Visit) -> None:
    """Draw the name of the project and the pages for coaches and trainers, each language a click away."""
    with st.container(key="wb-header", horizontal=True, vertical_alignment="center", gap="small"):
        visit.link("start", visit.words("common.brand"))
        for page in ("coach", "trainer", "library"):
            visit.link(page, visit.words(f"common.to_{page}"))
        asked = dict(st.query_params.items())
        live.language_links(visit.words.language, {name: asked[name] for name in asked if name != LANGUAGE})


def no_conversation(visit: Visit) -> None:
    """Say that there is nothing to show here yet, and where to begin."""
    if visit.unreadable:
        st.title(visit.words("common.unreadable_title"), anchor=False)
        return
    st.title(visit.words("common.nothing_open_title"))
    st.markdown(visit.words("common.nothing_open"))
    visit.link("start", visit.words("common.to_start"), icon=":material/arrow_back:")


def unreadable(visit: Visit) -> None:
    """Say that the conversation of the address cannot be read now, and offer to try again."""
    last = "unreadable_last" if visit.conversation else "unreadable"
    st.warning(visit.words(f"common.{last}"), icon=":material/info:")
    st.button(visit.words("common.try_again"), key="read-again", icon=":material/refresh:")


def place(conversation: Conversation, words: Words) -> tuple[str, float]:
    """Return where the talk is, such as "Vraag 3 van 7 · Wat het zo houdt", and how far, 0 to 1."""
    step = conversation.open_step
    if step is None or step.ask.kind is AskKind.CONTRACT:
        return words("common.place_start"), 0.0
    ask = step.ask
    if step.lead is Lead.CLOSED:
        return words("common.place_done"), 1.0
    if ask.cell is not None:
        left = left_in_round(conversation)
        name = "common.place_balance" if left else "common.place_balance_last"
        share = (QUESTIONS[-1] + 1 / (left + 1)) / (len(QUESTIONS) + 1)
        return words(name, left=left, cell=cell_text(ask.cell, words)), share
    if ask.question is None:
        return words("common.place_closing"), 1.0
    title = words(f"common.question_{ask.question}")
    text = words("common.place_question", number=ask.question, of=len(QUESTIONS), title=title)
    return text, (ask.question - 0.5) / (len(QUESTIONS) + 1)


def left_in_round(conversation: Conversation) -> int:
    """Return how many cells the last round may still ask about, after the one that is open."""
    replies, items = conversation.replies, evidence_of(conversation)
    asked = {reply.step.ask.cell for reply in replies}
    turns = sum(reply.step.ask.kind in ROUND and not reply.step.again for reply in replies)
    known = {cell for cell in CELLS if level_now([item for item in items if item.cell == cell]) is not None}
    return max(0, min(len(set(CELLS) - asked - known), BALANCE_TURNS - turns))


def open_question(conversation: Conversation) -> str:
    """Return the sentence that waits for an answer, literally as the coach put it last; empty when there is none."""
    changing = conversation.open_step is not None and conversation.open_step.ask.kind is AskKind.REVISION
    for reply in reversed(conversation.replies):
        if reply.step.ask.kind is AskKind.REVISION and not changing:
            continue  # an earlier answer was opened, and has been changed or left
        if reply.step.again and reply.step.ask.kind not in (AskKind.REVISION, AskKind.CLOSING):
            continue  # a short way back to a question that stands higher up
        asked = [sentence for sentence in _SENTENCE.split(reply.text) if "?" in sentence]
        if asked:
            return asked[-1]
    return ""


def question_before(conversation: Conversation, exchange: Exchange) -> str:
    """Return the question that an answer was given to, literally; for a replaced answer that of the first one."""
    place, earlier = exchange.said.position, {e.said.position: e for e in conversation.exchanges}
    while place in earlier and earlier[place].revises is not None:
        place = earlier[place].revises or 0
    before = tuple(entry for entry in conversation.entries if entry.position < place)
    return open_question(replace(conversation, entries=before))


def own_words(text: str) -> str:
    """Return Markdown that shows a few words of the person between quotation marks."""
    return f"“{safe_label(text)}”"


def link_of(visit: Visit) -> str:
    """Return the full address of the talk."""
    here = (st.context.url or "").split("?")[0]
    base = here.rsplit("/", 1)[0]
    code = visit.conversation.id if visit.conversation else ""
    return f"{base}/{visit.pages['talk'].url_path}?c={code}"


def today() -> date:
    """Return the day it is where the visitor is, or else where the app runs."""
    zone = st.context.timezone
    return datetime.now(ZoneInfo(zone) if zone else UTC).date()

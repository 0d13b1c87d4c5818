"""A saved conversation as a trainer reads it: each turn with its proof, sources, provenance and comments."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from coach.domain.review import TurnComment
from coach.domain.values import Cell
from coach.pages.proof import passage_text
from coach.pages.rulewords import pattern_rule_text, rule_text, step_text
from coach.pages.safe import safe_label
from coach.pages.staff import plain, quoted
from coach.pages.state import READING, attempt
from coach.reports.wording import cell_text
from coach.services.schema import Outline, TurnPart
from coach.wiring import App
from coach.words import Words


def draw(app: App, outline: Outline, reviewer: str, words: Words) -> None:
    """Draw all turns of a conversation."""
    st.header(words("trainer.transcript"), anchor=False)
    comments: dict[int, list[TurnComment]] = defaultdict(list)
    for comment in attempt(lambda: app.notebook.comments(outline.id), READING) or ():
        comments[comment.position].append(comment)
    for turn in outline.turns:
        with st.container(border=True, key=f"turn-{turn.position}"):
            _said(turn, words)
            _proof(outline, turn, words)
            _passages(app, turn, words)
            _comments(app, outline.id, turn, comments[turn.position], reviewer, words)


def _said(turn: TurnPart, words: Words) -> None:
    parts = [words("trainer.turn", position=turn.position)]
    if turn.question is not None:
        parts.append(words("trainer.turn_question", number=turn.question))
    if turn.intent is not None:
        parts.append(words("trainer.understood", intent=words(f"trainer.{turn.intent}")))
    if not turn.stands:
        parts.append(words("trainer.replaced"))
    if turn.made_by is not None:
        voice = words("trainer.made_guided") if turn.made_by == "guided" else turn.made_by
        parts.append(
            words(
                "trainer.made_by",
                voice=voice,
                step=step_text(turn.step, words) if turn.step else "–",
                prompt=(turn.prompt or "")[:12],
            )
        )
    st.markdown(f"**{words(f'trainer.speaker_{turn.speaker}')}**  \n{plain(turn.text)}")
    st.caption(safe_label(" · ".join(parts)))


def _proof(outline: Outline, turn: TurnPart, words: Words) -> None:
    """What was read in the words: quotes per cell, and patterns with their rule."""
    lines = []
    for item in outline.evidence:
        if item.position == turn.position:
            told = words(
                "trainer.evidence_line",
                cell=cell_text(Cell(item.value, item.perspective), words),
                kind=words(f"trainer.{item.kind}"),
                direction=words(f"trainer.{item.direction}"),
                time=words(f"trainer.{item.time}"),
            )
            lines.append((item.quote, f"{told} · {rule_text(item.rule, words)}"))
    for spotted in outline.patterns:
        if spotted.position == turn.position:
            rule = pattern_rule_text(spotted.rule, words)
            lines.append((spotted.quote, f"{words(f'trainer.{spotted.pattern}')} · {rule}"))
    if lines:
        st.markdown("\n".join(f"- {quoted(quote, told)}" for quote, told in lines))


def _passages(app: App, turn: TurnPart, words: Words) -> None:
    for passage in turn.passages:
        title = safe_label(f"{words('trainer.passages')}: {passage.title}")
        with st.expander(title, icon=":material/menu_book:"):
            place = f"{turn.position}-{passage.number}"
            passage_text(app, passage.passage_id, passage.quote, words, place)


def _comments(
    app: App, conversation_id: str, turn: TurnPart, kept: Sequence[TurnComment], reviewer: str, words: Words
) -> None:
    for comment in kept:
        st.info(safe_label(words("trainer.comment_by", author=comment.author, text=comment.text)))
    with st.popover(words("trainer.comment"), icon=":material/add_comment:"):
        _new_comment(app, conversation_id, turn.position, reviewer, words)


def _new_comment(app: App, conversation_id: str, position: int, reviewer: str, words: Words) -> None:
    key = f"comment-{conversation_id}-{position}"
    st.text_area(words("trainer.comment"), key=key, max_chars=2000)

    def store() -> None:
        """Keep the comment and empty the field; runs before the page is drawn anew."""
        written = st.session_state.get(key, "").strip()
        if not written:
            return
        named = reviewer or words("trainer.anonymous")
        now = datetime.now(UTC)
        kept = attempt(lambda: app.notebook.add_comment(conversation_id, position, named, written, now))
        if kept is not None:
            st.session_state[key] = ""
            st.toast(words("trainer.comment_saved"))

    st.button(words("trainer.comment_save"), key=f"{key}-save", on_click=store)

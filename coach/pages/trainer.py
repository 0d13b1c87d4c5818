"""The trainer's page: find conversations, read them with their proof, score them, take them along."""

from types import MappingProxyType

import streamlit as st

from coach.domain.ports import Overview
from coach.domain.review import Rubric
from coach.pages import scoring, transcript
from coach.pages.exports import told_rows, turn_columns
from coach.pages.finding import filters
from coach.pages.staff import opening, picked
from coach.pages.state import READING, attempt, tell_trouble
from coach.reports.exchange import as_csv, as_json_lines
from coach.services.pseudonyms import pseudonymised, read_everyday
from coach.services.review import (
    COMMENT_COLUMNS,
    REVIEW_COLUMNS,
    comment_rows,
    find,
    read_rubrics,
    review_rows,
)
from coach.services.schema import Outline
from coach.wiring import App
from coach.words import Words

SEPARATOR = MappingProxyType({"nl": ";", "en": ","})  # between cells, as Excel expects it in that language


def page(app: App, words: Words) -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    opening("trainer", words)
    saved = attempt(lambda: tuple(app.archive.overviews()), READING)
    tell_trouble(words)
    if not saved:
        if saved is not None:
            st.info(words("trainer.none"))
        return
    wanted = filters(saved, words)
    found = attempt(lambda: find(app.archive, wanted), READING)
    if found is None:
        tell_trouble(words)
        return
    st.caption(words("trainer.count", count=len(found), all=len(saved)))
    if not found:
        st.info(words("trainer.none_fit"))
        return
    rubrics = read_rubrics(app.settings.prompts_dir, words.language)
    _reading(app, found, rubrics, words)
    _take_along(app, found, rubrics, words)
    tell_trouble(words)


def _reading(app: App, found: list[Overview], rubrics: tuple[Rubric, ...], words: Words) -> None:
    conversation = picked(app, "trainer", words("trainer.open"), found, words)
    if conversation is None:
        tell_trouble(words)
        return
    outline = app.outline(conversation)
    left, right = st.columns([3, 2], gap="large")
    with right, st.container(key="wb-rubric"):
        reviewer = scoring.reviewer(words)
        if rubrics:
            scoring.rubric_form(app, conversation.id, rubrics[-1], reviewer, words)
        scoring.earlier(app, conversation.id, rubrics, words)
        scoring.quality(outline.quality, words)
    with left:
        transcript.draw(app, outline, reviewer, words)
    if rubrics:
        scoring.agreement(app, rubrics[-1], words)


def _take_along(app: App, found: list[Overview], rubrics: tuple[Rubric, ...], words: Words) -> None:
    """Files of the listed conversations, made when they are asked for."""
    with st.expander(words("trainer.export"), icon=":material/download:"):
        st.caption(words("trainer.export_note"))
        masked = st.checkbox(words("trainer.pseudonymise"), key="trainer-masked")
        ids = [one.id for one in found]

        def outlines() -> list[Outline]:
            return _outlines(app, ids, masked=masked)

        def turns() -> bytes:
            return as_csv(turn_columns(words), told_rows(outlines(), words), between)

        between = SEPARATOR[words.language]
        with st.container(horizontal=True):
            st.download_button(
                words("trainer.export_csv"), turns,
                "waardebalans-turns.csv", "text/csv", key="trainer-csv", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                words("trainer.export_jsonl"), lambda: as_json_lines(outlines()),
                "waardebalans.jsonl", "application/jsonl", key="trainer-jsonl", on_click="ignore",
            )  # fmt: skip
            if not masked:
                _reviews(app, frozenset(ids), rubrics, between, words)


def _reviews(app: App, ids: frozenset[str], rubrics: tuple[Rubric, ...], between: str, words: Words) -> None:
    def scores() -> bytes:
        reviews = [one for one in app.notebook.reviews() if one.conversation_id in ids]
        return as_csv(REVIEW_COLUMNS, review_rows(reviews, rubrics), between)

    def comments() -> bytes:
        kept = [one for one in app.notebook.comments() if one.conversation_id in ids]
        return as_csv(COMMENT_COLUMNS, comment_rows(kept), between)

    st.download_button(
        words("trainer.export_reviews"), scores, "waardebalans-reviews.csv", "text/csv",
        key="trainer-reviews", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        words("trainer.export_comments"), comments, "waardebalans-comments.csv", "text/csv",
        key="trainer-comments", on_click="ignore",
    )  # fmt: skip


def _outlines(app: App, ids: list[str], *, masked: bool) -> list[Outline]:
    outlines = [app.outline(app.archive.get(one)) for one in ids]
    if not masked:
        return outlines
    folder = app.settings.prompts_dir
    return [pseudonymised(one, read_everyday(folder, one.language)) for one in outlines]

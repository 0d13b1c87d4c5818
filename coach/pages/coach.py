"""The coach's page: prepare a meeting from a saved conversation, search the articles, keep notes."""

from datetime import UTC, date, datetime

import streamlit as st

from coach.domain.conversation import Conversation, Replied, Said
from coach.pages import library
from coach.pages.comparing import since_last_time
from coach.pages.paper import paper
from coach.pages.safe import safe_label
from coach.pages.staff import opening, picked, plain
from coach.pages.state import READING, attempt, tell_trouble
from coach.reports import brief as report
from coach.reports.chart import profile_chart
from coach.reports.wording import date_text
from coach.services.preparation import action_titles, prepare
from coach.wiring import App
from coach.words import Words

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(app: App, words: Words) -> None:
    """Draw the page, the brief included, in the coach's language; what was said stays in that of the talk."""
    opening("coach", words)
    overviews = attempt(lambda: tuple(app.archive.overviews()), READING)
    tell_trouble(words)
    conversation = None
    if overviews:
        conversation = picked(app, "coach", words("coach.pick"), overviews, words)
    elif overviews is not None:
        st.info(words("coach.none"))
    names = ("tab_brief", "tab_talk", "tab_notes") if conversation else ()
    *own, articles = st.tabs([*(words(f"coach.{name}") for name in names), words("library.page_title")])
    if conversation:
        for tab, draw in zip(own, (_brief, _talk, _notes), strict=True):
            with tab:
                draw(app, conversation, words)
    with articles:
        library.search_block(app, words, "coach", conversation.language if conversation else words.language)
    tell_trouble(words)


def _brief(app: App, conversation: Conversation, words: Words) -> None:
    if conversation.language is not words.language:
        st.caption(words(f"coach.spoken_{conversation.language}"))
    today = datetime.now().astimezone().date()
    brief = prepare(conversation, app.search, action_titles(app.catalogue, words.language))
    left, right = st.columns([3, 2], gap="large")
    with left:
        since_last_time(app, conversation, words)
        paper(report.document(brief, words, today))
    with right:
        st.subheader(words("coach.chart_heading"), anchor=False)
        st.altair_chart(profile_chart(brief.profile, words, width=420), width="stretch", theme=None)
        name = f"waardebalans-{conversation.id[:6]}-{today.isoformat()}"
        st.download_button(
            words("coach.download_pdf"), lambda: report.pdf(brief, words, today), f"{name}.pdf", PDF,
            key="brief-pdf", type="primary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("coach.download_word"), lambda: report.word(brief, words, today), f"{name}.docx", WORD,
            key="brief-word", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("coach.download_markdown"), lambda: report.markdown(brief, words, today), f"{name}.md",
            "text/markdown", key="brief-markdown", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _talk(app: App, conversation: Conversation, words: Words) -> None:
    for entry in conversation.entries:
        if isinstance(entry, Said | Replied):
            speaker = "entrepreneur" if isinstance(entry, Said) else "coach"
            st.markdown(f"**{words(f'coach.speaker_{speaker}')}**  \n{plain(entry.text)}")


def _notes(app: App, conversation: Conversation, words: Words) -> None:
    _new_note(app, conversation, words)
    notes = attempt(lambda: app.notebook.notes(conversation.id), READING) or ()
    if not notes:
        st.caption(words("coach.notes_none"))
    for note in reversed(notes):
        day = date_text(_day(note.at), words) if note.at else words("coach.no_day")
        with st.container(border=True):
            st.markdown(plain(note.text))
            st.caption(safe_label(words("coach.note_by", author=note.author, day=day)))


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _new_note(app: App, conversation: Conversation, words: Words) -> None:
    with st.form(f"note-{conversation.id}", clear_on_submit=True, enter_to_submit=False):
        text = st.text_area(words("coach.note_text"), help=None, max_chars=4000)
        st.caption(words("coach.note_hint"))
        author = st.text_input(words("coach.note_author"), max_chars=80)
        if not st.form_submit_button(words("coach.note_save"), type="primary"):
            return
    if not text.strip():
        st.warning(words("coach.note_empty"))
        return
    named = author.strip() or words("coach.anonymous")
    kept = attempt(lambda: app.notebook.add_note(conversation.id, named, text, datetime.now(UTC)))
    if kept is None:
        tell_trouble(words)
    else:
        st.success(words("coach.note_saved"))

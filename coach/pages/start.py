"""The first page: what this is and is not, in ten seconds, and the choice of what to talk about."""

import streamlit as st

from coach.domain.conversation import Conversation
from coach.domain.values import Value
from coach.pages import checkin, live
from coach.pages.parts import place
from coach.pages.state import ERASED, READING, Visit, attempt, conversation_id_in, tell_trouble
from coach.reports.wording import focus_text
from coach.wiring import App

OTHERS = (
    ("coach", ":material/groups:"),
    ("trainer", ":material/school:"),
    ("library", ":material/menu_book:"),
)
CHOICES: tuple[Value | None, ...] = (*Value, None)


def page(app: App, visit: Visit) -> None:
    """Draw the start page."""
    words = visit.words
    live.language_links(words.language)
    st.title(words("start.title"), anchor=False)
    st.markdown(words("start.what"))
    if st.session_state.pop(ERASED, False):
        with st.container(key="wb-erased"):  # the script of the page forgets what was typed, too
            st.success(words("start.erased"))
    if visit.conversation is not None:
        _go_on(app, visit, visit.conversation)
    _facts(visit)
    _choose(app, visit)
    tell_trouble(words)
    _return(app, visit)
    _small_print(visit)


def _go_on(app: App, visit: Visit, conversation: Conversation) -> None:
    """The conversation in the address comes first."""
    where, _ = place(conversation, visit.words)
    with st.container(border=True, key="wb-go-on"):
        about = focus_text(conversation.focus, visit.words)
        st.markdown(visit.words("start.busy", about=about, where=where))
        if st.button(visit.words("start.go_on"), type="primary", key="go-on"):
            visit.go("talk")
        checkin.invitation(app, visit)


def _facts(visit: Visit) -> None:
    with st.container(key="wb-facts"):
        for name in ("how_long", "what_not", "saved"):
            st.markdown(visit.words(f"start.{name}"))


def _choose(app: App, visit: Visit) -> None:
    """Six values and the whole company; one button begins."""
    words = visit.words
    with st.container(key="wb-choose"):
        st.header(words("start.choose"), anchor=False)
    chosen = st.radio(
        words("start.choose"),
        CHOICES,
        index=len(CHOICES) - 1,
        format_func=lambda value: f"**{focus_text(value, words)}**",
        captions=[words(f"start.about_{value or 'all'}") for value in CHOICES],
        label_visibility="collapsed",
        key="focus",
    )
    kind = "secondary" if visit.conversation else "primary"
    if st.button(words("start.begin"), type=kind, key="begin"):  # type: ignore[arg-type]
        begun = attempt(lambda: app.guidance.begin(words.language, chosen))
        if begun is None:
            st.rerun()
        visit.go("talk", begun)


def _return(app: App, visit: Visit) -> None:
    """Come back with a link or a code from another day or another computer's note."""
    words = visit.words
    with st.expander(words("start.return"), icon=":material/history:"), st.form("return", border=False):
        pasted = st.text_input(words("start.code"), key="code")
        if st.form_submit_button(words("start.open")):
            found = attempt(lambda: app.guidance.open(conversation_id_in(pasted)), READING)
            if found is None:
                st.rerun()
            visit.go("talk", found)


def _small_print(visit: Visit) -> None:
    st.caption(visit.words("start.loopback"))
    with st.container(border=True, key="wb-other"):
        st.markdown(f"**{visit.words('start.others')}**")
        for name, icon in OTHERS:
            visit.link(name, visit.words(f"start.to_{name}"), icon=icon)

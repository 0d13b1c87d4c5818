"""The end of the profile: was it useful, who else should look, what to take home, how to come back, delete."""

import streamlit as st

from coach.domain.conversation import Conversation, Valued
from coach.domain.takeaway import TakeAway
from coach.pages.parts import link_of, today
from coach.pages.state import ERASED, Visit, attempt
from coach.reports.document import markdown, word
from coach.services.guidance import RATING
from coach.services.takeaway import take_away
from coach.wiring import App
from coach.words import Words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def ending(app: App, visit: Visit, conversation: Conversation) -> None:
    """Draw what comes after the actions."""
    words = visit.words
    st.header(words("profile.h_end"), anchor=False)
    _useful(app, conversation, words)
    st.markdown(words("profile.who_else"))
    _documents(app, visit, conversation)
    st.markdown(words("profile.come_back", link=f"`{link_of(visit)}`"))
    _erase(app, visit, conversation)


def _useful(app: App, conversation: Conversation, words: Words) -> None:
    last = next((e.usefulness for e in reversed(conversation.entries) if isinstance(e, Valued)), None)
    key = f"useful-{conversation.id}"

    def store() -> None:
        number = st.session_state[key]
        if number is not None:
            attempt(lambda: app.guidance.value_talk(conversation.id, number))

    st.segmented_control(
        words("profile.useful"), list(RATING), default=last, key=key, on_change=store, help=None
    )
    if last is not None:
        st.caption(words("profile.useful_saved"))


def _documents(app: App, visit: Visit, conversation: Conversation) -> None:
    """The same content as Word and as Markdown, made when it is asked for."""
    words, name = visit.words, visit.words("profile.file_name", date=today().isoformat())
    link = link_of(visit)

    def content() -> TakeAway:
        return take_away(conversation, app.catalogue, app.search, made_on=today(), link=link)

    with st.container(horizontal=True, key="wb-documents"):
        st.download_button(
            words("profile.word"), lambda: word(content(), words), f"{name}.docx", WORD,
            key="word", type="primary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("profile.markdown"), lambda: markdown(content(), words), f"{name}.md", "text/markdown",
            key="markdown", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _erase(app: App, visit: Visit, conversation: Conversation) -> None:
    """Remove everything of this conversation, after a tick."""
    words = visit.words
    with st.expander(words("profile.erase"), icon=":material/delete:"):
        st.markdown(words("profile.erase_what"))
        sure = st.checkbox(words("profile.erase_sure"), key="erase-sure")
        if st.button(words("profile.erase_now"), key="erase", disabled=not sure):
            app.jobs.forget(conversation.id)
            attempt(lambda: app.guidance.erase(conversation.id))
            st.session_state[ERASED] = True
            visit.leave()

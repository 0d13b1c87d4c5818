"""What a person says to the talk: stored at once, and what could not be stored stays on the page to send again."""

import logging

import streamlit as st

from coach.domain.conversation import Conversation, Heard, Replied
from coach.domain.errors import CoachError, EmptyAnswer, UnknownConversation
from coach.domain.returning import Gauged
from coach.pages.replies import PATIENCE
from coach.pages.state import TYPED, attempt, note_trouble
from coach.services.guidance import LONGEST_ANSWER
from coach.wiring import App
from coach.words import Words

log = logging.getLogger(__name__)

NOTHING_LEFT = (EmptyAnswer, UnknownConversation)  # there is no text to keep, or nothing to keep it for


def say_typed(app: App, conversation: Conversation) -> None:
    """Store what was typed in the field at the foot of the page."""
    _say(app, conversation, st.session_state[f"answer-{conversation.id}"] or "")


def say_aside(app: App, conversation: Conversation, text: str) -> None:
    """Say what a button stands for; there is nothing in it to keep when it cannot be said now."""
    try:
        _store(app, conversation, text)
    except CoachError as error:
        note_trouble(error)
        attempt(lambda: app.archive.keep_draft(conversation.id, ""))


def unsent(app: App, conversation: Conversation, words: Words) -> None:
    """Draw text that was typed but not accepted, to change and send."""
    kept = st.session_state.get(_name(conversation)) or _draft(app, conversation)
    if not kept:
        return
    with (
        st.container(key="wb-unsent"),
        st.form(f"unsent-{conversation.id}", border=True, enter_to_submit=False),
    ):
        key = f"unsent-text-{conversation.id}-{len(kept)}"
        text = st.text_area(words("talk.unsent"), value=kept, height=220, key=key)
        st.caption(words("talk.unsent_length", length=len(kept), most=LONGEST_ANSWER))
        with st.container(horizontal=True):
            send = st.form_submit_button(words("talk.send"), type="primary")
            drop = st.form_submit_button(words("talk.drop"))
    if send or drop:
        if not send or not text or _say(app, conversation, text):
            _forget(app, conversation)
        st.rerun()


def _say(app: App, conversation: Conversation, text: str) -> bool:
    """Store what was said to the page as it was drawn; what could not be stored stays on the page."""
    try:
        _store(app, conversation, text)
    except CoachError as error:
        note_trouble(error, TYPED)
        if not isinstance(error, NOTHING_LEFT):
            st.session_state[_name(conversation)] = text
        return False
    return True


def _store(app: App, conversation: Conversation, text: str) -> None:
    position = conversation.next_position
    if not conversation.replies:
        app.jobs.wait(conversation.id, PATIENCE)  # the welcome opens the talk; nothing can come before it
    if conversation.awaits_reply and _replied_meanwhile(app, conversation):
        position += 1
    app.guidance.say(conversation.id, text, position)


def _replied_meanwhile(app: App, conversation: Conversation) -> bool:
    """Tell whether the reply that the page was waiting for came in, and nothing else."""
    now = app.guidance.open(conversation.id)
    came = [
        entry for entry in now.entries[len(conversation.entries) :] if not isinstance(entry, Heard | Gauged)
    ]
    return len(came) == 1 and isinstance(came[0], Replied)


def _draft(app: App, conversation: Conversation) -> str:
    try:
        return app.archive.draft(conversation.id)
    except CoachError as error:  # the page says already that nothing can be read
        log.warning("%s: %s", error.code, error)
        return ""


def _forget(app: App, conversation: Conversation) -> None:
    st.session_state.pop(_name(conversation), None)
    attempt(lambda: app.archive.keep_draft(conversation.id, ""), TYPED)


def _name(conversation: Conversation) -> str:
    return f"unsent-{conversation.id}-kept"

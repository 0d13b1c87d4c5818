"""Who worded a turn, in one quiet line, and the button that has a model word it anew; only with a model set."""

import streamlit as st

from coach.domain.conversation import Conversation, Replied
from coach.domain.errors import ModelFailed
from coach.domain.wording import GUIDED, Fault
from coach.pages.replies import redo_reply
from coach.pages.safe import safe_label
from coach.services.again import may_be_redone
from coach.wiring import App
from coach.words import Words


def byline(app: App, reply: Replied, conversation: Conversation, words: Words) -> None:
    """Draw who worded a turn, and under the last one the way to have it redone."""
    if reply.made_by == GUIDED and reply.fault is None:
        return
    with st.container(key=f"wb-worded-{reply.position}", horizontal=True, gap="small"):
        st.caption(safe_label(told(reply, words)))
        last = conversation.replies[-1] == reply
        if last and may_be_redone(conversation) and app.guidance.model is not None:
            st.button(
                words("model.redo"), key=f"redo-{reply.position}", type="tertiary",
                on_click=redo_reply, args=(app, conversation.id),
            )  # fmt: skip


def told(reply: Replied, words: Words) -> str:
    """Return the line that says who worded a turn, and why it was not, or not only, the model."""
    if reply.fault is None:
        return words("model.written_by", model=reply.made_by)
    key = "model.taken_over" if reply.made_by == GUIDED else "model.finished_by_guided"
    return words(key, model=reply.made_by, cause=cause(reply.fault, words))


def cause(fault: Fault, words: Words) -> str:
    """Return what went wrong with a model, as the end of a sentence."""
    return words(f"model.cause_{fault}")


def redo_failed(app: App, conversation: Conversation, words: Words) -> str:
    """Return why the model could not word the last turn anew when it was asked to, empty if it was not."""
    progress = app.jobs.progress(conversation.id)
    error = progress.error if progress is not None else None
    if not isinstance(error, ModelFailed) or not may_be_redone(conversation):
        return ""
    return words("model.redo_failed", cause=cause(error.fault, words))


def is_redone_now(app: App, conversation: Conversation) -> bool:
    """Tell whether a model is wording the last turn anew at this moment."""
    progress = app.jobs.progress(conversation.id)
    return progress is not None and not progress.done and not conversation.awaits_reply

"""What a page knows of a visit: who talks, in which language, where to go next; all of it is in the address."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.conversation import Conversation
from coach.domain.errors import CoachError, UnknownConversation
from coach.domain.values import Language
from coach.wiring import App
from coach.words import Words

log = logging.getLogger(__name__)

CONVERSATION = "c"  # names in the address, and of the cookie that the server sets
LANGUAGE = "lang"
TROUBLE = "trouble"  # names in the session: what has to be told once
ERASED = "erased"
_ID = re.compile(r"(?<![a-z0-9])[a-km-z2-9]{26}(?![a-z0-9])")

T = TypeVar("T")


@dataclass(frozen=True)
class Visit:
    """One look at a page: interface words, the conversation of the address, and the pages one can go to."""

    words: Words
    conversation: Conversation | None
    pages: Mapping[str, Page]

    @property
    def address(self) -> dict[str, str]:
        """What belongs behind the question mark of a link that keeps this visit going."""
        known = {CONVERSATION: self.conversation.id} if self.conversation else {}
        return known | {LANGUAGE: self.words.language.value}

    def go(self, page: str, conversation: Conversation | None = None) -> NoReturn:
        """Show another page, with a conversation in its address."""
        other = {CONVERSATION: conversation.id} if conversation else {}
        st.switch_page(self.pages[page], query_params=self.address | other)

    def leave(self) -> NoReturn:
        """Show the start page, without any conversation in the address."""
        st.switch_page(self.pages["start"], query_params={LANGUAGE: self.words.language.value})

    def link(self, page: str, label: str, icon: str | None = None) -> None:
        """Draw a link to another page of the same visit."""
        st.page_link(self.pages[page], label=label, icon=icon, query_params=self.address)


def conversation_in_address(app: App) -> Conversation | None:
    """Return the saved conversation that the address names; an unknown one is told, not raised."""
    named = st.query_params.get(CONVERSATION)
    return attempt(lambda: app.guidance.open(named)) if named else None


def language_of_visit(app: App, conversation: Conversation | None) -> Language:
    """Return the language of the conversation, else of the address, the cookie, the settings."""
    if conversation is not None:
        return conversation.language
    asked = (st.query_params.get(LANGUAGE), st.context.cookies.get(LANGUAGE), app.settings.language)
    return next((Language(one) for one in asked if one in list(Language)), Language.NL)


def conversation_id_in(text: str) -> str:
    """Return the conversation's code in a pasted link or code. Raises UnknownConversation when there is none."""
    found = _ID.search(text.strip())
    if found is None:
        raise UnknownConversation
    return found.group()


def attempt(action: Callable[[], T]) -> T | None:
    """Do something that a person asked for; what goes wrong is kept, to be told by `tell_trouble`."""
    try:
        return action()
    except CoachError as error:
        note_trouble(error)
        return None


def doing(action: Callable[[], object]) -> Callable[[], None]:
    """Return what a button does when it is clicked: the action, with what goes wrong kept to be told."""

    def clicked() -> None:
        attempt(action)

    return clicked


def note_trouble(error: CoachError) -> None:
    """Keep what went wrong until a page tells it; the reason itself is for who runs the program."""
    log.warning("%s: %s", error.code, error)
    st.session_state[TROUBLE] = error.code


def tell_trouble(words: Words) -> None:
    """Say once what went wrong, in plain words."""
    code = st.session_state.pop(TROUBLE, None)
    if code is not None:
        st.warning(words(f"errors.{code}"), icon=":material/info:")

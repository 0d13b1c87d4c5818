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
LAST_READ = "last-read"  # the conversation as it could be read last, for when the disk fails
READING, TYPED, CHANGING = "reading", "typed", "changing"  # what was being done when something went wrong
_ID = re.compile(r"(?<![a-z0-9])[a-km-z2-9]{26}(?![a-z0-9])")

T = TypeVar("T")


@dataclass(frozen=True)
class Visit:
    """One look at a page: interface words, the conversation of the address, and the pages one can go to.

    `unreadable`: that conversation cannot be read now; `conversation` is then how it was last read, if it was.
    """

    words: Words
    conversation: Conversation | None
    pages: Mapping[str, Page]
    unreadable: bool = False

    @property
    def address(self) -> dict[str, str]:
        """What belongs behind the question mark of a link that keeps this visit going."""
        named = st.query_params.get(CONVERSATION, "") if self.unreadable else ""
        if self.conversation is not None:
            named = self.conversation.id
        return ({CONVERSATION: named} if named else {}) | {LANGUAGE: self.words.language.value}

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


def conversation_in_address(app: App) -> tuple[Conversation | None, bool]:
    """Return the conversation that the address names, and whether it cannot be read now.

    One that does not exist is told, not raised. When the disk fails, the conversation is the one of this visit
    as it was last read, None if it never was.
    """
    named, last = st.query_params.get(CONVERSATION), st.session_state.pop(LAST_READ, None)
    if not named:
        return None, False
    try:
        found: Conversation | None = app.guidance.open(named)
    except UnknownConversation as error:
        note_trouble(error)
        return None, False
    except CoachError as error:
        log.warning("%s: %s", error.code, error)
        found = last if last is not None and last.id == named else None
        st.session_state[LAST_READ] = found
        return found, True
    st.session_state[LAST_READ] = found
    return found, False


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


def attempt(action: Callable[[], T], what: str = CHANGING) -> T | None:
    """Do something that a person asked for; what goes wrong is kept, to be told by `tell_trouble`.

    `what` it was: READING something saved, keeping what was TYPED, or CHANGING something.
    """
    try:
        return action()
    except CoachError as error:
        note_trouble(error, what)
        return None


def doing(action: Callable[[], object]) -> Callable[[], None]:
    """Return what a button does when it is clicked: the action, with what goes wrong kept to be told."""

    def clicked() -> None:
        attempt(action)

    return clicked


def note_trouble(error: CoachError, what: str = CHANGING) -> None:
    """Keep what went wrong until a page tells it; the reason itself is for who runs the program."""
    log.warning("%s: %s", error.code, error)
    st.session_state[TROUBLE] = (error.code, what)


def tell_trouble(words: Words) -> None:
    """Say once what went wrong, in plain words."""
    code, what = st.session_state.pop(TROUBLE, ("", ""))
    if code:
        st.warning(trouble_text(code, words, what), icon=":material/info:")


def trouble_text(code: str, words: Words, what: str = CHANGING) -> str:
    """Return what to say of an error, in the words for what was being done if there are any."""
    there = words.keys()
    wanted = (f"errors.{code}_{what}", f"errors.{code}", "errors.unknown")
    return words(next(key for key in wanted if key in there))

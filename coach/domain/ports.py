"""The interfaces behind which the outside world lives: reader, listener, voice, search, archive."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coach.domain.conversation import Conversation, Entry
from coach.domain.evidence import Finding, Reading
from coach.domain.passages import Article, Found, Passage, Query
from coach.domain.steps import Step
from coach.domain.turns import Material
from coach.domain.values import Cell, Language, Value
from coach.domain.wording import Wording


@dataclass(frozen=True)
class Context:
    """Where an utterance stands: which question or cell is open, in which language the talk is."""

    language: Language
    question: int | None = None  # 1–7
    cell: Cell | None = None  # in the balance round
    focus: Value | None = None  # None: the whole company
    summary: bool = False  # the utterance answers "does this fit? feel free to add"
    revising: bool = False  # the text replaces an earlier answer on purpose: it is an answer


class Reader(Protocol):
    """Understands an utterance; its quotes are literal parts of the text."""

    def read(self, text: str, context: Context) -> Reading:
        """Return intent, findings, patterns, stakeholders and cues of `text`."""
        ...


@dataclass(frozen=True)
class Overheard:
    """What a listener adds to what the reader heard, and who it was."""

    findings: tuple[Finding, ...]
    wording: Wording


class Listener(Protocol):
    """Hears what the reader missed, after the reply was given."""

    def listen(self, text: str, context: Context, heard: Reading) -> Overheard:
        """Return findings to add to `heard`; their quotes are literal parts of `text`. Raises ModelFailed."""
        ...


class Voice(Protocol):
    """Words a step that the domain has decided."""

    @property
    def name(self) -> str:
        """`guided`, or the model's name."""
        ...

    def reply(self, step: Step, material: Material) -> Generator[str, None, Wording]:
        """Yield the text of the reply in pieces, in order; return who worded it. Raises ModelFailed."""
        ...


class Search(Protocol):
    """Finds passages of the articles."""

    def find(self, query: Query) -> Sequence[Found]:
        """Return passages, best first; nothing relevant gives an empty list. Raises IndexUnavailable."""
        ...

    def quote(self, passage: Passage, query: Query) -> str:
        """Return the one or two consecutive sentences of a passage that answer the query best, literally."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage by id, None when it is not (or no longer) in the index."""
        ...

    def articles(self) -> Sequence[Article]:
        """Return the articles of the series, by language and number."""
        ...


@dataclass(frozen=True)
class Overview:
    """One line of the list of saved conversations."""

    id: str
    language: Language
    focus: Value | None
    origin: str
    status: str
    started: datetime | None
    updated: datetime | None
    entries: int


class Archive(Protocol):
    """Keeps conversations: append-only, each entry on disk when `append` returns."""

    def begin(self, conversation: Conversation) -> None:
        """Store a new conversation with the entries it has. Raises NotSaved; PositionTaken if the id exists."""
        ...

    def append(self, conversation_id: str, entry: Entry) -> None:
        """Store one entry. Raises PositionTaken, UnknownConversation, NotSaved."""
        ...

    def get(self, conversation_id: str) -> Conversation:
        """Return the conversation as stored. Raises UnknownConversation."""
        ...

    def overviews(self) -> Sequence[Overview]:
        """Return all saved conversations, newest first."""
        ...

    def erase(self, conversation_id: str) -> None:
        """Remove the conversation and all that hangs on it. Raises UnknownConversation."""
        ...

    def keep_draft(self, conversation_id: str, text: str) -> None:
        """Keep text that was typed but not accepted; an empty text clears it. Raises NotSaved."""
        ...

    def draft(self, conversation_id: str) -> str:
        """Return the kept draft, empty if there is none."""
        ...

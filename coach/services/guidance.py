"""What an entrepreneur can do: start, say, get a reply, rate, correct, choose, take back, erase."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.domain import protocol
from coach.domain.conversation import (
    Chosen,
    Conversation,
    Corrected,
    Entry,
    Exchange,
    Rated,
    Replied,
    Said,
    Valued,
    Withdrawn,
)
from coach.domain.errors import EmptyAnswer, PositionTaken, TooLong, WrongChoice
from coach.domain.evidence import Reading
from coach.domain.ports import Archive, Context, Reader, Search, Voice
from coach.domain.steps import Ask, AskKind
from coach.domain.text import clean
from coach.domain.values import MAX_LEVEL, Cell, Language, Value
from coach.services.material import gather

LONGEST_ANSWER = 4_000  # characters
RATING = range(11)
TRENDS = (-1, 0, 1)
LEVELS = range(MAX_LEVEL + 1)

Show = Callable[[str], None]


@dataclass(frozen=True)
class Guidance:
    """The talk with one entrepreneur.

    `clock` gives the time of an entry (None: not kept), `new_id` an unguessable id, `digests` what a voice spoke from.
    """

    archive: Archive
    reader: Reader
    voice: Voice
    search: Search
    digests: Mapping[Language, str]
    clock: Callable[[], datetime | None]
    new_id: Callable[[], str]

    def begin(self, language: Language, focus: Value | None) -> Conversation:
        """Store and return a new conversation that awaits the coach's first turn. Raises NotSaved."""
        conversation = Conversation(self.new_id(), language, focus, self.clock())
        self.archive.begin(conversation)
        return conversation

    def open(self, conversation_id: str) -> Conversation:
        """Return a saved conversation. Raises UnknownConversation."""
        return self.archive.get(conversation_id)

    def say(self, conversation_id: str, text: str, position: int, revises: int | None = None) -> Conversation:
        """Store what was typed, before anything else happens with it.

        `position` is the place for which the page was drawn. A double submit changes nothing. Raises
        EmptyAnswer, TooLong, PositionTaken (text kept as draft in the last two), NotSaved, UnknownConversation.
        """
        cleaned = clean(text)
        if not cleaned:
            raise EmptyAnswer
        if len(cleaned) > LONGEST_ANSWER:
            self.archive.keep_draft(conversation_id, cleaned)
            raise TooLong(str(len(cleaned)))
        try:
            self.archive.append(conversation_id, Said(position, self.clock(), cleaned, revises))
        except PositionTaken:
            self.archive.keep_draft(conversation_id, cleaned)
            raise
        self.archive.keep_draft(conversation_id, "")
        return self.archive.get(conversation_id)

    def reply(self, conversation_id: str, show: Show = lambda _: None) -> Conversation:
        """Make and store the reply that is awaited, showing pieces as they come; nothing awaited changes nothing.

        Safe to call twice: a reply that another worker stored meanwhile is kept, this one is dropped.
        """
        conversation = self.archive.get(conversation_id)
        if not conversation.awaits_reply:
            return conversation
        reply = self._made(conversation, show)
        try:
            self.archive.append(conversation_id, reply)
        except PositionTaken:
            return self.archive.get(conversation_id)
        return conversation.append(reply)

    def _made(self, conversation: Conversation, show: Show) -> Replied:
        said = conversation.pending
        heard = self._heard(conversation, said) if said else None
        step = protocol.next_step(conversation, heard)
        before = conversation.open_step
        latest = Exchange(before, said, heard) if said and heard and before else None
        material = gather(conversation, latest, step, self.search)
        pieces = []
        for piece in self.voice.reply(step, material):
            pieces.append(piece)
            show(piece)
        return Replied(
            position=conversation.next_position,
            at=self.clock(),
            step=step,
            text="".join(pieces).strip(),
            answers=said.position if said else None,
            heard=heard,
            passages=material.passages,
            made_by=self.voice.name,
            prompt=self.digests[conversation.language],
        )

    def _heard(self, conversation: Conversation, said: Said) -> Reading:
        return self.reader.read(said.text, context_of(conversation, said))

    def revise(self, conversation_id: str, of: int, text: str, position: int) -> Conversation:
        """Replace the answer at position `of`; the old one stays readable. Raises as `say`, and WrongChoice."""
        conversation = self.archive.get(conversation_id)
        if not any(isinstance(entry, Said) and entry.position == of for entry in conversation.entries):
            raise WrongChoice(f"no answer at position {of}")
        return self.say(conversation_id, text, position, revises=of)

    def rate(
        self,
        conversation_id: str,
        cell: Cell,
        now: int | None = None,
        desired: int | None = None,
        trend: int | None = None,
    ) -> Conversation:
        """Store her own rating of a cell: `now` and `desired` 0–10, `trend` −1, 0, 1. Raises WrongChoice."""
        allowed: Sequence[tuple[int | None, Sequence[int]]] = ((now, RATING), (desired, RATING), (trend, TRENDS))
        for number, choices in allowed:
            if number is not None and number not in choices:
                raise WrongChoice(f"rating {number}")
        return self._add(conversation_id, lambda place: Rated(place, self.clock(), cell, now, desired, trend))

    def correct(self, conversation_id: str, cell: Cell, level: int | None, reason: str) -> Conversation:
        """Store her correction of a cell, level 0–4 with a reason, or None to take it back. Raises WrongChoice."""
        why = clean(reason)
        if level is not None and (level not in LEVELS or not why):
            raise WrongChoice(f"level {level} needs to be 0–4, with a reason")
        return self._add(conversation_id, lambda place: Corrected(place, self.clock(), cell, level, why))

    def choose(self, conversation_id: str, choice: Chosen) -> Conversation:
        """Store an action as she made it hers; position and time are filled in here. Raises WrongChoice."""
        for number in (choice.importance, choice.confidence):
            if number is not None and number not in RATING:
                raise WrongChoice(f"rating {number}")
        return self._add(conversation_id, lambda place: replace(choice, position=place, at=self.clock()))

    def withdraw(self, conversation_id: str, target: str) -> Conversation:
        """Store that a piece of evidence (e…) or a pattern (p…) is "not so"."""
        return self._add(conversation_id, lambda place: Withdrawn(place, self.clock(), target))

    def value_talk(self, conversation_id: str, usefulness: int) -> Conversation:
        """Store how useful the talk was, 0–10. Raises WrongChoice."""
        if usefulness not in RATING:
            raise WrongChoice(f"usefulness {usefulness}")
        return self._add(conversation_id, lambda place: Valued(place, self.clock(), usefulness))

    def _add(self, conversation_id: str, make: Callable[[int], Entry]) -> Conversation:
        conversation = self.archive.get(conversation_id)
        entry = make(conversation.next_position)
        self.archive.append(conversation_id, entry)
        return conversation.append(entry)

    def erase(self, conversation_id: str) -> None:
        """Remove the conversation and all that hangs on it. Raises UnknownConversation."""
        self.archive.erase(conversation_id)


def context_of(conversation: Conversation, said: Said) -> Context:
    """Return where an utterance stands: what was open when it was said, or what it replaces."""
    ask = _ask_for(conversation, said)
    return Context(
        language=conversation.language,
        question=ask.question if ask else None,
        cell=ask.cell if ask else None,
        focus=conversation.focus,
        summary=ask is not None and ask.kind in (AskKind.SUMMARY, AskKind.CLOSING),
        revising=said.revises is not None,
    )


def _ask_for(conversation: Conversation, said: Said) -> Ask | None:
    if said.revises is not None:
        replaced = next((e for e in conversation.exchanges if e.said.position == said.revises), None)
        return replaced.step.ask if replaced else None
    return conversation.open_step.ask if conversation.open_step else None

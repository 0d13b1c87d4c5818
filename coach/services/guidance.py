"""What an entrepreneur can do: start, say, get a reply, rate, correct, choose, take back, erase."""

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.domain import protocol
from coach.domain.conversation import (
    Chosen,
    Conversation,
    Corrected,
    Entry,
    Exchange,
    Heard,
    Rated,
    Replied,
    Said,
    Valued,
    Withdrawn,
)
from coach.domain.errors import EmptyAnswer, ModelFailed, PositionTaken, TooLong, WrongChoice
from coach.domain.evidence import Reading
from coach.domain.ports import Archive, Context, Listener, Overheard, Reader, Search, Voice
from coach.domain.returning import Gauged
from coach.domain.steps import Ask, AskKind
from coach.domain.text import clean
from coach.domain.values import MAX_LEVEL, Cell, Language, Value
from coach.domain.wording import Wording
from coach.services.again import material_again, may_be_redone, unheard
from coach.services.appending import TRIES, append_next
from coach.services.material import gather

log = logging.getLogger(__name__)

LONGEST_ANSWER = 4_000  # characters
RATING = range(11)
TRENDS = (-1, 0, 1)
LEVELS = range(MAX_LEVEL + 1)
HEARD_AT_ONCE = 2  # answers that a model hears after one reply: the newest, and one that it missed

Show = Callable[[str], None]


@dataclass(frozen=True)
class Guidance:
    """The talk with one entrepreneur.

    `clock` gives the time of an entry (None: not kept), `new_id` an unguessable id. With a chat model, `model` is its
    own voice, which words a turn anew when asked, and `listener` hears in an answer what the reader missed.
    """

    archive: Archive
    reader: Reader
    voice: Voice
    search: Search
    clock: Callable[[], datetime | None]
    new_id: Callable[[], str]
    model: Voice | None = None
    listener: Listener | None = None

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
            self._say(conversation_id, Said(position, self.clock(), cleaned, revises))
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
        return self._stored(conversation, reply, lambda now: _answered_by(now) == reply.answers)

    def _say(self, conversation_id: str, said: Said) -> None:
        """Store it in its place, or behind what a model added to that place since the page was drawn."""
        try:
            self.archive.append(conversation_id, said)
        except PositionTaken:
            place = _behind_model(self.archive.get(conversation_id), said.position)
            self.archive.append(conversation_id, replace(said, position=place))

    def _stored(
        self, conversation: Conversation, reply: Replied, still: Callable[[Conversation], bool]
    ) -> Conversation:
        """Store a turn in the next place as long as it is `still` wanted there; else drop it."""
        for _ in range(TRIES):
            try:
                self.archive.append(conversation.id, reply)
                return conversation.append(reply)
            except PositionTaken:
                conversation = self.archive.get(conversation.id)
                if not still(conversation):
                    break
                reply = replace(reply, position=conversation.next_position)
        return conversation

    def _made(self, conversation: Conversation, show: Show) -> Replied:
        said = conversation.pending
        heard = self._heard(conversation, said) if said else None
        step = protocol.next_step(conversation, heard)
        before = conversation.open_step
        latest = Exchange(before, said, heard) if said and heard and before else None
        material = gather(conversation, latest, step, self.search)
        text, wording = _worded(self.voice.reply(step, material), show)
        turn = Replied(
            conversation.next_position, self.clock(), step, text, said.position if said else None, heard
        )
        return _told(replace(turn, passages=material.passages), wording)

    def redo(self, conversation_id: str, show: Show = lambda _: None) -> Conversation:
        """Have the model word the last turn anew; both stay readable, the new one stands.

        Raises WrongChoice when there is nothing to redo, ModelFailed when the model cannot; all stays as it was.
        """
        conversation = self.archive.get(conversation_id)
        last = conversation.replies[-1] if may_be_redone(conversation) else None
        if last is None or self.model is None:
            raise WrongChoice("no turn to be worded anew")
        text, wording = _worded(self.model.reply(last.step, material_again(conversation, last)), show)
        turn = replace(
            last, position=conversation.next_position, at=self.clock(), text=text, redoes=last.position
        )
        return self._stored(
            conversation, _told(turn, wording), lambda now: may_be_redone(now) and now.replies[-1] == last
        )

    def listen(self, conversation_id: str) -> Conversation:
        """Have the model hear the answers that only the reader heard, and store what it adds.

        A model that fails changes nothing; it gets the same answer again after the next reply.
        """
        conversation = self.archive.get(conversation_id)
        if self.listener is None:
            return conversation
        for exchange in unheard(conversation)[-HEARD_AT_ONCE:]:
            context = _context(conversation, exchange.step.ask, exchange.said)
            try:
                more = self.listener.listen(exchange.said.text, context, exchange.heard)
            except ModelFailed as problem:
                log.info("an answer was heard by the rules alone: %s", problem)
                break
            conversation = self._add(conversation_id, self._overheard(exchange.said.position, more))
        return conversation

    def _overheard(self, of: int, more: Overheard) -> Callable[[int], Entry]:
        told, at = more.wording, self.clock()
        return lambda place: Heard(place, at, of, more.findings, told.made_by, told.prompt, told.usage)

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
        allowed: Sequence[tuple[int | None, Sequence[int]]] = (
            (now, RATING),
            (desired, RATING),
            (trend, TRENDS),
        )
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

    def withdraw(self, conversation_id: str, target: str, *, gone: bool = True) -> Conversation:
        """Store that a piece of evidence (e…, m…) or a pattern (p…) is "not so", or (`gone` False) that it is so."""
        return self._add(conversation_id, lambda place: Withdrawn(place, self.clock(), target, gone))

    def value_talk(self, conversation_id: str, usefulness: int) -> Conversation:
        """Store how useful the talk was, 0–10. Raises WrongChoice."""
        if usefulness not in RATING:
            raise WrongChoice(f"usefulness {usefulness}")
        return self._add(conversation_id, lambda place: Valued(place, self.clock(), usefulness))

    def _add(self, conversation_id: str, make: Callable[[int], Entry]) -> Conversation:
        return append_next(self.archive, conversation_id, make)

    def erase(self, conversation_id: str) -> None:
        """Remove the conversation and all that hangs on it. Raises UnknownConversation."""
        self.archive.erase(conversation_id)


def context_of(conversation: Conversation, said: Said) -> Context:
    """Return where an utterance stands: what was open when it was said, or what it replaces."""
    return _context(conversation, _ask_for(conversation, said), said)


def _context(conversation: Conversation, ask: Ask | None, said: Said) -> Context:
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


def _worded(pieces: Generator[str, None, Wording], show: Show) -> tuple[str, Wording]:
    """Show the pieces as they come; return what was shown, and who worded it."""
    shown: list[str] = []
    while True:
        try:
            shown.append(next(pieces))
        except StopIteration as end:
            return "".join(shown).strip(), end.value
        show(shown[-1])


def _told(turn: Replied, wording: Wording) -> Replied:
    return replace(
        turn, made_by=wording.made_by, prompt=wording.prompt, usage=wording.usage,
        fault=wording.fault, mended=wording.mended,
    )  # fmt: skip


def _answered_by(conversation: Conversation) -> int | None:
    """The position of what still waits for a reply; −1 when nothing does."""
    if not conversation.awaits_reply:
        return -1
    return conversation.pending.position if conversation.pending else None


def _behind_model(conversation: Conversation, place: int) -> int:
    """The first place from `place` on that holds neither what a model added by itself nor a ruler."""
    entries = conversation.entries
    while place < len(entries):
        entry = entries[place]
        redone = isinstance(entry, Replied) and entry.redoes is not None
        if not redone and not isinstance(entry, Heard | Gauged):
            break
        place += 1
    return place

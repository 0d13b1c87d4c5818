"""A conversation is its entries: an append-only list from which everything else is derived."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from coach.domain.evidence import Cue, Evidence, Finding, Intent, PatternHit, Reading
from coach.domain.passages import Citation
from coach.domain.returning import Return
from coach.domain.steps import AskKind, Lead, Step
from coach.domain.values import Cell, Language, Value
from coach.domain.wording import Fault, Usage


@dataclass(frozen=True)
class Said:
    """What the entrepreneur typed; `revises` is the position of the entry that it replaces."""

    position: int
    at: datetime | None
    text: str
    revises: int | None = None
    kind: Literal["said"] = "said"


@dataclass(frozen=True)
class Replied:
    """A turn of the coach: the step, its wording, and how the entry that it answers was understood.

    `answers` is the position of that entry, None for the first turn; `made_by`, `prompt`, `usage`, `fault` and
    `mended` are those of a `Wording`. `redoes` is the position of the turn that this one words anew.
    """

    position: int
    at: datetime | None
    step: Step
    text: str
    answers: int | None = None
    heard: Reading | None = None
    passages: tuple[Citation, ...] = ()
    made_by: str = "guided"
    prompt: str = ""
    usage: Usage | None = None
    fault: Fault | None = None
    mended: tuple[str, ...] = ()
    redoes: int | None = None
    kind: Literal["replied"] = "replied"


@dataclass(frozen=True)
class Heard:
    """What a model heard in the answer at position `answers` that the rules had missed, found after the reply."""

    position: int
    at: datetime | None
    answers: int
    findings: tuple[Finding, ...] = ()
    made_by: str = ""
    prompt: str = ""
    usage: Usage | None = None
    kind: Literal["heard"] = "heard"


@dataclass(frozen=True)
class Rated:
    """The person's own rating of a cell: now and wished for, 0–10, and where it goes, −1, 0 or 1."""

    position: int
    at: datetime | None
    cell: Cell
    now: int | None = None
    desired: int | None = None
    trend: int | None = None
    kind: Literal["rated"] = "rated"


@dataclass(frozen=True)
class Corrected:
    """The person sets the level of a cell, 0–4, and says why; `level` None takes a correction back."""

    position: int
    at: datetime | None
    cell: Cell
    level: int | None
    reason: str
    kind: Literal["corrected"] = "corrected"


@dataclass(frozen=True)
class Chosen:
    """An action as the person makes it hers; `chosen` False takes it off her list. Ratings are 0–10.

    `obstacle` is what would make it fail in her company, in her own words.
    """

    position: int
    at: datetime | None
    action: str
    title: str
    first_step: str = ""
    who: str = ""
    with_whom: str = ""
    when: str = ""
    first_sign: str = ""
    if_then: str = ""
    importance: int | None = None
    confidence: int | None = None
    chosen: bool = True
    obstacle: str = ""
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True)
class Withdrawn:
    """The person says "not so" of evidence (e…, m…) or a pattern (p…); `gone` False: it is so after all."""

    position: int
    at: datetime | None
    target: str
    gone: bool = True
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True)
class Valued:
    """How useful the talk was for her goal, 0–10."""

    position: int
    at: datetime | None
    usefulness: int
    kind: Literal["valued"] = "valued"


Entry = Said | Replied | Heard | Rated | Corrected | Chosen | Withdrawn | Valued | Return


@dataclass(frozen=True)
class Exchange:
    """One thing said, the step it was said to, and how it was understood."""

    step: Step
    said: Said
    heard: Reading

    @property
    def revises(self) -> int | None:
        """Position of the answer that this one replaces."""
        if self.said.revises is not None:
            return self.said.revises
        keeps = self.heard.intent is not Intent.ANSWER or Cue.DISAGREES in self.heard.cues
        return None if keeps else self.step.revises


@dataclass(frozen=True)
class SpottedPattern:
    """A pattern hit in its place; the id (p1, p2 …) is what a person withdraws."""

    id: str
    position: int
    hit: PatternHit


@dataclass(frozen=True)
class Conversation:
    """One talk. `focus` is a value, or None for the whole company."""

    id: str
    language: Language
    focus: Value | None
    started: datetime | None = None
    origin: Literal["person", "script", "demo"] = "person"
    entries: tuple[Entry, ...] = ()

    @property
    def next_position(self) -> int:
        """The position the next entry takes."""
        return len(self.entries)

    def append(self, entry: Entry) -> "Conversation":
        """Return the conversation with one more entry. Raises ValueError when its position is not the next."""
        if entry.position != self.next_position:
            raise ValueError(f"position {entry.position} is not {self.next_position}")
        return replace(self, entries=(*self.entries, entry))

    @property
    def replies(self) -> tuple[Replied, ...]:
        """All turns of the coach that stand, in order; one that was worded anew no longer does."""
        made = [entry for entry in self.entries if isinstance(entry, Replied)]
        redone = {reply.redoes for reply in made}
        return tuple(reply for reply in made if reply.position not in redone)

    @property
    def pending(self) -> Said | None:
        """What was said and has no reply yet."""
        answered = {reply.answers for reply in self.replies}
        for entry in self.entries:
            if isinstance(entry, Said) and entry.position not in answered:
                return entry
        return None

    @property
    def awaits_reply(self) -> bool:
        """Tell whether the coach has to speak: nothing was said at all, or something without a reply."""
        return not self.replies or self.pending is not None

    @property
    def open_step(self) -> Step | None:
        """The step the person is looking at, None before the first turn."""
        return self.replies[-1].step if self.replies else None

    @property
    def status(self) -> Literal["open", "paused", "finished"]:
        """Where the talk is, from the last turn of the coach."""
        lead = self.open_step.lead if self.open_step else None
        if lead is Lead.CLOSED:
            return "finished"
        return "paused" if lead is Lead.PAUSED else "open"

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Everything said and understood, in order, replaced answers included."""
        return tuple(self._exchanges())

    def _exchanges(self) -> Iterator[Exchange]:
        said = {entry.position: entry for entry in self.entries if isinstance(entry, Said)}
        steps: dict[int, Step] = {}
        for before, reply in zip(self.replies, self.replies[1:], strict=False):
            if reply.answers is not None and reply.heard is not None:
                entry = said[reply.answers]
                steps[entry.position] = steps.get(entry.revises or -1, before.step)
                yield Exchange(steps[entry.position], entry, reply.heard)

    @property
    def withdrawn(self) -> frozenset[str]:
        """Ids of evidence and patterns that the person took back."""
        last = {entry.target: entry.gone for entry in self.entries if isinstance(entry, Withdrawn)}
        return frozenset(target for target, gone in last.items() if gone)


def standing(exchanges: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    """Return the exchanges whose answer was not replaced by a later one."""
    replaced = {exchange.revises for exchange in exchanges}
    return tuple(exchange for exchange in exchanges if exchange.said.position not in replaced)


def evidence_of(conversation: Conversation) -> tuple[Evidence, ...]:
    """Return the evidence that stands: not replaced, not withdrawn, every quote literally said.

    What she hopes the talk will bring is no evidence. Ids number all findings in order, e… those of the reader
    and m… those that a model added later, so that they stay the same when one is replaced, withdrawn or late.
    """
    kept = {exchange.said.position for exchange in standing(conversation.exchanges)}
    told = {e.said.position: e for e in conversation.exchanges if e.step.ask.kind is not AskKind.CONTRACT}
    numbered = (*_named("e", _read(told)), *_named("m", _overheard(conversation, told)))
    return tuple(
        item
        for item in sorted(numbered, key=lambda item: item.position)
        if item.position in kept and item.id not in conversation.withdrawn
    )


def _read(told: Mapping[int, Exchange]) -> Iterator[tuple[Said, Finding]]:
    for exchange in told.values():
        yield from ((exchange.said, found) for found in exchange.heard.findings)


def _overheard(conversation: Conversation, told: Mapping[int, Exchange]) -> Iterator[tuple[Said, Finding]]:
    """What a model added; the first time that it heard an answer counts."""
    heard: set[int] = set()
    for entry in conversation.entries:
        if isinstance(entry, Heard) and entry.answers in told and entry.answers not in heard:
            heard.add(entry.answers)
            yield from ((told[entry.answers].said, found) for found in entry.findings)


def _named(letter: str, found: Iterator[tuple[Said, Finding]]) -> Iterator[Evidence]:
    literal = ((said, one) for said, one in found if one.quote and one.quote in said.text)
    for number, (said, one) in enumerate(literal, start=1):
        yield Evidence(
            f"{letter}{number}",
            said.position,
            one.quote,
            one.cell,
            one.kind,
            one.direction,
            one.time,
            one.rule,
        )


def patterns_of(conversation: Conversation) -> tuple[SpottedPattern, ...]:
    """Return the language patterns that stand, with ids p1, p2 … in order of saying."""
    kept = {exchange.said.position for exchange in standing(conversation.exchanges)}
    spotted = [
        (exchange.said.position, hit)
        for exchange in conversation.exchanges
        for hit in exchange.heard.patterns
    ]
    named = [SpottedPattern(f"p{n}", position, hit) for n, (position, hit) in enumerate(spotted, start=1)]
    return tuple(p for p in named if p.position in kept and p.id not in conversation.withdrawn)


def goal_of(conversation: Conversation) -> str:
    """Return what the person answered to the contract's question, empty if nothing."""
    for exchange in conversation.exchanges:
        if exchange.step.lead is Lead.WELCOME and exchange.heard.intent is Intent.ANSWER:
            return exchange.said.text
    return ""

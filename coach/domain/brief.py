"""What a coach wants to know before a meeting, read by rules from one conversation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from coach.domain.conversation import (
    Chosen,
    Conversation,
    Exchange,
    SpottedPattern,
    evidence_of,
    goal_of,
    patterns_of,
    standing,
)
from coach.domain.evidence import Direction, Evidence, Intent
from coach.domain.profile import BalanceProfile, CellProfile, build_profile
from coach.domain.sufficiency import MEANINGFUL_WORDS
from coach.domain.takeaway import Source, strongest
from coach.domain.values import QUESTIONS, Cell, Value

QUOTES = 4
ASKED = 8
LOW_CONFIDENCE = 7  # of 10; below it a first step is too large
WIDE_GAP = 2  # levels between now and wished

ContradictionKind = Literal["both_ways", "rating", "changed", "corrected"]
Rule = Literal[
    "changed", "both_ways", "rating", "harm", "judging", "us_versus_them", "money_only", "skipped", "never",
    "thin", "unsure", "no_plan", "wish", "aim", "strength", "unknown", "mirror", "others",
]  # fmt: skip


@dataclass(frozen=True)
class Contradiction:
    """Two things that do not go together; `first` and `second` are her words, or numbers as text.

    both_ways: a cell is built up and drawn down; rating: her own rating is far from what her words show;
    changed: an answer was replaced; corrected: she set a level that differs from the computed one.
    """

    kind: ContradictionKind
    cell: Cell | None = None
    question: int | None = None
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class OpenQuestion:
    """A question for the meeting: the rule it comes from, and what its text is filled with."""

    rule: Rule
    cell: Cell | None = None
    value: Value | None = None
    question: int | None = None
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class ThinAnswer:
    """One of the seven questions that got few words."""

    question: int
    text: str
    words: int


@dataclass(frozen=True)
class Brief:
    """Everything on the coach's one page; `passages` are to bring along."""

    conversation: Conversation
    profile: BalanceProfile
    goal: str
    quotes: tuple[Evidence, ...]
    thin: tuple[ThinAnswer, ...]
    skipped: tuple[int, ...]
    never: tuple[Value, ...]
    contradictions: tuple[Contradiction, ...]
    patterns: tuple[SpottedPattern, ...]
    questions: tuple[OpenQuestion, ...]
    chosen: tuple[Chosen, ...] = ()
    passages: tuple[Source, ...] = ()


def brief_of(conversation: Conversation, chosen: tuple[Chosen, ...] = ()) -> Brief:
    """Return the brief of a conversation, without passages; `chosen` are the actions on her list."""
    profile = build_profile(conversation)
    brief = Brief(
        conversation=conversation,
        profile=profile,
        goal=goal_of(conversation),
        quotes=strongest(evidence_of(conversation), QUOTES),
        thin=thin_answers(conversation),
        skipped=skipped_questions(conversation),
        never=never_mentioned(conversation),
        contradictions=contradictions_of(conversation, profile),
        patterns=patterns_of(conversation),
        questions=(),
        chosen=chosen,
    )
    return _with_questions(brief)


def thin_answers(conversation: Conversation, under: int = MEANINGFUL_WORDS) -> tuple[ThinAnswer, ...]:
    """Return the questions that were answered in fewer than `under` words, follow-ups included."""
    found = []
    for question in QUESTIONS:
        answers = _answers(conversation, question)
        words = sum(answer.heard.words for answer in answers)
        if answers and words < under:
            found.append(ThinAnswer(question, " / ".join(answer.said.text for answer in answers), words))
    return tuple(found)


def skipped_questions(conversation: Conversation) -> tuple[int, ...]:
    """Return the questions that came by and have no answer that stands."""
    asked = {exchange.step.ask.question for exchange in conversation.exchanges}
    return tuple(q for q in QUESTIONS if q in asked and not _answers(conversation, q))


def never_mentioned(conversation: Conversation) -> tuple[Value, ...]:
    """Return the values of which nothing was said, inside or outside."""
    spoken = {item.cell.value for item in evidence_of(conversation)}
    return tuple(value for value in Value if value not in spoken)


def contradictions_of(conversation: Conversation, profile: BalanceProfile) -> tuple[Contradiction, ...]:
    """Return what does not go together, the hardest first."""
    cells = profile.cells
    return (
        *(found for cell in cells for found in _both_ways(cell)),
        *(_rating(cell) for cell in cells if cell.rating_differs),
        *_changed(conversation),
        *(_corrected(cell) for cell in cells if cell.level != cell.computed_level and cell.level is not None),
    )


def _answers(conversation: Conversation, question: int) -> list[Exchange]:
    return [
        exchange
        for exchange in standing(conversation.exchanges)
        if exchange.step.ask.question == question and exchange.heard.intent is Intent.ANSWER
    ]


def _both_ways(cell: CellProfile) -> Iterator[Contradiction]:
    up = strongest([item for item in cell.evidence if item.direction is Direction.BUILDS_UP], 1)
    down = strongest([item for item in cell.evidence if item.direction is Direction.DRAWS_DOWN], 1)
    if up and down:
        yield Contradiction("both_ways", cell.cell, first=up[0].quote, second=down[0].quote)


def _rating(cell: CellProfile) -> Contradiction:
    return Contradiction("rating", cell.cell, first=str(cell.self_rating), second=str(cell.level))


def _changed(conversation: Conversation) -> Iterator[Contradiction]:
    said = {exchange.said.position: exchange for exchange in conversation.exchanges}
    for exchange in conversation.exchanges:
        if exchange.revises is not None and exchange.revises in said:
            before = said[exchange.revises]
            question = before.step.ask.question
            yield Contradiction(
                "changed", before.step.ask.cell, question, before.said.text, exchange.said.text
            )


def _corrected(cell: CellProfile) -> Contradiction:
    computed = "" if cell.computed_level is None else str(cell.computed_level)
    return Contradiction("corrected", cell.cell, first=computed, second=cell.reason)


def _with_questions(brief: Brief) -> Brief:
    sources = (
        _from_contradictions(brief), _from_harm(brief), _from_patterns(brief), _from_gaps(brief),
        _from_plans(brief), _from_wishes(brief), _from_thin(brief), _from_strength(brief),
        _from_unknown(brief),
    )  # fmt: skip
    rounds: Iterable[tuple[OpenQuestion | None, ...]] = zip_longest(*sources)
    questions = dict.fromkeys(question for one in rounds for question in one if question is not None)
    return Brief(**{**vars(brief), "questions": tuple(questions)[:ASKED]})


def _from_contradictions(brief: Brief) -> Iterator[OpenQuestion]:
    for found in brief.contradictions:
        if found.kind != "corrected":
            yield OpenQuestion(found.kind, found.cell, None, found.question, found.first, found.second)


def _from_harm(brief: Brief) -> Iterator[OpenQuestion]:
    both = {found.cell for found in brief.contradictions if found.kind == "both_ways"}
    for cell in brief.profile.cells:
        if cell.harm and cell.cell not in both:
            costs = [item for item in cell.evidence if item.direction is Direction.DRAWS_DOWN]
            yield OpenQuestion("harm", cell.cell, first=strongest(costs, 1)[0].quote)


def _from_patterns(brief: Brief) -> Iterator[OpenQuestion]:
    for kind, quote in {spotted.hit.pattern: spotted.hit.quote for spotted in brief.patterns}.items():
        yield OpenQuestion(kind.value, first=quote)


def _from_gaps(brief: Brief) -> Iterator[OpenQuestion]:
    """In turn what was skipped and what was never spoken of."""
    skipped = [OpenQuestion("skipped", question=question) for question in brief.skipped]
    never = [OpenQuestion("never", value=value) for value in brief.never]
    for pair in zip_longest(skipped, never):
        yield from (one for one in pair if one is not None)


def _from_thin(brief: Brief) -> Iterator[OpenQuestion]:
    for answer in brief.thin:
        yield OpenQuestion("thin", question=answer.question, first=answer.text)


def _from_plans(brief: Brief) -> Iterator[OpenQuestion]:
    unsure = [one for one in brief.chosen if one.confidence is not None and one.confidence < LOW_CONFIDENCE]
    for one in unsure:
        yield OpenQuestion("unsure", first=one.title, second=str(one.confidence))
    if not brief.chosen:
        yield OpenQuestion("no_plan")
    if brief.goal:
        yield OpenQuestion("aim", first=brief.goal)


def _from_wishes(brief: Brief) -> Iterator[OpenQuestion]:
    wide = [
        (cell.desired - cell.level, cell)
        for cell in brief.profile.cells
        if cell.level is not None and cell.desired is not None and cell.desired - cell.level >= WIDE_GAP
    ]
    for _, cell in sorted(wide, key=lambda pair: -pair[0]):
        yield OpenQuestion("wish", cell.cell, first=str(cell.level), second=str(cell.desired))


def _from_strength(brief: Brief) -> Iterator[OpenQuestion]:
    for item in brief.quotes:
        if item.direction is Direction.BUILDS_UP:
            yield OpenQuestion("strength", item.cell, first=item.quote)


def _from_unknown(brief: Brief) -> Iterator[OpenQuestion]:
    for cell in brief.profile.cells:
        if cell.level is None and cell.cell.value not in brief.never:
            yield OpenQuestion("unknown", cell.cell)
    for value in brief.never:
        yield OpenQuestion("never", value=value)
    yield OpenQuestion("mirror")
    yield OpenQuestion("others")

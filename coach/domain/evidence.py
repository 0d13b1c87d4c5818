"""What a person's words say about a value: findings, evidence, and the level they add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod

from coach.domain.values import Cell, Perspective, Value


class Intent(StrEnum):
    """What the person wants now; only an ANSWER carries findings."""

    ANSWER = "answer"
    ASKS_MEANING = "asks_meaning"
    ASKS_EXAMPLE = "asks_example"
    ASKS_WHY = "asks_why"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    DONT_KNOW = "dont_know"
    OFF_TOPIC = "off_topic"
    DISTRESS = "distress"


class Kind(StrEnum):
    """How hard a piece of evidence is, weakest first."""

    OPINION = "opinion"
    EXAMPLE = "example"
    AGREEMENT_OR_NUMBER = "agreement_or_number"
    THIRD_PARTY = "third_party"


class Direction(StrEnum):
    """Whether a stock of value is built up, drawn down, or told about without effect."""

    BUILDS_UP = "builds_up"
    DRAWS_DOWN = "draws_down"
    NEUTRAL = "neutral"


class Time(StrEnum):
    """When it is so."""

    NOW = "now"
    PLANNED = "planned"
    PAST = "past"


class Stakeholder(StrEnum):
    """Somebody who is party to what was said."""

    EMPLOYEES = "employees"
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    NEIGHBOURS = "neighbours"
    GOVERNMENT = "government"
    INVESTORS = "investors"
    COMPETITORS = "competitors"
    SOCIETY = "society"
    NATURE = "nature"
    FAMILY = "family"
    PARTNERS = "partners"


ASKED_CELL = "asked cell"  # the rule of a finding that rests on the question alone
NOTHING_DONE = "nothing is done here"  # the rule of a finding that says so
INSIDE_PARTIES = frozenset({Stakeholder.EMPLOYEES, Stakeholder.FAMILY})


class Pattern(StrEnum):
    """One of the three ways of speaking that pull people out of connection."""

    JUDGING = "judging"
    US_VERSUS_THEM = "us_versus_them"
    MONEY_ONLY = "money_only"


class Cue(StrEnum):
    """A sign in the words by which the protocol knows whether a question is answered."""

    OWN_PART = "own_part"  # the speaker's own doing ("ik", "wij", "mijn deel")
    FORCE = "force"  # a cause that is not a person: money, time, rules, habit, targets, ownership
    MECHANISM = "mechanism"  # how it works: "daardoor", "omdat", "want", "so that"
    WHEN = "when"  # a moment or a date
    HOW_OFTEN = "how_often"  # a frequency
    HOW_MUCH = "how_much"  # an amount or a number
    WHO = "who"  # a named role or person who acts
    SUCCESS = "success"  # something that works, went well, or is different for the better
    GIVE_AND_TAKE = "give_and_take"  # something goes to and fro between parties
    ACTION = "action"  # something the speaker will do
    FIRST_SIGN = "first_sign"  # how one would notice that it works
    LOSS = "loss"  # what it may cost somebody
    NO_EFFECT = "no_effect"  # "niets", "geen", said about effects
    TREND_UP = "trend_up"
    TREND_SAME = "trend_same"
    TREND_DOWN = "trend_down"
    AGREES = "agrees"  # "ja", "klopt": nothing but a yes
    DISAGREES = "disagrees"  # begins with "nee", "klopt niet"
    ADVICE_ASKED = "advice_asked"  # asks what to do
    HEAVY = "heavy"  # something heavy was told (loss, exhaustion, quarrel), not acute
    UNCLEAR = "unclear"  # nothing that can be read: symbols, another language
    OTHER_LANGUAGE = "other_language"  # the other one of our two languages


@dataclass(frozen=True)
class Finding:
    """A value touched in an answer, with the literal quote and the rule or word that caused it."""

    value: Value
    perspective: Perspective
    direction: Direction
    kind: Kind
    time: Time
    quote: str
    rule: str

    @property
    def cell(self) -> Cell:
        """The cell it speaks of."""
        return Cell(self.value, self.perspective)


@dataclass(frozen=True)
class PatternHit:
    """One of the three language patterns in an answer, with quote and rule id."""

    pattern: Pattern
    quote: str
    rule: str


@dataclass(frozen=True)
class Reading:
    """How one utterance was understood; empty but for the intent unless the intent is ANSWER."""

    intent: Intent
    kind: Kind | None = None
    findings: tuple[Finding, ...] = ()
    patterns: tuple[PatternHit, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    cues: frozenset[Cue] = frozenset()
    words: int = 0  # number of words of the utterance
    feature_count: int = 0  # separate things named, as question 5 asks for


@dataclass(frozen=True)
class Evidence:
    """A finding in its place: `position` is that of the entry whose text holds `quote` literally."""

    id: str
    position: int
    quote: str
    cell: Cell
    kind: Kind
    direction: Direction
    time: Time
    rule: str = ""


WEIGHTS: dict[Kind, float] = {
    Kind.OPINION: 0.15,
    Kind.EXAMPLE: 0.40,
    Kind.AGREEMENT_OR_NUMBER: 0.60,
    Kind.THIRD_PARTY: 0.75,
}
SUFFICIENT = 0.30
FIRM = 0.60
MAX_CONFIDENCE = 0.95
CONTRADICTION = 0.6
_TOLERANCE = 1e-9


def is_concrete(item: Evidence) -> bool:
    """Tell whether an item says what is done, not only what is thought."""
    return item.kind is not Kind.OPINION


def _counts_now(item: Evidence) -> bool:
    return item.time is Time.NOW and is_concrete(item)


def level_now(items: Iterable[Evidence]) -> int | None:
    """Return the level 0–4 that a cell's evidence shows today, None without concrete evidence.

    Method: our scale of will, action, system and proof, after the levels of the Economy for the
    Common Good matrix 5.1. "Costs value" is never netted against "builds up".
    """
    current = [item for item in items if _counts_now(item)]
    up = {item.kind for item in current if item.direction is Direction.BUILDS_UP}
    if not current:
        return None
    if any(item.direction is Direction.DRAWS_DOWN for item in current):
        return 1 if up else 0
    if {Kind.AGREEMENT_OR_NUMBER, Kind.THIRD_PARTY} <= up:
        return 4
    if Kind.AGREEMENT_OR_NUMBER in up:
        return 3
    return 2 if up else 1


def has_harm(items: Iterable[Evidence]) -> bool:
    """Tell whether something concrete costs this value now; nothing else in the profile hides it."""
    return any(_counts_now(item) and item.direction is Direction.DRAWS_DOWN for item in items)


def confidence(items: Sequence[Evidence]) -> float:
    """Return how sure the level of one cell is, 0 to 0.95: one minus the chance that every item misleads.

    Items of one entry count once, the strongest. Items that contradict each other lower the result,
    but not below what is sufficient when something concrete was said.
    """
    strongest: dict[int, float] = {}
    for item in items:
        strongest[item.position] = max(strongest.get(item.position, 0.0), WEIGHTS[item.kind])
    sure = min(MAX_CONFIDENCE, 1 - prod(1 - weight for weight in strongest.values()))
    directions = {item.direction for item in items} - {Direction.NEUTRAL}
    if len(directions) > 1:
        lowered = sure * CONTRADICTION
        sure = max(lowered, SUFFICIENT) if any(map(is_concrete, items)) else lowered
    return sure


def is_sufficient(sure: float) -> bool:
    """Tell whether enough was said to show a number."""
    return sure >= SUFFICIENT - _TOLERANCE

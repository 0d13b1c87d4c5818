"""What can be said next: a step is a lead (what comes first) and an ask (the one question that is open)."""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.values import Cell


class AskKind(StrEnum):
    """What is open after a turn of the coach."""

    CONTRACT = "contract"  # "when is this talk a success for you?"
    QUESTION = "question"  # one of the seven
    FOLLOW_UP = "follow_up"  # a follow-up on one of the seven
    SUMMARY = "summary"  # "does this fit? feel free to add"
    REVISION = "revision"  # how an earlier answer should read instead
    BALANCE = "balance"  # one example for an open cell
    BALANCE_EXAMPLE = "balance_example"  # an opinion was given: one moment that shows it
    CLOSING = "closing"  # what is missing, or shall we go to the profile


class FollowUp(StrEnum):
    """The kind of a follow-up question; letters as in the protocol (V, C, P, E, U, S, T, D)."""

    EXAMPLE = "example"  # V: one moment
    CONCRETE = "concrete"  # C: how often, how much
    WHO = "who"  # C: who does it, with whom
    WHEN = "when"  # C: on which day it begins
    FIRST_SIGN = "first_sign"  # C: how one will notice
    OTHER_SIDE = "other_side"  # P: how somebody else would tell it
    INSIDE = "inside"  # P: and inside the company
    OUTSIDE = "outside"  # P: and outside the company
    OWN_PART = "own_part"  # E: the speaker's own role
    EXCEPTION = "exception"  # U: when it does work
    SMALLER = "smaller"  # an easier form of the same question, after "I don't know"
    TREND = "trend"  # T: and if you go on like this
    OTHER_VALUE = "other_value"  # D: what this does to another value
    LOSS = "loss"  # D: who gives something up
    FORCE_PURPOSE = "force_purpose"  # the layers of question 3, one at a time
    FORCE_TOGETHER = "force_together"
    FORCE_STEERING = "force_steering"
    FORCE_OWNERSHIP = "force_ownership"
    FORCE_MONEY = "force_money"


class Lead(StrEnum):
    """What a turn begins with, before the question."""

    WELCOME = "welcome"  # a program, what is saved, what it will be about
    GOAL = "goal"  # the goal is given back
    REFLECT = "reflect"  # a word of hers, and what it means
    HEAVY = "heavy"  # a line about something heavy, and a choice
    CONFIRMED = "confirmed"  # she agreed with the summary
    ADDED = "added"  # she added to, or corrected, the summary
    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"  # first time: room
    PARKED = "parked"  # second time: left open
    MEANING = "meaning"  # a side question, answered from the articles
    EXAMPLE = "example"  # an example of another trade
    ADVICE = "advice"  # she asks for advice before question 6
    WHY = "why"  # why this question is asked
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"
    BACK = "back"  # an earlier answer is opened
    REVISED = "revised"  # an earlier answer was changed
    WELCOME_BACK = "welcome_back"
    CARE = "care"  # acute need: human help, then she chooses
    PAUSED = "paused"
    CLOSED = "closed"  # thanks, what is saved, who else should look at it


@dataclass(frozen=True)
class Ask:
    """The one thing that is open; unused parts are None."""

    kind: AskKind
    question: int | None = None
    follow_up: FollowUp | None = None
    cell: Cell | None = None


@dataclass(frozen=True)
class Step:
    """What the coach must say now. The voice words it and may not change it.

    `again`: the ask stood open before this turn. `revises`: position of the answer that the next
    thing said will replace. `recognised`: questions that turned out to be answered already.
    """

    lead: Lead
    ask: Ask
    again: bool = False
    revises: int | None = None
    recognised: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """A language-free name, as in the conversation schema: `lead/ask` with its detail."""
        detail = self.ask.follow_up or self.ask.cell
        name = f"{self.lead}/{self.ask.kind}"
        return f"{name}.{detail}" if detail else name

    @property
    def poses(self) -> bool:
        """Tell whether the turn puts its ask as a question."""
        return self.lead not in SILENT and self.ask.kind is not AskKind.SUMMARY


SILENT = frozenset({Lead.PAUSED, Lead.CLOSED, Lead.CARE, Lead.HEAVY})
ASIDES = frozenset({Lead.MEANING, Lead.EXAMPLE, Lead.ADVICE, Lead.WHY, Lead.OFF_TOPIC, Lead.UNCLEAR})

"""What a person takes home from a conversation: the profile with its two proofs, and her plans."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain.actions import Action
from coach.domain.conversation import Chosen, Conversation, Said, standing
from coach.domain.evidence import WEIGHTS, Direction, Evidence, Intent
from coach.domain.passages import Article, Citation
from coach.domain.profile import BalanceProfile
from coach.domain.steps import Ask
from coach.domain.values import CELLS, Cell, Value

COSTS = Direction.DRAWS_DOWN
LONGEST_SENTENCE = 220  # characters
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\s*\n\s*")


@dataclass(frozen=True)
class Source:
    """A cited passage with the article it comes from; `article` is None when it is no longer in the index."""

    citation: Citation
    article: Article | None


@dataclass(frozen=True)
class Plan:
    """An action as it is written down: suggested, or chosen and made concrete (`chosen`).

    `gain` is in balance points, `gains` in levels per cell; `because` are the ids of her own words.
    """

    action: Action
    chosen: Chosen | None = None
    gain: float = 0.0
    score: float = 0.0
    gains: Mapping[Cell, float] | None = None
    because: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class TakeAway:
    """Everything that goes into the document; `link` brings her back, `made_on` is the day it was made."""

    conversation: Conversation
    profile: BalanceProfile
    plans: tuple[Plan, ...]
    find_out: Plan | None
    sources: tuple[Source, ...]
    made_on: date | None
    link: str = ""

    @property
    def chosen(self) -> tuple[Plan, ...]:
        """The plans that are hers."""
        return tuple(plan for plan in self.plans if plan.chosen is not None)

    @property
    def suggested(self) -> tuple[Plan, ...]:
        """The plans that were only suggested."""
        return tuple(plan for plan in self.plans if plan.chosen is None)

    @property
    def unknown(self) -> tuple[Cell, ...]:
        """The cells of which too little was said."""
        return tuple(one.cell for one in self.profile.cells if one.level is None)

    def sources_on(self, value: Value) -> tuple[Source, ...]:
        """The passages on one value that came by in the talk."""
        return tuple(source for source in self.sources if source.citation.value is value)


def voices_of(conversation: Conversation) -> tuple[str, ...]:
    """Return who worded the coach's turns, `guided` or a model's name, in order of first appearance."""
    return tuple(dict.fromkeys(reply.made_by for reply in conversation.replies))


def citations_of(conversation: Conversation) -> tuple[Citation, ...]:
    """Return the passages that were shown, each once, in order."""
    shown = {c.passage_id: c for reply in conversation.replies for c in reply.passages}
    return tuple(shown.values())


def asks_by_position(conversation: Conversation) -> Mapping[int, Ask]:
    """Return, for each thing said, what was open when it was said."""
    return {exchange.said.position: exchange.step.ask for exchange in conversation.exchanges}


def strongest(items: Sequence[Evidence], most: int) -> tuple[Evidence, ...]:
    """Return the weightiest items, at most one per quote; what costs value comes before what builds it."""
    ordered = sorted(items, key=lambda item: (-WEIGHTS[item.kind], item.direction is not COSTS))
    unique = {item.quote: item for item in reversed(ordered)}
    return tuple(item for item in ordered if unique[item.quote] is item)[:most]


def strongest_force(conversation: Conversation) -> str:
    """Return what she said keeps things as they are, from her first answer to question 3; empty if nothing."""
    for exchange in standing(conversation.exchanges):
        if exchange.step.ask.question == 3 and exchange.heard.intent is Intent.ANSWER:
            sentences = [one for one in _BETWEEN_SENTENCES.split(exchange.said.text) if one]
            return next((one for one in sentences if len(one) <= LONGEST_SENTENCE), "")
    return ""


def whole_sentence(item: Evidence, conversation: Conversation) -> str:
    """Return the sentence of hers in which a quote stands, or the quote alone when that is very long."""
    text = next(
        (e.text for e in conversation.entries if isinstance(e, Said) and e.position == item.position), ""
    )
    start = text.find(item.quote)
    if start < 0:
        return item.quote
    end = start + len(item.quote)
    breaks = list(_BETWEEN_SENTENCES.finditer(text))
    first = max((gap.end() for gap in breaks if gap.end() <= start), default=0)
    last = min((gap.start() for gap in breaks if gap.start() >= end), default=len(text))
    sentence = text[first:last].strip()
    return sentence if len(sentence) <= LONGEST_SENTENCE else item.quote


def cells_in_order(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return cells in the order of the article series."""
    return tuple(sorted(set(cells), key=CELLS.index))

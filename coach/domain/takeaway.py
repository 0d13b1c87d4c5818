"""What a person takes home from a conversation: the profile with its two proofs, and her plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coach.domain.actions import Action
from coach.domain.conversation import Chosen, Conversation
from coach.domain.evidence import WEIGHTS, Direction, Evidence
from coach.domain.passages import Article, Citation
from coach.domain.profile import BalanceProfile
from coach.domain.steps import Ask
from coach.domain.values import CELLS, Cell, Value

COSTS = Direction.DRAWS_DOWN


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


def cells_in_order(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return cells in the order of the article series."""
    return tuple(sorted(set(cells), key=CELLS.index))

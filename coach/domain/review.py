"""What coaches and trainers write about a conversation, and how far two reviewers agree."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.domain.errors import WrongChoice


@dataclass(frozen=True)
class Note:
    """A coach's own words about a conversation."""

    id: int
    conversation_id: str
    author: str
    text: str
    at: datetime | None


@dataclass(frozen=True)
class TurnComment:
    """A reviewer's words about one entry; `position` is that entry's place in the conversation."""

    id: int
    conversation_id: str
    position: int
    author: str
    text: str
    at: datetime | None


@dataclass(frozen=True)
class Review:
    """One reviewer's scores for a conversation: rubric line id → a number of that line's scale.

    A line that is missing from `scores` was not scored. `rubric_version` is the version scored with.
    """

    id: int
    conversation_id: str
    rubric: str
    rubric_version: int
    reviewer: str
    scores: Mapping[str, int]
    comment: str
    at: datetime | None


@dataclass(frozen=True)
class RubricLine:
    """One thing to look for, with examples on either side of the border; `scale` lists the scores."""

    id: str
    title: str
    definition: str
    hit: str
    near_hit: str
    near_miss: str
    miss: str
    scale: tuple[int, ...]


@dataclass(frozen=True)
class Rubric:
    """The lines by which conversations are reviewed; a changed wording is a new version."""

    id: str
    version: int
    title: str
    lines: tuple[RubricLine, ...]

    def check(self, scores: Mapping[str, int]) -> None:
        """Raise WrongChoice when `scores` names a line or a number that this rubric does not have."""
        scales = {line.id: line.scale for line in self.lines}
        for line, score in scores.items():
            if score not in scales.get(line, ()):
                raise WrongChoice(f"rubric {self.id}, line {line}: {score}")


def cohen_kappa(a: Sequence[Hashable], b: Sequence[Hashable]) -> float | None:
    """Return how far two reviewers agree beyond chance: 1 is full agreement, 0 is chance, below 0 is less.

    `a` and `b` hold the label each gave to the same items, in the same order; labels have no order. None
    when there is nothing to compare, or when both gave one and the same label to everything (agreement by
    chance is then 1). Raises ValueError when the lengths differ. Source: J. Cohen (1960), "A coefficient of
    agreement for nominal scales", Educational and Psychological Measurement 20(1), 37–46:
    (p_o − p_c) / (1 − p_c).
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} labels against {len(b)}")
    items = len(a)
    same = sum(x == y for x, y in zip(a, b, strict=True))
    counts_a, counts_b = Counter(a), Counter(b)
    by_chance = sum(counts_a[label] * counts_b[label] for label in counts_a)  # times items squared
    if by_chance == items * items:
        return None
    return (same * items - by_chance) / (items * items - by_chance)

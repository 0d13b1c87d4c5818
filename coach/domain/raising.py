"""What would raise one cell: tried out on the rule for levels itself, so that the answer is always true."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.domain.evidence import Direction, Evidence, Kind, Time, confidence, is_sufficient, level_now
from coach.domain.values import Cell

By = Literal["stops", "example", "agreement_or_number", "third_party", "both"]
NEW_TURN = -1  # a place in which nothing was said yet
_STEPS: tuple[tuple[By, tuple[Kind, ...]], ...] = (
    ("example", (Kind.EXAMPLE,)),
    ("agreement_or_number", (Kind.AGREEMENT_OR_NUMBER,)),
    ("third_party", (Kind.THIRD_PARTY,)),
    ("both", (Kind.AGREEMENT_OR_NUMBER, Kind.THIRD_PARTY)),
)


@dataclass(frozen=True)
class Raise:
    """One thing that would raise a cell, and the level 0–4 it would then have.

    stops: what costs value now is over; example: she tells one thing that is done now; agreement_or_number: a fixed
    agreement, a routine or a figure; third_party: somebody else confirms it; both: the last two together.
    """

    by: By
    level: int


def raises_for(cell: Cell, evidence: Sequence[Evidence]) -> tuple[Raise, ...]:
    """Return the ways in which a cell gets higher, the smallest first; the second is only told when it adds."""
    now = _level(evidence)
    found = [
        Raise("stops", level)
        for level in [_without_cost(evidence)]
        if level is not None and _above(level, now)
    ]
    for by, kinds in _STEPS:
        level = _level([*evidence, *(_told(cell, kind) for kind in kinds)])
        best = max((one.level for one in found), default=-1 if now is None else now)
        if level is not None and level > best:
            found.append(Raise(by, level))
    return tuple(found)


def surer_by_example(cell: Cell, evidence: Sequence[Evidence]) -> float:
    """Return the confidence 0–0.95 that the cell would have with one more example from another moment."""
    return confidence([*evidence, _told(cell, Kind.EXAMPLE)])


def costs_now(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return what costs this value now."""
    return tuple(item for item in evidence if item.direction is Direction.DRAWS_DOWN and _is_now(item))


def _without_cost(evidence: Sequence[Evidence]) -> int | None:
    """The level if what costs value stopped; where nothing else is said, it is "nothing special"."""
    costs = costs_now(evidence)
    if not costs:
        return None
    left = _level([item for item in evidence if item not in costs])
    return 1 if left is None else left


def _level(evidence: Sequence[Evidence]) -> int | None:
    return level_now(evidence) if is_sufficient(confidence(evidence)) else None


def _above(level: int, now: int | None) -> bool:
    return now is None or level > now


def _is_now(item: Evidence) -> bool:
    return item.time is Time.NOW and item.kind is not Kind.OPINION


def _told(cell: Cell, kind: Kind) -> Evidence:
    return Evidence("", NEW_TURN, "", cell, kind, Direction.BUILDS_UP, Time.NOW)

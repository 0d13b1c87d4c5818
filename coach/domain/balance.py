"""The numbers of a profile: height, balance, spread, tilt, their uncertainty, and how far a wish is.

Method: part B of the domain notes. The balance index is one minus the root-mean-square distance to
the full score (the "displaced ideal" of Nathan and Mishra): it never falls when a cell rises, and it
punishes uneven profiles. Levels are 0–4; all indexes are 0–100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from coach.domain.values import MAX_LEVEL, Cell, Perspective, Value

BAND_80 = 1.28  # standard normal quantile for an 80 % interval
HALF_WIDTH_AT_ZERO = 1.5  # levels
GATE_CELLS = 9
GATE_PER_PERSPECTIVE = 4


@dataclass(frozen=True)
class Standing:
    """One known cell: level 0–4, half width of its band in levels, wish and trend where said, harm flag."""

    cell: Cell
    level: float
    half_width: float
    desired: int | None = None
    trend: int | None = None
    harm: bool = False


def half_width(confidence: float) -> float:
    """Return the half width of a cell's band in levels, for a confidence 0–1."""
    return HALF_WIDTH_AT_ZERO * (1 - confidence)


def height(levels: Sequence[float]) -> float:
    """Return the mean level as 0–100; 0 for no levels."""
    return 100 * sum(levels) / (MAX_LEVEL * len(levels)) if levels else 0.0


def _distance(levels: Sequence[float]) -> float:
    return sqrt(sum((1 - level / MAX_LEVEL) ** 2 for level in levels) / len(levels)) if levels else 1.0


def balance(levels: Sequence[float]) -> float:
    """Return the balance index 0–100 of levels in any order; 0 for no levels."""
    return 100 * (1 - _distance(levels))


def balance_error(standings: Sequence[Standing]) -> float:
    """Return the half width of the 80 % band around the balance index, in points."""
    levels = [standing.level for standing in standings]
    distance = _distance(levels)
    if not levels or distance == 0:
        return 0.0
    slopes = [100 * (1 - level / MAX_LEVEL) / (len(levels) * distance) for level in levels]
    variance = sum(
        (slope * standing.half_width / MAX_LEVEL) ** 2 / 3
        for slope, standing in zip(slopes, standings, strict=True)
    )
    return BAND_80 * sqrt(variance)


def height_error(standings: Sequence[Standing]) -> float:
    """Return the half width of the 80 % band around the height, in points, by the method of `balance_error`."""
    variance = sum((100 * standing.half_width / MAX_LEVEL) ** 2 / 3 for standing in standings)
    return BAND_80 * sqrt(variance) / len(standings) if standings else 0.0


def shares(standings: Sequence[Standing]) -> Mapping[Cell, float]:
    """Return each cell's share (0–1) in the distance to the full score; all 0 when there is none."""
    squares = {standing.cell: (1 - standing.level / MAX_LEVEL) ** 2 for standing in standings}
    total = sum(squares.values())
    return {cell: square / total if total else 0.0 for cell, square in squares.items()}


def spread(levels: Sequence[float]) -> float:
    """Return the difference between the highest and the lowest level."""
    return max(levels) - min(levels) if levels else 0.0


def tilt(standings: Sequence[Standing]) -> float | None:
    """Return mean external minus mean internal level; None when one side is not known."""
    sides = [
        [standing.level for standing in standings if standing.cell.perspective is side]
        for side in (Perspective.EXTERNAL, Perspective.INTERNAL)
    ]
    if not all(sides):
        return None
    outside, inside = (sum(levels) / len(levels) for levels in sides)
    return outside - inside


def shape(standings: Sequence[Standing]) -> str:
    """Return `balanced`, `mixed` or `lopsided`; harm makes any profile lopsided."""
    difference = spread([standing.level for standing in standings])
    if difference >= 3 or any(standing.harm for standing in standings):
        return "lopsided"
    return "mixed" if difference >= 2 else "balanced"


def height_word(points: float) -> str:
    """Return `low`, `middle` or `high` for a height 0–100."""
    return "low" if points < 35 else "high" if points >= 65 else "middle"


def gate(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return why a balance index may not be shown yet; empty when it may.

    Reasons are language-free: `cells:9:7` (needed, known), `value:natural`, `perspective:external:4:2`.
    """
    reasons = []
    if len(standings) < GATE_CELLS:
        reasons.append(f"cells:{GATE_CELLS}:{len(standings)}")
    known = {standing.cell.value for standing in standings}
    reasons += [f"value:{value}" for value in Value if value not in known]
    for side in Perspective:
        count = sum(standing.cell.perspective is side for standing in standings)
        if count < GATE_PER_PERSPECTIVE:
            reasons.append(f"perspective:{side}:{GATE_PER_PERSPECTIVE}:{count}")
    return tuple(reasons)


def range_with_unknown(standings: Sequence[Standing], unknown: int) -> tuple[float, float]:
    """Return the balance index if all unknown cells were at level 0, and at level 4."""
    levels = [standing.level for standing in standings]
    return balance([*levels, *[0.0] * unknown]), balance([*levels, *[float(MAX_LEVEL)] * unknown])


def fit_to_wish(standings: Sequence[Standing]) -> float | None:
    """Return how far the wish is reached, 0–100, over known cells with a wish; None without a wish."""
    wished = [(s.level, s.desired) for s in standings if s.desired is not None]
    if not wished:
        return None
    full = sum(desired**2 for _, desired in wished)
    if full == 0:
        return 100.0
    missing = sum(max(0.0, desired - level) ** 2 for level, desired in wished)
    return 100 * (1 - sqrt(missing) / sqrt(full))


def level_for_wish(wish: int) -> int:
    """Return the level 0–4 for a 0–10 wish: round half up of wish ÷ 2.5."""
    return int(wish / 2.5 + 0.5)


def leverage_of_not_knowing(standings: Sequence[Standing], cell: Cell) -> float:
    """Return how many points of balance hang on not knowing one cell better."""
    others = [standing.level for standing in standings if standing.cell != cell]
    known = next((standing for standing in standings if standing.cell == cell), None)
    if known is None:
        return balance([*others, float(MAX_LEVEL)]) - balance([*others, 0.0])
    high = min(MAX_LEVEL, known.level + known.half_width)
    low = max(0.0, known.level - known.half_width)
    return balance([*others, high]) - balance([*others, low])

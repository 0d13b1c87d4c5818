"""Actions: what a company could do next, ranked by what it adds to the balance of its own profile."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Literal

from coach.domain.balance import Standing, balance, leverage_of_not_knowing
from coach.domain.values import CELLS, MAX_LEVEL, Cell, Perspective

MAIN_GAIN = 1.0  # levels
SIDE_GAIN = 0.5
URGENT = 1.25
NEAR = 0.4  # of the best score
NOT_RATED = 7  # importance and confidence, 0–10
SHOWN = 3


@dataclass(frozen=True)
class Action:
    """One action in words, the cells it builds up, and where in the article series it rests."""

    id: str
    title: str
    main: Cell
    sides: tuple[Cell, ...] = ()
    kind: Literal["catalogue", "own", "find_out"] = "catalogue"
    what: str = ""
    who: str = ""
    with_whom: str = ""
    when: str = ""
    first_step: str = ""
    smaller_step: str = ""
    first_sign: str = ""
    obstacle: str = ""
    when_not: str = ""
    effort: str = ""
    sizes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    question: int | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Main cell first."""
        return (self.main, *self.sides)


@dataclass(frozen=True)
class RankedAction:
    """An action on one profile: gain per cell in levels, gain in balance points, and its score."""

    action: Action
    gains: Mapping[Cell, float] = field(default_factory=dict)
    gain: float = 0.0
    score: float = 0.0


Ratings = Mapping[str, tuple[int | None, int | None]]  # action id → importance, confidence (0–10)


def levels_after(standings: Sequence[Standing], action: Action) -> list[float]:
    """Return the levels of the known cells after the action: +1 main, +½ side, capped at the wish.

    A wish never lowers what is already higher; without a wish the cap is 4.
    """
    added = dict.fromkeys(action.sides, SIDE_GAIN) | {action.main: MAIN_GAIN}
    return [_raised(standing, added.get(standing.cell, 0.0)) for standing in standings]


def _raised(standing: Standing, by: float) -> float:
    cap = MAX_LEVEL if standing.desired is None else standing.desired
    return max(standing.level, min(standing.level + by, cap))


def weigh(action: Action, standings: Sequence[Standing], ratings: Ratings) -> RankedAction:
    """Return the action with its gain ΔB and score ΔB × urgency × √(importance/10 × confidence/10)."""
    before = [standing.level for standing in standings]
    after = levels_after(standings, action)
    touched = [standing for standing in standings if standing.cell in action.cells]
    gains = {
        standing.cell: new - standing.level
        for standing, new in zip(standings, after, strict=True)
        if standing.cell in action.cells
    }
    urgent = any(standing.trend == -1 or standing.harm for standing in touched)
    gain = balance(after) - balance(before) if standings else 0.0
    importance, confidence = (
        NOT_RATED if rating is None else rating for rating in ratings.get(action.id, (None, None))
    )
    score = gain * (URGENT if urgent else 1.0) * sqrt(importance / 10 * confidence / 10)
    return RankedAction(action, gains, gain, score)


def rank(
    actions: Iterable[Action],
    standings: Sequence[Standing],
    ratings: Ratings,
    fit: Callable[[Action], float],
) -> list[RankedAction]:
    """Return all actions, best first. Among those with at least `NEAR` of the best score, `fit` (higher is better)
    decides: a level that rests on one example is uncertain by almost one step, and so is what an action adds.
    """
    weighed = [weigh(action, standings, ratings) for action in actions]
    near = NEAR * max((one.score for one in weighed), default=0.0)

    def place(one: RankedAction) -> tuple[float, ...]:
        if one.score >= near:
            return (0.0, -round(fit(one.action), 1), -round(one.score, 1))
        return (1.0, -round(one.score), -fit(one.action))

    return sorted(weighed, key=lambda one: (place(one), one.action.id))


def suggest(ranked: Sequence[RankedAction], own: Sequence[RankedAction]) -> list[RankedAction]:
    """Return three actions at most: one of her own first, one outward at least, no two on one main cell."""
    chosen = list(own[:1])
    for candidate in ranked:
        if len(chosen) == SHOWN:
            break
        if candidate.gain > 0 and candidate.action.main not in {one.action.main for one in chosen}:
            chosen.append(candidate)
    return _with_one_outward(chosen, ranked)


def _outward(one: RankedAction) -> bool:
    return any(cell.perspective is Perspective.EXTERNAL for cell in one.action.cells)


def _with_one_outward(chosen: list[RankedAction], ranked: Sequence[RankedAction]) -> list[RankedAction]:
    if not chosen or any(map(_outward, chosen)):
        return chosen
    replaceable = [one for one in chosen if one.action.kind != "own"]
    kept = [one for one in chosen if one not in replaceable[-1:]] if len(chosen) == SHOWN else chosen
    outward = [one for one in ranked if _outward(one) and one not in chosen and one.gain > 0]
    taken = {one.action.main for one in kept}
    elsewhere = [one for one in outward if one.action.main not in taken]
    return [*kept, *(elsewhere or outward)[:1]] if outward else chosen


def find_out(
    catalogue: Sequence[Action], standings: Sequence[Standing], best_gain: float
) -> RankedAction | None:
    """Return the find-out action for the cell on which most hangs, if that is more than any action gains.

    Investigate before influencing: the order of the OK! method. `catalogue` holds one find-out action per cell.
    """
    leverage = {cell: leverage_of_not_knowing(standings, cell) for cell in CELLS}
    cell = max(CELLS, key=lambda one: leverage[one])
    if leverage[cell] <= best_gain:
        return None
    action = next((one for one in catalogue if one.main == cell), None)
    return None if action is None else RankedAction(replace(action, kind="find_out"), {}, leverage[cell], 0.0)

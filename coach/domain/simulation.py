"""How steady an index of a profile is when its cells are read again: the simulation behind the balance index.

Method: part B10 of the domain notes. A company is drawn, its cells are read a second time with the error that
reading from a talk makes, and both readings are turned into an index. The notes do not say how their companies
were drawn; here companies differ in height (mean level 2, standard deviation 0.7) and cells differ around it
(standard deviation 1.2), which gives their figures for all five indexes back within 0.02 in r and 0.8 % in jumps.
How high r is depends on how much companies differ: with cells drawn apart (`patchwork`) every index does worse.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from random import Random
from statistics import correlation, fmean, pstdev

from coach.domain.balance import balance, height
from coach.domain.values import CELLS, MAX_LEVEL

ERROR = 0.25  # chance that a cell is read one level too high or too low
JUMP = 10.0  # points
MIDDLE, BETWEEN_COMPANIES, BETWEEN_CELLS = 2.0, 0.7, 1.2  # levels

Index = Callable[[Sequence[float]], float]
Draw = Callable[[Random], list[float]]


@dataclass(frozen=True)
class Stability:
    """How an index behaves: correlation between first and second reading, and share of jumps over 10 points."""

    index: str
    retest: float
    jumps: float


def geometric_mean(levels: Sequence[float]) -> float:
    """Return the geometric mean of levels as 0–100; 0 as soon as one level is 0."""
    return 100 * prod(level / MAX_LEVEL for level in levels) ** (1 / len(levels))


def lowest(levels: Sequence[float]) -> float:
    """Return the lowest level as 0–100."""
    return 100 * min(levels) / MAX_LEVEL


def mean_less_unevenness(levels: Sequence[float]) -> float:
    """Return mean − S·cv as 0–100, the index of Mazziotta and Pareto; 0 for a mean of 0."""
    points = [100 * level / MAX_LEVEL for level in levels]
    mean = fmean(points)
    return mean - pstdev(points) ** 2 / mean if mean else 0.0


INDEXES: tuple[tuple[str, Index], ...] = (
    ("balance", balance),
    ("mean", height),
    ("mean - S*cv", mean_less_unevenness),
    ("geometric mean", geometric_mean),
    ("minimum", lowest),
)


def company(random: Random) -> list[float]:
    """Return the twelve levels of a drawn company: its own height, and cells around it."""
    middle = random.gauss(MIDDLE, BETWEEN_COMPANIES)
    return [_whole(random.gauss(middle, BETWEEN_CELLS)) for _ in CELLS]


def patchwork(random: Random) -> list[float]:
    """Return twelve levels drawn apart: companies then differ little in height, the hardest case for a retest."""
    return [float(random.randint(0, MAX_LEVEL)) for _ in CELLS]


def read_again(levels: Sequence[float], random: Random) -> list[float]:
    """Return the levels as a second reading finds them: each with a chance of one in four a level off."""
    return [_whole(level + random.choice((-1, 1))) if random.random() < ERROR else level for level in levels]


def _whole(level: float) -> float:
    return float(min(MAX_LEVEL, max(0, round(level))))


def stabilities(profiles: int, seed: int, draw: Draw = company) -> tuple[Stability, ...]:
    """Return how steady every index is over so many drawn profiles; the same seed gives the same figures."""
    readings = list(_readings(profiles, Random(seed), draw))
    return tuple(_stability(name, index, readings) for name, index in INDEXES)


def _readings(profiles: int, random: Random, draw: Draw) -> Iterator[tuple[list[float], list[float]]]:
    for _ in range(profiles):
        first = draw(random)
        yield first, read_again(first, random)


def _stability(
    name: str, index: Index, readings: Sequence[tuple[Sequence[float], Sequence[float]]]
) -> Stability:
    before, after = [index(first) for first, _ in readings], [index(second) for _, second in readings]
    jumps = sum(abs(one - other) > JUMP for one, other in zip(before, after, strict=True))
    return Stability(name, correlation(before, after), jumps / len(readings))

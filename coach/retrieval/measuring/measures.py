"""The measures of a ranking and the comparison of two searches, for `coach evaluate retrieval`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

DEPTH = 10  # results that are looked at
RESAMPLES = 10_000
_SEED = 20_261_123

Ranking = Sequence[int]
Measure = Callable[[Ranking, Collection[int]], float]


@dataclass(frozen=True)
class Interval:
    """A difference in points (of 100) with its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Tell whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def ndcg(ranked: Ranking, right: Collection[int]) -> float:
    """Return the normalised discounted cumulative gain of the first ten, right or wrong alone, 0 to 1.

    Järvelin and Kekäläinen (2002). Without anything right it is 0.
    """
    gain = sum(1 / np.log2(place + 2) for place, row in enumerate(ranked[:DEPTH]) if row in right)
    best = sum(1 / np.log2(place + 2) for place in range(min(DEPTH, len(right))))
    return float(gain / best) if best else 0.0


def reciprocal_rank(ranked: Ranking, right: Collection[int]) -> float:
    """Return 1 divided by the place of the first right one among the first ten, 0 without one."""
    return next((1 / place for place, row in enumerate(ranked[:DEPTH], start=1) if row in right), 0.0)


def hit_within(most: int) -> Measure:
    """Return the measure that is 1 when one of the first `most` is right, otherwise 0."""
    return lambda ranked, right: float(any(row in right for row in ranked[:most]))


MEASURES: dict[str, Measure] = {
    "nDCG@10": ndcg,
    "MRR": reciprocal_rank,
    "hit@1": hit_within(1),
    "hit@3": hit_within(3),
    "hit@5": hit_within(5),
}


def points(measure: Measure, rankings: Sequence[Ranking], right: Sequence[Collection[int]]) -> list[float]:
    """Return the measure of each question, times 100."""
    return [100 * measure(ranked, rows) for ranked, rows in zip(rankings, right, strict=True)]


def mean(numbers: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def paired_bootstrap(first: Sequence[float], second: Sequence[float]) -> Interval:
    """Return by how much `first` is above `second` on the same questions: mean and 95 % interval.

    Questions are drawn anew 10,000 times, with the same seed each time (Efron and Tibshirani, 1993; for
    retrieval: Sakai, 2006). Raises ValueError without questions or when the numbers differ.
    """
    if not first or len(first) != len(second):
        raise ValueError(f"a comparison needs the same questions, not {len(first)} and {len(second)}")
    apart = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    drawn = np.random.default_rng(_SEED).integers(len(apart), size=(RESAMPLES, len(apart)))
    low, high = np.percentile(apart[drawn].mean(axis=1), (2.5, 97.5))
    return Interval(float(apart.mean()), float(low), float(high))

"""How good a passage fits: pure sums over scores, with the figures that were tuned on our own questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Tuning:
    """The figures of the search. `dense` is the share of the vectors' score, the terms have the rest."""

    dense: float = 0.5
    dense_translated: float = 0.3
    question_prior: float = 0.25
    near_value_prior: float = 0.15
    floor: float = 0.30  # below this confidence nothing fits
    pool: int = 200  # passages that either side proposes


def mix(lexical: Scores, dense: Scores, dense_share: float) -> Scores:
    """Return the weighted sum of both scores, each first divided by its best; 0 to 1."""
    return np.asarray((1 - dense_share) * _to_one(lexical) + dense_share * _to_one(dense), dtype=np.float32)


def _to_one(scores: Scores) -> Scores:
    positive = np.maximum(scores, 0)
    best = positive.max(initial=0.0)
    return positive / best if best > 0 else positive


def coverage(terms: Mapping[str, float], matched: float, rarity: Callable[[str], float]) -> float:
    """Return which share of a question's weight, by rarity of its terms, a passage takes up; 0 to 1."""
    whole = sum(weight * rarity(term) for term, weight in terms.items())
    return min(1.0, matched / whole) if whole > 0 else 0.0


def confidence(covered: float, likeness: float) -> float:
    """Return how sure it is that the best passage is about the question, 0 to 1, from its scores alone."""
    return float(np.clip(0.5 * covered + 0.5 * likeness, 0.0, 1.0))

"""How good a passage fits: pure sums over scores, with the figures that were tuned on our own questions."""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

_ENOUGH_WORDS = 6  # a question of more words is not surer
_LITERAL = 0.7  # confidence when one passage has every word of the question
_ENOUGH_RARITY = 12.0  # about two rare words

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Tuning:
    """The figures of the search. `dense` is the share of the vectors' score, the terms have the rest."""

    dense: float = 0.5
    dense_translated: float = 0.3
    dense_translated_model: float = 0.8
    value_hint: float = 1.6
    question_hint: float = 0.8
    question_prior: float = 0.9
    near_value_prior: float = 0.8
    floor: float = 0.45  # below this confidence nothing fits
    pool_terms: int = 200  # passages that the terms propose
    pool_vectors: int = 60  # passages that the vector proposes
    pool_hints: int = 500  # passages that value and question propose


@dataclass(frozen=True)
class Signals:
    """What tells whether anything fits a question, each 0 to 1 but `words` and `matched`."""

    covered: float  # share of the question, by rarity of its terms, that the best passage takes up
    known: float  # share of its words with a meaning that articles or word lists know
    hinted: float  # share of the value that its words point to most
    words: int  # number of those words
    matched: float  # summed rarity of the terms that the best passage has
    asked: float  # share of the one of the seven questions that its words point to most


def mix(lexical: Scores, dense: Scores, dense_share: float) -> Scores:
    """Return the weighted sum of both scores, each first divided by its best; 0 to 1."""
    return np.asarray((1 - dense_share) * _to_one(lexical) + dense_share * _to_one(dense), dtype=np.float32)


def _to_one(scores: Scores) -> Scores:
    positive = np.maximum(scores, 0)
    best = positive.max(initial=0.0)
    return np.asarray(positive / best if best > 0 else positive, dtype=np.float32)


def confidence(signals: Signals) -> float:
    """Return how sure it is that the articles answer the question, 0 to 1, from its signals alone.

    Fitting: a logistic regression, fitted on the development questions of tests/gold; similarity of
    the vectors is no part of it, because it told nothing beside the words. Literal: a passage that has
    all words of a question, such as a name, is shown whatever else is true.
    """
    length = min(signals.words, _ENOUGH_WORDS) / _ENOUGH_WORDS
    matched = min(signals.matched, _ENOUGH_RARITY) / _ENOUGH_RARITY
    from_articles = 2.1 * signals.covered + 1.9 * matched
    from_words = 5.0 * signals.known + 4.5 * signals.hinted + 2.1 * signals.asked + 1.6 * length
    fitting = 1 / (1 + exp(9.3 - from_articles - from_words))
    literal = _LITERAL * signals.covered**3 * signals.known
    return max(fitting, literal)

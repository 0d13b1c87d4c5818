"""How good a passage fits: pure sums over scores, with the figures that were tuned on our own questions."""

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ENOUGH_WORDS = 6  # a question of more words is not surer
_LITERAL = 0.7  # confidence when one passage has every word of the question
_REPEATS = 3  # further passages of a section lose no more
_FIRM_GUESS, _WORDS_ALONE = 0.5, 4.0  # from this guess on, words do not count more; without any, so much more
_HALF, _TAKEN_UP = 0.5, 8.0  # beyond this share of a question that one passage takes up, it counts so much
_ENOUGH_RARITY = 12.0  # about two rare words

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Tuning:
    """The figures of the search. `dense` is the share of the vectors' score, the terms have the rest."""

    dense: float = 0.5
    dense_translated: float = 0.3
    dense_translated_model: float = 0.8
    value_hint: float = 0.5
    question_hint: float = 0.5
    value_guess: float = 3.0
    question_guess: float = 2.0
    cell_guess: float = 5.0
    likeness: float = 0.6  # what the match of words and letters counts beside the guess, when there is one
    repeat: float = 1.2  # what each further passage of the same section loses
    question_prior: float = 4.0
    near_value_prior: float = 2.0
    floor: float = 0.55  # below this confidence nothing fits
    pool_terms: int = 200  # passages that the terms propose
    pool_vectors: int = 60  # passages that the vector proposes
    pool_hints: int = 500  # passages that value and question propose
    pool_cells: int = 6  # pairs of value and question of which passages are proposed
    mend: bool = True  # typing errors of a question


@dataclass(frozen=True)
class Signals:
    """What tells whether anything fits a question, each 0 to 1 but `words` and `matched`."""

    covered: float  # share of the question, by rarity of its terms, that the best passage takes up
    known: float  # share of its words with a meaning that articles or word lists know
    hinted: float  # share of the value that its words point to most
    words: int  # number of those words
    matched: float  # summed rarity of the terms that the best passage has
    asked: float  # share of the one of the seven questions that its words point to most
    learnt: bool = False  # whether examples in its language were learnt from; without, the next are 0
    guessed: float = 0.0  # how much it resembles the examples of one value that is there
    cell: float = 0.0  # the same of one value and question
    stranger: float = 0.0  # how much it resembles the examples of questions without an answer


def mix(lexical: Scores, dense: Scores, dense_share: float) -> Scores:
    """Return the weighted sum of both scores, each first divided by its best; 0 to 1."""
    return np.asarray((1 - dense_share) * _to_one(lexical) + dense_share * _to_one(dense), dtype=np.float32)


def _to_one(scores: Scores) -> Scores:
    positive = np.maximum(scores, 0)
    best = positive.max(initial=0.0)
    return np.asarray(positive / best if best > 0 else positive, dtype=np.float32)


def less_of_the_same(
    scores: Scores, sections: NDArray[np.integer[Any]], told: NDArray[np.bool_], loss: float
) -> Scores:
    """Return scores of which those behind others of the same section are lowered: by `loss`, twice, and so on.

    Only for rows of which the section is `told`. So that several sections come first when many fit.
    """
    order = np.lexsort((-scores, sections))
    sorted_sections = sections[order]
    starts = np.flatnonzero(np.r_[True, sorted_sections[1:] != sorted_sections[:-1]])
    before = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    lowered = scores.copy()
    lowered[order] -= np.float32(loss) * np.minimum(before, _REPEATS)
    return np.asarray(np.where(told, lowered, scores), dtype=np.float32)


def best_places(scores: Scores, count: int) -> NDArray[np.int64]:
    """Return the places of the `count` highest scores, best first, equal ones in order of place.

    The same as the beginning of a stable sort, without sorting the rest.
    """
    if count >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    above, level = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    kept = np.sort(np.concatenate((above, level[: count - len(above)])))
    return np.asarray(kept[np.argsort(-scores[kept], kind="stable")], dtype=np.int64)


def share_of_words(signals: Signals, tuning: Tuning) -> float:
    """Return what the match of words and letters counts beside the guess: more when the guess is weak."""
    if not signals.learnt:
        return 1.0
    doubt = max(0.0, 1 - signals.guessed / _FIRM_GUESS)
    return tuning.likeness + _WORDS_ALONE * doubt * signals.covered


def confidence(signals: Signals) -> float:
    """Return how sure it is that the articles answer the question, 0 to 1, from its signals alone.

    Fitting: a logistic regression, fitted on the development questions of tests/gold; what was learnt from
    examples tells most, and the words themselves do where nothing was learnt. Literal: a passage that has
    all words of a question, such as a name, is shown whatever else is true.
    """
    evidence = _from_words(signals)
    if signals.learnt:
        evidence = 9.2 * signals.guessed + 6.2 * signals.cell - 9.1 * signals.stranger - 3.4
        evidence += _TAKEN_UP * max(0.0, signals.covered - _HALF) * signals.known
    literal = _LITERAL * signals.covered**3 * signals.known
    return max(1 / (1 + exp(-evidence)), literal)


def _from_words(signals: Signals) -> float:
    length = min(signals.words, _ENOUGH_WORDS) / _ENOUGH_WORDS
    matched = min(signals.matched, _ENOUGH_RARITY) / _ENOUGH_RARITY
    from_articles = 2.1 * signals.covered + 1.9 * matched
    return (
        from_articles + 5.0 * signals.known + 4.5 * signals.hinted + 2.1 * signals.asked + 1.6 * length - 9.3
    )

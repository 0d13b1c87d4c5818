"""Finds passages by meaning, value and question, in either language: the Search port on Chroma and BM25."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.passages import Article, Found, Passage, Query
from coach.domain.values import QUESTIONS, Language, Value
from coach.retrieval.asking import Asked, Asking, WordLists
from coach.retrieval.guesses import NO_GUESS
from coach.retrieval.opened import OpenIndex
from coach.retrieval.quoting import best_quote
from coach.retrieval.scoring import (
    Scores,
    Signals,
    Tuning,
    best_places,
    confidence,
    less_of_the_same,
    mix,
    share_of_words,
)
from coach.retrieval.shelf import FILTERED_BY_CHROMA, Shelf
from coach.retrieval.table import VALUES

MAX_CHARACTERS = 4_000  # of a question that are looked at
_NEAR = 1.0  # what the open question and the near value count among the hints that propose passages

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Ranked:
    """Rows of the table, best first, with scores of 0 to 1, and how sure it is that the first one fits."""

    rows: Sequence[int]
    scores: Sequence[float]
    confidence: float
    signals: Signals | None = None


@dataclass(frozen=True)
class _Cells:
    """Value and question of each row of a shelf: places in VALUES, and numbers with 0 for none."""

    values: NDArray[np.int8]
    questions: NDArray[np.int8]

    def with_value(self, value: Value | None) -> Rows:
        """Return the rows about a value, all of them without one."""
        if value is None:
            return np.arange(len(self.values), dtype=np.int64)
        return np.flatnonzero(self.values == VALUES.index(value))

    def hinted(self, rows: Rows, lean: Scores, query: Query, most: int) -> NDArray[np.bool_]:
        """Tell which rows have one of the `most` pairs of value and question that are hinted at, or near."""
        lean = lean.copy()
        if query.question is not None:
            lean[:, query.question] += _NEAR
        if query.near_value is not None:
            lean[VALUES.index(query.near_value)] += _NEAR
        wanted = np.zeros(lean.shape, dtype=bool)
        if lean.any():
            wanted.flat[np.argsort(-lean, axis=None, kind="stable")[:most]] = True
            wanted &= lean > 0
        return np.asarray(wanted[self.values[rows], self.questions[rows]], dtype=np.bool_)


_NOTHING = Ranked((), (), 0.0)


class ChromaSearch:
    """Searches the index that `index()` hands out; may be used by several threads at once.

    The score of a result is the confidence that something fits at all, times how the passage compares with
    the best one. Whether something fits is decided by the words alone; question and near value only change
    the order.
    """

    def __init__(
        self, index: Callable[[], OpenIndex], lists: Callable[[], WordLists], tuning: Tuning | None = None
    ) -> None:
        self._index = index
        self._lists = lists
        self._tuning = tuning or Tuning()
        self._ready: tuple[OpenIndex, Asking] | None = None

    def find(self, query: Query) -> Sequence[Found]:
        """Return at most `query.k` passages, best first; [] when nothing fits. Raises IndexUnavailable.

        Without a language, passages in the query's own language are found; those in the other language when
        its own has none. Without text, value and question decide: the first passages of that section.
        """
        if query.k < 1:
            return []
        index = self._index()
        ranked = self.rank(query) if query.text.strip() else _first_passages(index, query)
        if ranked.confidence < self._tuning.floor:
            return []
        pairs = zip(ranked.rows[: query.k], ranked.scores[: query.k], strict=True)
        return [Found(index.table.passage(row), round(min(1.0, max(0.0, score)), 4)) for row, score in pairs]

    def quote(self, passage: Passage, query: Query) -> str:
        """Return the one or two consecutive sentences of a passage that answer the query best, literally."""
        index, asking = self._prepared()
        shelf = index.shelves.get(passage.language)
        if shelf is None:
            return best_quote(passage.text, lambda quote: 0.0)
        terms = asking.terms(query.text.strip()[:MAX_CHARACTERS], passage.language, shelf)
        weights = {term: weight * shelf.bm25.rarity(term) for term, weight in terms.items()}
        whole = sum(weights.values()) or 1.0

        def relevance(quote: str) -> float:
            there = set(shelf.normaliser.terms(quote))
            return sum(weight for term, weight in weights.items() if term in there) / whole

        return best_quote(passage.text, relevance)

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage by id, None when it is not in the index."""
        table = self._index().table
        row = table.row_of(passage_id)
        return None if row is None else table.passage(row)

    def articles(self) -> Sequence[Article]:
        """Return the articles of the series, by language and number."""
        languages = list(Language)
        return sorted(self._index().articles, key=lambda a: (languages.index(a.language), a.number, a.id))

    def rank(self, query: Query) -> Ranked:
        """Return the best rows for a question, and the signals by which it is decided whether they fit."""
        index, asking = self._prepared()
        text = query.text.strip()[:MAX_CHARACTERS]
        source = asking.language(text)
        if query.language is not None:
            return self._ranked(index, asking, query.language, source or query.language, text, query)
        own = self._ranked(index, asking, source, source, text, query) if source else _NOTHING
        if own.confidence >= self._tuning.floor:
            return own
        others = [language for language in Language if language is not source]
        found = [
            self._ranked(index, asking, language, source or language, text, query) for language in others
        ]
        return max([own, *found], key=lambda ranked: ranked.confidence)

    def prepare(self) -> None:
        """Read the word lists and open the index, so that the first question does not wait for them."""
        self._prepared()

    def _prepared(self) -> tuple[OpenIndex, Asking]:
        index, ready = self._index(), self._ready
        if ready is None or ready[0] is not index:
            ready = self._ready = (index, Asking(index, self._lists(), self._tuning))
        return ready

    def _ranked(
        self, index: OpenIndex, asking: Asking, target: Language, source: Language, text: str, query: Query
    ) -> Ranked:
        shelf = index.shelves.get(target)
        if shelf is None:
            return _NOTHING
        asked = asking.asked(text, source, target, shelf)
        start, end = index.table.span(target)
        cells = _Cells(index.table.values[start:end], index.table.questions[start:end])
        allowed = cells.with_value(query.value)
        lexical = shelf.lexical(asked.terms)
        if query.value is not None:
            lexical = np.where(cells.values == VALUES.index(query.value), lexical, np.float32(0))
        signals = _signals(
            shelf, asking.familiarity(text, source, target), asked, np.flatnonzero(np.bincount(cells.values))
        )
        sure = confidence(signals)
        if sure < self._tuning.floor:
            return Ranked((), (), sure, signals)
        rows = self._pool(shelf, asked, lexical, query, allowed, cells)
        likeness = shelf.likeness(asked.vector, rows)
        share = share_of_words(signals, self._tuning)
        mixed = share * mix(lexical[rows], likeness, asked.dense_share)
        scores = self._scores(mixed, share, asked, index, rows + start, query)
        order = np.argsort(-scores, kind="stable")[: query.k]
        return Ranked(
            [int(rows[at]) + start for at in order], [sure * float(scores[at]) for at in order], sure, signals
        )

    def _pool(
        self, shelf: Shelf, asked: Asked, lexical: Scores, query: Query, allowed: Rows, cells: _Cells
    ) -> Rows:
        """Return the rows that the terms, the vector, or the hints propose; only allowed ones."""
        tuning = self._tuning
        by_terms = np.flatnonzero(lexical > 0)
        if len(by_terms) > tuning.pool_terms:
            by_terms = by_terms[np.argpartition(-lexical[by_terms], tuning.pool_terms)[: tuning.pool_terms]]
        if query.value is not None and len(shelf) > FILTERED_BY_CHROMA:
            likeness = shelf.likeness(asked.vector, allowed)
            near = allowed[best_places(likeness, tuning.pool_vectors)]
        else:
            near = np.asarray(shelf.nearest(asked.vector, tuning.pool_vectors, query.value), dtype=np.int64)
        hinted = allowed[cells.hinted(allowed, asked.lean(tuning), query, tuning.pool_cells)]
        hinted = hinted[: tuning.pool_hints]
        return np.unique(np.concatenate((by_terms, near, hinted))).astype(np.int64)

    def _scores(
        self, mixed: Scores, share: float, asked: Asked, index: OpenIndex, rows: Rows, query: Query
    ) -> Scores:
        """Return how well each row fits next to the others, 0 to 1; `mixed`, up to `share`, is from its text."""
        tuning, values, questions = self._tuning, index.table.values[rows], index.table.questions[rows]
        lean = asked.lean(tuning)
        scores = mixed + lean[values, questions]
        best = share + float(lean.max())
        if query.question is not None:
            scores, best = (
                scores + tuning.question_prior * (questions == query.question),
                best + tuning.question_prior,
            )
        if query.near_value is not None:
            near = values == VALUES.index(query.near_value)
            scores, best = scores + tuning.near_value_prior * near, best + tuning.near_value_prior
        scores = less_of_the_same(
            scores, values * (len(QUESTIONS) + 1) + questions, questions > 0, tuning.repeat
        )
        return np.asarray(scores / best, dtype=np.float32)


def _signals(shelf: Shelf, familiarity: Sequence[float], asked: Asked, values: Rows) -> Signals:
    """Return what tells whether anything on a shelf with these values fits; hints at others do not count."""
    matched = shelf.bm25.best_match(asked.terms)
    return Signals(
        covered=shelf.covered(asked.terms, matched),
        known=sum(familiarity) / len(familiarity) if familiarity else 0.0,
        hinted=float(asked.values[values].max(initial=0.0)),
        words=len(familiarity),
        matched=matched,
        asked=float(asked.questions.max(initial=0.0)),
        learnt=asked.guess is not NO_GUESS,
        guessed=float(asked.guess.values[values].max(initial=0.0)),
        cell=float(asked.guess.cells[values].max(initial=0.0)),
        stranger=asked.guess.nothing,
    )


def _first_passages(index: OpenIndex, query: Query) -> Ranked:
    """Return the passages that value and question point to, in the order of reading."""
    table, wanted = index.table, query.value or query.near_value
    if wanted is None and query.question is None:
        return _NOTHING
    for language in [query.language] if query.language else list(Language):
        start, end = table.span(language)
        fits: Any = np.ones(end - start, dtype=bool)
        if wanted is not None:
            fits &= table.values[start:end] == VALUES.index(wanted)
        if query.question is not None:
            fits &= table.questions[start:end] == query.question
        rows = [int(row) + start for row in np.flatnonzero(fits)]
        if rows:
            return Ranked(rows, [1.0] * len(rows), 1.0)
    return _NOTHING

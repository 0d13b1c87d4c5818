"""Finds passages by meaning, value and question, in either language: the Search port, over Chroma and BM25."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.domain.passages import Article, Found, Passage, Query
from coach.domain.values import Language, Value
from coach.retrieval.embed import Vectors
from coach.retrieval.glossary import Glossary, weigh
from coach.retrieval.language import detect
from coach.retrieval.opened import OpenIndex
from coach.retrieval.scoring import Scores, Tuning, confidence, coverage, mix
from coach.retrieval.shelf import SMALL, Shelf
from coach.retrieval.table import VALUES

MAX_CHARACTERS = 4_000  # of a question that are looked at


@dataclass(frozen=True)
class _Asked:
    """A question as one shelf sees it: weighted search terms and a vector."""

    terms: Counter[str]
    vector: Vectors
    dense_share: float


@dataclass(frozen=True)
class _Ranked:
    """Rows of the table, best first, with scores of 0 to 1, and how sure it is that the first one fits."""

    rows: Sequence[int]
    scores: Sequence[float]
    confidence: float


_NOTHING = _Ranked((), (), 0.0)


class ChromaSearch:
    """Searches the index that `index()` hands out; may be used by several threads at once.

    The score of a result is the confidence that something fits at all, times how the passage compares with the
    best one. Whether something fits is decided by the words alone; question and near value only change the order.
    """

    def __init__(
        self, index: Callable[[], OpenIndex], glossary: Callable[[], Glossary], tuning: Tuning | None = None
    ) -> None:
        self._index = index
        self._glossary = glossary
        self._tuning = tuning or Tuning()

    def find(self, query: Query) -> Sequence[Found]:
        """Return at most `query.k` passages, best first; [] when nothing fits. Raises IndexUnavailable.

        Without a language, passages in the query's own language come first; those in the other language are
        found when its own has none. Without text, value and question decide: the first passages of that section.
        """
        index = self._index()
        text = query.text.strip()[:MAX_CHARACTERS]
        if query.k < 1:
            return []
        if not text:
            return self._found(index, _first_passages(index, query), query.k)
        ranked = self._in_best_language(index, text, query)
        return self._found(index, ranked if ranked.confidence >= self._tuning.floor else _NOTHING, query.k)

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage by id, None when it is not in the index."""
        table = self._index().table
        row = table.row_of(passage_id)
        return None if row is None else table.passage(row)

    def articles(self) -> Sequence[Article]:
        """Return the articles of the series, by language and number."""
        languages = list(Language)
        return sorted(self._index().articles, key=lambda a: (languages.index(a.language), a.number, a.id))

    def confidence(self, query: Query) -> float:
        """Return how sure it is that something fits, 0 to 1, before the floor: for calibration."""
        return self._in_best_language(self._index(), query.text.strip()[:MAX_CHARACTERS], query).confidence

    def _in_best_language(self, index: OpenIndex, text: str, query: Query) -> _Ranked:
        source = detect(text)
        if query.language is not None:
            return self._ranked(index, query.language, source or query.language, text, query)
        order = [language for language in Language if language is not source]
        own = [self._ranked(index, source, source, text, query)] if source else []
        if own and own[0].confidence >= self._tuning.floor:
            return own[0]
        others = [self._ranked(index, language, source or language, text, query) for language in order]
        return max(own + others, key=lambda ranked: ranked.confidence, default=_NOTHING)

    def _ranked(self, index: OpenIndex, target: Language, source: Language, text: str, query: Query) -> _Ranked:
        shelf = index.shelves.get(target)
        if shelf is None:
            return _NOTHING
        asked = self._asked(index, shelf, target, source, text)
        start, end = index.table.span(target)
        values = index.table.values[start:end]
        allowed = None if query.value is None else np.asarray(values == VALUES.index(query.value))
        lexical = shelf.lexical(asked.terms)
        if allowed is not None:
            lexical = np.where(allowed, lexical, 0)
        rows = self._pool(shelf, asked, lexical, query.value, allowed)
        if not len(rows):
            return _NOTHING
        likeness = shelf.likeness(asked.vector, rows)
        order, scores = self._order(lexical[rows], likeness, asked, index, rows + start, query)
        covered = coverage(asked.terms, float(lexical[rows].max()), shelf.bm25.rarity)
        sure = confidence(covered, float(likeness.max()))
        return _Ranked([int(rows[at]) + start for at in order], [sure * float(scores[at]) for at in order], sure)

    def _asked(self, index: OpenIndex, shelf: Shelf, target: Language, source: Language, text: str) -> _Asked:
        tuning = self._tuning
        if source is target:
            terms = Counter(shelf.normaliser.terms(text))
            return _Asked(terms, index.maker.query_vector(text), index.dense_share or tuning.dense)
        translated = self._glossary().translate(text, source)
        terms = weigh(translated, shelf.normaliser)
        if index.dense_share is not None:  # a model reads both languages itself
            return _Asked(terms, index.maker.query_vector(text), max(index.dense_share, 0.8))
        words = " ".join(option for translation in translated for option, _ in translation.options)
        return _Asked(terms, index.maker.query_vector(words), tuning.dense_translated)

    def _pool(
        self, shelf: Shelf, asked: _Asked, lexical: Scores, value: Value | None, allowed: Vectors | None
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return the rows that terms or vector propose."""
        size = self._tuning.pool
        by_terms = np.flatnonzero(lexical > 0)
        if len(by_terms) > size:
            by_terms = by_terms[np.argpartition(-lexical[by_terms], size)[:size]]
        if allowed is not None and len(shelf) > SMALL:
            inside = np.flatnonzero(allowed)
            near = inside[np.argsort(-shelf.likeness(asked.vector, inside), kind="stable")[:size]]
        else:
            near = np.asarray(shelf.nearest(asked.vector, size, value), dtype=np.int64)
        return np.union1d(by_terms, near).astype(np.int64)

    def _order(
        self, lexical: Scores, likeness: Scores, asked: _Asked, index: OpenIndex, rows: Vectors, query: Query
    ) -> tuple[list[int], Scores]:
        tuning = self._tuning
        mixed = mix(lexical, likeness, asked.dense_share)
        best = 1.0
        if query.question is not None:
            mixed = mixed + tuning.question_prior * (index.table.questions[rows] == query.question)
            best += tuning.question_prior
        if query.near_value is not None:
            mixed = mixed + tuning.near_value_prior * (index.table.values[rows] == VALUES.index(query.near_value))
            best += tuning.near_value_prior
        scores = np.asarray(mixed / best, dtype=np.float32)
        order = [int(at) for at in np.argsort(-scores, kind="stable") if mixed[at] > 0]
        return order[: query.k], scores

    def _found(self, index: OpenIndex, ranked: _Ranked, k: int) -> list[Found]:
        pairs = zip(ranked.rows[:k], ranked.scores[:k], strict=True)
        return [Found(index.table.passage(row), round(min(1.0, max(0.0, score)), 4)) for row, score in pairs]


def _first_passages(index: OpenIndex, query: Query) -> _Ranked:
    """Return the passages that value and question point to, in the order of reading."""
    table = index.table
    if query.value is None and query.question is None and query.near_value is None:
        return _NOTHING
    for language in [query.language] if query.language else list(Language):
        start, end = table.span(language)
        fits = np.ones(end - start, dtype=bool)
        for wanted in (query.value, None if query.value else query.near_value):
            if wanted is not None:
                fits &= table.values[start:end] == VALUES.index(wanted)
        if query.question is not None:
            fits &= table.questions[start:end] == query.question
        rows = [int(row) + start for row in np.flatnonzero(fits)]
        if rows:
            return _Ranked(rows, [1.0] * len(rows), 1.0)
    return _NOTHING

"""BM25 over search terms, with weighted questions: one half of the built-in search."""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
_ARRAYS = ("data", "indices", "indptr")


class Bm25:
    """Scores passages by the terms they share with a question (Robertson and Zaragoza, 2009).

    The score matrix, one column per term, is made by bm25s; scoring adds the columns of the question's terms.
    """

    def __init__(self, matrix: Mapping[str, NDArray[Any]], vocabulary: dict[str, int], size: int) -> None:
        self._data, self._rows, self._columns = (matrix[name] for name in _ARRAYS)
        self._vocabulary = vocabulary
        self._size = size

    @classmethod
    def fit(cls, documents: Sequence[Sequence[str]]) -> "Bm25":
        """Index passages given as lists of terms."""
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms] for terms in documents]
        if not vocabulary:
            nothing = np.zeros(0, dtype=np.int32)
            return cls(
                {"data": nothing, "indices": nothing, "indptr": np.zeros(1, np.int32)}, {}, len(documents)
            )
        engine = bm25s.BM25(method="lucene", k1=K1, b=B)
        engine.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        return cls(engine.scores, vocabulary, len(documents))

    def has(self, term: str) -> bool:
        """Tell whether a passage has this term."""
        return term in self._vocabulary

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term, highest for one that no passage has."""
        column = self._vocabulary.get(term)
        spread = 0 if column is None else int(self._columns[column + 1] - self._columns[column])
        return float(np.log(1 + (self._size - spread + 0.5) / (spread + 0.5)))

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the score of every passage, shape (passages,), for terms with their weights."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, weight in terms.items():
            column = self._vocabulary.get(term)
            if column is not None:
                part = slice(self._columns[column], self._columns[column + 1])
                total[self._rows[part]] += weight * self._data[part]
        return total

    def best_match(self, terms: Mapping[str, float]) -> float:
        """Return the highest sum of rarities, times weights, of the terms that one passage has."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, weight in terms.items():
            column = self._vocabulary.get(term)
            if column is not None:
                total[self._rows[self._columns[column] : self._columns[column + 1]]] += weight * self.rarity(
                    term
                )
        return float(total.max(initial=0.0))

    def save(self, folder: Path, name: str) -> None:
        """Write it as arrays and JSON."""
        np.savez(folder / f"{name}.npz", data=self._data, indices=self._rows, indptr=self._columns)
        plain = {"vocabulary": self._vocabulary, "passages": self._size}
        (folder / f"{name}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, name: str) -> "Bm25":
        """Read what `save` wrote."""
        plain = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            return cls({part: arrays[part] for part in _ARRAYS}, plain["vocabulary"], plain["passages"])

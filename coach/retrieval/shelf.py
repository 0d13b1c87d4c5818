"""The passages of one language: terms, vectors and a Chroma collection, built once and then only read."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.passages import Passage
from coach.domain.values import Language, Value
from coach.retrieval.embed import Vectors
from coach.retrieval.lexical import Bm25
from coach.retrieval.normalise import Compounds, Normaliser, word_counts
from coach.retrieval.scoring import Scores

BATCH = 2_000  # passages added to Chroma at once
SMALL = 5_000  # passages up to which every vector in Chroma is compared with ours at opening
FILTERED_BY_CHROMA = 1_000  # passages up to which Chroma filters by value; above, an exact look is faster


def collection_name(language: Language) -> str:
    """Return the name of a language's collection in Chroma."""
    return f"passages-{language}"


def indexed_text(passage: Passage) -> str:
    """Return what the vector of a passage stands for: its article's title and its text."""
    return f"{passage.title}\n{passage.text}"


class Shelf:
    """Scores the passages of one language; rows count from 0 within the language."""

    def __init__(
        self, counts: Mapping[str, int], bm25: Bm25, normaliser: Normaliser, vectors: Vectors, collection: Any
    ) -> None:
        self.counts = counts  # of every word
        self.bm25 = bm25
        self.normaliser = normaliser
        self.vectors = vectors
        self.collection = collection

    def __len__(self) -> int:
        return len(self.vectors)

    def lexical(self, terms: Mapping[str, float]) -> Scores:
        """Return the BM25 score of every passage."""
        return self.bm25.scores(terms)

    def covered(self, terms: Mapping[str, float], matched: float) -> float:
        """Return which share of a question, by rarity of its terms, `matched` is: what the best passage has."""
        whole = sum(weight * self.bm25.rarity(term) for term, weight in terms.items())
        return min(1.0, matched / whole) if whole > 0 else 0.0

    def nearest(self, vector: Vectors, pool: int, value: Value | None) -> list[int]:
        """Return the rows whose vectors lie nearest, from Chroma, best first."""
        if not vector.any():
            return []
        where = {"value": str(value)} if value else None
        found = self.collection.query(
            query_embeddings=[vector], n_results=min(pool, len(self)), where=where, include=["distances"]
        )
        return [int(name) for name in found["ids"][0]]

    def likeness(self, vector: Vectors, rows: NDArray[np.int64]) -> Scores:
        """Return the cosine of given rows, in rising order, with a vector."""
        near = len(rows) and rows[-1] - rows[0] + 1 == len(rows)  # a slice is not copied
        chosen = self.vectors[rows[0] : rows[-1] + 1] if near else self.vectors[rows]
        return np.asarray(np.vecdot(chosen, vector), dtype=np.float32)  # `@` would wait for other threads


def write_shelf(
    folder: Path, language: Language, passages: Sequence[Passage], vectors: Vectors, extra: frozenset[str]
) -> None:
    """Write terms and vectors of one language; `extra` are words that compounds may consist of as well."""
    counts = word_counts(text for passage in passages for text in (passage.title, passage.text))
    for word in extra:
        counts.setdefault(word, 1)
    (folder / f"words-{language}.json").write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")
    normaliser = Normaliser(language, Compounds(counts))
    Bm25.fit([_terms(passage, normaliser) for passage in passages]).save(folder, f"bm25-{language}")
    np.save(folder / f"vectors-{language}.npy", vectors)


def _terms(passage: Passage, normaliser: Normaliser) -> list[str]:
    return 2 * normaliser.terms(passage.title) + normaliser.terms(passage.text)


def add_to_chroma(collection: Any, passages: Sequence[Passage], vectors: Vectors) -> None:
    """Add passages with their vectors; the id of a record is its row."""
    for start in range(0, len(passages), BATCH):
        part = passages[start : start + BATCH]
        collection.add(
            ids=[str(start + place) for place in range(len(part))],
            embeddings=vectors[start : start + BATCH],
            documents=[passage.text for passage in part],
            metadatas=[_metadata(passage) for passage in part],
        )


def _metadata(passage: Passage) -> dict[str, str | int]:
    return {
        "passage_id": passage.id,
        "article_id": passage.article_id,
        "title": passage.title,
        "value": str(passage.value or ""),
        "question": passage.question or 0,
        "language": str(passage.language),
        "place": passage.place,
    }


def open_shelf(folder: Path, language: Language, collection: Any) -> Shelf:
    """Read what `write_shelf` wrote."""
    counts = Counter(json.loads((folder / f"words-{language}.json").read_text(encoding="utf-8")))
    normaliser = Normaliser(language, Compounds(counts))
    vectors = np.load(folder / f"vectors-{language}.npy", mmap_mode="r", allow_pickle=False)
    return Shelf(counts, Bm25.open(folder, f"bm25-{language}"), normaliser, vectors, collection)

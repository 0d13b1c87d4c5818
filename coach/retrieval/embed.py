"""The built-in embedding: letters in place of weights, fitted on the corpus, for Chroma and LangChain."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from coach.retrieval.normalise import words

Vectors = NDArray[np.float32]

DIMENSIONS = 256
MAX_FEATURES = 60_000
MAX_FITTED = 3_000  # passages that the projection is fitted on
_SIZES = (3, 4, 5)
_EXACT = 1_500  # up to here the projection is computed exactly, above by sampling the range


def ngrams(word: str) -> list[str]:
    """Return the letter groups of 3 to 5 of a word, its beginning and end marked by a space."""
    padded = f" {word} "
    if len(padded) <= _SIZES[0]:
        return [padded]
    return [padded[at : at + size] for size in _SIZES for at in range(len(padded) - size + 1)]


class NgramEmbeddings(Embeddings):
    """TF-IDF over letter groups inside words, projected by latent semantic analysis, length 1.

    No weights, no network: everything comes from the texts it was fitted on. It forgives typing errors and
    inflection, and sees compounds and cognates; it knows no synonyms.
    """

    def __init__(self, features: dict[str, int], idf: Vectors, projection: Vectors) -> None:
        self._features = features
        self._idf = idf  # (features,)
        self._projection = projection  # (features, dimensions), rows already times idf

    @property
    def dimensions(self) -> int:
        """Length of its vectors."""
        return int(self._projection.shape[1])

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text."""
        return [row.tolist() for row in self.vectors(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; all zeros when it shares no letter group with the corpus."""
        return [float(number) for number in self.query_vector(text)]

    def query_vector(self, text: str) -> Vectors:
        """Return the vector of a question as an array of shape (dimensions,)."""
        counts = Counter(gram for word in words(text) for gram in ngrams(word))
        found = [(self._features[gram], count) for gram, count in counts.items() if gram in self._features]
        if not found:
            return np.zeros(self.dimensions, dtype=np.float32)
        rows, tf = zip(*found, strict=True)
        weights = 1 + np.log(np.asarray(tf, dtype=np.float32))
        vector = weights @ self._projection[list(rows)]
        return np.asarray(_unit(vector[np.newaxis])[0], dtype=np.float32)

    def vectors(self, texts: Sequence[str], batch: int = 4_000) -> Vectors:
        """Return the vectors of texts, shape (texts, dimensions), rows of length 1 or 0."""
        made = [np.zeros((0, self.dimensions), dtype=np.float32)]
        for start in range(0, len(texts), batch):
            counts = count_ngrams(texts[start : start + batch], self._features)
            made.append(_unit(np.asarray(_damped(counts) @ self._projection, dtype=np.float32)))
        return np.vstack(made)

    def save(self, folder: Path) -> None:
        """Write it as plain data: arrays and a JSON list, nothing that runs when it is read."""
        np.savez(folder / "ngrams.npz", idf=self._idf, projection=self._projection)
        names = sorted(self._features, key=self._features.__getitem__)
        (folder / "ngrams.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "NgramEmbeddings":
        """Read what `save` wrote."""
        names = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        with np.load(folder / "ngrams.npz", allow_pickle=False) as arrays:
            return cls({name: at for at, name in enumerate(names)}, arrays["idf"], arrays["projection"])

    @classmethod
    def fit(cls, texts: Sequence[str], dimensions: int = DIMENSIONS) -> "NgramEmbeddings":
        """Learn letter groups, their weights and the projection from the texts of a corpus."""
        sample = texts[:: max(1, -(-len(texts) // MAX_FITTED))]
        features = _choose_features(sample)
        counts = count_ngrams(sample, features)
        seen = np.bincount(counts.indices, minlength=len(features))
        idf = (np.log((1 + len(sample)) / (1 + seen)) + 1).astype(np.float32)
        weighted = _damped(counts).multiply(idf).tocsr()
        lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        weighted = weighted.multiply(1 / np.maximum(lengths, 1e-9)[:, np.newaxis]).tocsr().astype(np.float32)
        basis = _right_vectors(weighted, dimensions)
        return cls(features, idf, np.ascontiguousarray(idf[:, np.newaxis] * basis, dtype=np.float32))


def _choose_features(texts: Sequence[str]) -> dict[str, int]:
    """Return the letter groups to keep: all of a small corpus, of a large one those in most words."""
    vocabulary = Counter(word for text in texts for word in set(words(text)))
    spread: Counter[str] = Counter()
    for word, documents in vocabulary.items():
        for gram in set(ngrams(word)):
            spread[gram] += documents
    kept = sorted(
        gram for gram, _ in sorted(spread.items(), key=lambda item: (-item[1], item[0]))[:MAX_FEATURES]
    )
    return {gram: at for at, gram in enumerate(kept)}


def count_ngrams(texts: Iterable[str], features: dict[str, int]) -> Any:
    """Return a sparse matrix (texts, features) with how often each letter group occurs.

    Counted by way of the words: a word's groups are looked up once, however often it occurs.
    """
    from scipy.sparse import csr_matrix

    vocabulary: dict[str, int] = {}
    ends, places, tallies = [0], list[int](), list[int]()
    for text in texts:
        for word, count in Counter(words(text)).items():
            places.append(vocabulary.setdefault(word, len(vocabulary)))
            tallies.append(count)
        ends.append(len(places))
    grams, gram_ends = list[int](), [0]
    for word in vocabulary:
        grams.extend(features[gram] for gram in ngrams(word) if gram in features)
        gram_ends.append(len(grams))
    by_word = csr_matrix(
        (np.array(tallies, dtype=np.float32), places, ends), shape=(len(ends) - 1, len(vocabulary))
    )
    ones = np.ones(len(grams), dtype=np.float32)
    return by_word @ csr_matrix((ones, grams, gram_ends), shape=(len(vocabulary), len(features)))


def _damped(counts: Any) -> Any:
    damped = counts.tocsr().astype(np.float32)
    damped.data = 1 + np.log(np.maximum(damped.data, 1))
    return damped


def _right_vectors(matrix: Any, dimensions: int) -> NDArray[np.float64]:
    """Return the leading right singular vectors of a sparse matrix, shape (columns, up to `dimensions`)."""
    rows, columns = matrix.shape
    size = max(1, min(dimensions, rows, columns))
    if rows <= _EXACT:
        strengths, left = np.linalg.eigh((matrix @ matrix.T).toarray().astype(np.float64))
        order = np.argsort(strengths)[::-1][:size]
        order = order[strengths[order] > 1e-9]
        basis = matrix.T @ (left[:, order] / np.sqrt(strengths[order]))
        return np.asarray(basis)
    return _sampled_right_vectors(matrix, size)


def _sampled_right_vectors(matrix: Any, size: int, extra: int = 10, rounds: int = 3) -> NDArray[np.float64]:
    """The same by a randomised range finder with power iterations (Halko, Martinsson and Tropp, 2011)."""
    chance = np.random.default_rng(0)
    span = np.linalg.qr(matrix @ chance.standard_normal((matrix.shape[1], size + extra)).astype(np.float32))[
        0
    ]
    for _ in range(rounds):
        span = np.linalg.qr(matrix @ (matrix.T @ span))[0]
    _, _, right = np.linalg.svd((matrix.T @ span).T, full_matrices=False)
    return np.asarray(right[:size].T, dtype=np.float64)


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

"""Which embedding an index is made with: the built-in one, or a model of sentence-transformers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from coach.retrieval.embed import DIMENSIONS, NgramEmbeddings, Vectors

BUILT_IN = "builtin"


class VectorMaker(Protocol):
    """Turns passages and questions into vectors of length 1."""

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (texts, dimensions)."""
        ...

    def query_vector(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimensions,)."""
        ...


class Embedding(Protocol):
    """A way to make vectors: fitted or loaded for a build, opened again for a search."""

    @property
    def name(self) -> str:
        """What people call it: `builtin`, or the model's name or path."""
        ...

    @property
    def settings(self) -> str:
        """Everything on which its vectors depend besides the texts; part of the index's fingerprint."""
        ...

    @property
    def dense_share(self) -> float | None:
        """Share of the vectors in the mixed score; None for the tuned one of the built-in."""
        ...

    def make(self, texts: Sequence[str], folder: Path) -> VectorMaker:
        """Get ready for a corpus and write what `open` needs into `folder`."""
        ...

    def open(self, folder: Path) -> VectorMaker:
        """Return what `make` made. Raises IndexUnavailable when it cannot be had here and now."""
        ...


class BuiltInEmbedding:
    """Letters instead of weights: fitted on the corpus in about a second, needs nothing else."""

    name = BUILT_IN
    settings = f"{BUILT_IN} in-word 3-5 tf-idf svd {DIMENSIONS}"
    dense_share = None

    def make(self, texts: Sequence[str], folder: Path) -> NgramEmbeddings:
        """Fit on the texts and save."""
        fitted = NgramEmbeddings.fit(texts)
        fitted.save(folder)
        return fitted

    def open(self, folder: Path) -> NgramEmbeddings:
        """Read what was fitted."""
        return NgramEmbeddings.open(folder)

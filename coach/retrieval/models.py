"""Embedding with a sentence-transformers model: fetched only on request, loaded only when needed."""

import hashlib
import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain.errors import IndexUnavailable, WrongChoice
from coach.retrieval.embed import Vectors

RECOMMENDED = "hotchpotch/bekko-embedding-v1-a25m"
RECOMMENDED_SIZE, RECOMMENDED_LICENCE = "470 MB", "MIT"
CHOICE = "embedding.json"
# part of the name, what goes before a question, what goes before a passage
_PREFIXES: tuple[tuple[str, str, str], ...] = (
    ("e5", "query: ", "passage: "),
    ("arctic-embed", "query: ", ""),
)


@dataclass(frozen=True)
class ChosenModel:
    """A model that is on this machine: its name, its folder, and what tells versions apart."""

    name: str
    folder: str
    revision: str


class LoadedModel:
    """A model in memory, making vectors of length 1."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._question, self._passage = prefixes(name)
        self.dimensions = int(model.get_embedding_dimension())

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (texts, dimensions)."""
        return self._encoded([self._passage + text for text in texts])

    def query_vector(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimensions,)."""
        return np.asarray(self._encoded([self._question + text])[0], dtype=np.float32)

    def _encoded(self, texts: list[str]) -> Vectors:
        with self._lock:
            found = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=len(texts) > 64)
        return np.asarray(found, dtype=np.float32)


class ModelEmbedding:
    """A chosen model as the embedding of an index; it is loaded when vectors are first asked for."""

    dense_share = 0.6

    def __init__(self, chosen: ChosenModel) -> None:
        self._chosen = chosen
        self._loaded: LoadedModel | None = None
        self._lock = threading.Lock()
        self.name = chosen.name
        self.settings = f"{chosen.name} {chosen.revision} {prefixes(chosen.name)}"

    def make(self, texts: Sequence[str], folder: Path) -> LoadedModel:
        """Return the model; nothing is fitted and nothing written."""
        return self._load()

    def open(self, folder: Path) -> LoadedModel:
        """Return the model. Raises IndexUnavailable when it is gone or cannot be loaded."""
        return self._load()

    def _load(self) -> LoadedModel:
        with self._lock:
            if self._loaded is None:
                self._loaded = _loaded(self._chosen)
            return self._loaded


def prefixes(name: str) -> tuple[str, str]:
    """Return what a model by its name wants before questions and before passages."""
    short = name.rstrip("/").split("/")[-1].lower()
    found = ((question, passage) for part, question, passage in _PREFIXES if part in short)
    return next(found, ("", ""))


def _loaded(chosen: ChosenModel) -> LoadedModel:
    from sentence_transformers import SentenceTransformer

    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        model = SentenceTransformer(
            chosen.folder, device="cpu", local_files_only=True, trust_remote_code=False
        )
    except Exception as problem:  # whatever a broken model folder makes the library raise
        raise IndexUnavailable(f"the model {chosen.name} cannot be loaded: {problem}") from problem
    return LoadedModel(model, chosen.name)


def find_model(name: str, fetch: bool = False) -> ChosenModel:
    """Return a model by name or path. It is fetched from Hugging Face only with `fetch`, with a progress bar.

    Raises WrongChoice when it is not on this machine, or cannot be fetched.
    """
    name = RECOMMENDED if name == "recommended" else name
    path = Path(name)
    if path.is_dir():
        return ChosenModel(str(path), str(path.resolve()), _fingerprint(path))
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(
            name, local_files_only=not fetch, ignore_patterns=["*.onnx", "*.bin", "openvino/*"]
        )
    except Exception as problem:  # no such name, no network, no place: all say the same to the person
        how = (
            "cannot be fetched"
            if fetch
            else f"is not on this machine; `coach embedding use {name}` fetches it"
        )
        raise WrongChoice(f"the model {name} {how} ({type(problem).__name__})") from problem
    return ChosenModel(name, folder, Path(folder).name)


def _fingerprint(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            if path.suffix in (".json", ".safetensors", ".txt"):
                total.update(path.read_bytes())
    return total.hexdigest()[:16]


def remember(data: Path, chosen: ChosenModel | None) -> None:
    """Keep the choice in the data folder; None goes back to the built-in embedding."""
    path = data / CHOICE
    if chosen is None:
        path.unlink(missing_ok=True)
        return
    data.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(chosen), ensure_ascii=False), encoding="utf-8")


def remembered(data: Path) -> ChosenModel | None:
    """Return the choice kept in the data folder, None for the built-in embedding."""
    try:
        return ChosenModel(**json.loads((data / CHOICE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None

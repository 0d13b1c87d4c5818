"""The index on disk: built aside by one writer, made visible by one rename, rebuilt when it is damaged."""

import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from coach.domain.errors import CoachError, IndexUnavailable
from coach.domain.values import Language
from coach.retrieval.building import FORMAT, build
from coach.retrieval.documents import digest, read_documents
from coach.retrieval.embeddings import BUILT_IN, Embedding
from coach.retrieval.glossary import glossary_files, open_glossary
from coach.retrieval.opened import HELD, Damaged, OpenIndex, is_held, open_index
from coach.retrieval.stopwords import STOP_WORDS

_LOG = logging.getLogger(__name__)
_ASIDE = "building-"
_WAIT = 600.0  # seconds a second builder waits for the first

T = TypeVar("T")


@dataclass(frozen=True)
class Ingredients:
    """All that an index is made of."""

    files: tuple[Path, ...]
    prompts: Path
    embedding: Embedding

    def fingerprint(self) -> str:
        """Return a digest that differs as soon as an index of these would differ."""
        total = hashlib.sha256(f"{FORMAT}\0{self.embedding.name}\0{self.embedding.settings}\0".encode())
        total.update(digest(self.files).encode())
        total.update(digest(glossary_files(self.prompts)).encode())
        total.update(repr([sorted(words) for words in STOP_WORDS.values()]).encode())
        return total.hexdigest()


class ChromaIndex:
    """The folder with the built indexes, of which a pointer names the one in use for each embedding.

    An index is never changed: a new one is built in a folder of its own, opened and checked as a reader
    would, and then named by the pointer. Readers go on with the one they have; when nobody
    holds it, it is removed.
    """

    def __init__(self, folder: Path, wait: float = _WAIT) -> None:
        self._folder = folder
        self._wait = wait

    def stamp(self, embedding: Embedding) -> tuple[int, int] | None:
        """Return something that changes whenever another index comes into use, None when there is none."""
        try:
            facts = os.stat(self._pointer(embedding))
        except OSError:
            return None
        return facts.st_mtime_ns, facts.st_ino

    def open(self, ingredients: Ingredients) -> OpenIndex | None:
        """Return the index in use when it is whole and made of these ingredients, otherwise None."""
        fingerprint = ingredients.fingerprint()
        for _ in range(3):  # another process may put a new one in its place meanwhile
            name = self._named(ingredients.embedding)
            if name is None or not name.startswith(fingerprint[:16]):
                return None
            try:
                return open_index(self._folder / name, ingredients.embedding)
            except Damaged as problem:
                if name == self._named(ingredients.embedding):
                    _LOG.warning("%s; it is built again", problem)
                    return None
        return None

    def build(self, ingredients: Ingredients, always: bool = False) -> tuple[OpenIndex, bool]:
        """Return an index of these ingredients, and whether it was built now.

        Waits for another builder and takes its result when that fits, unless `always`.
        Raises IndexUnavailable when it cannot be built.
        """
        return _explained(lambda: self._build_alone(ingredients, always))

    def _build_alone(self, ingredients: Ingredients, always: bool) -> tuple[OpenIndex, bool]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(str(self._folder / "lock"), timeout=self._wait):
            there = None if always else self.open(ingredients)
            if there is not None:
                return there, False
            opened = self._build_aside(ingredients)
            self._sweep()
            return opened, True

    def _build_aside(self, ingredients: Ingredients) -> OpenIndex:
        fingerprint = ingredients.fingerprint()
        name = f"{fingerprint[:16]}-{secrets.token_hex(4)}"
        aside = self._folder / f"{_ASIDE}{name}"
        aside.mkdir()
        try:
            documents, left_out = read_documents(ingredients.files)
            for item in left_out:
                _LOG.warning("left out of the index: %s", item.reason)
            if not documents:
                raise IndexUnavailable("there are no articles that can be read")
            (aside / HELD).touch()
            build(
                aside,
                fingerprint,
                documents,
                left_out,
                ingredients.embedding,
                _extra_words(ingredients.prompts),
            )
            _to_disk(aside)
            os.rename(aside, self._folder / name)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        opened = open_index(self._folder / name, ingredients.embedding)
        self._point(ingredients.embedding, name)
        return opened

    def _pointer(self, embedding: Embedding) -> Path:
        if embedding.name == BUILT_IN:
            return self._folder / "current"
        return self._folder / f"current-{hashlib.sha256(embedding.settings.encode()).hexdigest()[:12]}"

    def _named(self, embedding: Embedding) -> str | None:
        try:
            name = self._pointer(embedding).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if name and name == Path(name).name else None

    def _point(self, embedding: Embedding, name: str) -> None:
        pointer = self._pointer(embedding)
        fresh = pointer.with_name(f"{pointer.name}.{secrets.token_hex(4)}")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, pointer)

    def _sweep(self) -> None:
        """Remove what nobody points to and nobody reads; call it as the only builder."""
        named = {path.read_text(encoding="utf-8") for path in self._folder.glob("current*") if path.is_file()}
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in named and not is_held(path):
                shutil.rmtree(path, ignore_errors=True)


def _extra_words(prompts: Path) -> frozenset[str]:
    return open_glossary(prompts).words[Language.NL]


def _to_disk(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _explained(work: Callable[[], T]) -> T:
    """Do the work; say in one line why it could not be done."""
    try:
        return work()
    except Timeout as problem:
        raise IndexUnavailable(
            "another process is building the index and did not finish in time"
        ) from problem
    except CoachError as problem:
        raise (
            problem if isinstance(problem, IndexUnavailable) else IndexUnavailable(str(problem))
        ) from problem
    except OSError as problem:
        raise IndexUnavailable(f"the index cannot be written: {problem}") from problem

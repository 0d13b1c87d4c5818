"""An index as a search reads it: checked against its manifest, held so that nobody removes it meanwhile."""

import contextlib
import fcntl
import json
import os
import sqlite3
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Article
from coach.domain.values import Language, Value
from coach.retrieval.building import CHROMA, FORMAT, MANIFEST, checksum, chroma_client
from coach.retrieval.documents import LeftOut
from coach.retrieval.embeddings import Embedding, VectorMaker
from coach.retrieval.shelf import SMALL, Shelf, collection_name, open_shelf
from coach.retrieval.table import PassageTable

HELD = "held"  # a file that readers hold a shared lock on
_PROBES = 200  # vectors compared with Chroma's in a large index


class Damaged(IndexUnavailable):
    """The folder is not, or no longer, an index that we wrote."""


@dataclass(frozen=True)
class OpenIndex:
    """A whole index, read only. It stays readable as long as somebody keeps this object."""

    fingerprint: str
    embedding: str
    table: PassageTable
    shelves: dict[Language, Shelf]
    maker: VectorMaker
    dense_share: float | None
    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]

    def passages_of(self, article_id: str) -> list[int]:
        """Return the rows of an article's passages, in order."""
        return [row for row in range(len(self.table)) if self.table.passage(row).article_id == article_id]


def open_index(folder: Path, embedding: Embedding) -> OpenIndex:
    """Open and check the index in `folder`. Raises Damaged when anything differs from its manifest."""
    hold = _hold(folder)
    try:
        manifest = _checked_manifest(folder)
        with _panics_as_damage(folder):
            client = chroma_client(folder)
        try:
            opened = _open(folder, manifest, embedding, client)
        except BaseException:
            client.close()
            raise
    except (OSError, KeyError, ValueError, TypeError) as problem:
        os.close(hold)
        raise Damaged(f"the index in {folder.name} is damaged: {problem}") from problem
    except BaseException:
        os.close(hold)
        raise
    weakref.finalize(opened, _let_go, client, hold)
    return opened


def is_held(folder: Path) -> bool:
    """Tell whether a reader, in this process or another, has the index in `folder` open."""
    try:
        file = os.open(folder / HELD, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def _hold(folder: Path) -> int:
    try:
        file = os.open(folder / HELD, os.O_RDONLY)
    except OSError as problem:
        raise Damaged(f"there is no index in {folder.name}") from problem
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def _let_go(client: Any, hold: int) -> None:
    with contextlib.suppress(Exception):  # at the end of a process Chroma may be gone already
        client.close()
    os.close(hold)


def _checked_manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise Damaged(f"the index in {folder.name} has another format")
    if not folder.name.startswith(manifest["fingerprint"][:16]):
        raise Damaged(f"the index in {folder.name} belongs elsewhere")
    for name, expected in manifest["files"].items():
        if checksum(folder / name) != expected:
            raise Damaged(f"{name} of the index is damaged")
    _check_database(folder / CHROMA / "chroma.sqlite3")
    return manifest


def _check_database(path: Path) -> None:
    """Let SQLite look at Chroma's database first: Chroma itself may fall over a damaged one."""
    if not path.is_file() or path.stat().st_size == 0:
        raise Damaged("the collection of the index is gone")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as problem:
        raise Damaged(f"the collection of the index is damaged: {problem}") from problem
    if found != ("ok",):
        raise Damaged("the collection of the index is damaged")


@contextlib.contextmanager
def _panics_as_damage(folder: Path) -> Any:
    """Turn whatever Chroma raises, its Rust panics included, into Damaged."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, Damaged):
        raise
    except BaseException as problem:
        raise Damaged(f"Chroma cannot read the index in {folder.name}: {problem}") from problem


def _open(folder: Path, manifest: dict[str, Any], embedding: Embedding, client: Any) -> OpenIndex:
    if manifest["embedding"] != embedding.name:
        raise Damaged(f"the index was made with {manifest['embedding']}, not with {embedding.name}")
    shelves: dict[Language, Shelf] = {}
    for language in map(Language, manifest["passages"]):
        with _panics_as_damage(folder):
            collection = client.get_collection(collection_name(language), embedding_function=None)
            shelf = open_shelf(folder, language, collection)
            _check_collection(shelf, manifest["passages"][language], manifest["fingerprint"])
        shelves[language] = shelf
    maker = embedding.open(folder)
    for shelf in shelves.values():
        if shelf.vectors.shape[1] != maker.dimensions:
            raise Damaged(f"the vectors of the index are not those of {embedding.name}")
    articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    return OpenIndex(
        fingerprint=manifest["fingerprint"],
        embedding=embedding.name,
        table=PassageTable.open(folder),
        shelves=shelves,
        maker=maker,
        dense_share=embedding.dense_share,
        articles=tuple(map(_article, articles)),
        left_out=tuple(LeftOut(**item) for item in manifest["left_out"]),
    )


def _article(facts: dict[str, Any]) -> Article:
    value = Value(facts["value"]) if facts["value"] else None
    authors = tuple(facts["authors"])
    return Article(**{**facts, "value": value, "language": Language(facts["language"]), "authors": authors})


def _check_collection(shelf: Shelf, expected: int, fingerprint: str) -> None:
    if shelf.collection.metadata.get("fingerprint") != fingerprint:
        raise Damaged("the collection belongs to another index")
    if shelf.collection.count() != expected or len(shelf) != expected:
        raise Damaged(f"the collection has {shelf.collection.count()} passages, not {expected}")
    step = 1 if expected <= SMALL else expected // _PROBES
    rows = list(range(0, expected, step))
    stored = shelf.collection.get(ids=[str(row) for row in rows], include=["embeddings"])
    order = np.argsort([int(name) for name in stored["ids"]])
    if len(order) != len(rows) or not np.allclose(
        stored["embeddings"][order], shelf.vectors[rows], atol=1e-5
    ):
        raise Damaged("vectors in the collection differ from those that were stored")

"""Writes a whole index into an empty folder: passages, terms, vectors, Chroma, and a manifest to check by."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach.domain.passages import Article, Passage
from coach.domain.values import Language
from coach.retrieval.documents import Document, LeftOut
from coach.retrieval.embed import Vectors
from coach.retrieval.embeddings import Embedding
from coach.retrieval.shelf import add_to_chroma, collection_name, indexed_text, write_shelf
from coach.retrieval.split import passages
from coach.retrieval.table import VALUES, PassageTable

FORMAT = 2  # goes up when a folder of an earlier version could not be read, or would give other results
MANIFEST = "manifest.json"
CHROMA = "chroma"
COSINE = {"hnsw": {"space": "cosine", "ef_search": 200}}


def chroma_client(folder: Path) -> Any:
    """Return an embedded Chroma client on `folder`/chroma; never a server, and nothing is reported."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder / CHROMA), settings=Settings(anonymized_telemetry=False))


def build(
    folder: Path,
    fingerprint: str,
    documents: Sequence[Document],
    left_out: Sequence[LeftOut],
    embedding: Embedding,
    extra_words: frozenset[str],
) -> None:
    """Write the index of `documents` into the empty `folder`; the manifest comes last."""
    cut = [passage for document in documents for passage in passages(document)]
    articles = [document.article for document in documents]
    build_passages(folder, fingerprint, articles, cut, left_out, embedding, extra_words)


def build_passages(
    folder: Path,
    fingerprint: str,
    articles: Sequence[Article],
    cut: Sequence[Passage],
    left_out: Sequence[LeftOut],
    embedding: Embedding,
    extra_words: frozenset[str],
) -> None:
    """The same for articles that are cut into passages already."""
    ordered = sorted(cut, key=_place)  # a value's rows lie together, so that a filter is a slice
    PassageTable.write(folder, ordered)
    (folder / "articles.json").write_text(
        json.dumps([asdict(article) for article in articles], ensure_ascii=False), encoding="utf-8"
    )
    maker = embedding.make([indexed_text(passage) for passage in ordered], folder)
    by_language = {language: [p for p in ordered if p.language is language] for language in Language}
    shelves = {language: part for language, part in by_language.items() if part}
    vectors = {language: maker.vectors([indexed_text(p) for p in part]) for language, part in shelves.items()}
    for language, part in shelves.items():
        write_shelf(folder, language, part, vectors[language], _compound_words(language, extra_words))
    _write_chroma(folder, fingerprint, shelves, vectors)
    _write_manifest(folder, fingerprint, embedding, shelves, left_out)


def _place(passage: Passage) -> tuple[int, int]:
    return list(Language).index(passage.language), VALUES.index(passage.value)


def _compound_words(language: Language, dutch: frozenset[str]) -> frozenset[str]:
    return dutch if language is Language.NL else frozenset()


def _write_chroma(
    folder: Path,
    fingerprint: str,
    shelves: dict[Language, list[Passage]],
    vectors: dict[Language, Vectors],
) -> None:
    client = chroma_client(folder)
    try:
        for language, part in shelves.items():
            collection = client.create_collection(
                collection_name(language),
                configuration=COSINE,
                metadata={"fingerprint": fingerprint},
                embedding_function=None,
            )
            add_to_chroma(collection, part, vectors[language])
    finally:
        client.close()


def _write_manifest(
    folder: Path,
    fingerprint: str,
    embedding: Embedding,
    shelves: dict[Language, list[Passage]],
    left_out: Sequence[LeftOut],
) -> None:
    manifest = {
        "format": FORMAT,
        "fingerprint": fingerprint,
        "embedding": embedding.name,
        "passages": {language: len(part) for language, part in shelves.items()},
        "left_out": [asdict(item) for item in left_out],
        "files": {path.name: checksum(path) for path in sorted(folder.iterdir()) if path.is_file()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

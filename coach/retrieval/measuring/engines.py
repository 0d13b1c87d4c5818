"""The contestants that run beside our search, each with its best documented setting for the language."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from coach.retrieval.embed import DIMENSIONS, NgramEmbeddings
from coach.retrieval.measuring.contestants import Contestant, Rank
from coach.retrieval.measuring.measures import DEPTH
from coach.retrieval.measuring.sets import QuestionSet
from coach.retrieval.measuring.worker import SNOWBALL, stems
from coach.retrieval.shelf import indexed_text

_CHUNK, _OVERLAP = 1_000, 200  # characters, as in LangChain's tutorial
_CHUNKS = 3 * DEPTH  # asked for, because several may come from one passage
Split = Callable[[str], list[str]]


def texts_of(asked: QuestionSet) -> list[str]:
    """Return what every contestant indexes: title and text of each passage."""
    return [indexed_text(passage).strip() for passage in asked.passages]


def _best(scores: Any) -> list[int]:
    order = np.argsort(-np.asarray(scores), kind="stable")[:DEPTH]
    return [int(row) for row in order]


def _rank_bm25(words: Callable[[str], Split]) -> Callable[[QuestionSet, Path], Rank]:
    def index(asked: QuestionSet, folder: Path) -> Rank:
        split = words(asked.language)
        engine = import_module("rank_bm25").BM25Okapi([split(text) for text in texts_of(asked)])
        return lambda question: _best(engine.get_scores(split(question)))

    return index


def _bm25s(asked: QuestionSet, folder: Path) -> Rank:
    library = import_module("bm25s")
    stemmer = import_module("Stemmer").Stemmer(SNOWBALL[asked.language])

    def tokens(texts: list[str]) -> Any:
        return library.tokenize(texts, stopwords=str(asked.language), stemmer=stemmer, show_progress=False)

    engine = library.BM25()
    engine.index(tokens(texts_of(asked)), show_progress=False)

    def rank(question: str) -> list[int]:
        found, _ = engine.retrieve(tokens([question]), k=min(DEPTH, len(asked.passages)), show_progress=False)
        return [int(row) for row in found[0]]

    return rank


def _sklearn_letters(asked: QuestionSet, folder: Path) -> Rank:
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True
    )
    matrix = vectorizer.fit_transform(texts_of(asked))
    return lambda question: _best((matrix @ vectorizer.transform([question]).T).toarray().ravel())


def _sqlite(asked: QuestionSet, folder: Path) -> Rank:
    database = sqlite3.connect(folder / "words.sqlite3")
    database.execute("CREATE VIRTUAL TABLE p USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    database.executemany("INSERT INTO p(rowid, text) VALUES (?, ?)", enumerate(texts_of(asked)))
    database.commit()

    def rank(question: str) -> list[int]:
        words = re.findall(r"\w+", question)
        query = " OR ".join(f'"{word}"' for word in words)
        found = database.execute(
            "SELECT rowid FROM p WHERE p MATCH ? ORDER BY bm25(p) LIMIT ?", (query, DEPTH)
        )
        return [row for (row,) in found] if words else []

    return rank


class WordVectors(Embeddings):
    """Word TF-IDF projected to 256 dimensions by scikit-learn: what a tutorial can do without any download."""

    def __init__(self, texts: Sequence[str]) -> None:
        text, decomposition = import_module("sklearn.feature_extraction.text"), "sklearn.decomposition"
        self._weigh = text.TfidfVectorizer(sublinear_tf=True)
        weighed = self._weigh.fit_transform(texts)
        size = min(DIMENSIONS, min(weighed.shape) - 1)
        self._project = import_module(decomposition).TruncatedSVD(size, random_state=0).fit(weighed)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of length 1 per text."""
        vectors = self._project.transform(self._weigh.transform(texts))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: list[list[float]] = (vectors / np.where(lengths > 0, lengths, 1)).tolist()
        return unit

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


def _tutorial(embed: Callable[[Sequence[str]], Embeddings]) -> Callable[[QuestionSet, Path], Rank]:
    """LangChain's tutorial: split, embed, store in Chroma, similarity search."""

    def index(asked: QuestionSet, folder: Path) -> Rank:
        document = import_module("langchain_core.documents").Document
        splitter = import_module("langchain_text_splitters").RecursiveCharacterTextSplitter(
            chunk_size=_CHUNK, chunk_overlap=_OVERLAP, add_start_index=True
        )
        texts = texts_of(asked)
        chunks = splitter.split_documents(
            [document(page_content=text, metadata={"row": row}) for row, text in enumerate(texts)]
        )
        store = import_module("langchain_chroma").Chroma(
            collection_name="tutorial", embedding_function=embed(texts), persist_directory=str(folder)
        )
        store.add_documents(documents=chunks)

        def rank(question: str) -> list[int]:
            found = store.similarity_search(question, k=min(_CHUNKS, len(chunks)))
            return list(dict.fromkeys(hit.metadata["row"] for hit in found))[:DEPTH]

        return rank

    return index


_TUTORIAL = f"RecursiveCharacterTextSplitter {_CHUNK}/{_OVERLAP}, Chroma"
_NEEDS: tuple[tuple[Contestant, tuple[str, ...]], ...] = (
    (
        Contestant(
            "LangChain + Chroma, fake vectors",
            f"{_TUTORIAL}, DeterministicFakeEmbedding: the one embedding LangChain has without a download",
            _tutorial(lambda texts: DeterministicFakeEmbedding(size=DIMENSIONS)),
        ),
        ("langchain_chroma", "langchain_text_splitters"),
    ),
    (
        Contestant(
            "LangChain + Chroma, word vectors",
            f"{_TUTORIAL}, scikit-learn's word TF-IDF and TruncatedSVD({DIMENSIONS}) as embedding",
            _tutorial(WordVectors),
        ),
        ("langchain_chroma", "langchain_text_splitters"),
    ),
    (
        Contestant(
            "LangChain + Chroma, our vectors",
            f"{_TUTORIAL}, our own built-in embedding",
            _tutorial(NgramEmbeddings.fit),
        ),
        ("langchain_chroma", "langchain_text_splitters"),
    ),
    (
        Contestant(
            "rank-bm25, stock",
            "BM25Okapi on lower-cased words cut at spaces, as its README does",
            _rank_bm25(lambda language: lambda text: text.lower().split()),
        ),
        ("rank_bm25",),
    ),
    (
        Contestant(
            "rank-bm25, tuned",
            "BM25Okapi on stop-worded words stemmed by Snowball in the language of the passages",
            _rank_bm25(stems),
        ),
        ("rank_bm25",),
    ),
    (
        Contestant(
            "bm25s, tuned",
            "stopwords and Snowball stemmer of the language of the passages, Lucene BM25, its own k1 and b",
            _bm25s,
        ),
        ("bm25s",),
    ),
    (
        Contestant(
            "scikit-learn, letters",
            "TfidfVectorizer(analyzer='char_wb', ngram_range=(3, 5), sublinear_tf=True), cosine",
            _sklearn_letters,
        ),
        ("sklearn",),
    ),
    (
        Contestant(
            "SQLite FTS5",
            "unicode61 without diacritics, words joined by OR, bm25(); it has no Dutch stemmer",
            _sqlite,
        ),
        (),
    ),
)


def installed() -> list[Contestant]:
    """Return the contestants whose packages are installed here."""
    return [contestant for contestant, needs in _NEEDS if all(find_spec(name) for name in needs)]


def missing() -> dict[str, str]:
    """Return the contestants whose packages are not installed, with the reason."""
    told = "not installed: pip install -e '.[contestants]'"
    return {contestant.name: told for contestant, needs in _NEEDS if not all(map(find_spec, needs))}

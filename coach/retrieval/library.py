"""The article series as a whole: its files, its index, its search, for the commands and the pages."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.domain.passages import Article
from coach.retrieval.asking import WordLists
from coach.retrieval.documents import LeftOut, article_files
from coach.retrieval.embeddings import BuiltInEmbedding, Embedding
from coach.retrieval.glossary import open_glossary
from coach.retrieval.hints import open_hints
from coach.retrieval.importing import Recognised, Wishes, recognise
from coach.retrieval.index import ChromaIndex, Ingredients
from coach.retrieval.opened import OpenIndex
from coach.retrieval.search import ChromaSearch
from coach.retrieval.shelving import Added, ImportedArticles

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexReport:
    """What `ensure` did: whether the index was built or reused, in how many seconds, and what is in it."""

    built: bool
    seconds: float
    embedding: str
    articles: int
    passages: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Holding:
    """An article in the index, the number of its passages, and which of the seven questions it has."""

    article: Article
    passages: int
    questions: tuple[int, ...]


class Library:
    """The articles and their search. Opens or builds the index when it is first needed, from any thread."""

    def __init__(self, data: Path, corpus: Path, prompts: Path, embedding: Embedding) -> None:
        self._imported = ImportedArticles(data / "articles")
        self._corpus = corpus
        self._prompts = prompts
        self._embedding = embedding
        self._index = ChromaIndex(data / "index")
        self._lock = threading.Lock()
        self._opened: OpenIndex | None = None
        self._stamp: tuple[int, int] | None = None
        self._lists = lru_cache(maxsize=1)(lambda: WordLists(open_glossary(prompts), open_hints(prompts)))
        self.search = ChromaSearch(self.opened, self._word_lists)

    def ensure(self, rebuild: bool = False) -> IndexReport:
        """Make sure that the index is there, whole and up to date. Raises IndexUnavailable with a reason."""
        began = time.perf_counter()
        with self._lock:
            built = self._refresh(rebuild)
            opened = self._opened
        assert opened is not None
        return IndexReport(
            built=built,
            seconds=round(time.perf_counter() - began, 3),
            embedding=opened.embedding,
            articles=len(opened.articles),
            passages=len(opened.table),
            left_out=opened.left_out,
        )

    def articles(self) -> Sequence[Article]:
        """Return the articles in the index, by language and number. Raises IndexUnavailable."""
        return self.search.articles()

    @property
    def embedding(self) -> str:
        """Name of the embedding in use."""
        return self._embedding.name

    def holdings(self) -> list[Holding]:
        """Return the articles in the index with what they hold. Raises IndexUnavailable."""
        index = self.opened()
        questions: dict[str, list[int | None]] = {article.id: [] for article in index.articles}
        for row in range(len(index.table)):
            passage = index.table.passage(row)
            questions[passage.article_id].append(passage.question)
        return [
            Holding(
                article, len(questions[article.id]), tuple(sorted({q for q in questions[article.id] if q}))
            )
            for article in self.articles()
        ]

    def recognise(self, path: Path, wishes: Wishes | None = None) -> Recognised:
        """Return what a document of others is taken for, without storing it. Raises UnreadableFile."""
        return recognise(path, self._lists().hints, wishes)

    def store(self, found: Sequence[Recognised]) -> list[Added]:
        """Store recognised documents as articles and bring the index up to date. Raises UnreadableFile."""
        done = [self._imported.store(one) for one in found]
        self._after(done)
        return done

    def add(self, paths: Sequence[Path], wishes: Wishes | None = None) -> list[Added]:
        """Recognise and store documents, whatever each of them is; bring the index up to date.

        A document that cannot be read is refused with its reason and does not stop the others. Raises
        IndexUnavailable.
        """
        done = [self._imported.add(path, self._lists().hints, wishes or Wishes()) for path in paths]
        self._after(done)
        return done

    def _after(self, done: Sequence[Added]) -> None:
        if any(one.outcome in ("added", "replaced") for one in done):
            self.ensure()

    def remove(self, article_id: str) -> None:
        """Remove an article that was imported here. Raises WrongChoice for any other, IndexUnavailable."""
        self._imported.remove(article_id)
        self.ensure()

    def files(self) -> tuple[Path, ...]:
        """Return the article files: those of the series, and those that were imported here."""
        return (*article_files(self._corpus), *self._imported.files())

    def _ingredients(self) -> Ingredients:
        return Ingredients(self.files(), self._prompts, self._embedding)

    def _word_lists(self) -> WordLists:
        return self._lists()

    def opened(self) -> OpenIndex:
        """Return the index in use; another one when another process has put one in its place."""
        opened, stamp = self._opened, self._index.stamp(self._embedding)
        if opened is not None and stamp is not None and stamp == self._stamp:
            return opened
        with self._lock:
            if self._opened is None or self._stamp != self._index.stamp(self._embedding):
                self._refresh(rebuild=False)
            assert self._opened is not None
            return self._opened

    def _refresh(self, rebuild: bool) -> bool:
        ingredients = self._ingredients()
        opened = None if rebuild else self._index.open(ingredients)
        built = opened is None
        if opened is None:
            opened, built = self._index.build(ingredients, always=rebuild)
        self._opened, self._stamp = opened, self._index.stamp(self._embedding)
        return built


def open_library(data: Path, corpus: Path, prompts: Path, embedding: str | None = None) -> Library:
    """Return the library of the articles in `corpus` and those imported into `data`/articles.

    Nothing is read or built yet. `embedding` names a sentence-transformers model, None means the built-in.
    """
    return Library(data, corpus, prompts, BuiltInEmbedding())

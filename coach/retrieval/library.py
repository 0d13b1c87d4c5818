"""The article series as a whole: its files, its index, its search, for the commands and the pages."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.domain.errors import IndexUnavailable, WrongChoice
from coach.domain.passages import Article
from coach.retrieval.asking import WordLists, open_word_lists
from coach.retrieval.documents import LeftOut, article_files
from coach.retrieval.embeddings import BUILT_IN, BuiltInEmbedding, Embedding
from coach.retrieval.importing import Recognised, Wishes, recognise
from coach.retrieval.in_use import IndexInUse
from coach.retrieval.index import ChromaIndex, Ingredients
from coach.retrieval.models import ModelEmbedding, find_model, remembered
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
    """The articles and their search. Opens or builds the index when it is first needed, from any thread.

    With a model as embedding the built-in one answers until the model is loaded and its index is there; both
    happen in the background. What went wrong with the model is in `trouble`, and the built-in goes on.
    """

    def __init__(self, data: Path, corpus: Path, prompts: Path, model: Embedding | None = None) -> None:
        self._imported = ImportedArticles(data / "articles")
        self._corpus = corpus
        self._prompts = prompts
        self._built_in = self._in_use(data, BuiltInEmbedding())
        self._better = self._in_use(data, model) if model else None
        self._model_name = model.name if model else None
        self._ready = threading.Event()
        self._started = threading.Lock()
        self.trouble = ""
        self._lists = lru_cache(maxsize=1)(lambda: open_word_lists(prompts))
        self.search = ChromaSearch(self.opened, self._word_lists)

    def _in_use(self, data: Path, embedding: Embedding) -> IndexInUse:
        def ingredients() -> Ingredients:
            return Ingredients(self.files(), self._prompts, embedding)

        return IndexInUse(ChromaIndex(data / "index"), embedding, ingredients)

    def ensure(self, rebuild: bool = False) -> IndexReport:
        """Make sure that the index is there, whole and up to date, also that of a model, however long.

        Raises IndexUnavailable with a reason.
        """
        began = time.perf_counter()
        opened, built = self._built_in.renew(rebuild)
        if self._better is not None:
            opened, built = self._better.renew(rebuild)
            self._ready.set()
        self.search.prepare()
        return IndexReport(
            built=built,
            seconds=round(time.perf_counter() - began, 3),
            embedding=opened.embedding,
            articles=len(opened.articles),
            passages=len(opened.table),
            left_out=opened.left_out,
        )

    def opened(self) -> OpenIndex:
        """Return the index that answers now. Raises IndexUnavailable."""
        if self._better is not None:
            if self._ready.is_set():
                return self._better.current()
            self._prepare_model()
        return self._built_in.current()

    def _prepare_model(self) -> None:
        """Load the model and build its index in the background, once."""
        if self._started.acquire(blocking=False):
            threading.Thread(target=self._make_ready, name="embedding model", daemon=True).start()

    def _make_ready(self) -> None:
        assert self._better is not None
        try:
            self._better.renew(rebuild=False)
        except IndexUnavailable as problem:
            self.trouble = str(problem)
            _LOG.warning("the built-in embedding goes on: %s", problem)
        else:
            self._ready.set()

    @property
    def embedding(self) -> str:
        """Name of the embedding that is asked for: `builtin`, or a model's name."""
        return self._model_name or BUILT_IN

    @property
    def word_lists(self) -> WordLists:
        """The glossary, and what words hint at, as the search uses them. Raises UnreadableFile."""
        return self._lists()

    def articles(self) -> Sequence[Article]:
        """Return the articles in the index, by language and number. Raises IndexUnavailable."""
        return self.search.articles()

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

    def _word_lists(self) -> WordLists:
        return self._lists()


def open_library(data: Path, corpus: Path, prompts: Path, embedding: str | None = None) -> Library:
    """Return the library of the articles in `corpus` and those imported into `data`/articles.

    Nothing is read or built yet. `embedding` names a sentence-transformers model that is on this machine, by
    name or path, or `builtin`; None takes what was chosen with `coach embedding use`. A model that is not
    there is said in the log and in `Library.trouble`; nothing is ever fetched here.
    """
    if embedding == BUILT_IN:
        return Library(data, corpus, prompts)
    try:
        chosen = find_model(embedding) if embedding else remembered(data)
    except WrongChoice as problem:
        _LOG.warning("the built-in embedding is used: %s", problem)
        library = Library(data, corpus, prompts)
        library.trouble = str(problem)
        return library
    return Library(data, corpus, prompts, ModelEmbedding(chosen) if chosen else None)

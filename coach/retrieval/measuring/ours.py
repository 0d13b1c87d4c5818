"""Our search over any set of passages, as it is shipped or with some of its layers left out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.domain.passages import Passage, Query
from coach.domain.values import Language
from coach.retrieval.asking import WordLists
from coach.retrieval.building import build_passages
from coach.retrieval.embeddings import BuiltInEmbedding
from coach.retrieval.glossary import Glossary
from coach.retrieval.lexical import Bm25
from coach.retrieval.measuring.measures import DEPTH, Ranking
from coach.retrieval.measuring.sets import QuestionSet, SetQuestion
from coach.retrieval.normalise import Compounds, Normaliser, words
from coach.retrieval.opened import HELD, OpenIndex, open_index
from coach.retrieval.scoring import Tuning
from coach.retrieval.search import ChromaSearch
from coach.retrieval.shelf import Shelf

_FINGERPRINT = "0" * 64
_TITLES = 2  # times that a title counts among the terms of a passage
Split = Callable[[str], list[str]]


@dataclass(frozen=True)
class Layers:
    """Which layers of the search take part; all of them do in what is shipped."""

    folding: bool = True
    stop_words: bool = True
    stemming: bool = True
    compounds: bool = True
    titles: bool = True
    terms: bool = True
    letters: bool = True
    spelling: bool = True
    glossary: bool = True
    examples: bool = True
    value_hint: bool = True
    question_hint: bool = True
    question_prior: bool = True
    value_prior: bool = True
    variety: bool = True

    @property
    def tuning(self) -> Tuning:
        """The figures of the search with these layers, and without the floor: ranking alone is measured."""
        usual = Tuning(floor=0.0, mend=self.spelling)
        if not (self.terms and self.letters):
            share = 0.0 if self.terms else 1.0
            usual = replace(usual, dense=share, dense_translated=share)
        return replace(
            usual,
            value_hint=usual.value_hint * self.value_hint,
            question_hint=usual.question_hint * self.question_hint,
            question_prior=usual.question_prior * self.question_prior,
            near_value_prior=usual.near_value_prior * self.value_prior,
            repeat=usual.repeat * self.variety,
        )

    @property
    def usual_terms(self) -> bool:
        """Tell whether the terms of passages are those of what is shipped."""
        return self.folding and self.stop_words and self.stemming and self.compounds and self.titles


@dataclass(frozen=True)
class Known:
    """What the search is told of the conversation: the value under discussion, the open question."""

    value: bool = False
    question: bool = False


ALL = Layers()
NOTHING_KNOWN = Known()


class Workbench:
    """A set of passages in one language, indexed as shipped in the empty `folder`, to be searched in many ways."""

    def __init__(
        self, passages: tuple[Passage, ...], language: Language, lists: WordLists, folder: Path
    ) -> None:
        self._passages = passages
        self._language = language
        self._lists = lists
        self._index = self._indexed(folder / _FINGERPRINT[:16])
        self._rows = {passage.id: row for row, passage in enumerate(passages)}

    def _indexed(self, folder: Path) -> OpenIndex:
        folder.mkdir()
        (folder / HELD).touch()
        embedding = BuiltInEmbedding()
        extra = self._lists.glossary.words[Language.NL]
        build_passages(folder, _FINGERPRINT, (), self._passages, (), embedding, extra)
        return open_index(folder, embedding)

    def search(self, layers: Layers = ALL) -> ChromaSearch:
        """Return the search with these layers, over the same passages."""
        index, lists = self._index, self._lists
        if not layers.usual_terms:
            shelf = self._shelf(index.shelves[self._language], layers)
            index = replace(index, shelves={self._language: shelf})
        if not layers.glossary:
            lists = replace(lists, glossary=Glossary({}))
        if not layers.examples:
            lists = replace(lists, guesses={})
        search = ChromaSearch(lambda: index, lambda: lists, layers.tuning)
        search.prepare()
        return search

    def _shelf(self, usual: Shelf, layers: Layers) -> Shelf:
        compounds = Compounds(usual.counts if layers.compounds else {})
        stop_words = None if layers.stop_words else frozenset[str]()
        split: Split = words if layers.folding else str.split
        normaliser = Normaliser(
            self._language, compounds, stop_words, None if layers.stemming else str, split
        )
        table = self._index.table
        passages = [table.passage(row) for row in range(len(table))]
        times = _TITLES if layers.titles else 0
        bm25 = Bm25.fit(
            [times * normaliser.terms(one.title) + normaliser.terms(one.text) for one in passages]
        )
        return Shelf(usual.counts, bm25, normaliser, usual.vectors, usual.collection)

    def ranking(self, search: ChromaSearch, asked: SetQuestion, known: Known = NOTHING_KNOWN) -> list[int]:
        """Return the rows that a search finds, best first."""
        query = Query(
            asked.text,
            self._language,
            question=asked.question if known.question else None,
            near_value=asked.value if known.value else None,
            k=DEPTH,
        )
        return [self._rows[found.passage.id] for found in search.find(query)]

    def rankings(
        self, asked: QuestionSet, layers: Layers = ALL, known: Known = NOTHING_KNOWN
    ) -> list[Ranking]:
        """Return the ranking of each question of a set."""
        search = self.search(layers)
        return [self.ranking(search, question, known) for question in asked.questions]

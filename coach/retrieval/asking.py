"""How a question is understood before anything is looked up: language, spelling, hints, translation."""

from collections import Counter
from dataclasses import dataclass

from coach.domain.values import Language
from coach.retrieval.embed import Vectors
from coach.retrieval.glossary import Glossary, weigh
from coach.retrieval.hints import Hints, Shares
from coach.retrieval.language import detect
from coach.retrieval.normalise import words
from coach.retrieval.opened import OpenIndex
from coach.retrieval.scoring import Tuning
from coach.retrieval.shelf import Shelf
from coach.retrieval.spelling import Spelling
from coach.retrieval.stopwords import STOP_WORDS

_COMMON = 1_000_000  # stop words are never mended


@dataclass(frozen=True)
class WordLists:
    """What is known about words besides the articles: the glossary and the hints of each language."""

    glossary: Glossary
    hints: dict[Language, Hints]


@dataclass(frozen=True)
class Asked:
    """A question as the passages of one language see it."""

    terms: Counter[str]
    vector: Vectors
    dense_share: float
    values: Shares  # hints, by place in VALUES
    questions: Shares  # hints, by number of the question


class Asking:
    """Understands questions put to one index; may be used by several threads at once."""

    def __init__(self, index: OpenIndex, lists: WordLists, tuning: Tuning) -> None:
        self._index = index
        self._lists = lists
        self._tuning = tuning
        self._spelling = {language: Spelling(self._known(language)) for language in Language}

    def _known(self, language: Language) -> dict[str, int]:
        shelf = self._index.shelves.get(language)
        known = dict(shelf.counts) if shelf else {}
        for word in self._lists.hints[language].words | self._lists.glossary.words[language]:
            known.setdefault(word, 1)
        return known | dict.fromkeys(STOP_WORDS[language], _COMMON)

    def language(self, text: str) -> Language | None:
        """Return the language of a question, None when it cannot be told."""
        return detect(text)

    def familiarity(self, text: str, source: Language) -> list[float]:
        """Tell of each word with a meaning of its own, 0 to 1, whether articles or word lists know it."""
        spelling = self._spelling[source]
        return [spelling.familiarity(word) for word in words(text) if word not in STOP_WORDS[source]]

    def asked(self, text: str, source: Language, target: Language, shelf: Shelf) -> Asked:
        """Return the question in `text`, written in `source`, as put to the passages in `target`."""
        mended = self._spelling[source].mend(text)
        hints = self._lists.hints[source]
        values, questions = hints.values(mended), hints.questions(mended)
        own_share, maker = self._index.dense_share, self._index.maker
        if source is target:
            terms = Counter(shelf.normaliser.terms(mended))
            share = self._tuning.dense if own_share is None else own_share
            return Asked(
                terms, maker.query_vector(mended if own_share is None else text), share, values, questions
            )
        translated = self._lists.glossary.translate(mended, source)
        terms = weigh(translated, shelf.normaliser)
        if own_share is not None:  # a model reads both languages itself
            share = max(own_share, self._tuning.dense_translated_model)
            return Asked(terms, maker.query_vector(text), share, values, questions)
        options = " ".join(option for translation in translated for option, _ in translation.options)
        return Asked(terms, maker.query_vector(options), self._tuning.dense_translated, values, questions)

    def terms(self, text: str, target: Language, shelf: Shelf) -> Counter[str]:
        """Return the weighted search terms of a question for passages in `target`."""
        source = detect(text) or target
        mended = self._spelling[source].mend(text)
        if source is target:
            return Counter(shelf.normaliser.terms(mended))
        return weigh(self._lists.glossary.translate(mended, source), shelf.normaliser)

"""How a question is understood before anything is looked up: language, spelling, hints, translation."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.domain.values import Language
from coach.retrieval.embed import Vectors
from coach.retrieval.glossary import Glossary, open_glossary, weigh
from coach.retrieval.guesses import NO_GUESS, Guess, Guesses, open_guesses
from coach.retrieval.hints import Hints, Shares, open_hints
from coach.retrieval.language import detect
from coach.retrieval.normalise import stemmer, words
from coach.retrieval.opened import OpenIndex
from coach.retrieval.scoring import Scores, Tuning
from coach.retrieval.shelf import Shelf
from coach.retrieval.spelling import Spelling
from coach.retrieval.stopwords import STOP_WORDS

_FEW = 4  # words
_COMMON = 1_000_000  # stop words are never mended


@dataclass(frozen=True)
class WordLists:
    """What is known about words besides the articles: glossary, hints, and what was learnt from examples."""

    glossary: Glossary
    hints: Mapping[Language, Hints]
    guesses: Mapping[Language, Guesses] = field(default_factory=dict)


def open_word_lists(prompts: Path) -> WordLists:
    """Read all of them from the folder with prompts. Raises UnreadableFile."""
    return WordLists(open_glossary(prompts), open_hints(prompts), open_guesses(prompts))


@dataclass(frozen=True)
class Asked:
    """A question as the passages of one language see it."""

    terms: Counter[str]
    vector: Vectors
    dense_share: float
    values: Shares  # hints, by place in VALUES
    questions: Shares  # hints, by number of the question
    guess: Guess = NO_GUESS

    def lean(self, tuning: Tuning) -> Scores:
        """Return how much hints and guess speak for each value (by place in VALUES) and question, shape (7, 8)."""
        values = tuning.value_hint * self.values + tuning.value_guess * self.guess.values
        questions = tuning.question_hint * self.questions + tuning.question_guess * self.guess.questions
        both = values[:, np.newaxis] + questions + tuning.cell_guess * self.guess.cells
        return np.asarray(np.maximum(both, 0), dtype=np.float32)


class Asking:
    """Understands questions put to one index; may be used by several threads at once."""

    def __init__(self, index: OpenIndex, lists: WordLists, tuning: Tuning) -> None:
        self._index = index
        self._lists = lists
        self._tuning = tuning
        self._spelling = {language: self._speller(language) for language in Language}

    def _speller(self, language: Language) -> Spelling:
        told = language in self._index.shelves  # otherwise the word lists alone are known
        return Spelling(self._known(language), None if told else stemmer(language))

    def _known(self, language: Language) -> dict[str, int]:
        shelf = self._index.shelves.get(language)
        known = dict(shelf.counts) if shelf else {}
        for word in self._lists.hints[language].words | self._lists.glossary.words[language]:
            known.setdefault(word, 1)
        if language in self._lists.guesses:
            for word, count in self._lists.guesses[language].known.items():
                known[word] = max(known.get(word, 0), count)
        return known | dict.fromkeys(STOP_WORDS[language], _COMMON)

    def language(self, text: str) -> Language | None:
        """Return the language of a question, None when it cannot be told.

        Few words tell little by their spelling: what counts first is which language knows more of them.
        """
        given = words(text)
        if len(given) <= _FEW:
            knows = {one: sum(map(spelling.knows, given)) for one, spelling in self._spelling.items()}
            most = [one for one in knows if knows[one] == max(knows.values())]
            if len(most) == 1:
                return most[0]
        return detect(text)

    def familiarity(self, text: str, source: Language, target: Language) -> list[float]:
        """Tell of each word with a meaning of its own, 0 to 1, whether articles or word lists know it.

        A name or a foreign word may stand in the articles in `target` alone.
        """
        spelling = self._spelling[source]
        shelves = [self._index.shelves[one] for one in {source, target} if one in self._index.shelves]

        def familiar(word: str) -> float:
            there = any(shelf.bm25.has(shelf.normaliser.word_terms(word)[0]) for shelf in shelves)
            return 1.0 if there else spelling.familiarity(word)

        return [familiar(word) for word in words(text) if word not in STOP_WORDS[source]]

    def asked(self, text: str, source: Language, target: Language, shelf: Shelf) -> Asked:
        """Return the question in `text`, written in `source`, as put to the passages in `target`."""
        mended = self._mended(text, source)
        hints = self._lists.hints[source]
        values, questions = hints.values(mended), hints.questions(mended)
        guess = self._lists.guesses[source].of(mended) if source in self._lists.guesses else NO_GUESS
        own_share, maker = self._index.dense_share, self._index.maker
        if source is target:
            terms = Counter(shelf.normaliser.terms(mended))
            share = self._tuning.dense if own_share is None else own_share
            return Asked(
                terms,
                maker.query_vector(mended if own_share is None else text),
                share,
                values,
                questions,
                guess,
            )
        translated = self._lists.glossary.translate(mended, source)
        terms = weigh(translated, shelf.normaliser)
        if own_share is not None:  # a model reads both languages itself
            share = max(own_share, self._tuning.dense_translated_model)
            return Asked(terms, maker.query_vector(text), share, values, questions, guess)
        options = " ".join(option for translation in translated for option, _ in translation.options)
        vector = maker.query_vector(options)
        return Asked(terms, vector, self._tuning.dense_translated, values, questions, guess)

    def _mended(self, text: str, source: Language) -> str:
        return self._spelling[source].mend(text) if self._tuning.mend else text

    def terms(self, text: str, target: Language, shelf: Shelf) -> Counter[str]:
        """Return the weighted search terms of a question for passages in `target`."""
        source = self.language(text) or target
        mended = self._mended(text, source)
        if source is target:
            return Counter(shelf.normaliser.terms(mended))
        return weigh(self._lists.glossary.translate(mended, source), shelf.normaliser)

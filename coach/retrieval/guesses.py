"""Guesses what a question is about, by value and question, from what was learnt of examples: for the search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.domain.errors import UnreadableFile
from coach.domain.values import QUESTIONS, Language, Value
from coach.retrieval.embed import ngrams
from coach.retrieval.normalise import Compounds, stemmer, words
from coach.retrieval.table import VALUES

FILE_NAME = "asked.npz"
OPENING, NOTHING = "opening", "nothing"
_NUMBERS = range(1, len(QUESTIONS) + 1)
ABOUT: tuple[str, ...] = (OPENING, *Value, NOTHING)  # opening and values as in VALUES
LABELS: tuple[str, ...] = (
    *ABOUT,
    *map(str, _NUMBERS),
    *(f"{value} {number}" for value in Value for number in _NUMBERS),
)

_BEGIN = "^"  # stands before the first word
_WORD, _LETTERS, _PAIR, _TRIPLE = 1.0, 0.6, 0.8, 0.8  # weights of the kinds of features
_WHOLE = 1.4  # the opening article has no questions: it counts as a whole, for value, question and both
_REMEMBERED = 20_000  # words
_CUT_FROM = 4  # shorter words have no letter groups

Numbers = NDArray[np.float32]


class Features:
    """Takes a text apart: stems, parts of compounds, letter groups, and which word follows which."""

    def __init__(self, language: Language, known: Mapping[str, int]) -> None:
        self._stem = stemmer(language)
        self._compounds = Compounds(known, self._stem)
        self._of_words: dict[str, tuple[tuple[str, float], ...]] = {}

    def of(self, text: str) -> dict[str, float]:
        """Return the features of a text with their weights, summed when they come more than once."""
        found: dict[str, float] = {}
        for key, weight in self._all(words(text)):
            found[key] = found.get(key, 0.0) + weight
        return found

    def _all(self, given: Sequence[str]) -> Iterator[tuple[str, float]]:
        for word in given:
            yield from self._of_word(word)
        line = [_BEGIN, *given]
        for pair in pairwise(line):
            yield " ".join(pair), _PAIR
        for triple in zip(line, line[1:], line[2:], strict=False):
            yield " ".join(triple), _TRIPLE

    def _of_word(self, word: str) -> tuple[tuple[str, float], ...]:
        found = self._of_words.get(word)
        if found is None:
            stems = [self._stem(part) for part in (word, *self._compounds.parts(word))]
            letters = ngrams(word) if len(word) >= _CUT_FROM else []
            found = (*((f"={stem}", _WORD) for stem in stems), *((f"~{gram}", _LETTERS) for gram in letters))
            if len(self._of_words) < _REMEMBERED:
                self._of_words[word] = found
        return found


@dataclass(frozen=True)
class Guess:
    """How much a question resembles the examples of each label: 0 for not at all, about 1 for one of them."""

    values: Numbers  # by place in VALUES, the opening article first
    questions: Numbers  # by number of the question, place 0 unused
    cells: Numbers  # by place in VALUES and number of the question
    nothing: float  # questions that the articles do not answer


NO_GUESS = Guess(
    np.zeros(len(VALUES), np.float32),
    np.zeros(len(QUESTIONS) + 1, np.float32),
    np.zeros((len(VALUES), len(QUESTIONS) + 1), np.float32),
    0.0,
)


@dataclass(frozen=True)
class Guesses:
    """A linear model: how much each feature speaks for each of LABELS, in small whole numbers."""

    features: Features
    known: Mapping[str, int]  # words of the examples that have an answer
    index: Mapping[str, int]
    rarity: Numbers  # (features,)
    weights: NDArray[np.int8]  # (features, labels)
    scale: Numbers  # (labels,)

    def of(self, text: str) -> Guess:
        """Return the guess for a question; zeros when none of its features is known."""
        scores = self._scores(text)
        about = len(VALUES)
        questions = np.zeros(len(_NUMBERS) + 1, dtype=np.float32)
        questions[1:] = scores[about + 1 : about + 1 + len(_NUMBERS)]
        cells = np.zeros((about, len(_NUMBERS) + 1), dtype=np.float32)
        cells[0, 0] = _WHOLE * scores[0]
        cells[1:, 1:] = scores[about + 1 + len(_NUMBERS) :].reshape(len(Value), len(_NUMBERS))
        return Guess(scores[:about], questions, cells, float(scores[about]))

    def _scores(self, text: str) -> Numbers:
        told = self.features.of(text)
        found = [(self.index[key], weight) for key, weight in told.items() if key in self.index]
        if not found:
            return np.zeros(len(LABELS), dtype=np.float32)
        rows, weights = zip(*found, strict=True)
        vector = np.log1p(np.array(weights, dtype=np.float32)) * self.rarity[list(rows)]
        summed = vector @ self.weights[list(rows)].astype(np.float32)
        return np.asarray(summed * self.scale / np.linalg.norm(vector), dtype=np.float32)


def open_guesses(prompts: Path) -> dict[Language, Guesses]:
    """Read `<language>/asked.npz` of each language that has one. Raises UnreadableFile."""
    paths = {language: prompts / language / FILE_NAME for language in Language}
    return {language: _opened(path, language) for language, path in paths.items() if path.exists()}


def _opened(path: Path, language: Language) -> Guesses:
    try:
        with np.load(path, allow_pickle=False) as stored:
            known = dict(zip(stored["known"].tolist(), stored["counts"].tolist(), strict=True))
            index = {key: at for at, key in enumerate(stored["features"].tolist())}
            features = Features(language, known)
            return Guesses(features, known, index, stored["rarity"], stored["weights"], stored["scale"])
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise UnreadableFile(f"{path}: {problem}; `coach train` writes it anew") from problem

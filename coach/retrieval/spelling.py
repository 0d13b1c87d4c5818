"""Mends typing errors in a question by the words of the articles and of the word lists."""

import string
from collections.abc import Callable, Mapping

from coach.retrieval.normalise import Compounds, words

MIN_LETTERS = 5  # shorter words have too many neighbours
_MENDED = 0.6  # how well a word is known by its neighbour
_LETTERS = string.ascii_lowercase


class Spelling:
    """Finds the known word one error away: a letter too many, missing, wrong or swapped (Norvig, 2007).

    With a stemmer, another form of a known word is no error either: for languages of which few words are known.
    """

    def __init__(self, counts: Mapping[str, int], stem: Callable[[str], str] | None = None) -> None:
        self._counts = counts
        self._stem = stem
        self._stems = frozenset(map(stem, counts)) if stem else frozenset[str]()
        self._compounds = Compounds({word: max(1, count) for word, count in counts.items()})
        self._mended: dict[str, str] = {}

    def mend(self, text: str) -> str:
        """Return the folded words of a text, unknown ones replaced by the most usual known neighbour."""
        return " ".join(self.word(word) for word in words(text))

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is known as it stands."""
        return word in self._counts

    def familiarity(self, word: str) -> float:
        """Return 1 for a known folded word or compound of known ones, less for a mended one, otherwise 0."""
        if word in self._counts or self._compounds.parts(word):
            return 1.0
        return _MENDED if self.word(word) != word else 0.0

    def word(self, word: str) -> str:
        """Return a known word for an unknown one, the word itself when it is known or has no neighbour."""
        if len(word) < MIN_LETTERS or not word.isascii() or not word.isalpha() or word in self._counts:
            return word
        if self._stem is not None and self._stem(word) in self._stems:
            return word
        if word not in self._mended:
            found = [other for other in _neighbours(word) if other in self._counts]
            self._mended[word] = max(found, key=lambda other: (self._counts[other], other), default=word)
        return self._mended[word]


def _neighbours(word: str) -> set[str]:
    """Return all words at one error's distance; the first letter is taken to be right."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    missing = {start + letter + end for start, end in cuts for letter in _LETTERS}
    too_many = {start + end[1:] for start, end in cuts if end}
    wrong = {start + letter + end[1:] for start, end in cuts if end for letter in _LETTERS}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
    return {other for other in missing | too_many | wrong | swapped if len(other) >= MIN_LETTERS - 1}

"""Turns text into search terms: folded, without stop words, stemmed, compounds also by their parts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from threading import Lock

from coach.domain.values import Language
from coach.retrieval.stopwords import STOP_WORDS

_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_STEMMERS = {Language.NL: "dutch", Language.EN: "english"}
_LINKERS = ("", "s", "en", "e", "n")
_REMEMBERED = 200_000  # words
MIN_COMPOUND, MIN_PART = 8, 4  # letters


def fold(text: str) -> str:
    """Return text in lower case, in compatibility form (NFKC) and without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    return plain if plain.isascii() else _ACCENTS.sub("", plain)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order; signs and single letters are dropped."""
    return [word for word in _WORD.findall(fold(text)) if len(word) > 1 or word.isdigit()]


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """Return how often each folded word occurs in the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    return counts


class Compounds:
    """Splits compounds into parts that the corpus knows, without any word list.

    After Koehn and Knight (2003): the split whose parts have the highest geometric mean frequency wins,
    and only when that mean is above the frequency of the whole word. Between parts s, en, e or n may stand.
    `form` gives another form under which a last part may be known, such as its stem.
    """

    def __init__(self, counts: Mapping[str, int], form: Callable[[str], str] = str) -> None:
        self._counts = {word: count for word, count in counts.items() if len(word) >= MIN_PART}
        self._form = form
        self._known: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound, () for a word that is none."""
        if len(word) < MIN_COMPOUND or not word.isalpha():
            return ()
        if word not in self._known:
            self._known[word] = self._split(word)
        return self._known[word]

    def _split(self, word: str) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        best_mean = float(self._counts.get(word, 0))
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            tail = word[cut:]
            known = tail if tail in self._counts else self._form(tail)
            if known not in self._counts:
                continue
            head = self._head(word[:cut])
            mean = (self._counts.get(head, 0) * self._counts[known]) ** 0.5
            if mean > best_mean:
                best, best_mean = (head, tail), mean
        return tuple(piece for part in best for piece in (self.parts(part) or (part,)))

    def _head(self, start: str) -> str:
        """Return the best known form of a compound's first part, with or without its linking letters."""
        forms = (start.removesuffix(linker) for linker in _LINKERS)
        return max(
            (form for form in forms if len(form) >= MIN_PART),
            key=lambda form: self._counts.get(form, 0),
            default=start,
        )


def stemmer(language: Language) -> Callable[[str], str]:
    """Return a function that stems one folded word; it may be used from several threads at once."""
    import Stemmer

    engine, lock = Stemmer.Stemmer(_STEMMERS[language]), Lock()

    def stem(word: str) -> str:
        with lock:  # a stemmer keeps state while it works
            return str(engine.stemWord(word))

    return stem


class Normaliser:
    """Makes the search terms of one language; may be used from several threads at once.

    The last three arguments take the place of the language's own stop words and stemmer and of `words`, for
    whoever wants to measure what each of them does.
    """

    def __init__(
        self,
        language: Language,
        compounds: Compounds,
        stop_words: frozenset[str] | None = None,
        stem: Callable[[str], str] | None = None,
        split: Callable[[str], list[str]] = words,
    ) -> None:
        self.language = language
        self._stem = stem or stemmer(language)
        self._stop = STOP_WORDS[language] if stop_words is None else stop_words
        self._split = split
        self._compounds = compounds
        self._known: dict[str, tuple[str, ...]] = {}

    def terms(self, text: str) -> list[str]:
        """Return the search terms of a text: stems, and after each compound the stems of its parts."""
        return [
            term for word in self._split(text) if word not in self._stop for term in self.word_terms(word)
        ]

    def word_terms(self, word: str) -> tuple[str, ...]:
        """Return the stem of one folded word, followed by the stems of its parts."""
        known = self._known.get(word)
        if known is None:
            known = tuple(map(self._stem, (word, *self._compounds.parts(word))))
            if len(self._known) < _REMEMBERED:
                self._known[word] = known
        return known

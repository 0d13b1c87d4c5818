"""Words the lexicon does not list but contains: compounds ("machineonderhoud") and small typing errors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.domain.values import Language
from coach.reading.forms import WordForms
from coach.reading.phrases import Phrase

_MIN_HEAD = 5
_MIN_REST = 3
_MIN_COMPOUND = 8
_MIN_TYPO = 7
_LINKS = ("s", "en", "e", "n")


@dataclass(frozen=True)
class Part:
    """A word of the lexicon found inside another word, and the list it stands in."""

    name: str
    source: str


class CompoundFinder:
    """Finds listed single words inside longer ones; the last part of a compound says what it is.

    What follows one of the `prefixes` is no word of its own; `modifiers` limits what may stand in
    front (None: any listed word). Keeps what it has computed.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        forms: WordForms,
        prefixes: frozenset[str],
        modifiers: frozenset[str] | None = None,
    ) -> None:
        self._forms = forms
        self._joins_words = forms.language is Language.NL  # English writes compounds apart
        self._prefixes = prefixes
        self._modifiers = modifiers
        self._parts: dict[str, list[Part]] = defaultdict(list)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, tuple[Part, ...]] = {}
        for phrase in phrases:
            self._enter(phrase)

    def _enter(self, phrase: Phrase) -> None:
        if len(phrase.elements) != 1 or phrase.name.endswith(".weak"):
            return
        for word in phrase.source.split("/"):
            if word.isalpha() and len(word) >= _MIN_HEAD - 1:
                for key in self._forms.listed(word):
                    self._parts[key].append(Part(phrase.name, phrase.source))
                if len(word) >= _MIN_TYPO:
                    for shorter in _shortened(word):
                        self._near[shorter].add(word)

    def find(self, word: str) -> tuple[Part, ...]:
        """Return the lexicon words that a lower-case word is made of or mistyped for, () when there are none."""
        found = self._known.get(word)
        if found is None:
            found = tuple(self._search(word))
            if len(self._known) < 50_000:
                self._known[word] = found
        return found

    def _search(self, word: str) -> list[Part]:
        if "-" in word:
            parts = [part for piece in reversed(word.split("-")) for part in self._listed(piece)]
            if parts:
                return parts[:1]
        if self._joins_words and len(word) >= _MIN_COMPOUND:
            found = self._head(word) or self._modifier(word)
            if found:
                return found
        return self._typo(word)

    def _listed(self, word: str) -> list[Part]:
        if len(word) < _MIN_HEAD - 1:
            return []
        return [part for key in self._forms.keys(word) for part in self._parts.get(key, ())]

    def _head(self, word: str) -> list[Part]:
        for at in range(_MIN_REST, len(word) - _MIN_HEAD + 1):
            rest = word[:at]
            if rest not in self._prefixes and (found := self._listed(word[at:])):
                return found
        return []

    def _modifier(self, word: str) -> list[Part]:
        for at in range(len(word) - _MIN_REST, _MIN_HEAD - 2, -1):
            for front in _without_link(word[:at]):
                if self._modifiers is not None and self._forms.stem(front) not in self._modifiers:
                    continue
                if found := self._listed(front):
                    return found
        return []

    def _typo(self, word: str) -> list[Part]:
        """Return a listed word that differs in one letter from a long word."""
        if len(word) < _MIN_TYPO or not word.isalpha():
            return []
        near = {known for shorter in {word, *_shortened(word)} for known in self._near.get(shorter, ())}
        close = sorted(known for known in near if _one_apart(known, word))
        return self._parts[self._forms.stem(close[0])][:1] if close else []


def _without_link(front: str) -> Iterator[str]:
    yield front
    for link in _LINKS:
        if front.endswith(link):
            yield front.removesuffix(link)


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def _one_apart(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter left out, added, or two letters swapped."""
    if one[0] != other[0]:
        return False
    if abs(len(one) - len(other)) == 1:
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if len(one) != len(other):
        return False
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and sorted(one[wrong[0] : wrong[1] + 1]) == sorted(other[wrong[0] : wrong[1] + 1])
    )

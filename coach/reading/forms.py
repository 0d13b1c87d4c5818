"""Word forms: under which keys a spoken word may be found, and which keys a listed word stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import Stemmer

from coach.domain.values import Language

_ALGORITHM: Mapping[Language, str] = {Language.NL: "dutch_porter", Language.EN: "english"}
_VOWELS = "aeiou"
_DIMINUTIVES = ("etjes", "etje", "tjes", "tje", "pjes", "pje", "jes", "je")
_SEPARABLE = (
    "achter aan af bij door in langs mee na om onder op over rond samen schoon schoon tegen terug toe uit vast voor weg"
).split()
_KEPT = 50_000


@dataclass
class WordForms:
    """The forms of the words of one language.

    A listed word stands for its inflections, so these are worked out on the side of the list; a spoken
    word is only stemmed. `irregular` maps a form that follows no rule to a known word; `numbers` are
    number words. Keeps what it has computed: texts repeat their words, and a stem never changes.
    """

    language: Language
    irregular: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stemmer = Stemmer.Stemmer(_ALGORITHM[self.language])

    def stem(self, word: str) -> str:
        """Return the stem of one lower-case word."""
        return str(self._stemmer.stemWord(word))

    def keys(self, word: str) -> frozenset[str]:
        """Return all keys under which a list may know this spoken word; `=word` is the word itself."""
        found = self._known.get(word)
        if found is None:
            found = frozenset(self._keys(word))
            if len(self._known) < _KEPT:
                self._known[word] = found
        return found

    def _keys(self, word: str) -> Iterator[str]:
        base = self.irregular.get(word, word)
        yield "=" + word
        yield "=" + base
        yield self.stem(word)
        yield self.stem(base)
        if self.language is Language.NL and len(word) > 5:
            for ending in _DIMINUTIVES:
                if word.endswith(ending):
                    yield self.stem(word.removesuffix(ending))

    def listed(self, word: str) -> frozenset[str]:
        """Return the keys that a listed word stands for: its stem and, for a Dutch verb, its conjugation."""
        if self.language is Language.NL and word.endswith("en") and len(word) >= 5:
            return frozenset({self.stem(word), *(f"={form}" for form in conjugate(word))})
        return frozenset({self.stem(word)})


def conjugate(infinitive: str) -> set[str]:
    """Return the regular forms of a Dutch infinitive; a noun in -en gives harmless forms that nobody says.

    Present (leert), past (leerde, werkte), participle (geleerd), with a separable part inside (opgeleid).
    """
    part = next((p for p in _SEPARABLE if infinitive.startswith(p) and len(infinitive) - len(p) >= 5), "")
    forms: set[str] = set()
    for root in _roots(infinitive.removeprefix(part)):
        ends = {root} | {root + end for end in ("t", "te", "ten", "de", "den")}
        done = {f"ge{root}", f"ge{root}t", f"ge{root}d"}
        forms |= {part + form for form in ends | done}
    forms.discard(infinitive[:-2] if len(infinitive) == 5 else "")
    return forms


def _roots(infinitive: str) -> Iterator[str]:
    """Yield the possible first persons of a Dutch infinitive: leren → leer, lekken → lek, geven → geef."""
    root = infinitive[:-2]
    if len(root) < 2 or root[-1] in _VOWELS:
        return
    last, before = root[-1], root[-2]
    hardened = root[:-1] + {"v": "f", "z": "s"}.get(last, last)
    if last == before and last not in _VOWELS:
        yield root[:-1]
        return
    yield hardened
    if before in _VOWELS and last not in _VOWELS and not (len(root) > 2 and root[-3] in _VOWELS):
        yield root[:-2] + before + before + hardened[-1]

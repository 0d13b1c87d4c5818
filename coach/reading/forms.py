"""Word forms: which stems a written word may stand for, for the phrase matcher."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import Stemmer

from coach.domain.values import Language

_ALGORITHM: Mapping[Language, str] = {Language.NL: "dutch", Language.EN: "english"}
_DUTCH_VERB_ENDINGS = ("t", "d", "te", "de", "ten", "den")
_MIN_STEM = 3


@dataclass
class WordForms:
    """The stems of words of one language.

    `irregular` maps a form the stemmer cannot know to a known word; `numbers` are number words.
    Keeps what it has computed: texts repeat their words, and a stem never changes.
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
        """Return all keys under which a phrase may know this lower-case word; `=word` is the word itself."""
        found = self._known.get(word)
        if found is None:
            found = frozenset(self._keys(word))
            if len(self._known) < 50_000:
                self._known[word] = found
        return found

    def _keys(self, word: str) -> set[str]:
        base = self.irregular.get(word, word)
        keys = {"=" + word, "=" + base, self.stem(word), self.stem(base)}
        if self.language is Language.NL:
            keys |= {
                self.stem(base[: -len(ending)])
                for ending in _DUTCH_VERB_ENDINGS
                if base.endswith(ending) and len(base) - len(ending) >= _MIN_STEM
            }
        return keys

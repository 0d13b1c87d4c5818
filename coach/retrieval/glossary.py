"""Carries a question over to the other language, word by word, through the project's word list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.domain.values import Language
from coach.prompts import load
from coach.retrieval.normalise import Compounds, Normaliser, words
from coach.retrieval.stopwords import STOP_WORDS

_LONGEST = 4  # words in an entry
COGNATE = 0.5  # weight of a word that is searched for as it stands


@dataclass(frozen=True)
class Translation:
    """A word or phrase of a question and what it may be in the other language, with weights."""

    options: tuple[tuple[str, float], ...]


class Glossary:
    """English–Dutch in both directions; a phrase of several words goes before its words."""

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self._normalisers = {language: Normaliser(language, Compounds({})) for language in Language}
        backward: dict[str, list[str]] = {}
        for english, options in entries.items():
            for word in options:
                backward.setdefault(word, []).append(english)
        self._tables = {
            Language.EN: self._table(entries, Language.EN),
            Language.NL: self._table(backward, Language.NL),
        }
        dutch = (phrase for options in entries.values() for phrase in options)
        self.words = {
            Language.EN: frozenset(word for phrase in entries for word in words(phrase)),
            Language.NL: frozenset(word for phrase in dutch for word in words(phrase)),
        }

    def _table(
        self, entries: Mapping[str, Sequence[str]], source: Language
    ) -> dict[tuple[str, ...], tuple[str, ...]]:
        table: dict[tuple[str, ...], dict[str, None]] = {}
        for word, options in entries.items():
            table.setdefault(self._stems(words(word), source), {}).update(dict.fromkeys(options))
        table.pop((), None)
        return {key: tuple(options) for key, options in table.items()}

    def _stems(self, given: Sequence[str], source: Language) -> tuple[str, ...]:
        return tuple(self._normalisers[source].word_terms(word)[0] for word in given)

    def translate(self, text: str, source: Language) -> list[Translation]:
        """Return, in order, what the words of `text` are in the other language; common words fall away."""
        given = words(text)
        stems = self._stems(given, source)
        table, found, at = self._tables[source], list[Translation](), 0
        while at < len(given):
            size = next(
                (n for n in range(_LONGEST, 0, -1) if stems[at : at + n] in table and at + n <= len(given)), 0
            )
            if size:
                found.append(_shared(table[stems[at : at + size]]))
            elif given[at] not in STOP_WORDS[source]:
                found.append(Translation(((given[at], COGNATE),)))
            at += size or 1
        return found


def _shared(options: Sequence[str]) -> Translation:
    return Translation(tuple((option, 1 / len(options) ** 0.5) for option in options))


def open_glossary(prompts: Path) -> Glossary:
    """Read `glossary.yaml` (English word or phrase → Dutch ones); without the file nothing is translated.

    Raises UnreadableFile.
    """
    path = glossary_file(prompts)
    return Glossary(load(path, dict[str, list[str]]) if path.exists() else {})


def glossary_file(prompts: Path) -> Path:
    """Return where the word list is."""
    return prompts / "glossary.yaml"


def weigh(translations: Sequence[Translation], normaliser: Normaliser) -> Counter[str]:
    """Return the search terms of a translated question with their weights."""
    weights: Counter[str] = Counter()
    for translation in translations:
        for option, weight in translation.options:
            for term in normaliser.terms(option):
                weights[term] = max(weights[term], weight)  # type: ignore[assignment]
    return weights

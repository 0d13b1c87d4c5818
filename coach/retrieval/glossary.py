"""Carries a question over to the other language, word by word, through the project's word list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from coach.domain.values import Language
from coach.prompts import load
from coach.retrieval.normalise import Compounds, Normaliser, words
from coach.retrieval.stopwords import STOP_WORDS

_LONGEST = 4  # words in an entry
COGNATE = 0.5  # weight of a word that is searched for as it stands
LEARNT = 0.3  # weight of a learnt translation beside one checked by hand
PAIRS = "pairs.yaml"


Table = dict[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Translation:
    """A word or phrase of a question and what it may be in the other language, with weights."""

    options: tuple[tuple[str, float], ...]


class Glossary:
    """English–Dutch in both directions: a phrase goes before its words, and an entry before what was learnt."""

    def __init__(
        self, entries: Mapping[str, Sequence[str]], learnt: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        self._normalisers = {language: Normaliser(language, Compounds({})) for language in Language}
        self._tables = self._both_ways(entries)
        self._learnt = self._both_ways(learnt)
        english = (phrase for told in (entries, learnt) for phrase in told)
        dutch = (phrase for told in (entries, learnt) for options in told.values() for phrase in options)
        self.words = {
            Language.EN: frozenset(word for phrase in english for word in words(phrase)),
            Language.NL: frozenset(word for phrase in dutch for word in words(phrase)),
        }

    def _both_ways(self, entries: Mapping[str, Sequence[str]]) -> dict[Language, Table]:
        backward: dict[str, list[str]] = {}
        for english, options in entries.items():
            for word in options:
                backward.setdefault(word, []).append(english)
        return {
            Language.EN: self._table(entries, Language.EN),
            Language.NL: self._table(backward, Language.NL),
        }

    def _table(self, entries: Mapping[str, Sequence[str]], source: Language) -> Table:
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
            elif stems[at : at + 1] in self._learnt[source] and given[at] not in STOP_WORDS[source]:
                learnt = _shared(self._learnt[source][stems[at : at + 1]], LEARNT)
                found.append(Translation(((given[at], COGNATE), *learnt.options)))
            elif given[at] not in STOP_WORDS[source]:
                found.append(Translation(((given[at], COGNATE),)))
            at += size or 1
        return found


def _shared(options: Sequence[str], weight: float = 1.0) -> Translation:
    return Translation(tuple((option, weight / len(options) ** 0.5) for option in options))


def open_glossary(prompts: Path) -> Glossary:
    """Read `glossary.yaml` (English word or phrase → Dutch ones) and what was learnt beside it, `pairs.yaml`.

    Without these files nothing is translated. Raises UnreadableFile.
    """
    told = (load(path, dict[str, list[str]]) if path.exists() else {} for path in glossary_files(prompts))
    return Glossary(*told)


def glossary_files(prompts: Path) -> tuple[Path, Path]:
    """Return where the word list is, and what was learnt beside it."""
    return prompts / "glossary.yaml", prompts / PAIRS


def weigh(translations: Sequence[Translation], normaliser: Normaliser) -> Counter[str]:
    """Return the search terms of a translated question with their weights."""
    weights: Counter[str] = Counter()
    for translation in translations:
        for option, weight in translation.options:
            for term in normaliser.terms(option):
                weights[term] = max(weights[term], weight)  # type: ignore[assignment]
    return weights

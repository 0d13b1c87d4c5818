"""What the words of a question say about which value and which of the seven questions it is about."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from coach.domain.values import QUESTIONS, Language, Value
from coach.prompts import load
from coach.retrieval.normalise import Compounds, Normaliser, stemmer, words
from coach.retrieval.table import VALUES

OPENING, NOTHING = "opening", "nothing"
_WEAK = "~"  # before a word that is only a weak sign; twice before a very weak one
_VOTES = (1.0, 0.35, 0.15)  # of a clear, a weak and a very weak sign
_PART_VOTE = 0.7  # of a word that is only part of a compound
_LATER = 0.25  # how much less each further sign counts: what a question is about is mostly named first
_LONGEST = 4  # words in a phrase
_DOUBT = 0.3  # added to the votes: few words give a weak hint
_SURENESS = (0.0, 0.8, 0.3, 1.2, 1.1, 1.5, 1.2, 1.1)  # how far the cues of each question can be trusted
_FIRST = 0.3  # a cue with which the question begins

Shares = NDArray[np.float32]


class Cues(BaseModel):
    """The cues of one language: words per value, beginnings of phrases per question."""

    model_config = ConfigDict(extra="forbid")
    values: dict[str, list[str]] = Field(default_factory=dict)
    questions: dict[int, list[str]] = Field(default_factory=dict)


class Hints:
    """Reads hints from a question in one language; both hints are shares that add up to less than 1."""

    def __init__(self, language: Language, cues: Cues) -> None:
        known = {word: 1 for phrases in cues.values.values() for phrase in phrases for word in words(phrase)}
        stem = stemmer(language)
        forms = known | {stem(word): 1 for word in known}
        self._normaliser = Normaliser(language, Compounds(forms, stem))
        self._values = self._stemmed(cues.values)
        self._questions = sorted(
            (
                (" ".join(words(phrase)), question)
                for question, phrases in cues.questions.items()
                for phrase in phrases
            ),
            key=lambda pair: -len(pair[0]),
        )
        self.words = frozenset(known)

    def _stemmed(self, values: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], dict[int, float]]:
        table: dict[tuple[str, ...], dict[int, float]] = {}
        for name, phrases in values.items():
            for phrase in phrases:
                votes = table.setdefault(self._stems(words(phrase)), {})
                if name != NOTHING:
                    place = 0 if name == OPENING else VALUES.index(Value(name))
                    marks = len(phrase) - len(phrase.lstrip(_WEAK))
                    votes[place] = _VOTES[min(marks, 2)]
        return table

    def _stems(self, given: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._normaliser.word_terms(word)[0] for word in given)

    def values(self, text: str) -> Shares:
        """Return the share of each place in VALUES, shape (7,); zeros when no word points anywhere."""
        votes = np.zeros(len(VALUES), dtype=np.float32)
        given = words(text)
        stems, at, signs = self._stems(given), 0, 0
        while at < len(given):
            size = next((n for n in range(_LONGEST, 0, -1) if stems[at : at + n] in self._values), 0)
            if size:
                signs += _vote(votes, self._values[stems[at : at + size]], 1 / (1 + _LATER * signs))
            else:
                for part in self._normaliser.word_terms(given[at])[1:]:
                    found = self._values.get((part,), {})
                    signs += _vote(votes, found, _PART_VOTE / (1 + _LATER * signs))
            at += size or 1
        return np.asarray(votes / (votes.sum() + _DOUBT), dtype=np.float32)

    def questions(self, text: str) -> Shares:
        """Return the share of each question, shape (8,), place 0 unused; zeros when nothing points."""
        votes = np.zeros(len(QUESTIONS) + 1, dtype=np.float32)
        left = f" {' '.join(words(text))} "
        for phrase, question in self._questions:
            at = left.find(f" {phrase}")
            if at >= 0:
                longer = 0.25 * phrase.count(" ") + (_FIRST if at == 0 else 0.0)
                votes[question] += _SURENESS[question] * (1 + longer)
                left = left[: at + 1] + "·" + left[at + 1 + len(phrase) :]
        return np.asarray(votes / (votes.sum() + _DOUBT), dtype=np.float32)


def _vote(votes: Shares, given: Mapping[int, float], weight: float) -> int:
    """Add one sign to the votes; return 1 when it was one, 0 when it says nothing."""
    for place, vote in given.items():
        votes[place] += weight * vote / len(given)
    return 1 if given else 0


def open_hints(prompts: Path) -> dict[Language, Hints]:
    """Read `search.yaml`, and the single words of each language's `lexicon.yaml` as weak signs beside it.

    Without the files there are no hints. Raises UnreadableFile.
    """
    path = prompts / "search.yaml"
    cues = load(path, dict[Language, Cues]) if path.exists() else {}
    return {
        language: Hints(
            language, _joined(cues.get(language, Cues()), _lexicon(prompts / language / "lexicon.yaml"))
        )
        for language in Language
    }


def signs(prompts: Path, language: Language) -> Iterator[tuple[str, str, float]]:
    """Yield the words that point to a value or to the opening article: word, name, and how surely, 0 to 1.

    Raises UnreadableFile.
    """
    path = prompts / "search.yaml"
    cues = load(path, dict[Language, Cues]).get(language, Cues()) if path.exists() else Cues()
    for name, phrases in _joined(cues, _lexicon(prompts / language / "lexicon.yaml")).values.items():
        for phrase in phrases if name != NOTHING else ():
            plain = phrase.lstrip(_WEAK)
            yield plain, name, _VOTES[min(len(phrase) - len(plain), 2)]


def _joined(cues: Cues, extra: Mapping[str, Sequence[str]]) -> Cues:
    there = {phrase.lstrip(_WEAK) for phrases in cues.values.values() for phrase in phrases}
    added = {name: [_WEAK + word for word in found if word not in there] for name, found in extra.items()}
    names = [*cues.values, *(name for name in added if name not in cues.values)]
    values = {name: cues.values.get(name, []) + added.get(name, []) for name in names}
    return Cues(values=values, questions=cues.questions)


def _lexicon(path: Path) -> dict[str, list[str]]:
    """Return the plain single words of the reader's lexicon by value; phrases and patterns are not for us."""
    if not path.exists():
        return {}
    values = load(path, dict[str, Any]).get("values", {})
    return {
        value: sorted(set(_plain_words(entries))) for value, entries in values.items() if value in set(Value)
    }


def _plain_words(entries: Any) -> Iterator[str]:
    """Yield the words in the text blocks of a lexicon's branch, however deep they lie."""
    if isinstance(entries, Mapping):
        for branch in entries.values():
            yield from _plain_words(branch)
    elif isinstance(entries, str):
        words_given = (word.strip().strip("=*") for word in entries.replace("\n", ",").split(","))
        yield from (word for word in words_given if len(word) > 3 and word.replace("-", "").isalpha())

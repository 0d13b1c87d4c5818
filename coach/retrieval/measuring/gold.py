"""Measures the search on questions with known answers, each figure beside its target."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.domain.errors import UnreadableFile
from coach.domain.passages import Found, Query
from coach.domain.values import Language, Value
from coach.retrieval.library import Library

FIRST = 3  # results that are looked at for value and question together


class GoldQuestion(BaseModel):
    """A question of the gold set. `value` and `question` are what a right passage has, None for any.

    `also` are further pairs of value and question that answer it as well. An answerable question without
    a value is one about the opening article.
    """

    model_config = ConfigDict(extra="forbid")
    question_text: str
    language: Language
    style: Literal["plain", "colloquial", "typos", "short"]
    answerable: bool
    value: Value | None = None
    question: int | None = None
    also: tuple[tuple[Value, int], ...] = ()

    @property
    def cells(self) -> frozenset[tuple[Value | None, int | None]]:
        """The pairs of value and question that a right passage may have."""
        return frozenset({(self.value, self.question), *self.also})


@dataclass(frozen=True)
class Figure:
    """One measured figure and its target; shares are percentages, times milliseconds."""

    name: str
    measured: float
    target: float
    at_most: bool = False  # the target is a ceiling

    @property
    def reached(self) -> bool:
        """Tell whether the target is reached."""
        return self.measured <= self.target if self.at_most else self.measured >= self.target


@dataclass(frozen=True)
class Report:
    """The figures of one set of questions."""

    name: str
    questions: int
    figures: tuple[Figure, ...]


@dataclass
class _Tally:
    value_first: list[bool] = field(default_factory=list)
    both: list[bool] = field(default_factory=list)
    both_known: list[bool] = field(default_factory=list)
    reciprocal: list[float] = field(default_factory=list)


def read_gold(path: Path) -> list[GoldQuestion]:
    """Return the questions in a JSONL file. Raises UnreadableFile naming file and line."""
    questions: list[GoldQuestion] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise UnreadableFile(f"{path}: cannot be read ({problem.strerror})") from problem
    for number, line in enumerate(lines, start=1):
        try:
            questions.append(GoldQuestion.model_validate_json(line))
        except ValidationError as problem:
            raise UnreadableFile(f"{path}, line {number}: {problem.errors()[0]['msg']}") from problem
    return questions


def evaluate(library: Library, gold_folder: Path) -> list[Report]:
    """Measure every set of questions (*.jsonl) in a folder; the file name names the set.

    Targets: the right value first in 85 %, value and question within the first three in 75 %, in 92 % when
    the open question is known; English at least 90 % of Dutch; "nothing fits" recognised in 80 % at up to
    5 % false alarms; 95 % of questions answered within 5 ms. Raises UnreadableFile, IndexUnavailable.
    """
    files = sorted(gold_folder.glob("*.jsonl"))
    if not files:
        raise UnreadableFile(f"{gold_folder}: holds no sets of questions (*.jsonl)")
    library.ensure()
    return [_measured(path.stem, read_gold(path), library) for path in files]


def _measured(name: str, questions: Sequence[GoldQuestion], library: Library) -> Report:
    """Return the figures of one set; those that its questions say nothing about are left out."""
    figures = (
        *_of_values([gold for gold in questions if gold.value is not None], library),
        *_of_opening([gold for gold in questions if gold.answerable and gold.value is None], library),
        *_of_fitting(questions, library),
        Figure("time of a question, 95th percentile, ms", _slow(questions, library), 5, at_most=True),
    )
    return Report(name, len(questions), figures)


def _of_values(questions: Sequence[GoldQuestion], library: Library) -> tuple[Figure, ...]:
    if not questions:
        return ()
    every = _tally(questions, library)
    dutch, english = (
        _percent(_tally([gold for gold in questions if gold.language is language], library).both)
        for language in Language
    )
    return (
        Figure("right value first, %", _percent(every.value_first), 85),
        Figure(f"value and question in the first {FIRST}, %", _percent(every.both), 75),
        Figure("the same with the question known, %", _percent(every.both_known), 92),
        Figure("English as a share of Dutch, %", 100 * english / dutch if dutch else 0.0, 90),
        Figure("mean reciprocal rank of value and question, %", 100 * _mean(every.reciprocal), 70),
    )


def _of_opening(questions: Sequence[GoldQuestion], library: Library) -> tuple[Figure, ...]:
    found = [library.search.find(_query(gold))[:FIRST] for gold in questions]
    hits = [any(item.passage.value is None for item in first) for first in found]
    return (Figure(f"opening article in the first {FIRST}, %", _percent(hits), 75),) if questions else ()


def _of_fitting(questions: Sequence[GoldQuestion], library: Library) -> tuple[Figure, ...]:
    answered = [bool(library.search.find(_query(gold))) for gold in questions if gold.answerable]
    refused = [not library.search.find(_query(gold)) for gold in questions if not gold.answerable]
    alarms = Figure("nothing fits, false alarms, %", 100 - _percent(answered), 5, at_most=True)
    return (*((Figure("nothing fits, recognised, %", _percent(refused), 80),) if refused else ()), alarms)


def _tally(questions: Sequence[GoldQuestion], library: Library) -> _Tally:
    tally = _Tally()
    for gold in questions:
        found = library.search.find(_query(gold))
        known = library.search.find(_query(gold, gold.question))
        tally.value_first.append(bool(found) and found[0].passage.value in {cell[0] for cell in gold.cells})
        tally.both.append(any(map(_fits(gold), found[:FIRST])))
        tally.both_known.append(any(map(_fits(gold), known[:FIRST])))
        place = next((at for at, item in enumerate(found, start=1) if _fits(gold)(item)), None)
        tally.reciprocal.append(1 / place if place else 0.0)
    return tally


def _query(gold: GoldQuestion, question: int | None = None) -> Query:
    return Query(gold.question_text, question=question, k=10)


def _fits(gold: GoldQuestion) -> Callable[[Found], bool]:
    return lambda item: (item.passage.value, item.passage.question) in gold.cells


def _slow(questions: Sequence[GoldQuestion], library: Library) -> float:
    times = []
    for gold in questions:
        began = time.perf_counter()
        library.search.find(_query(gold))
        times.append(1000 * (time.perf_counter() - began))
    return float(np.percentile(times, 95)) if times else 0.0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _percent(hits: Sequence[bool]) -> float:
    return 100 * sum(hits) / len(hits) if hits else 0.0

"""Our search beside others on the same passages and questions, in one run on one machine."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.retrieval.asking import WordLists
from coach.retrieval.measuring.measures import MEASURES, Interval, Ranking, mean, paired_bootstrap, points
from coach.retrieval.measuring.ours import Workbench
from coach.retrieval.measuring.sets import QuestionSet, SetQuestion

OURS = "Waardebalans"
_SETTING = (
    "as shipped, one setting for all sets, tuned on dev; here it answers every question. Of the conversation it is "
    "told nothing; it reads value and question from the words, where the others see title and text alone"
)
_WARMING = 5  # questions that are asked before the time is taken
Rank = Callable[[str], Ranking]


@dataclass(frozen=True)
class Contestant:
    """A way to search. `index` takes a set and an empty folder and returns what ranks its rows, ten at most."""

    name: str
    setting: str
    index: Callable[[QuestionSet, Path], Rank]


@dataclass(frozen=True)
class Run:
    """What a contestant did with a set: the ranking of each question, and its times."""

    contestant: str
    rankings: Sequence[Ranking]
    index_seconds: float
    milliseconds: Sequence[float]


@dataclass(frozen=True)
class Standing:
    """A contestant's figures on a set, in points of 100; `behind` is ours minus its nDCG@10, None for ours."""

    contestant: str
    measures: dict[str, float]
    index_seconds: float
    median_ms: float
    p95_ms: float
    behind: Interval | None


@dataclass(frozen=True)
class Comparison:
    """The standings on one set, best nDCG@10 first."""

    name: str
    questions: int
    passages: int
    standings: tuple[Standing, ...]


def ours(lists: WordLists) -> Contestant:
    """Return our own search as it is shipped, without its floor."""

    def index(asked: QuestionSet, folder: Path) -> Rank:
        bench = Workbench(asked.passages, asked.language, lists, folder)
        search = bench.search()
        return lambda question: bench.ranking(search, SetQuestion(question, frozenset()))

    return Contestant(OURS, _SETTING, index)


def run(contestant: Contestant, asked: QuestionSet) -> Run:
    """Index a set and answer its questions, both first tried on a few so that no import is measured."""
    few = QuestionSet(asked.name, asked.language, asked.passages[:20], asked.questions[:_WARMING])
    with tempfile.TemporaryDirectory() as folder:
        warm = contestant.index(few, Path(folder))
        for question in few.questions:
            warm(question.text)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        rank = contestant.index(asked, Path(folder))
        seconds = time.perf_counter() - began
        rankings, milliseconds = [], []
        for question in asked.questions:
            began = time.perf_counter()
            rankings.append(rank(question.text))
            milliseconds.append(1000 * (time.perf_counter() - began))
    return Run(contestant.name, rankings, seconds, milliseconds)


def compare(asked: QuestionSet, runs: Sequence[Run]) -> Comparison:
    """Return the standings of runs over one set, of which one must be ours."""
    gains = {one.contestant: points(MEASURES["nDCG@10"], one.rankings, asked.right) for one in runs}
    standings = [
        Standing(
            one.contestant,
            {name: mean(points(measure, one.rankings, asked.right)) for name, measure in MEASURES.items()},
            one.index_seconds,
            float(np.percentile(one.milliseconds, 50)),
            float(np.percentile(one.milliseconds, 95)),
            None if one.contestant == OURS else paired_bootstrap(gains[OURS], gains[one.contestant]),
        )
        for one in runs
    ]
    ranked = sorted(standings, key=lambda standing: -standing.measures["nDCG@10"])
    return Comparison(asked.name, len(asked.questions), len(asked.passages), tuple(ranked))

"""Measures the shipped search on public Dutch sets of passages and questions, where they are at hand."""

import tempfile
from pathlib import Path

from coach.retrieval.asking import WordLists
from coach.retrieval.measuring.gold import Figure, Report
from coach.retrieval.measuring.measures import mean, ndcg, points
from coach.retrieval.measuring.ours import Workbench
from coach.retrieval.measuring.sets import QuestionSet, read_public_sets

_TARGETS = {"ak": 53.0, "cc": 61.0}  # nDCG@10 x 100 of Dutch questions


def evaluate_public(folder: Path, lists: WordLists) -> list[Report]:
    """Return the nDCG@10 of the search on ak.json and cc.json in a folder, one setting for both.

    The whole search is measured but its floor: it answers every question. The passages have no value and
    no question, so hints do not help. English questions go through the glossary; they have no target of
    their own. Nothing is learnt from the sets but their passages. Raises UnreadableFile, IndexUnavailable.
    """
    return [_measured(one, lists) for one in read_public_sets(folder)]


def _measured(asked: QuestionSet, lists: WordLists) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(asked.passages, asked.language, lists, Path(folder))
        gains = points(ndcg, bench.rankings(asked), asked.right)
    figure = Figure("nDCG@10, x 100", mean(gains), _TARGETS.get(asked.name, 0.0))
    return Report(asked.name, len(asked.questions), (figure,))

"""What each layer of our search adds: the same questions with it and without it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.retrieval.asking import WordLists
from coach.retrieval.measuring.measures import Interval, mean, ndcg, paired_bootstrap, points
from coach.retrieval.measuring.ours import ALL, NOTHING_KNOWN, Known, Layers, Workbench
from coach.retrieval.measuring.sets import QuestionSet

LAYERS: dict[str, Layers] = {
    "folding of case, accents and signs": replace(ALL, folding=False),
    "stop words": replace(ALL, stop_words=False),
    "Snowball stems": replace(ALL, stemming=False),
    "compound splitting": replace(ALL, compounds=False),
    "title among the terms": replace(ALL, titles=False),
    "BM25 (letter vector alone)": replace(ALL, terms=False),
    "letter vector (BM25 alone)": replace(ALL, letters=False),
    "mending of typing errors": replace(ALL, spelling=False),
    "glossary": replace(ALL, glossary=False),
    "hint at the value": replace(ALL, value_hint=False),
    "hint at the question": replace(ALL, question_hint=False),
    "examples of questions": replace(ALL, examples=False),
    "both hints": replace(ALL, value_hint=False, question_hint=False),
    "both hints and the examples": replace(ALL, value_hint=False, question_hint=False, examples=False),
    "several sections first": replace(ALL, variety=False),
}
PRIORS: dict[str, tuple[Layers, Known]] = {
    "prior of the open question, when it is known": (
        replace(ALL, question_prior=False),
        Known(question=True),
    ),
    "prior of the value under discussion, when it is known": (
        replace(ALL, value_prior=False),
        Known(value=True),
    ),
}


@dataclass(frozen=True)
class Effect:
    """nDCG@10 x 100 with and without a layer, and the difference."""

    layer: str
    whole: float
    without: float
    added: Interval


@dataclass(frozen=True)
class Ablation:
    """The effect of each layer on one set."""

    name: str
    questions: int
    effects: tuple[Effect, ...]


def ablate(sets: Sequence[QuestionSet], lists: WordLists) -> list[Ablation]:
    """Leave out each layer in turn, on each set; on our own sets the priors too, where they apply.

    Each is a setting of the same search over the same passages; terms are made anew where they differ.
    """
    return [_of_set(asked, lists) for asked in sets]


def _of_set(asked: QuestionSet, lists: WordLists) -> Ablation:
    own = any(question.question for question in asked.questions)
    parts = {name: (layers, NOTHING_KNOWN) for name, layers in LAYERS.items()} | (PRIORS if own else {})
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(asked.passages, asked.language, lists, Path(folder))
        gains: dict[tuple[Layers, Known], list[float]] = {}
        for layers, known in parts.values():
            for one in (ALL, layers):
                if (one, known) not in gains:
                    gains[one, known] = points(ndcg, bench.rankings(asked, one, known), asked.right)
    effects = (
        _effect(name, gains[ALL, known], gains[layers, known]) for name, (layers, known) in parts.items()
    )
    return Ablation(asked.name, len(asked.questions), tuple(effects))


def _effect(layer: str, whole: Sequence[float], without: Sequence[float]) -> Effect:
    return Effect(layer, mean(whole), mean(without), paired_bootstrap(whole, without))

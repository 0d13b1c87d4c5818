"""Learns the weights of `learnt.py` with logistic regression, for the command `train`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.evidence import Intent
from coach.domain.values import Value
from coach.reading.learnt import (
    DRAWS_DOWN,
    EXTERNAL,
    LABELS,
    VALUES,
    Feature,
    Vector,
    about_features,
    turn_features,
)
from coach.reading.lessons import FOLDS, Lesson, Row, fold_of_rows, only_in_fold, sources_of
from coach.reading.lexicon import LanguagePack
from coach.reading.scan import scan

PRECISION = 0.8  # of the surest value above the threshold, on held-out rows
_FAINT = 2  # a weight of fewer steps for every label is left out
_STRENGTH = 10.0  # inverse of the regularisation


class Table:
    """Lessons as rows of features: what they are about, and what tells side and direction."""

    def __init__(self, told: Iterable[Lesson], pack: LanguagePack) -> None:
        self.lessons = tuple(told)
        about: list[list[Feature]] = []
        turns: list[list[Feature]] = []
        for lesson in self.lessons:
            found = scan(lesson.text, pack)
            size = len(found.utterance.tokens)
            about.append(about_features(found, 0, size))
            turns.append(turn_features(found, 0, size, min(lesson.values, default=Value.HUMAN)))
        self.index = _known(turns)
        self.about = _matrix(about, self.index)
        self.turns = _matrix(turns, self.index)
        self.weight = np.array([lesson.weight for lesson in self.lessons])

    def column(self, label: str) -> tuple[Any, NDArray[np.bool_], NDArray[np.bool_]]:
        """Return for one label the matrix, the answers, and which lessons know the answer."""
        if label in (EXTERNAL, DRAWS_DOWN):
            known = [lesson.external if label == EXTERNAL else lesson.down for lesson in self.lessons]
            return (
                self.turns,
                np.array([bool(one) for one in known]),
                np.array([one is not None for one in known]),
            )
        answers = np.array([label in lesson.values for lesson in self.lessons])
        return self.about, answers, np.ones(len(answers), dtype=bool)


def _known(told: Sequence[Sequence[Feature]]) -> dict[str, int]:
    """Return the features that are kept: words, and letters and pairs that occur in at least two lessons."""
    seen = Counter(key for features in told for key in {feature.key for feature in features})
    kept = sorted(key for key, times in seen.items() if times > 1 or key.startswith("w="))
    return {key: at for at, key in enumerate(kept)}


def _matrix(told: Sequence[Sequence[Feature]], index: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    rows, columns, weights = [], [], []
    for at, features in enumerate(told):
        length = sum(feature.weight**2 for feature in features) ** 0.5 or 1.0
        for feature in features:
            if feature.key in index:
                rows.append(at)
                columns.append(index[feature.key])
                weights.append(feature.weight / length)
    shape = (len(told), len(index))
    table = csr_matrix((np.array(weights), (rows, columns)), shape=shape)
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    return table


def fit(table: Table, kept: NDArray[np.bool_], labels: Sequence[str] = LABELS) -> tuple[Vector, Vector]:
    """Return weights (features, labels) and bias (labels) of one logistic regression per label."""
    from sklearn.linear_model import LogisticRegression

    weights, bias = [], []
    for label in labels:
        matrix, answers, known = table.column(label)
        use = np.flatnonzero(kept & known)
        model = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
        model.fit(matrix[use], answers[use], sample_weight=table.weight[use])
        weights.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return np.array(weights, np.float32).T, np.array(bias, np.float32)


@dataclass(frozen=True)
class Trained:
    """A model with what it was worth on rows that it, and the lists it learnt from, had not seen."""

    index: Mapping[str, int]
    weights: Vector
    bias: Vector
    scale: float
    shift: float
    threshold: float
    rows: int
    right: float  # share of held-out answers whose surest value is a labelled one
    sure: float  # the same among those above the threshold
    reached: float  # share of held-out answers above the threshold


def train(told: Sequence[Lesson], rows: Sequence[Row], pack: LanguagePack) -> Trained:
    """Return the model learnt from all lessons, its chances and threshold set on held-out rows."""
    table = Table(told, pack)
    scores, answers = _held_out(table, rows, pack)
    scale, shift = _chance(scores, answers)
    sure = 1 / (1 + np.exp(-(scale * scores + shift)))
    best, right = sure.max(axis=1), answers[np.arange(len(sure)), sure.argmax(axis=1)]
    threshold = _threshold(best, right)
    weights, bias = fit(table, np.ones(len(table.lessons), dtype=bool))
    above = best >= threshold
    return Trained(
        table.index,
        weights,
        bias,
        scale,
        shift,
        threshold,
        len(scores),
        float(right.mean()),
        float(right[above].mean()) if above.any() else 0.0,
        float(above.mean()),
    )


def _held_out(table: Table, rows: Sequence[Row], pack: LanguagePack) -> tuple[Vector, NDArray[np.bool_]]:
    """Return scores and labels (answers, values) of each answer by a model that knew neither it nor its phrases."""
    folds = fold_of_rows(rows, pack)
    told = [sources_of(scan(row["text"], pack)) for row in rows]
    scores, answers = [], []
    for fold in range(FOLDS):
        hidden = only_in_fold(told, folds, fold)
        out = np.array([one.row >= 0 and folds[one.row] == fold for one in table.lessons])
        kept = ~out & np.array([one.source not in hidden for one in table.lessons])
        weights, bias = fit(table, kept, VALUES)
        asked = [at for at in np.flatnonzero(out) if rows[table.lessons[at].row]["intent"] == Intent.ANSWER]
        scores.append(table.about[asked] @ weights + bias)
        labels = [[value in table.lessons[at].values for value in VALUES] for at in asked]
        answers.append(np.array(labels, dtype=bool).reshape(-1, len(VALUES)))
    return np.concatenate(scores).astype(np.float32), np.concatenate(answers)


def _chance(scores: Vector, answers: NDArray[np.bool_]) -> tuple[float, float]:
    """Return scale and shift that make a score a chance (Platt 1999), fitted on held-out answers."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), answers.reshape(-1))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _threshold(best: Vector, right: NDArray[np.bool_]) -> float:
    """Return the lowest chance above which the surest value is right often enough."""
    for step in range(20, 91, 5):
        above = best >= step / 100
        if above.any() and right[above].mean() >= PRECISION:
            return step / 100
    return 0.9


def save(trained: Trained, path: Path) -> None:
    """Write a model as numbers and a list of words, one byte per weight; the same model gives the same bytes."""
    steps = np.abs(trained.weights).max(axis=0) / 127
    coarse = np.rint(trained.weights / steps).astype(np.int8)
    kept = np.flatnonzero((np.abs(coarse) >= _FAINT).any(axis=1))
    keys = list(trained.index)
    np.savez_compressed(
        path,
        features=np.array("\n".join(keys[at] for at in kept)),
        weights=coarse[kept],
        steps=steps.astype(np.float32),
        bias=trained.bias,
        chance=np.array([trained.scale, trained.shift, trained.threshold], np.float32),
    )

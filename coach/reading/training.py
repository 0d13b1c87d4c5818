"""Learns the weights of `learnt.py` from labelled utterances with logistic regression, for the command `train`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.evidence import Intent
from coach.domain.values import Cell, Perspective, Value
from coach.reading.evaluate import Row, context_of
from coach.reading.learnt import EACH, GROUPS, LABELS, ONE_OF, Learnt
from coach.reading.rules import RuleReader
from coach.reading.signs import Sign, signs
from coach.reading.weighing import of_cell

_STRENGTH = {"intent": 20.0}  # inverse of the regularisation, where it differs from the usual
_USUAL = 10.0
_ANSWERS = 2.0  # what all answers weigh together beside all other intents: rows hold more of them than talks do
_FAINT = 1  # a weight of fewer steps for every label is left out

Answers = NDArray[Any]


class Table:
    """Labelled rows as signs, each with what the rules (and no earlier learning) find in it."""

    def __init__(self, rows: Sequence[Row], rules: RuleReader) -> None:
        self.rows = list(rows)
        self.told = [_signs(row, rules) for row in self.rows]
        self.whole = [at for at, row in enumerate(self.rows) if "intent" in row]  # others: patterns alone
        self.answers = [at for at in self.whole if self.rows[at]["intent"] == Intent.ANSWER]
        self.ways = [(at, label) for at in self.answers for label in self.rows[at]["values"]]
        self.index = _known([*self.told, [sign for cell in _CELLS for sign in of_cell(cell)] * 2])

    def matrix(self, group: str) -> tuple[Any, Mapping[str, Answers]]:
        """Return for one group of labels the matrix (lessons, signs) and the answers per label or for the group."""
        if group == "way":
            told = [[*self.told[at], *of_cell(_cell(label))] for at, label in self.ways]
            return self._sparse(told), {group: np.array([label["direction"] for _, label in self.ways])}
        if group == "intent":
            table = self._sparse([self.told[at] for at in self.whole])
            return table, {group: np.array([self.rows[at]["intent"] for at in self.whole])}
        partly = [at for at, row in enumerate(self.rows) if "intent" not in row]
        used = [*self.answers, *partly] if group == "pattern" else self.answers
        rows = [self.rows[at] for at in used]
        table = self._sparse([self.told[at] for at in used])
        if group == "kind":
            return table, {group: np.array([row["kind"] for row in rows])}
        given = [_given(group, row) for row in rows]
        return table, {name: np.array([name in one for one in given]) for name in EACH[group]}

    def _sparse(self, told: Sequence[Sequence[Sign]]) -> Any:
        from scipy.sparse import csr_matrix

        cells = [
            (at, self.index[sign.key], sign.weight)
            for at, one in enumerate(told)
            for sign in one
            if sign.key in self.index
        ]
        lines, columns, weights = (np.array(part) for part in zip(*cells, strict=True))
        return csr_matrix(
            (weights, (lines.astype(np.int32), columns.astype(np.int32))), (len(told), len(self.index))
        )


_CELLS = tuple(Cell(value, side) for value in Value for side in Perspective)


def _signs(row: Row, rules: RuleReader) -> tuple[Sign, ...]:
    context = context_of(row)
    found, reading = rules.by_rules(row["text"], context)
    return signs(found, reading, context)


def _cell(label: Mapping[str, str]) -> Cell:
    return Cell(Value(label["value"]), Perspective(label["perspective"]))


def _given(group: str, row: Row) -> set[str]:
    if group == "cell":
        return {str(_cell(label)) for label in row["values"]}
    return set(row["stakeholders"]) if group == "party" else {hit["pattern"] for hit in row["patterns"]}


def _known(told: Sequence[Sequence[Sign]]) -> dict[str, int]:
    """Return the signs that occur in at least two rows, in order."""
    seen = Counter(sign.key for one in told for sign in one)
    return {key: at for at, key in enumerate(sorted(key for key, times in seen.items() if times > 1))}


def train(table: Table) -> Learnt:
    """Return the model of all rows: one regression per label, or one for a group of which one label holds."""
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((len(table.index), len(LABELS)), np.float32)
    bias = np.full(len(LABELS), -9.0, np.float32)  # a label without examples is never given
    for group in GROUPS:
        matrix, answers = table.matrix(group)
        strength = _STRENGTH.get(group, _USUAL)
        for name, given in answers.items():
            if len(set(given.tolist())) < 2:
                continue
            solver = "lbfgs" if group in ONE_OF else "liblinear"
            model = LogisticRegression(C=strength, solver=solver, max_iter=500, random_state=0)
            model.fit(matrix, given, sample_weight=_weights(given) if group == "intent" else None)
            names = model.classes_ if group in ONE_OF else [name]
            for at, label in enumerate(names):
                column = LABELS.index(f"{group}:{label}")
                weights[:, column], bias[column] = model.coef_[at], model.intercept_[at]
    return Learnt(table.index, weights, bias)


def _weights(intents: Answers) -> Answers:
    """Return what each row counts, so that answers do not outweigh the rest by their number alone."""
    answers = intents == Intent.ANSWER
    count = int(answers.sum())
    share = _ANSWERS * (len(answers) - count) / max(1, count)
    weights: Answers = np.where(answers, min(1.0, share), 1.0)
    return weights


def save(learnt: Learnt, path: Path) -> None:
    """Write a model as numbers and a list of signs, one byte per weight; the same model gives the same bytes."""
    steps = np.maximum(np.abs(learnt.weights).max(axis=0), 1e-6) / 127
    coarse = np.rint(learnt.weights / steps).astype(np.int8)
    kept = np.flatnonzero((np.abs(coarse) > _FAINT).any(axis=1))
    keys = list(learnt.index)
    np.savez_compressed(
        path,
        signs=np.array("\n".join(keys[at] for at in kept)),
        labels=np.array("\n".join(LABELS)),
        weights=coarse[kept],
        steps=steps.astype(np.float32),
        bias=learnt.bias,
    )

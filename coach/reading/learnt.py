"""What was learnt from labelled utterances: linear models over signs, stored as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.domain.errors import UnreadableFile
from coach.domain.evidence import Direction, Intent, Kind, Pattern, Stakeholder
from coach.domain.values import CELLS
from coach.reading.signs import Sign

FILE_NAME = "learnt.npz"

# One of several, or each for itself: the groups of labels that are learnt.
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "intent": tuple(Intent),
    "kind": tuple(Kind),
    "way": tuple(Direction),
}
EACH: Mapping[str, tuple[str, ...]] = {
    "cell": tuple(str(cell) for cell in CELLS),
    "party": tuple(Stakeholder),
    "pattern": tuple(Pattern),
}
GROUPS: Mapping[str, tuple[str, ...]] = {**ONE_OF, **EACH}
LABELS: tuple[str, ...] = tuple(f"{group}:{name}" for group, names in GROUPS.items() for name in names)

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Learnt:
    """Weights of shape (signs, labels) and bias (labels) of logistic regressions."""

    index: Mapping[str, int]
    weights: Vector
    bias: Vector

    def scores(self, told: Sequence[Sign]) -> Vector:
        """Return the score of each label, in the order of LABELS: log odds, or up to a constant in a group of one."""
        known = [sign for sign in told if sign.key in self.index]
        if not known:
            return self.bias
        weight = np.array([sign.weight for sign in known], np.float32)
        rows = self.weights[[self.index[sign.key] for sign in known]]
        return np.asarray(weight @ rows + self.bias, np.float32)

    def telling(self, label: str, told: Sequence[Sign]) -> dict[int, float]:
        """Return the tokens that speak for a label, each with how much (score, above 0)."""
        at, by_token = LABELS.index(label), dict[int, float]()
        for sign in told:
            if sign.token >= 0 and sign.key in self.index:
                part = sign.weight * float(self.weights[self.index[sign.key], at])
                by_token[sign.token] = by_token.get(sign.token, 0.0) + part
        return {token: part for token, part in by_token.items() if part > 0}


def chances(scores: Vector, group: str) -> dict[str, float]:
    """Return how likely each label of a group is (0 to 1): one of them, or each for itself."""
    names = GROUPS[group]
    first = LABELS.index(f"{group}:{names[0]}")
    own = scores[first : first + len(names)].astype(np.float64)
    if group in EACH:
        told = 1 / (1 + np.exp(-own))
    else:
        raised = np.exp(own - own.max())
        told = raised / raised.sum()
    return dict(zip(names, told.tolist(), strict=True))


def load_learnt(path: Path) -> Learnt | None:
    """Return the model stored at `path`, None when there is none yet. Raises UnreadableFile."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys = str(stored["signs"]).split("\n")
            weights = stored["weights"].astype(np.float32) * stored["steps"].astype(np.float32)
            bias = stored["bias"].astype(np.float32)
            labels = tuple(str(stored["labels"]).split("\n"))
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise UnreadableFile(f"{path}: {problem}") from problem
    if weights.shape != (len(keys), len(LABELS)) or bias.shape != (len(LABELS),) or labels != LABELS:
        raise UnreadableFile(f"{path}: the weights do not fit the labels; run `coach train`")
    return Learnt({key: at for at, key in enumerate(keys)}, weights, bias)

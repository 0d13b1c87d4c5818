"""Learns from example questions what a question is about, for the command `train`; `guesses` applies it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.values import QUESTIONS, Language, Value
from coach.prompts import load
from coach.retrieval.documents import digest
from coach.retrieval.guesses import FILE_NAME, LABELS, NOTHING, Features
from coach.retrieval.hints import signs
from coach.retrieval.normalise import word_counts

_FIRM = 0.5  # of the ridge: how little a single example counts
_WORD = 0.4  # weight of a single word beside that of a whole example
_SAID = 0.25  # the same of a sentence from a talk about one value, less when it is about more
_STRANGER = 2.5  # the same of a question without an answer, of which there are few examples
_ROUNDS = 60  # of the solver
_STEPS = 127  # of a weight as it is stored
_FAINT = 2  # a feature with fewer steps for every label is left out

Answers = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A question as people put it, or a single word, with the value it is about, and its question if known."""

    text: str
    about: str  # a value, `opening` or `nothing`
    question: int | None = None
    weight: float = 1.0

    @property
    def answers(self) -> Answers:
        """The right labels with their shares; without a question, all seven share alike."""
        if self.about not in set(Value):
            return {self.about: 1.0}
        numbers = [self.question] if self.question else list(range(1, len(QUESTIONS) + 1))
        share = 1 / len(numbers)
        cells = {f"{self.about} {number}": share for number in numbers}
        return {self.about: 1.0} | {str(number): share for number in numbers} | cells


@dataclass(frozen=True)
class Learnt:
    """The arrays of the file, and how many examples they were learnt from."""

    arrays: dict[str, NDArray[Any]]
    examples: int


def read_examples(path: Path) -> list[Example]:
    """Return the examples of `asked.yaml`: lines per value and question, 0 for none. Raises UnreadableFile."""
    return list(_of_file(load(path, dict[str, dict[int, str] | str])))


def _of_file(told: dict[str, dict[int, str] | str]) -> Iterator[Example]:
    for about, lines in told.items():
        for question, text in lines.items() if isinstance(lines, dict) else [(None, lines)]:
            weight = _WORD if question == 0 else 1.0
            said = (line.strip() for line in text.splitlines())
            yield from (Example(line, about, question or None, weight) for line in said if line)


def made_from(prompts: Path, language: Language) -> str:
    """Return the digest of the file with examples, by which it can be told whether the weights are of today."""
    return digest([prompts / language / "asked.yaml"])


def learn(prompts: Path, language: Language, said: Sequence[tuple[str, Sequence[str]]] = ()) -> Learnt:
    """Learn the weights of one language from its examples, and as weaker ones from its word lists.

    `said` are sentences from talks with their values; they too are weaker examples, without a question.
    Ridge regression in its dual form (Saunders, Gammerman and Vovk, 1998) on features weighted by rarity;
    the same input gives the same weights. Raises UnreadableFile.
    """
    examples = read_examples(prompts / language / "asked.yaml")
    known = word_counts(one.text for one in examples if one.about != NOTHING)
    weak = [Example(word, name, None, _WORD * weight) for word, name, weight in signs(prompts, language)]
    weak += [
        Example(text, value, None, _SAID / len(values) ** 1.5) for text, values in said for value in values
    ]
    features = Features(language, known)
    told = [(one, features.of(one.text)) for one in [*examples, *weak]]
    told = [(one, found) for one, found in told if found]
    keys = _kept(told)
    told = [(one, {key: weight for key, weight in found.items() if key in keys}) for one, found in told]
    rarity, weights = _solved([one for one, _ in told], [found for _, found in told], list(keys))
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _STEPS
    steps = np.rint(weights / scale).astype(np.int8)
    kept = np.flatnonzero(np.abs(steps).max(axis=1) >= _FAINT)
    arrays: dict[str, NDArray[Any]] = {
        "made_from": np.array(made_from(prompts, language)),
        "known": np.array(list(known)),
        "counts": np.array(list(known.values()), dtype=np.int32),
        "features": np.array(list(keys))[kept],
        "rarity": rarity[kept].astype(np.float32),
        "weights": steps[kept],
        "scale": scale.astype(np.float32),
    }
    return Learnt(arrays, len(examples))


def _kept(told: Sequence[tuple[Example, dict[str, float]]]) -> dict[str, None]:
    """Return the features to learn from: all of whole examples, of weaker ones words and letters that come twice."""
    seen = Counter(key for _, found in told for key in found)
    whole = {key for one, found in told if one.weight == 1 for key in found}
    return dict.fromkeys(
        sorted(key for key in seen if key in whole or (seen[key] > 1 and key[0] in "=~") or key[0] == "=")
    )


def _solved(
    examples: Sequence[Example], told: Sequence[dict[str, float]], keys: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the rarity of each feature, and its weight for each label."""
    from scipy.sparse import csr_matrix

    index = {key: at for at, key in enumerate(keys)}
    columns = np.array([index[key] for found in told for key in found], dtype=np.int32)
    spread = np.bincount(columns, minlength=len(keys))
    rarity = np.log((1 + len(told)) / (1 + spread)) + 1
    data = np.log1p(np.array([weight for found in told for weight in found.values()]))
    ends = np.cumsum([0, *map(len, told)])
    table = csr_matrix((data * rarity[columns], columns, ends), shape=(len(told), len(keys)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    table = csr_matrix(table.multiply(1 / lengths[:, np.newaxis]))
    weights = np.array([_STRANGER if one.about == NOTHING else one.weight for one in examples])
    doubt = _FIRM / weights[:, np.newaxis]
    answers = np.array(
        [[right.get(label, 0.0) for label in LABELS] for right in (one.answers for one in examples)]
    )
    return rarity, np.asarray(table.T @ _conjugate(table, doubt, answers))


def _conjugate(table: Any, doubt: NDArray[np.float64], answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve (table·tableᵀ + doubt) x = answers by conjugate gradients, all columns at once (Hestenes, Stiefel)."""
    solution, left = np.zeros_like(answers), answers.copy()
    scaled = left / (1 + doubt)  # rows have length 1, so that this is the diagonal
    step, size = scaled.copy(), (left * scaled).sum(axis=0)
    for _ in range(_ROUNDS):
        moved = table @ (table.T @ step) + doubt * step
        length = size / np.maximum((step * moved).sum(axis=0), 1e-30)
        solution += length * step
        left -= length * moved
        scaled = left / (1 + doubt)
        before, size = size, (left * scaled).sum(axis=0)
        step = scaled + size / np.maximum(before, 1e-30) * step
    return solution


def store(learnt: Learnt, folder: Path) -> None:
    """Write the file that `open_guesses` reads."""
    np.savez_compressed(folder / FILE_NAME, **learnt.arrays)  # type: ignore[arg-type]

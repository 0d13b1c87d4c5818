"""How well a reader understands labelled utterances: precision, recall and F1 per label, for `coach evaluate`."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.domain.errors import UnreadableFile
from coach.domain.evidence import Intent, Kind, Pattern, Reading, Stakeholder
from coach.domain.ports import Context, Reader
from coach.domain.values import CELLS, Cell, Language, Perspective, Value

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """Right, wrong and missed answers for one label."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def support(self) -> int:
        """How often the label is there."""
        return self.right + self.missed

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True)
class Mistake:
    """An utterance that was read otherwise than labelled."""

    part: str
    text: str
    expected: str
    found: str


@dataclass(frozen=True)
class Figures:
    """The figures of one set of rows; shares lie between 0 and 1."""

    rows: int
    intents: Mapping[str, Score]
    cells: Mapping[str, Score]
    kinds: Mapping[str, Score]
    stakeholders: Mapping[str, Score]
    patterns: Mapping[str, Score]
    direction_accuracy: float
    directions: int
    neutral_rows: int
    neutral_hits: int
    mistakes: tuple[Mistake, ...] = field(default=(), repr=False)

    @property
    def intent_macro_f1(self) -> float:
        """Mean F1 of the intents that occur."""
        return macro(self.intents)

    @property
    def cell_micro_f1(self) -> float:
        """F1 of value × perspective over all rows."""
        return micro(self.cells).f1

    @property
    def kind_macro_f1(self) -> float:
        """Mean F1 of the four kinds, over answers."""
        return macro(self.kinds)

    @property
    def stakeholder_micro_f1(self) -> float:
        """F1 of the parties over all rows."""
        return micro(self.stakeholders).f1


def micro(scores: Mapping[str, Score]) -> Score:
    """Return all labels counted together."""
    return sum(scores.values(), Score())


def macro(scores: Mapping[str, Score]) -> float:
    """Return the mean F1 of the labels that occur; 1 when none does."""
    occurring = [score.f1 for score in scores.values() if score.support]
    return sum(occurring) / len(occurring) if occurring else 1.0


def parts(folder: Path, language: Language, test: bool = False) -> list[Path]:
    """Return the files with labelled rows of a language: those to learn from, or the test rows."""
    every = sorted(folder.glob(f"{language}_*.jsonl"))
    return [path for path in every if path.stem.endswith("_test") is test]


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Return the rows of labelled JSONL files. Raises UnreadableFile with file and line."""
    rows: list[Row] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as problem:
                raise UnreadableFile(f"{path}, line {number}: {problem}") from problem
    return rows


def measure(reader: Reader, rows: Sequence[Row]) -> Figures:
    """Read every row and compare with its labels; a row is measured on the labels it has.

    Rows have the input and output fields of `coach understand`; `neutral` marks a plain sentence in
    which any pattern is a false alarm.
    """
    read = [(row, reader.read(row["text"], context_of(row))) for row in rows]
    pairs = [(row, reading) for row, reading in read if "intent" in row]
    answers = [(row, reading) for row, reading in pairs if row["intent"] == Intent.ANSWER]
    shared = list(_directions(pairs))
    right = sum(expected == found for expected, found in shared)
    plain = [reading for row, reading in read if row.get("neutral")]
    return Figures(
        rows=len(rows),
        intents=_scores(Intent, pairs, lambda row: {row["intent"]}, lambda reading: {reading.intent}),
        cells=_scores(map(str, CELLS), pairs, _labelled_cells, _found_cells),
        kinds=_scores(Kind, answers, lambda row: {row["kind"]}, lambda reading: {reading.kind or "none"}),
        stakeholders=_scores(Stakeholder, pairs, lambda row: set(row["stakeholders"]), _found_parties),
        patterns=_scores(
            Pattern, [pair for pair in read if "patterns" in pair[0]], _labelled_patterns, _found_patterns
        ),
        direction_accuracy=right / len(shared) if shared else 1.0,
        directions=len(shared),
        neutral_rows=len(plain),
        neutral_hits=sum(bool(reading.patterns) for reading in plain),
        mistakes=tuple(_mistakes(read)),
    )


Pairs = Sequence[tuple[Row, Reading]]


def context_of(row: Row) -> Context:
    """Return where a labelled utterance stands."""
    cell = row.get("cell")
    return Context(
        language=Language(row["language"]),
        question=row.get("question"),
        cell=Cell(Value(cell["value"]), Perspective(cell["perspective"])) if cell else None,
    )


def _scores(
    labels: Iterable[str],
    pairs: Pairs,
    expected: Callable[[Row], set[str]],
    found: Callable[[Reading], set[str]],
) -> dict[str, Score]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row, reading in pairs:
        there, seen = expected(row), found(reading)
        right.update(there & seen)
        wrong.update(seen - there)
        missed.update(there - seen)
    return {str(label): Score(right[label], wrong[label], missed[label]) for label in labels}


def _labelled_cells(row: Row) -> set[str]:
    return {f"{value['value']}.{value['perspective']}" for value in row["values"]}


def _found_cells(reading: Reading) -> set[str]:
    return {str(finding.cell) for finding in reading.findings}


def _found_parties(reading: Reading) -> set[str]:
    return set(reading.stakeholders)


def _labelled_patterns(row: Row) -> set[str]:
    return {hit["pattern"] for hit in row["patterns"]}


def _found_patterns(reading: Reading) -> set[str]:
    return {hit.pattern for hit in reading.patterns}


def _directions(pairs: Pairs) -> Iterator[tuple[set[str], set[str]]]:
    """Yield labelled and found directions of every cell that was found rightly."""
    for row, reading in pairs:
        for cell in sorted(_labelled_cells(row) & _found_cells(reading)):
            yield (
                {v["direction"] for v in row["values"] if f"{v['value']}.{v['perspective']}" == cell},
                {finding.direction.value for finding in reading.findings if str(finding.cell) == cell},
            )


def _mistakes(read: Pairs) -> Iterator[Mistake]:
    for row, reading in read:
        for part, expected, found in _parts(row, reading):
            if expected != found:
                yield Mistake(part, row["text"], ", ".join(sorted(expected)), ", ".join(sorted(found)))


def _parts(row: Row, reading: Reading) -> Iterator[tuple[str, set[str], set[str]]]:
    if "patterns" in row:
        yield "patterns", _labelled_patterns(row), _found_patterns(reading)
    if "intent" not in row:
        return
    yield "intent", {row["intent"]}, {reading.intent.value}
    yield "values", _labelled_cells(row), _found_cells(reading)
    if row["intent"] == Intent.ANSWER:
        yield "kind", {row["kind"]}, {reading.kind.value if reading.kind else "none"}
    yield "stakeholders", set(row["stakeholders"]), {party.value for party in reading.stakeholders}
    for expected, found in _directions([(row, reading)]):
        yield "direction", expected, found

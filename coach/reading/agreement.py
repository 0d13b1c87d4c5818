"""How far two people who labelled the same utterances agree, for `coach evaluate understanding`."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.domain.review import cohen_kappa
from coach.domain.values import CELLS
from coach.reading.evaluate import Row, Score


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa of two labellers on one label, over so many judgements; None when it cannot be told."""

    label: str
    kappa: float | None
    judgements: int


def agreements(first: Sequence[Row], second: Sequence[Row]) -> list[Agreement]:
    """Return the agreement of two labellers on the rows whose text both have (Cohen 1960).

    Cells are twelve yes-or-no judgements a row; direction is judged on the cells that both gave.
    """
    other = {row["text"]: row for row in second}
    pairs = [(row, other[row["text"]]) for row in first if row["text"] in other]
    judged: Mapping[str, list[tuple[Hashable, Hashable]]] = {
        "intent": [(one["intent"], two["intent"]) for one, two in pairs],
        "value and perspective": [pair for one, two in pairs for pair in _cells(one, two)],
        "direction": [pair for one, two in pairs for pair in _directions(one, two)],
        "kind": [(one["kind"], two["kind"]) for one, two in pairs if one["kind"] and two["kind"]],
    }
    return [
        Agreement(label, cohen_kappa([a for a, _ in told], [b for _, b in told]), len(told))
        for label, told in judged.items()
    ]


def shared_cells(first: Sequence[Row], second: Sequence[Row]) -> Score:
    """Return how the cells of the second labeller fit those of the first: the F1 that a person reaches."""
    other = {row["text"]: set(_ways(row)) for row in second}
    score = Score()
    for row in first:
        if row["text"] in other:
            there, seen = set(_ways(row)), other[row["text"]]
            score += Score(len(there & seen), len(seen - there), len(there - seen))
    return score


def _cells(one: Row, two: Row) -> Iterator[tuple[Hashable, Hashable]]:
    there, seen = _ways(one), _ways(two)
    yield from ((str(cell) in there, str(cell) in seen) for cell in CELLS)


def _directions(one: Row, two: Row) -> Iterator[tuple[Hashable, Hashable]]:
    there, seen = _ways(one), _ways(two)
    yield from ((there[cell], seen[cell]) for cell in sorted(there.keys() & seen.keys()))


def _ways(row: Row) -> dict[str, str]:
    return {f"{label['value']}.{label['perspective']}": label["direction"] for label in row["values"]}

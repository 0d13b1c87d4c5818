"""The worked example of the method, a machine builder with 35 people: each figure beside the one that is printed.

Part B9 of the domain notes, recomputed from level, confidence, trend and wish; and the table of part B10 with
profiles of the same mean and another shape.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.domain import balance as numbers
from coach.domain.actions import Action, RankedAction, levels_after, weigh
from coach.domain.balance import Standing
from coach.domain.simulation import INDEXES
from coach.domain.values import CELLS, Cell, Perspective, Value

IN, OUT = Perspective.INTERNAL, Perspective.EXTERNAL
UNKNOWN = Cell(Value.NATURAL, OUT)
WISH_FOR_UNKNOWN = 2
# level, confidence, trend, wish; then as printed: half width, gap, share of the shortfall in %
ROWS: Mapping[Cell, tuple[int, float, int, int, float, int, float]] = {
    Cell(Value.HUMAN, IN): (3, 0.76, 0, 3, 0.36, 0, 2.4),
    Cell(Value.HUMAN, OUT): (2, 0.40, 0, 3, 0.90, 1, 9.8),
    Cell(Value.SOCIAL, IN): (1, 0.64, -1, 3, 0.54, 2, 22.0),
    Cell(Value.SOCIAL, OUT): (2, 0.49, 0, 3, 0.77, 1, 9.8),
    Cell(Value.INTELLECTUAL, IN): (3, 0.66, 0, 3, 0.51, 0, 2.4),
    Cell(Value.INTELLECTUAL, OUT): (1, 0.40, 0, 3, 0.90, 2, 22.0),
    Cell(Value.MATERIAL, IN): (3, 0.76, 0, 3, 0.36, 0, 2.4),
    Cell(Value.MATERIAL, OUT): (2, 0.40, 0, 3, 0.90, 1, 9.8),
    Cell(Value.NATURAL, IN): (2, 0.76, 1, 3, 0.36, 1, 9.8),
    Cell(Value.FINANCIAL, IN): (4, 0.90, 0, 3, 0.15, -1, 0.0),
    Cell(Value.FINANCIAL, OUT): (2, 0.49, 0, 3, 0.77, 1, 9.8),
}
ACTIONS = (
    Action("A", "A monthly chain talk", Cell(Value.SOCIAL, IN), (Cell(Value.MATERIAL, OUT),)),
    Action(
        "B", "Share one design", Cell(Value.INTELLECTUAL, OUT),
        (Cell(Value.SOCIAL, OUT), Cell(Value.HUMAN, OUT)),
    ),
    Action("D", "Pay suppliers in 14 days", Cell(Value.FINANCIAL, OUT), (Cell(Value.SOCIAL, OUT),)),
    Action("C", "Raise prices", Cell(Value.FINANCIAL, IN)),
)  # fmt: skip
RATINGS = {"A": (9, 8), "B": (7, 7), "C": (8, 9), "D": (6, 9)}
PRINTED_ACTIONS = {"A": (4.15, 4.40), "B": (5.29, 3.71), "D": (2.88, 2.12), "C": (0.0, 0.0)}
SHAPES: Mapping[str, tuple[tuple[float, ...], Mapping[str, float]]] = {
    name: (levels, dict(zip((index for index, _ in INDEXES), printed, strict=True)))
    for name, levels, printed in (
        ("all 50", (2.0,) * 12, (50, 50, 50, 50, 50)),
        ("six at 75, six at 25", (3.0,) * 6 + (1.0,) * 6, (44.1, 50, 37.5, 43.3, 25)),
        ("six at 100, six at 0", (4.0,) * 6 + (0.0,) * 6, (29.3, 50, 0, 0, 0)),
        ("eleven at 75, one at 0", (3.0,) * 11 + (0.0,), (62.5, 68.8, 62.5, 0, 0)),
    )
}


@dataclass(frozen=True)
class Check:
    """A figure of the method: recomputed, as it is printed, and with how many decimals it is printed."""

    name: str
    value: float
    printed: float
    decimals: int = 1

    @property
    def same(self) -> bool:
        """Tell whether it is the same to the printed digit."""
        return f"{self.value:.{self.decimals}f}" == f"{self.printed:.{self.decimals}f}"


def standings() -> list[Standing]:
    """Return the eleven known cells of the machine builder."""
    return [
        Standing(cell, level, numbers.half_width(sure), wish, trend)
        for cell, (level, sure, trend, wish, *_) in ROWS.items()
    ]


def worked_example() -> Iterator[Check]:
    """Yield every printed figure of the worked example, cell by cell, then the profile, then the actions."""
    known = standings()
    yield from _cells(known)
    yield from _profile(known)
    yield from _wish(known)
    yield from _actions(known)


def same_mean() -> Iterator[Check]:
    """Yield the indexes of four profiles, three of them with the same mean."""
    for name, (levels, printed) in SHAPES.items():
        for index, measure in INDEXES:
            yield Check(f"{name}: {index}", _rounded_up(measure(levels)), printed[index])


def _rounded_up(number: float) -> float:
    """Half a tenth counts up, as printed: 68.75 is 68.8, whatever its last binary digit."""
    return number + 1e-9


def _cells(known: Sequence[Standing]) -> Iterator[Check]:
    shares = numbers.shares(known)
    for standing, (level, *_, wish, width, gap, share) in zip(known, ROWS.values(), strict=True):
        yield Check(f"{standing.cell}: half width", _rounded_up(standing.half_width), width, 2)
        yield Check(f"{standing.cell}: gap", wish - level, gap, 0)
        yield Check(f"{standing.cell}: share of shortfall, %", 100 * shares[standing.cell], share)


def _profile(known: Sequence[Standing]) -> Iterator[Check]:
    levels = [standing.level for standing in known]
    inside, outside = ([s.level for s in known if s.cell.perspective is side] for side in Perspective)
    low, high = numbers.range_with_unknown(known, len(CELLS) - len(known))
    yield Check("known cells", len(known), 11, 0)
    yield Check("height H", numbers.height(levels), 56.8)
    yield Check("balance B", numbers.balance(levels), 51.7)
    yield Check("band of B, +-", numbers.balance_error(known), 4.1)
    yield Check("loss H - B", numbers.height(levels) - numbers.balance(levels), 5.1)
    yield Check("spread", numbers.spread(levels), 3, 0)
    yield Check("mean level inside", sum(inside) / len(inside), 2.67, 2)
    yield Check("mean level outside", sum(outside) / len(outside), 1.80, 2)
    yield Check("outside - inside", numbers.tilt(known) or 0.0, -0.87, 2)
    yield Check("B with the unknown cell at 0", low, 45.5)
    yield Check("B with the unknown cell at 4", high, 53.8)


def _wish(known: Sequence[Standing]) -> Iterator[Check]:
    wished = [*(float(s.desired or 0) for s in known), float(WISH_FOR_UNKNOWN)]
    yield Check("height of the wish", numbers.height(wished), 72.9)
    yield Check("balance of the wish", numbers.balance(wished), 72.0)
    yield Check("fit to the wish F", numbers.fit_to_wish(known) or 0.0, 63.8)


def _actions(known: Sequence[Standing]) -> Iterator[Check]:
    weighed = [weigh(action, known, RATINGS) for action in ACTIONS]
    for one in weighed:
        gain, score = PRINTED_ACTIONS[one.action.id]
        yield Check(f"action {one.action.id}: gain", one.gain, gain, 2)
        yield Check(f"action {one.action.id}: score", one.score, score, 2)
    yield Check("best gain", max(one.gain for one in weighed), 5.3)
    yield Check(
        "leverage of not knowing nature outside", numbers.leverage_of_not_knowing(known, UNKNOWN), 8.3
    )
    yield from _afterwards(known, weighed)


def _afterwards(known: Sequence[Standing], weighed: Sequence[RankedAction]) -> Iterator[Check]:
    first, second = (one.action for one in weighed[:2])
    after = levels_after(known, first)
    raised = [
        Standing(standing.cell, level, standing.half_width, standing.desired, standing.trend)
        for standing, level in zip(known, after, strict=True)
    ]
    yield Check("B after A", numbers.balance(after), 55.9)
    yield Check("B after A and B", numbers.balance(levels_after(raised, second)), 61.7)

"""The worked example of the method (machine builder, 35 people), reproduced to the printed digit."""

import pytest

from coach.domain import balance as numbers
from coach.domain.actions import Action, levels_after, weigh
from coach.domain.balance import Standing
from coach.domain.values import CELLS, Cell, Perspective, Value

# level, confidence, trend, wish; one row per cell in the order of CELLS, None where nothing is known
ROWS = [
    (3, 0.76, 0, 3), (2, 0.40, 0, 3), (1, 0.64, -1, 3), (2, 0.49, 0, 3), (3, 0.66, 0, 3), (1, 0.40, 0, 3),
    (3, 0.76, 0, 3), (2, 0.40, 0, 3), (2, 0.76, 1, 3), None, (4, 0.90, 0, 3), (2, 0.49, 0, 3),
]  # fmt: skip


def machine_builder() -> list[Standing]:
    return [
        Standing(cell, row[0], numbers.half_width(row[1]), row[3], row[2])
        for cell, row in zip(CELLS, ROWS, strict=True)
        if row is not None
    ]


def cell(value: Value, side: Perspective) -> Cell:
    return Cell(value, side)


IN, OUT = Perspective.INTERNAL, Perspective.EXTERNAL
CHAIN_TALK = Action("A", "A", cell(Value.SOCIAL, IN), (cell(Value.MATERIAL, OUT),))
SHARE_DESIGN = Action(
    "B", "B", cell(Value.INTELLECTUAL, OUT), (cell(Value.SOCIAL, OUT), cell(Value.HUMAN, OUT))
)
RAISE_PRICES = Action("C", "C", cell(Value.FINANCIAL, IN))
PAY_SOONER = Action("D", "D", cell(Value.FINANCIAL, OUT), (cell(Value.SOCIAL, OUT),))
RATINGS = {"A": (9, 8), "B": (7, 7), "C": (8, 9), "D": (6, 9)}


def test_height_balance_and_band() -> None:
    standings = machine_builder()
    levels = [standing.level for standing in standings]
    assert round(numbers.height(levels), 1) == 56.8
    assert round(numbers.balance(levels), 1) == 51.7
    assert round(numbers.balance_error(standings), 1) == 4.1
    assert round(numbers.height(levels) - numbers.balance(levels), 1) == 5.1


def test_shape_tilt_and_gate() -> None:
    standings = machine_builder()
    assert numbers.spread([standing.level for standing in standings]) == 3
    assert numbers.shape(standings) == "lopsided"
    assert numbers.height_word(56.8) == "middle"
    assert numbers.gate(standings) == ()
    tilt = numbers.tilt(standings)
    assert tilt is not None and round(tilt, 2) == -0.87


def test_range_if_the_unknown_cell_were_bottom_or_top() -> None:
    low, high = numbers.range_with_unknown(machine_builder(), 1)
    assert (round(low, 1), round(high, 1)) == (45.5, 53.8)


def test_wish() -> None:
    wished = [3] * 9 + [2] + [3] * 2
    assert round(numbers.height(wished), 1) == 72.9
    assert round(numbers.balance(wished), 1) == 72.0
    fit = numbers.fit_to_wish(machine_builder())
    assert fit is not None and round(fit, 1) == 63.8


@pytest.mark.parametrize(
    ("index", "share"), [(0, 2.4), (1, 9.8), (2, 22.0), (5, 22.0), (8, 9.8), (10, 0.0), (11, 9.8)]
)
def test_shares_of_the_shortfall(index: int, share: float) -> None:
    assert round(100 * numbers.shares(machine_builder())[CELLS[index]], 1) == share


@pytest.mark.parametrize(
    ("action", "gain", "score"),
    [
        (CHAIN_TALK, 4.15, 4.40),
        (SHARE_DESIGN, 5.29, 3.71),
        (PAY_SOONER, 2.88, 2.12),
        (RAISE_PRICES, 0.0, 0.0),
    ],
)
def test_actions(action: Action, gain: float, score: float) -> None:
    weighed = weigh(action, machine_builder(), RATINGS)
    assert round(weighed.gain, 2) == gain
    assert round(weighed.score, 2) == score


def test_after_the_first_action_and_after_two() -> None:
    standings = machine_builder()
    after = levels_after(standings, CHAIN_TALK)
    assert round(numbers.balance(after), 1) == 55.9
    raised = [
        Standing(s.cell, level, s.half_width, s.desired) for s, level in zip(standings, after, strict=True)
    ]
    assert round(numbers.balance(levels_after(raised, SHARE_DESIGN)), 1) == 61.7


def test_not_knowing_nature_outside_weighs_more_than_the_best_action() -> None:
    unknown = cell(Value.NATURAL, OUT)
    assert round(numbers.leverage_of_not_knowing(machine_builder(), unknown), 1) == 8.3

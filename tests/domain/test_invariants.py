"""What must hold for every profile, whatever was said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import balance as numbers
from coach.domain.actions import Action, levels_after, weigh
from coach.domain.balance import Standing
from coach.domain.evidence import (
    Direction,
    Evidence,
    Kind,
    Time,
    confidence,
    has_harm,
    is_concrete,
    level_now,
)
from coach.domain.values import CELLS, Cell

LEVELS = st.lists(st.integers(0, 4).map(float), min_size=1, max_size=12)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    return Evidence(
        id=f"e{draw(st.integers(1, 99))}",
        position=draw(st.integers(0, 8)),
        quote="iets",
        cell=draw(st.sampled_from(CELLS)),
        kind=draw(st.sampled_from(Kind)),
        direction=draw(st.sampled_from(Direction)),
        time=draw(st.sampled_from(Time)),
    )


ITEMS = st.lists(evidence(), max_size=8)


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    cells = draw(st.lists(st.sampled_from(CELLS), unique=True, max_size=12))
    return [
        Standing(
            cell,
            draw(st.integers(0, 4)),
            draw(st.floats(0, 1.5)),
            draw(st.none() | st.integers(0, 4)),
            draw(st.sampled_from([None, -1, 0, 1])),
            draw(st.booleans()),
        )
        for cell in cells
    ]


@given(LEVELS)
def test_balance_lies_between_the_lowest_level_and_the_height(levels: list[float]) -> None:
    assert 25 * min(levels) - 1e-9 <= numbers.balance(levels) <= numbers.height(levels) + 1e-9


@given(st.integers(0, 4), st.integers(1, 12))
def test_equal_levels_give_a_balance_equal_to_the_height(level: int, n: int) -> None:
    assert numbers.balance([level] * n) == pytest.approx(numbers.height([level] * n))


@given(LEVELS, st.data())
def test_raising_a_cell_never_lowers_the_balance(levels: list[float], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(levels) - 1))
    raised = [*levels]
    raised[place] = data.draw(st.floats(levels[place], 4))
    assert numbers.balance(raised) >= numbers.balance(levels) - 1e-9


@given(LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_cells_is_irrelevant(levels: list[float], random: "object") -> None:
    mixed = sorted(levels, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert numbers.balance(mixed) == pytest.approx(numbers.balance(levels))


@given(ITEMS, st.data())
def test_removing_what_builds_up_never_raises_a_level(items: list[Evidence], data: st.DataObject) -> None:
    ups = [item for item in items if item.direction is Direction.BUILDS_UP]
    if not ups:
        return
    gone = data.draw(st.sampled_from(ups))
    before, after = level_now(items), level_now([item for item in items if item is not gone])
    assert after is None or (before is not None and after <= before)


@given(ITEMS, st.data())
def test_removing_what_costs_value_never_lowers_a_level(items: list[Evidence], data: st.DataObject) -> None:
    downs = [item for item in items if item.direction is Direction.DRAWS_DOWN]
    if not downs:
        return
    gone = data.draw(st.sampled_from(downs))
    before, after = level_now(items), level_now([item for item in items if item is not gone])
    assert before is None or after is None or after >= before


@given(ITEMS, st.data())
def test_confidence_never_rises_by_removing_evidence_of_one_direction(
    items: list[Evidence], data: st.DataObject
) -> None:
    agreeing = [replace(item, direction=Direction.BUILDS_UP) for item in items]
    if not agreeing:
        return
    gone = data.draw(st.sampled_from(agreeing))
    fewer = [item for item in agreeing if item is not gone]
    assert confidence(fewer) <= confidence(agreeing) + 1e-9


@given(ITEMS)
def test_only_opinions_give_no_level(items: list[Evidence]) -> None:
    opinions = [replace(item, kind=Kind.OPINION) for item in items]
    assert level_now(opinions) is None


@given(ITEMS)
def test_harm_keeps_the_level_at_one_or_lower(items: list[Evidence]) -> None:
    level = level_now(items)
    if has_harm(items):
        assert level is not None and level <= 1


@given(ITEMS)
def test_a_level_needs_concrete_evidence_about_now_and_is_then_sure_enough(items: list[Evidence]) -> None:
    concrete = [item for item in items if is_concrete(item) and item.time is Time.NOW]
    assert (level_now(items) is not None) == bool(concrete)
    if concrete:
        assert confidence(items) >= 0.30 - 1e-9


@given(ITEMS)
def test_identical_evidence_in_any_order_gives_identical_results(items: list[Evidence]) -> None:
    assert level_now(items) == level_now(items[::-1])
    assert confidence(items) == pytest.approx(confidence(items[::-1]))


@given(standings(), st.sampled_from(CELLS), st.lists(st.sampled_from(CELLS), max_size=2))
def test_an_action_never_lowers_anything(known: list[Standing], main: Cell, sides: list[Cell]) -> None:
    action = Action("a", "a", main, tuple(side for side in sides if side != main))
    after = levels_after(known, action)
    assert all(new >= old.level for new, old in zip(after, known, strict=True))
    assert weigh(action, known, {}).gain >= -1e-9


@given(standings())
def test_nothing_known_and_everything_full_do_not_crash(known: list[Standing]) -> None:
    for cells in (known, [], [replace(one, level=4) for one in known]):
        levels = [one.level for one in cells]
        assert 0 <= numbers.balance(levels) <= 100
        assert numbers.balance_error(cells) >= 0
        assert all(0 <= share <= 1 for share in numbers.shares(cells).values())
        assert all(numbers.leverage_of_not_knowing(cells, cell) >= -1e-9 for cell in CELLS)

"""Why not higher: every way that is named really leads to the level that is promised."""

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.evidence import Direction, Evidence, Kind, Time, confidence, is_sufficient, level_now
from coach.domain.raising import costs_now, raises_for, surer_by_example
from coach.domain.values import CELLS, MAX_LEVEL

CELL = CELLS[0]
ADDS = {
    "example": (Kind.EXAMPLE,),
    "agreement_or_number": (Kind.AGREEMENT_OR_NUMBER,),
    "third_party": (Kind.THIRD_PARTY,),
    "both": (Kind.AGREEMENT_OR_NUMBER, Kind.THIRD_PARTY),
}


def item(
    kind: Kind, direction: Direction = Direction.BUILDS_UP, time: Time = Time.NOW, at: int = 0
) -> Evidence:
    return Evidence(f"e{at}", at, "iets", CELL, kind, direction, time)


ITEMS = st.lists(
    st.builds(
        item, st.sampled_from(Kind), st.sampled_from(Direction), st.sampled_from(Time), st.integers(0, 6)
    ),
    max_size=6,
)


def level(items: list[Evidence]) -> int | None:
    return level_now(items) if is_sufficient(confidence(items)) else None


@given(ITEMS)
def test_what_is_named_leads_to_the_level_that_is_promised(items: list[Evidence]) -> None:
    now = level(items)
    for way in raises_for(CELL, items):
        assert now is None or way.level > now
        if way.by != "stops":
            more = [*items, *(item(kind, at=-1) for kind in ADDS[way.by])]
            assert level(more) == way.level


@given(ITEMS)
def test_below_the_top_there_is_always_a_way_up(items: list[Evidence]) -> None:
    now = level(items)
    assert raises_for(CELL, items) or now == MAX_LEVEL


def test_one_example_is_raised_by_a_fixed_agreement_and_then_by_both() -> None:
    ways = [(way.by, way.level) for way in raises_for(CELL, [item(Kind.EXAMPLE)])]
    assert ways == [("agreement_or_number", 3), ("both", 4)]


def test_an_agreement_is_raised_by_somebody_who_confirms_it() -> None:
    assert [(way.by, way.level) for way in raises_for(CELL, [item(Kind.AGREEMENT_OR_NUMBER)])] == [
        ("third_party", 4)
    ]


def test_a_cost_has_to_stop_first() -> None:
    items = [item(Kind.EXAMPLE), item(Kind.EXAMPLE, Direction.DRAWS_DOWN, at=1)]
    assert [(way.by, way.level) for way in raises_for(CELL, items)] == [("stops", 2)]
    assert [one.position for one in costs_now(items)] == [1]


def test_one_more_example_makes_it_surer() -> None:
    items = [item(Kind.EXAMPLE)]
    assert surer_by_example(CELL, items) > confidence(items)

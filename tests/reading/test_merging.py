"""How findings of a model join those of the rules: each rule of the module, and what holds for any findings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.evidence import Direction, Finding, Intent, Kind, Reading, Time
from coach.domain.values import Perspective, Value
from coach.reading.merging import MOST, additions, finding_of

TEXT = (
    "Elke nieuwe monteur loopt zes weken mee met Theo, en we lenen de bus   uit aan de buurt. Da’s gewoon zo."
)
RULES = Finding(
    Value.HUMAN, Perspective.INTERNAL, Direction.BUILDS_UP, Kind.AGREEMENT_OR_NUMBER, Time.NOW,
    "loopt zes weken mee met Theo", "meelopen",
)  # fmt: skip
HEARD = Reading(Intent.ANSWER, Kind.AGREEMENT_OR_NUMBER, (RULES,), words=19)
BUS = Finding(
    Value.SOCIAL,
    Perspective.EXTERNAL,
    Direction.BUILDS_UP,
    Kind.EXAMPLE,
    Time.NOW,
    "we lenen de bus uit",
    "model m",
)


def test_a_cell_that_the_rules_missed_is_added_with_the_words_as_typed() -> None:
    assert additions(TEXT, HEARD, [BUS]) == (replace(BUS, quote="we lenen de bus   uit"),)


@pytest.mark.parametrize("intent", [one for one in Intent if one is not Intent.ANSWER])
def test_where_the_rules_heard_no_answer_nothing_is_added(intent: Intent) -> None:
    assert additions(TEXT, Reading(intent), [BUS]) == ()


def test_capitals_and_apostrophes_are_those_of_the_answer() -> None:
    assert additions(TEXT, HEARD, [replace(BUS, quote="da's GEWOON zo.")])[0].quote == "Da’s gewoon zo"


@pytest.mark.parametrize("quote", ["", "bus", "we verkopen de bus", "lene de bu", "…", "."])
def test_what_she_did_not_say_is_dropped(quote: str) -> None:
    assert additions(TEXT, HEARD, [replace(BUS, quote=quote)]) == ()


def test_on_a_cell_of_the_rules_theirs_stands_also_against_another_direction() -> None:
    other = replace(RULES, direction=Direction.DRAWS_DOWN, quote="Elke nieuwe monteur", rule="model m")
    assert additions(TEXT, HEARD, [other]) == ()


def test_nothing_is_harder_than_what_the_rules_heard() -> None:
    heard = replace(HEARD, kind=Kind.OPINION, findings=())
    assert additions(TEXT, heard, [replace(BUS, kind=Kind.THIRD_PARTY)])[0].kind is Kind.OPINION
    assert additions(TEXT, HEARD, [BUS])[0].kind is Kind.EXAMPLE


def test_nothing_done_is_for_the_rules_to_hear() -> None:
    assert additions(TEXT, HEARD, [replace(BUS, direction=Direction.NEUTRAL)]) == ()


def test_one_for_each_cell_three_at_most_in_the_order_of_the_answer() -> None:
    many = [
        replace(BUS, value=value, quote=quote)
        for value in Value
        for quote in ("de buurt", "Elke nieuwe monteur")
    ]
    added = additions(TEXT, HEARD, many)
    assert len(added) == MOST and len({one.cell for one in added}) == MOST
    assert [one.quote for one in added] == sorted((one.quote for one in added), key=TEXT.index)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "x",
        [],
        {},
        {"value": "karma"},
        {"value": "social", "perspective": "external", "direction": "sideways"},
    ],
)
def test_what_is_no_finding_is_none(raw: object) -> None:
    assert finding_of(raw, "model m") is None


words = st.text("abcdeéï '’.,\n", max_size=30)
findings = st.lists(
    st.builds(
        Finding, st.sampled_from(Value), st.sampled_from(Perspective), st.sampled_from(Direction),
        st.sampled_from(Kind), st.sampled_from(Time), words, st.just("model m"),
    ),
    max_size=8,
)  # fmt: skip


@given(words, findings, findings, st.sampled_from(Kind))
def test_whatever_comes_quotes_are_literal_and_the_rules_untouched(
    text: str, own: list[Finding], proposed: list[Finding], kind: Kind
) -> None:
    heard = Reading(Intent.ANSWER, kind, tuple(own))
    added = additions(text, heard, proposed)
    assert all(one.quote and one.quote in text for one in added)
    assert not {one.cell for one in added} & {one.cell for one in own}
    assert len(added) <= MOST
    assert additions(text, heard, proposed) == added

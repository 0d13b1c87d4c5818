"""Then and now: what moved, on which words, and what was only said less."""

import pytest

from coach.domain.comparing import (
    compare,
    effect_of_answer,
    effect_of_correction,
    effect_of_last_change,
    words_of,
)
from coach.domain.conversation import Conversation, Corrected
from coach.domain.evidence import Direction, Kind
from coach.domain.profile import build_profile
from coach.domain.values import CELLS, Cell
from tests.reports.sample import COSTS, NEUTRAL, NOON, Talk, asks, found, heard

INSIDE = "human.internal"
CELL = next(cell for cell in CELLS if str(cell) == INSIDE)
EXAMPLE, AGREED = Kind.EXAMPLE, Kind.AGREEMENT_OR_NUMBER


def opened() -> Talk:
    """A talk of which the contract's question is answered."""
    made = Talk()
    made.turn("Rust.", heard(words=1), asks(1), "Waar gaat het over?")
    return made


def talk(*told: tuple[str, Kind, Direction]) -> Conversation:
    """One answer for each thing told about the people inside."""
    made = opened()
    for number, (quote, kind, direction) in enumerate(told):
        reading = heard(found(INSIDE, quote, kind, direction), words=9)
        made.turn(f"{quote}.", reading, asks(min(7, number + 2)), "En verder?")
    return made.conversation


UP = Direction.BUILDS_UP
CASES = {
    "up": ((("een uur samen leren", EXAMPLE, UP),), (("elke maandag een leeruur", AGREED, UP),)),
    "less_said": ((("elke maandag een leeruur", AGREED, UP),), (("een uur samen leren", EXAMPLE, UP),)),
    "down": ((("elke maandag een leeruur", AGREED, UP),), (("Sanne viel uit", EXAMPLE, COSTS),)),
    "same": ((("een uur samen leren", EXAMPLE, UP),), (("een middag op cursus", EXAMPLE, UP),)),
    "new": ((), (("een uur samen leren", EXAMPLE, UP),)),
    "cost_unsaid": ((("Sanne viel uit", EXAMPLE, COSTS),), (("een uur samen leren", EXAMPLE, UP),)),
    "silent": ((), ()),
}


@pytest.mark.parametrize("move", CASES)
def test_a_cell_moves_on_words_and_not_on_silence(move: str) -> None:
    before, after = (talk(*told) for told in CASES[move])
    found_moves = compare(build_profile(before), build_profile(after))
    assert {one.cell: one.move for one in found_moves.moves}[CELL] == move


def test_what_is_no_longer_told_is_said_less() -> None:
    before, after = talk(("elke maandag een leeruur", AGREED, UP)), talk()
    assert [one.cell for one in compare(build_profile(before), build_profile(after)).of("less_said")] == [
        CELL
    ]


def test_nothing_done_is_lower_and_not_less_said() -> None:
    before, after = (
        talk(("elke maandag een leeruur", AGREED, UP)),
        talk(("hier doen we niets", EXAMPLE, NEUTRAL)),
    )
    assert [one.cell for one in compare(build_profile(before), build_profile(after)).of("down")] == [CELL]


def test_the_same_talk_over_itself_moves_nothing() -> None:
    profile = build_profile(talk(("een uur samen leren", EXAMPLE, UP)))
    told = compare(profile, profile)
    assert not told.of("up", "down", "new", "less_said", "cost_unsaid")
    assert told.before == told.after and not told.is_clear


def test_numbers_are_over_the_cells_known_both_times() -> None:
    before, after = talk(("een uur samen leren", EXAMPLE, UP)), talk(("elke maandag een leeruur", AGREED, UP))
    told = compare(build_profile(before), build_profile(after))
    assert told.before is not None and told.after is not None
    assert (told.before.cells, told.before.height, told.after.height) == (1, 50.0, 75.0)
    assert compare(build_profile(talk()), build_profile(after)).before is None


def test_each_move_has_its_words() -> None:
    profile = build_profile(
        talk(("elke maandag een leeruur", AGREED, UP), ("een uur samen leren", EXAMPLE, UP))
    )
    assert [item.quote for item in words_of(profile.cell(CELL))] == [
        "elke maandag een leeruur",
        "een uur samen leren",
    ]


def corrected(conversation: Conversation, level: int | None) -> Conversation:
    return conversation.append(
        Corrected(conversation.next_position, NOON, CELL, level, "Sinds mei ligt het vast")
    )


def test_a_level_she_set_herself_is_not_compared_with_words() -> None:
    before = corrected(talk(("een uur samen leren", EXAMPLE, UP)), 4)
    after = talk(("een middag op cursus", EXAMPLE, UP))
    assert CELL in [one.cell for one in compare(build_profile(before), build_profile(after)).of("same")]


def test_a_correction_shows_what_it_does() -> None:
    conversation = corrected(talk(("een uur samen leren", EXAMPLE, UP)), 4)
    for effect in (effect_of_correction(conversation, CELL), effect_of_last_change(conversation)):
        assert effect is not None
        assert [(effect.before.cell(one).level, effect.after.cell(one).level) for one in effect.cells] == [
            (2, 4)
        ]


def test_taking_a_correction_back_is_a_change_too() -> None:
    effect = effect_of_last_change(corrected(corrected(talk(("een uur samen leren", EXAMPLE, UP)), 4), None))
    assert effect is not None and effect.after.cell(CELL).level == 2


def test_an_act_that_moves_no_cell_is_no_change() -> None:
    assert effect_of_last_change(talk(("een uur samen leren", EXAMPLE, UP))) is None
    assert effect_of_last_change(Talk().conversation) is None


def test_an_answer_put_differently_shows_its_cells_before_and_after() -> None:
    made = opened()
    made.turn(
        "We leerden een keer samen.", heard(found(INSIDE, "een keer samen"), words=5), asks(2), "En nu?"
    )
    first = made.conversation.exchanges[-1].said.position
    reading = heard(found(INSIDE, "elke maandag samen", AGREED), words=5)
    made.turn("We leren elke maandag samen.", reading, asks(3), "Wat houdt het zo?", revises=first)
    exchange = made.conversation.exchanges[-1]
    effect = effect_of_answer(made.conversation, exchange)
    assert effect is not None
    cell: Cell = CELL
    assert (effect.before.cell(cell).level, effect.after.cell(cell).level) == (2, 3)
    assert effect_of_answer(made.conversation, made.conversation.exchanges[0]) is None

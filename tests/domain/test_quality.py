"""The measures of a conversation, on turns that were made for them."""

from pathlib import Path

import pytest

from coach.domain.conversation import Conversation
from coach.domain.quality import Quality, Yardstick, is_open, measure, questions_in, word_count
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.values import Language
from coach.services.outline import read_yardstick
from tests.reports.sample import PROMPTS, Talk, asks, heard

NL = read_yardstick(PROMPTS, Language.NL)
EN = read_yardstick(PROMPTS, Language.EN)


def measured(*turns: tuple[str, Step]) -> Quality:
    talk = Talk()
    for text, step in turns:
        talk.turn("Wij doen dat zo.", heard(words=4), step, text)
    return measure(talk.conversation, NL)


def test_a_turn_with_two_questions_is_seen() -> None:
    result = measured(("“Wat dan?” Hoe ging dat?", asks(1)), ("Wie was erbij? En wat deed jij?", asks(2)))
    assert result.questions == 4  # the opening one too; what is quoted is not hers
    assert result.one_question_share == round(2 / 3, 2)


@pytest.mark.parametrize(
    ("question", "open_"),
    [
        ("Wat merkte je toen?", True),
        ("Kun je één moment noemen waarop dat lukte?", True),
        ("Waaraan zou je dat zien?", True),
        ("Heb je dat besproken?", False),
        ("Is dat een goed idee?", False),
    ],
)
def test_open_and_closed_questions(question: str, open_: bool) -> None:
    assert is_open(question, NL) is open_


def test_english_has_its_own_yardstick() -> None:
    assert is_open("Could you walk me through last Thursday?", EN)
    assert not is_open("Do you agree?", EN)


def test_questions_for_consent_do_not_count_as_closed() -> None:
    result = measured(
        ("Klopt dat? Vul gerust aan.", Step(Lead.REFLECT, Ask(AskKind.SUMMARY, 1))),
        ("Zullen we hier even bij blijven?", Step(Lead.HEAVY, Ask(AskKind.QUESTION, 2))),
    )
    assert result.open_share == 1.0


@pytest.mark.parametrize(
    ("text", "step", "count"),
    [
        ("Je moet een lijst maken. Wat denk je?", asks(2), 1),
        ("Je moet een lijst maken. Wat denk je?", asks(6), 0),
        ("Je zou kunnen ruilen. Wat past?", Step(Lead.EXAMPLE, Ask(AskKind.QUESTION, 3), again=True), 0),
        ("“Je moet maar durven.” Wat deed je?", asks(2), 0),
    ],
)
def test_advice_before_question_six_that_nobody_asked_for(text: str, step: Step, count: int) -> None:
    assert measured((text, step)).advice_before_six == count


def test_formal_and_informal_you_in_one_talk() -> None:
    assert measured(("Wat ziet u?", asks(1)), ("Wat zie jij?", asks(2))).mixed_register
    assert not measured(("Wat zie je?", asks(1)), ("Wat zie jij?", asks(2))).mixed_register


def test_follow_ups_over_the_limit() -> None:
    steps = [asks(1, FollowUp.EXAMPLE), asks(1, FollowUp.OUTSIDE), asks(1, FollowUp.INSIDE)]
    assert measured(*(("Wat nog meer?", step) for step in steps)).over_follow_up_limit == 1
    assert measured(*(("Wat nog meer?", step) for step in steps[:2])).over_follow_up_limit == 0


def test_talk_share_lengths_and_jargon() -> None:
    result = measured(("Wat is de impact op stakeholders?", asks(1)))
    assert result.jargon == 2
    assert result.talk_share == round((7 + 6) / 4, 2)
    assert result.longest_words == 7


def test_nothing_said_measures_nothing() -> None:
    result = measure(Conversation("x", Language.NL, None), NL)
    assert result.coach_turns == 0 and result.open_share is None and result.talk_share is None


def test_counting_words_and_questions() -> None:
    assert word_count("Zo'n dag, 's nachts: één-op-één.") == 5
    assert questions_in("Ja. Wat nu? Nee! En dan?") == ["Wat nu?", "En dan?"]


def test_yardsticks_are_valid_expressions() -> None:
    for yardstick in (NL, EN):
        assert isinstance(yardstick, Yardstick)
        assert measure(Talk().conversation, yardstick).questions == 1
    assert Path(PROMPTS / "nl" / "quality.yaml").exists()

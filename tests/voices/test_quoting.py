"""The few words that are given back: literal, whole, and worth hearing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import prompts
from coach.domain.values import Language
from coach.settings import Settings
from coach.voices.quoting import WHOLE, QuotingWords, choose_quote, without_opening


def lists(language: Language) -> QuotingWords:
    folder: Path = Settings().prompts_dir
    return prompts.load(folder / language / "quoting.yaml", QuotingWords)


NL, EN = lists(Language.NL), lists(Language.EN)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Vanaf volgende week vrijdag.", "Vanaf volgende week vrijdag"),
        (
            "De recepten zitten in mijn hoofd, en dan?",
            "De recepten zitten in mijn hoofd",
        ),
        (
            "Een bakkerij zonder goede mensen is een fabriek.",
            "Een bakkerij zonder goede mensen is een fabriek",
        ),
        ("Ja.", ""),
    ],
)
def test_dutch(text: str, quote: str) -> None:
    assert choose_quote(text, NL) == quote


@given(st.text(max_size=300))
def test_a_quote_is_literal_and_short(text: str) -> None:
    chosen = choose_quote(text, EN)
    assert chosen in text
    assert len(chosen.split()) <= WHOLE + 1


def test_the_same_words_are_not_given_back_twice() -> None:
    text = "We have no buffer."
    first = choose_quote(text, EN)
    assert first == "We have no buffer"
    assert choose_quote(text, EN, used=[first]) == ""


def test_a_quote_does_not_break_off() -> None:
    chosen = choose_quote(
        "We zoeken al maanden met z'n allen naar een nieuwe monteur voor de bus van Theo", NL
    )
    assert chosen.split()[-1] not in NL.loose_ends


def test_conjunctions_at_the_beginning_are_left_out() -> None:
    assert without_opening("en dat hebben we zo afgesproken.", NL) == "hebben we zo afgesproken"

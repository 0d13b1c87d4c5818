"""What is learnt from example questions, and that none of them is a question it is measured on."""

import json
from pathlib import Path

import numpy as np
import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language, Value
from coach.retrieval.examples import Example, learn, made_from, read_examples, store
from coach.retrieval.guesses import FILE_NAME, LABELS, open_guesses
from coach.retrieval.normalise import words
from coach.retrieval.table import VALUES

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
human:
  1: |
    wat hoort er bij gezond werken
    gaat dit over mensen
  3: |
    waarom is iedereen zo moe
    waarom werken mensen over
natural:
  1: |
    wat hoort er bij energie en water
    gaat dit over afval
  3: |
    waarom gooien we zoveel weg
    waarom staat de kraan open
opening: |
  wat zijn de zes waarden
nothing: |
  hoe bak ik een taart
"""


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """A folder with a few examples in Dutch, and what was learnt from them."""
    folder = tmp_path / "prompts" / "nl"
    folder.mkdir(parents=True)
    (folder / "asked.yaml").write_text(ASKED, encoding="utf-8")
    store(learn(folder.parent, Language.NL), folder)
    return folder.parent


def test_other_words_and_forms_are_recognised(prompts: Path) -> None:
    guess = open_guesses(prompts)[Language.NL].of("Waarom zijn de medewerkers vermoeid en moe?")
    assert VALUES[int(guess.values.argmax())] is Value.HUMAN
    assert int(guess.questions.argmax()) == 3
    assert guess.cells[VALUES.index(Value.HUMAN), 3] == guess.cells[1:].max()


def test_opening_and_questions_without_an_answer_are_kept_apart(prompts: Path) -> None:
    guesses = open_guesses(prompts)[Language.NL]
    assert VALUES[int(guesses.of("de zes waarden").values.argmax())] is None
    cake = guesses.of("een taart bakken")
    assert cake.nothing > cake.values.max()


def test_strange_words_give_no_guess(prompts: Path) -> None:
    guess = open_guesses(prompts)[Language.NL].of("xqzw")
    assert guess.nothing == 0
    assert not guess.values.any() and not guess.questions.any() and not guess.cells.any()


def test_the_same_examples_teach_the_same(prompts: Path) -> None:
    first, second = (learn(prompts, Language.NL).arrays for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_a_sentence_from_a_talk_counts_less_and_for_no_question() -> None:
    answers = Example("de ploeg is moe", "human").answers
    assert answers["human"] == 1
    assert answers["3"] == pytest.approx(1 / 7)
    assert set(answers) <= set(LABELS)


def test_a_damaged_file_is_told(prompts: Path) -> None:
    (prompts / "nl" / FILE_NAME).write_bytes(b"no numbers")
    with pytest.raises(UnreadableFile, match="coach train"):
        open_guesses(prompts)


def test_without_a_file_nothing_is_guessed(tmp_path: Path) -> None:
    assert open_guesses(tmp_path) == {}


@pytest.mark.parametrize("language", Language)
def test_the_shipped_weights_are_those_of_the_shipped_examples(language: Language) -> None:
    with np.load(ROOT / "prompts" / language / FILE_NAME, allow_pickle=False) as stored:
        assert str(stored["made_from"]) == made_from(ROOT / "prompts", language), "run `coach train`"


@pytest.mark.parametrize("language", Language)
def test_no_example_is_a_question_that_is_measured_on(language: Language) -> None:
    gold = [
        frozenset(words(json.loads(line)["question_text"]))
        for path in (ROOT / "tests" / "gold").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for example in read_examples(ROOT / "prompts" / language / "asked.yaml"):
        said = frozenset(words(example.text))
        alike = max(len(said & asked) / len(said | asked) for asked in gold) if len(said) > 2 else 0.0
        assert alike < 0.6, f"{example.text!r} is too near to a gold question"


@pytest.mark.parametrize("language", Language)
def test_every_value_and_question_has_examples(language: Language) -> None:
    examples = read_examples(ROOT / "prompts" / language / "asked.yaml")
    for value in Value:
        for question in range(1, 8):
            assert sum(one.about == value and one.question == question for one in examples) >= 25

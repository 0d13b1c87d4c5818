"""The words of the interface: the same keys and slots in both languages, and only keys that exist are asked for."""

import re

import pytest

from coach.domain.values import QUESTIONS, Language
from coach.prompts import load
from coach.settings import Settings
from coach.voices.phrasebook import read_phrasebook
from coach.words import read_words

PROMPTS = Settings().prompts_dir
OURS = (
    *("common", "errors", "start", "talk", "review", "profile", "browser", "coach", "trainer", "library"),
    *("checkin", "compare"),
)
FORBIDDEN = re.compile(
    r"\b(u|uw|stakeholders?|impact|commitment|purpose|mindset|optimaliseren|borgen|faciliteren)\b",
    re.IGNORECASE,
)


def test_both_languages_have_the_same_keys() -> None:
    dutch, english = (read_words(PROMPTS, language).keys() for language in Language)
    assert {key for key in dutch ^ english if key.split(".")[0] in OURS} == set()


@pytest.mark.parametrize("language", Language)
def test_question_titles_are_those_of_the_coach(language: Language) -> None:
    words, book = read_words(PROMPTS, language), read_phrasebook(PROMPTS, language)
    for number in QUESTIONS:
        assert words(f"common.question_{number}") == book.questions.questions[number].title


@pytest.mark.parametrize("name", OURS)
def test_dutch_words_are_plain(name: str) -> None:
    texts = load(PROMPTS / Language.NL / "interface" / f"{name}.yaml", dict[str, str])
    assert {key: text for key, text in texts.items() if FORBIDDEN.search(text)} == {}

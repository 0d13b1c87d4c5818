"""Cleaned text is what a person can see, in one spelling."""

import sys
import unicodedata

import pytest
from hypothesis import given

from coach.domain.text import clean
from tests.store.samples import NASTY, any_text

VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
UNSEEN = (range(0x34F, 0x350), range(0x2060, 0x2070), range(0x13430, 0x13440), range(0xE0000, 0xE1000))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ja, graag.\n", "Ja, graag."),
        ("Rene\u0301e", "Ren\u00e9e"),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("half \ud83d een teken", "half  een teken"),
        (
            "regel 1\r\nregel 2\rregel 3\u2028regel 4\x0bregel 5",
            "regel 1\nregel 2\nregel 3\nregel 4\nregel 5",
        ),
        ("kolom\tkolom", "kolom\tkolom"),
        ("on\u200bzicht\u00adbaar\ufeff", "onzichtbaar"),
        ("\u202eom\u202c \u2067ge\u2069keerd\u200f", "om gekeerd"),
        ("vlag\U000e0067\U000e0062\U000e007f", "vlag"),
        ("byte\U000e0100\U000e01ef", "byte"),
        ("e\u200d\u0301", "\u00e9"),
        ("\u2764\ufe0f \U0001f600", "\u2764\ufe0f \U0001f600"),
        ("\u200b\x00 \ufeff", ""),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
def test_cleaned_text_fits_any_file(text: str) -> None:
    kept = clean(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)


def test_of_all_characters_exactly_controls_surrogates_and_invisible_formats_go() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    assert [f"{ord(c):x}" for c in everything if (clean(f"a{c}b") == "ab") != _goes(c)] == []


def _goes(character: str) -> bool:
    if character in "\n\t\r\v\f\x85\u2028\u2029":
        return False
    if any(ord(character) in unseen for unseen in UNSEEN):
        return True
    category = unicodedata.category(character)
    return category in {"Cc", "Cs"} or (category == "Cf" and character not in VISIBLE_FORMATS)


def test_a_long_text_is_cleaned_at_once() -> None:
    assert clean("".join(NASTY) * 3).count("x" * 1000) == 300

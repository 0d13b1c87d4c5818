"""Entries come back from JSON as they were, whatever was typed."""

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given

from coach.domain.conversation import Entry, Said
from coach.domain.errors import NotSaved, UnreadableFile
from coach.domain.evidence import Cue, Intent, Reading
from coach.store.records import body_of, entry_of
from tests.store.samples import NOON, any_entry, of_each_kind, replied, said


def test_the_samples_hold_every_kind_of_entry() -> None:
    assert set(of_each_kind) == set(get_args(Entry))


@given(any_entry)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    assert entry_of(body_of(entry), entry.position, entry.at) == entry


@given(any_entry)
def test_an_entry_that_came_back_gives_the_same_bytes(entry: Entry) -> None:
    body = body_of(entry)
    assert body_of(entry_of(body, 7, NOON)) == body
    assert body.encode() == body.encode("utf-8", "strict")


def test_the_order_of_a_set_does_not_show() -> None:
    heard = Reading(Intent.ANSWER, cues=frozenset(Cue))
    body = body_of(replace(replied(1), heard=heard))
    assert json.loads(body)["heard"]["cues"] == sorted(Cue)


def test_text_that_was_not_cleaned_is_refused_before_it_can_do_harm() -> None:
    with pytest.raises(NotSaved, match="not cleaned"):
        body_of(said(0, "half \ud800 a character"))


def test_fields_of_a_newer_version_are_passed_over_and_missing_ones_get_their_default() -> None:
    body = json.dumps({"kind": "said", "text": "ja", "mood": "sunny"})
    assert entry_of(body, 3, NOON) == Said(3, NOON, "ja")


@pytest.mark.parametrize("body", ["", "{", "[]", "3", "{}", '{"kind":"sung","text":"la"}', '{"kind":"said"}'])
def test_a_damaged_body_is_named_without_its_words(body: str) -> None:
    with pytest.raises(UnreadableFile, match="entry 4"):
        entry_of(body, 4, None)

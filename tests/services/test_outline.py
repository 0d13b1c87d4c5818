"""The export of a conversation: what the schema promises, and nothing else."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from coach.domain.conversation import Conversation
from coach.domain.values import CELLS, Language
from coach.services.catalogue import read_actions, read_find_out
from coach.services.outline import outline, read_yardstick
from coach.services.pseudonyms import mask, names_in, pseudonymised, read_everyday
from coach.services.schema import Outline, json_schema
from coach.services.suggestions import Catalogue
from coach.services.takeaway import take_away
from coach.services.turns import TURN_COLUMNS, turn_rows
from tests.reports.sample import PROMPTS, OneArticle, Talk, asks, full_talk, heard, machine_shop, silent_talk

DOCUMENTED = Path(__file__).parents[2] / "docs" / "conversation-schema.json"
TALKS = {"shop": machine_shop, "full": full_talk, "silent": silent_talk}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return Catalogue(
        {language: read_actions(PROMPTS, language) for language in Language},
        {language: read_find_out(PROMPTS, language) for language in Language},
    )


def outlined(conversation: Conversation) -> Outline:
    content = take_away(conversation, catalogue(), OneArticle())
    return outline(content, read_yardstick(PROMPTS, conversation.language))


def exported(conversation: Conversation) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(outlined(conversation).model_dump_json())
    return told


@pytest.mark.parametrize("talk", TALKS)
def test_an_export_fits_the_documented_schema(talk: str) -> None:
    schema = json.loads(DOCUMENTED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(exported(TALKS[talk]()))


def test_the_documented_schema_is_that_of_the_code() -> None:
    assert json.loads(DOCUMENTED.read_text(encoding="utf-8")) == json_schema()


def test_the_promised_parts_are_there() -> None:
    told = exported(machine_shop())
    assert told["schema"] == 1 and told["voice"] == "guided" and told["status"] == "finished"
    assert told["goal"] == "Als ik weet waar ik moet beginnen."
    assert told["finished"] is not None
    cells = told["profile"]["cells"]
    assert [(cell["value"], cell["perspective"]) for cell in cells] == [
        (cell.value, cell.perspective) for cell in CELLS
    ]


def test_every_quote_is_a_literal_part_of_its_turn() -> None:
    told = exported(machine_shop())
    texts = {turn["position"]: turn["text"] for turn in told["turns"]}
    assert told["evidence"] and told["patterns"]
    for item in (*told["evidence"], *told["patterns"]):
        assert item["quote"] in texts[item["position"]]


def test_a_replaced_answer_stays_and_says_so() -> None:
    turns = {turn["position"]: turn for turn in exported(machine_shop())["turns"]}
    assert turns[3]["stands"] is False
    assert [turn["position"] for turn in turns.values() if turn["revises"] == 3]
    assert turns[3]["question"] == 1 and turns[3]["speaker"] == "entrepreneur"


def test_unknown_cells_have_no_level_and_a_correction_keeps_its_reason() -> None:
    cells = {(c["value"], c["perspective"]): c for c in exported(machine_shop())["profile"]["cells"]}
    assert cells["human", "external"]["level"] is None
    assert cells["human", "external"]["source"] == "unknown"
    money = cells["financial", "internal"]
    assert (money["level"], money["computed_level"], money["source"]) == (2, None, "corrected")
    assert money["reason"] == "We sparen sinds mei" and money["confidence"] == 0.3


def test_the_gate_hides_the_numbers_and_lists_its_reasons() -> None:
    behind, shown = exported(machine_shop())["profile"], exported(full_talk())["profile"]
    assert behind["balance"] is None and behind["gate"]
    assert shown["balance"] == 75.0 and shown["gate"] == []


def test_her_own_action_is_chosen_and_made_concrete() -> None:
    actions = exported(machine_shop())["actions"]
    own = [action for action in actions if action["chosen"]]
    assert [(a["kind"], a["title"], a["with_whom"], a["confidence"]) for a in own] == [
        ("own", "Bel de boer", "de boer", 6)
    ]
    assert {"catalogue", "find_out"} <= {action["kind"] for action in actions}


def test_the_same_entries_give_the_same_bytes() -> None:
    assert outlined(machine_shop()).model_dump_json() == outlined(machine_shop()).model_dump_json()


def test_rows_of_a_table_have_one_row_for_each_turn() -> None:
    told = outlined(machine_shop())
    rows = list(turn_rows([told]))
    assert len(rows) == len(told.turns)
    assert all(set(row) == set(TURN_COLUMNS) for row in rows)


def named_talk() -> Conversation:
    talk = Talk()
    talk.turn(
        "Vraag het aan Wim. Mijn mail is jan@smid.example, ik woon op 1234 AB en bel 06-12345678.",
        heard(words=14), asks(1), "“Vraag het aan Wim.” Wie nog meer?",
    )  # fmt: skip
    talk.turn("Wim en Sanne, in Nederland.", heard(words=5), asks(2), "Wat zie ik dan?")
    return talk.conversation


def test_pseudonyms_take_out_names_and_numbers_everywhere() -> None:
    told = pseudonymised(outlined(named_talk()), read_everyday(PROMPTS, Language.NL))
    text = told.model_dump_json()
    for gone in ("Wim", "Sanne", "jan@smid.example", "1234 AB", "06-12345678", named_talk().id):
        assert gone not in text
    assert "Nederland" in text
    assert "[N1] en [N2]" in text and "Vraag het aan [N1]" in text


def test_quotes_stay_literal_and_the_schema_holds_under_pseudonyms() -> None:
    told = pseudonymised(outlined(machine_shop()), read_everyday(PROMPTS, Language.NL))
    texts = {turn.position: turn.text for turn in told.turns}
    assert all(item.quote in texts[item.position] for item in told.evidence)
    assert all(spotted.quote in texts[spotted.position] for spotted in told.patterns)
    jsonschema.validate(json.loads(told.model_dump_json()), json_schema())


def test_an_opening_word_is_a_name_only_when_it_is_one_elsewhere() -> None:
    names = names_in(["Rennen doen we. Kees ook.", "Dat vindt Kees."], frozenset())
    assert names == {"Kees": "[N1]"}
    assert mask("Kees rent. Rennen maar.", names) == "[N1] rent. Rennen maar."

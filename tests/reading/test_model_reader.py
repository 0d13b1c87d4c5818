"""The model reader: data after a schema where the model can, JSON in words where it cannot, nothing from rubbish."""

import json

import pytest

from coach.domain.errors import ModelFailed
from coach.domain.evidence import Intent, Kind, Reading
from coach.domain.ports import Context
from coach.domain.values import Language
from coach.domain.wording import Fault
from coach.reading.model import ModelReader, schema
from coach.voices.scripted import Line
from tests.voices.stage import PROMPTS, Stage

TEXT = "We lenen de bus elke donderdag uit aan de voedselbank."
FOUND = {
    "value": "social", "perspective": "external", "direction": "builds_up", "kind": "agreement_or_number",
    "time": "now", "quote": "lenen de bus elke donderdag uit",
}  # fmt: skip
HEARD = Reading(Intent.ANSWER, Kind.AGREEMENT_OR_NUMBER, words=10)
CONTEXT = Context(Language.NL, question=2)
JSON = json.dumps({"findings": [FOUND]})


def reader(line: str | Line) -> tuple[Stage, ModelReader]:
    stage = Stage([line])
    return stage, ModelReader(PROMPTS, stage.parts.line, stage.parts.places)


@pytest.mark.parametrize(
    "told", [JSON, f"Zeker! Hier is het:\n```json\n{JSON}\n```\nSucces.", json.dumps([FOUND])]
)
def test_findings_are_read_from_what_came(told: str) -> None:
    stage, own = reader(told)
    heard = own.listen(TEXT, CONTEXT, HEARD)
    assert [found.quote for found in heard.findings] == ["lenen de bus elke donderdag uit"]
    assert heard.wording.made_by == "scripted:none" and heard.wording.prompt
    assert heard.wording.usage is not None and heard.wording.usage.tokens_in > 0
    assert [str(message.content) for message in stage.chat.asked[0]][1:] == [TEXT]


@pytest.mark.parametrize(
    "told", ["", "geen idee", '{"findings": [', '{"findings": "veel"}', '{"score": 4}', "42"]
)
def test_what_cannot_be_read_is_told_as_such(told: str) -> None:
    with pytest.raises(ModelFailed) as caught:
        reader(told)[1].listen(TEXT, CONTEXT, HEARD)
    assert caught.value.fault is Fault.NOT_JSON and caught.value.usage is not None


def test_parts_that_are_no_findings_are_passed_over() -> None:
    told = json.dumps(
        {
            "findings": [None, {"value": "karma"}, FOUND, {**FOUND, "quote": "wij kregen een prijs"}],
            "level": 4,
        }
    )
    assert len(reader(told)[1].listen(TEXT, CONTEXT, HEARD).findings) == 1


def test_nothing_found_is_an_answer_too() -> None:
    assert reader('{"findings": []}')[1].listen(TEXT, CONTEXT, HEARD).findings == ()


def test_a_dead_model_is_told_and_its_voice_is_not_judged_by_it() -> None:
    stage, own = reader(Line(error="ModelConnectionError"))
    with pytest.raises(ModelFailed) as caught:
        own.listen(TEXT, CONTEXT, HEARD)
    assert caught.value.fault is Fault.NOT_RUNNING and stage.breaker.cause is None


def test_a_model_that_is_left_alone_is_not_asked_to_listen_either() -> None:
    stage, own = reader(JSON)
    stage.breaker.failed(Fault.NOT_RUNNING)
    with pytest.raises(ModelFailed):
        own.listen(TEXT, CONTEXT, HEARD)
    assert not stage.chat.asked


def test_the_schema_names_our_words_alone() -> None:
    finding = schema()["properties"]["findings"]["items"]
    assert finding["properties"]["value"]["enum"] == [
        "human", "social", "intellectual", "material", "natural", "financial",
    ]  # fmt: skip
    assert set(finding["required"]) == set(finding["properties"])

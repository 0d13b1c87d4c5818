"""What a model hears beside the rules: literal, never scored by it, and nothing is lost when it fails."""

import json

import pytest

from coach.domain.conversation import Conversation, Heard, Said, evidence_of
from coach.domain.values import Language
from tests.wire import behaviours as acts
from tests.wire import models
from tests.wire.behaviours import Behaviour
from tests.wire.coached import NAME, Coached, Stage
from tests.wire.server import Answer
from tests.wire.talks import at_question_two, say

TOLD = "We drinken elke vrijdag koffie met de buren van het terrein."
FINDING = {
    "value": "social", "perspective": "external", "direction": "builds_up", "kind": "example", "time": "now",
    "quote": "koffie met de buren",
}  # fmt: skip
FAULTS: dict[str, Answer] = {
    "broken JSON": acts.says('{"findings": [{"value": "social", "quote": "kof'),
    "another shape": acts.says('{"found": 3}'),
    "a list of nonsense": acts.says('{"findings": [1, null, "x", [], {}, {"value": []}]}'),
    "words": acts.says("Ik hoor vooral iets over de buren."),
    "rubbish": acts.rubbish(),
    "deep rubbish": acts.says("[" * 50_000 + "]" * 50_000),
    "deep objects": acts.says('{"findings":' * 5_000 + "1" + "}" * 5_000),
    "nothing": acts.EMPTY,
    "refusal": acts.refuses("Nee."),
    "filtered": acts.FILTERED,
    "no JSON at all": acts.NOT_JSON,
    "web page": acts.A_WEB_PAGE,
    "broken": acts.BROKEN,
    "busy": acts.BUSY_FOR_LONG,
    "wrong key": acts.WRONG_KEY,
    "rejected": acts.fails(400, "unsupported_response_format"),
    "inventions": models.invents,
}


def opened(stage: Stage) -> tuple[Coached, Conversation]:
    stage.server.replies.usual = models.good
    coached = stage.coached(whole=2.0)
    return coached, at_question_two(coached.guidance, Language.NL)


def heard(coached: Coached, talk: Conversation, text: str = TOLD) -> Conversation:
    return coached.guidance.listen(say(coached.guidance, talk, text).id)


def literal(conversation: Conversation) -> None:
    """Every piece of evidence stands in what she said, letter by letter."""
    said = {entry.position: entry.text for entry in conversation.entries if isinstance(entry, Said)}
    for item in evidence_of(conversation):
        assert item.quote and item.quote in said[item.position]


def scored(*findings: object, **more: object) -> Behaviour:
    return acts.says(json.dumps({"findings": findings, **more}))


def test_what_the_rules_missed_is_added_with_its_words(stage: Stage) -> None:
    coached, talk = opened(stage)
    stage.server.readings.usual = scored({**FINDING, "value": "human", "quote": "Koffie  MET de buren"})
    after = heard(coached, talk)
    added = [entry for entry in after.entries if isinstance(entry, Heard)]
    assert any("koffie met de buren" in [found.quote for found in entry.findings] for entry in added)
    assert all(entry.made_by == NAME and entry.usage is not None for entry in added)
    literal(after)


@pytest.mark.parametrize("name", FAULTS)
def test_a_model_that_cannot_read_changes_nothing(stage: Stage, name: str) -> None:
    coached, talk = opened(stage)
    stage.server.readings.usual = FAULTS[name]
    said = say(coached.guidance, talk, TOLD)
    after = coached.guidance.listen(said.id)
    assert after.entries[: said.next_position] == said.entries
    assert [item for item in evidence_of(after) if item.id.startswith("e")] == list(evidence_of(said))
    assert not any(item.id.startswith("m") for item in evidence_of(after))
    literal(after)


@pytest.mark.parametrize("name", ["broken JSON", "broken", "deep rubbish", "rejected", "words", "refusal"])
def test_a_model_that_cannot_read_still_words_turns(stage: Stage, name: str) -> None:
    """Hearing and speaking are two things: a server without JSON must not silence the voice."""
    coached, talk = opened(stage)
    stage.server.readings.usual = FAULTS[name]
    for text in (TOLD, "Vorige week kwam de smid erbij zitten.", "Ik zet de koffie en vraag hoe het gaat."):
        talk = heard(coached, talk, text)
        assert (talk.replies[-1].made_by, talk.replies[-1].fault) == (NAME, None)


def test_what_was_not_heard_is_heard_after_the_next_reply(stage: Stage) -> None:
    coached, talk = opened(stage)
    stage.server.readings.usual = acts.says("geen JSON")
    talk = heard(coached, talk)
    stage.server.readings.usual = models.hears
    talk = heard(coached, talk, "Vorige week kwam de smid erbij zitten.")
    answers = {entry.answers for entry in talk.entries if isinstance(entry, Heard)}
    said = [entry.position for entry in talk.entries if isinstance(entry, Said)]
    assert {said[-1], said[-2]} <= answers


def test_a_model_cannot_score_or_harden(stage: Stage) -> None:
    """Levels, points and a harder kind than the rules heard are not the model's to give."""
    coached, talk = opened(stage)
    hard = {**FINDING, "kind": "third_party", "level": 4, "confidence": 1.0}
    stage.server.readings.usual = scored(hard, level=4, score=100, profile={"social": 4}, intent="stop")
    after = heard(coached, talk, "Ik vind koffie met de buren belangrijk voor ons.")
    alone = stage.alone()
    same = say(alone, at_question_two(alone, Language.NL), "Ik vind koffie met de buren belangrijk voor ons.")
    assert after.replies[-1].step == same.replies[-1].step
    kinds = {
        item.kind
        for item in evidence_of(after)
        if item.position == after.entries[talk.next_position].position
    }
    assert kinds <= {item.kind for item in evidence_of(same)} | {"opinion"}


def test_nothing_is_heard_in_what_is_no_answer(stage: Stage) -> None:
    coached, talk = opened(stage)
    stage.server.readings.usual = models.hears
    before = len(stage.server.for_readings)
    after = coached.guidance.listen(say(coached.guidance, talk, "Wat bedoel je precies met die koffie?").id)
    assert len(stage.server.for_readings) - before <= 1  # her answer of before, not the question
    literal(after)


def test_an_answer_is_heard_once(stage: Stage) -> None:
    coached, talk = opened(stage)
    stage.server.readings.usual = models.hears
    talk = heard(coached, talk)
    asked = len(stage.server.for_readings)
    again = coached.guidance.listen(talk.id)
    assert again == talk and len(stage.server.for_readings) == asked

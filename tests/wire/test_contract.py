"""The same contract for every voice: guided, a model that does well, and the fallback behind a model that does not."""

from collections import Counter
from collections.abc import Callable

import pytest

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.wording import GUIDED
from coach.services.guidance import Guidance
from coach.services.play import play
from coach.voices.prompting import words_by_model
from tests.wire import behaviours as acts
from tests.wire import models
from tests.wire.coached import NAME, Stage
from tests.wire.contract import broken
from tests.wire.server import Answer
from tests.wire.talks import script

PEOPLE = ("prater_bakker", "oordeel_metaal", "dwaler_camping", "english_terse_farm", "english_cafe_rambling")
TWO = PEOPLE[1::2]  # one in each language
DEAD = "the fallback behind a dead model"
VOICES: dict[str, Answer | None] = {
    "guided": None,
    "model": models.good,
    "fallback behind silence about the question": models.good_without_question,
    "fallback behind advice": acts.says(
        "Je moet een planner aannemen. You should hire a planner. Wanneer begin je?"
    ),
    "fallback behind rubbish": acts.rubbish(3_000),
    "fallback behind nothing": acts.EMPTY,
    DEAD: acts.BROKEN,
}


def service(stage: Stage, voice: str) -> Guidance:
    answer = VOICES[voice]
    if answer is None:
        return stage.alone()
    stage.server.replies.usual, stage.server.readings.usual = answer, models.hears
    return stage.coached().guidance


@pytest.fixture(params=VOICES)
def voice(request: pytest.FixtureRequest) -> str:
    return str(request.param)


CASES = [(voice, name) for voice in VOICES for name in (PEOPLE if voice in ("guided", "model") else TWO)]


@pytest.mark.parametrize(("voice", "name"), CASES)
def test_every_turn_keeps_the_contract(stage: Stage, voice: str, name: str) -> None:
    conversation = play(script(name), service(stage, voice))
    assert conversation.status == "finished"
    found = {
        turn.reply.position: (broken(turn), turn.reply.step.id, turn.reply.text)
        for turn in stage.measures.turns(conversation)
    }
    assert {place: what for place, what in found.items() if what[0]} == {}
    stored_once(conversation)
    marked(conversation, voice)


def stored_once(conversation: Conversation) -> None:
    """Each thing said has one reply, each entry its own place."""
    answered = Counter(entry.answers for entry in conversation.entries if isinstance(entry, Replied))
    assert set(answered.values()) == {1}
    said = [entry.position for entry in conversation.entries if isinstance(entry, Said)]
    assert set(said) == {place for place in answered if place is not None}
    assert [entry.position for entry in conversation.entries] == list(range(len(conversation.entries)))


def marked(conversation: Conversation, voice: str) -> None:
    """Each turn tells who worded it and from what; a model's name stands at what it worded, nowhere else."""
    for reply in conversation.replies:
        assert reply.prompt
        assert reply.made_by in (GUIDED, NAME)
        if voice == "model" and words_by_model(reply.step):
            assert (reply.made_by, reply.fault) == (NAME, None), reply
            assert reply.usage is not None and reply.usage.tokens_in > 0
        if voice in ("guided", DEAD) or not words_by_model(reply.step):
            assert reply.made_by == GUIDED
        if voice == DEAD and words_by_model(reply.step):
            assert reply.fault is not None


@pytest.mark.parametrize("name", TWO)
def test_the_steps_are_the_same_with_every_voice(stage: Stage, name: str) -> None:
    """A model words the talk; which steps it has, and what the rules heard, does not depend on it."""
    told, paths = script(name), {}
    for voice in ("guided", "model", DEAD):
        stage.server.forget()
        conversation = play(told, service(stage, voice))
        paths[voice] = [(reply.step, reply.heard) for reply in conversation.replies]
    assert paths["guided"] == paths[DEAD]
    before_the_round = {name: path[:8] for name, path in paths.items()}
    assert before_the_round["guided"] == before_the_round["model"]


def test_what_is_shown_is_what_is_stored(stage: Stage, voice: str) -> None:
    guidance = service(stage, voice)
    conversation = guidance.begin(script("prater_bakker").language, None)
    for text in (
        "",
        "Dat ik weet waar ik begin.",
        "We leren elke week van elkaar, met de buren.",
        "Elke vrijdag.",
    ):
        if text:
            conversation = guidance.say(conversation.id, text, conversation.next_position)
        pieces: list[str] = []
        conversation = guidance.reply(conversation.id, collecting(pieces))
        assert "".join(pieces).strip() == conversation.replies[-1].text


def collecting(pieces: list[str]) -> Callable[[str], None]:
    return pieces.append

"""A dead model costs one wait and not one per turn; a probe notices that it is back."""

import threading
import time
from dataclasses import dataclass

import pytest

from coach.domain.conversation import Conversation
from coach.domain.values import Language
from coach.domain.wording import GUIDED, Fault
from coach.voices.breaker import Breaker
from coach.voices.prompting import words_by_model
from tests.wire import behaviours as acts
from tests.wire import models
from tests.wire.behaviours import Behaviour
from tests.wire.client import eventually
from tests.wire.coached import FIRST, NAME, OURS, Coached, Stage
from tests.wire.contract import broken
from tests.wire.talks import ASKS_MEANING, at_question_two, say

ANSWERS = (
    "We drinken elke vrijdag koffie met de buren.",
    "Vorige week kwam de smid erbij zitten.",
    "Ik zet dan de koffie en vraag hoe het gaat.",
    "De buren vinden dat gezellig, zeggen ze.",
    "Een keer ging het mis omdat niemand tijd had.",
)
AT_ONCE = 0.5  # seconds of a turn for which nobody waits, on a busy machine


@dataclass
class Clock:
    """Time that passes when a test says so."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def timed(coached: Coached, talk: Conversation, text: str) -> tuple[Conversation, float]:
    begun = time.monotonic()
    return say(coached.guidance, talk, text), time.monotonic() - begun


def started(stage: Stage, breaker: Breaker) -> tuple[Coached, Conversation]:
    """Return a talk at question 2 whose model did well so far."""
    stage.server.replies.usual = models.good
    coached = stage.coached(breaker=breaker)
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.asked.clear()
    return coached, talk


@pytest.mark.parametrize(
    ("answer", "cause"),
    [(acts.SILENT, Fault.TOO_SLOW), (acts.WRONG_KEY, Fault.WRONG_KEY), (acts.BUSY_FOR_LONG, Fault.BUSY)],
)
def test_a_dead_model_costs_one_wait(stage: Stage, answer: Behaviour, cause: Fault) -> None:
    coached, talk = started(stage, Breaker())
    stage.server.replies.usual = answer
    talk, first = timed(coached, talk, ANSWERS[0])
    assert first <= FIRST + OURS
    for text in ANSWERS[1:]:
        talk, seconds = timed(coached, talk, text)
        assert seconds <= AT_ONCE
        assert talk.replies[-1].made_by == GUIDED
        assert talk.replies[-1].fault is (cause if words_by_model(talk.replies[-1].step) else None)
        assert broken(stage.measures.turn(talk)) == []
    assert len(stage.server.asked) == 1


def test_a_server_that_is_gone_costs_one_wait(stage: Stage) -> None:
    coached, talk = started(stage, Breaker())
    stage.server.stop()
    for text in ANSWERS:
        talk, seconds = timed(coached, talk, text)
        assert seconds <= OURS
        assert talk.replies[-1].made_by == GUIDED
        assert talk.replies[-1].fault is (
            Fault.NOT_RUNNING if words_by_model(talk.replies[-1].step) else None
        )


@pytest.mark.parametrize("answer", [acts.BROKEN, acts.SILENT, acts.WRONG_KEY])
def test_a_probe_brings_a_model_back(stage: Stage, answer: Behaviour) -> None:
    clock = Clock()
    coached, talk = started(stage, Breaker(rest=60, clock=clock))
    stage.server.replies.usual = answer
    talk = say(coached.guidance, talk, ANSWERS[0])
    stage.server.replies.usual = models.good
    stage.server.asked.clear()
    talk = say(coached.guidance, talk, ANSWERS[1])
    assert stage.server.asked == []  # it still rests
    clock.now += 61
    talk, seconds = timed(coached, talk, ANSWERS[2])
    assert talk.replies[-1].made_by == GUIDED  # nobody waits for the probe
    assert seconds <= AT_ONCE
    assert eventually(lambda: coached.line.breaker.cause is None)
    talk = say(coached.guidance, talk, ASKS_MEANING[Language.NL])
    assert (talk.replies[-1].made_by, talk.replies[-1].fault) == (NAME, None)


def test_a_probe_that_fails_begins_a_new_rest(stage: Stage) -> None:
    clock = Clock()
    coached, talk = started(stage, Breaker(rest=60, clock=clock))
    stage.server.replies.usual = acts.WRONG_KEY
    talk = say(coached.guidance, talk, ANSWERS[0])
    for text in ANSWERS[1:3]:
        clock.now += 61
        before = len(stage.server.asked)
        talk = say(coached.guidance, talk, text)
        assert eventually(lambda before=before: len(stage.server.asked) == before + 1)  # type: ignore[misc]
        assert coached.line.breaker.cause is Fault.WRONG_KEY
    talk = say(coached.guidance, talk, ANSWERS[3])
    assert len(stage.server.asked) == 3


def test_many_talks_at_once_probe_once(stage: Stage) -> None:
    clock = Clock()
    coached, talk = started(stage, Breaker(rest=60, clock=clock))
    stage.server.replies.usual = acts.slowly("ok", before=0.5)
    coached.line.breaker.failed(Fault.BROKEN)
    clock.now += 61
    talks = [talk, *(at_question_two(stage.alone(coached.guidance.archive), Language.NL) for _ in range(4))]
    threads = [threading.Thread(target=say, args=(coached.guidance, one, ANSWERS[0])) for one in talks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert eventually(lambda: coached.line.breaker.cause is None)
    assert len(stage.server.asked) == 1


def test_a_server_that_asks_for_a_rest_gets_it(stage: Stage) -> None:
    clock = Clock()
    coached, talk = started(stage, Breaker(rest=60, clock=clock))
    stage.server.replies.usual = acts.fails(429, "", retry_after="300")
    talk = say(coached.guidance, talk, ANSWERS[0])
    stage.server.replies.usual = models.good
    clock.now += 200
    talk = say(coached.guidance, talk, ANSWERS[1])
    assert len(stage.server.asked) == 1
    clock.now += 101
    talk = say(coached.guidance, talk, ANSWERS[2])
    assert eventually(lambda: coached.line.breaker.cause is None)


@pytest.mark.parametrize("told", ["inf", "99999999999", "-5", "nan", "soon", "1e400"])
def test_a_senseless_rest_does_not_send_a_model_away_for_ever(stage: Stage, told: str) -> None:
    clock = Clock()
    coached, talk = started(stage, Breaker(rest=60, clock=clock))
    stage.server.replies.usual = acts.fails(429, "", retry_after=told)
    talk = say(coached.guidance, talk, ANSWERS[0])
    stage.server.replies.usual = models.good
    clock.now += 24 * 60 * 60
    talk = say(coached.guidance, talk, ANSWERS[1])
    assert eventually(lambda: coached.line.breaker.cause is None)


def test_poor_replies_in_a_row_are_not_asked_for_any_more(stage: Stage) -> None:
    coached, talk = started(stage, Breaker())
    stage.server.replies.usual = acts.says("Sorry, daar kan ik je niet mee helpen.")
    for text in ANSWERS:
        talk = say(coached.guidance, talk, text)
        assert broken(stage.measures.turn(talk)) == []
    assert len(stage.server.asked) <= 3
    assert coached.line.breaker.cause is Fault.REFUSAL


def test_who_asks_on_purpose_is_not_held_back(stage: Stage) -> None:
    coached, talk = started(stage, Breaker())
    stage.server.replies.usual = acts.BROKEN
    talk = say(coached.guidance, talk, ANSWERS[0])
    stage.server.replies.usual = models.good
    redone = coached.guidance.redo(talk.id)
    assert redone.replies[-1].made_by == NAME
    talk = say(coached.guidance, redone, ANSWERS[1])
    assert talk.replies[-1].made_by == NAME  # and what worked closes the breaker


@pytest.mark.parametrize("answer", [acts.SILENT, acts.SILENT_BUT_ALIVE])
def test_nobody_stays_on_a_line_that_was_given_up(stage: Stage, answer: Behaviour) -> None:
    coached, talk = started(stage, Breaker())
    stage.server.replies.usual = answer
    say(coached.guidance, talk, ANSWERS[0])
    assert eventually(lambda: stage.server.asked[0].left, seconds=8.0)

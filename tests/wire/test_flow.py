"""A whole talk whose model goes away and comes back; what a turn costs in tokens and in time."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from coach.domain.conversation import Conversation, Replied, evidence_of
from coach.domain.steps import AskKind
from coach.domain.values import Language
from coach.domain.wording import GUIDED, Fault
from coach.services.play import Script, next_line
from coach.store.archive import open_archive
from coach.voices.breaker import Breaker
from coach.voices.prompting import words_by_model
from coach.wiring import build
from tests.wire import behaviours as acts
from tests.wire import models
from tests.wire.behaviours import Cut
from tests.wire.client import eventually
from tests.wire.coached import NAME, Coached, Stage, settings_for
from tests.wire.contract import broken
from tests.wire.format import Asked
from tests.wire.server import ScriptedServer
from tests.wire.talks import ASKS_MEANING, ThisPassage, at_question_two, say, script

PEOPLE = ("prater_bakker", "english_cafe_rambling")
REST = 0.05  # seconds that the breaker leaves a model alone
AWAY, BACK = 3, 5  # the questions at which the model goes away and is back
OVERHEAD = 0.1  # seconds of our own before a request leaves, at the median


def talked(coached: Coached, told: Script) -> Iterator[Conversation]:
    """Yield the talk after each reply, to its end; between two replies anything can happen."""
    talk = coached.guidance.begin(told.language, told.value)
    while True:
        coached.guidance.reply(talk.id)
        yield (talk := coached.guidance.listen(talk.id))
        if talk.status == "finished":
            return
        line = next_line(told, talk, coached.guidance.reader)
        talk = coached.guidance.say(talk.id, line, talk.next_position)


def reached(talk: Conversation) -> int:
    """Return the question of the seven that the talk is at, 8 after them."""
    asked = [reply.step.ask.question for reply in talk.replies if reply.step.ask.question]
    over = any(reply.step.ask.kind in (AskKind.BALANCE, AskKind.CLOSING) for reply in talk.replies)
    return 8 if over else (asked[-1] or 0) if asked else 0


@pytest.mark.parametrize("name", PEOPLE)
def test_a_talk_that_loses_its_model_and_gets_it_back(stage: Stage, tmp_path: Path, name: str) -> None:
    stage.server.replies.usual, stage.server.readings.usual = models.good, models.hears
    archive = open_archive(f"sqlite:///{tmp_path / 'talk.sqlite3'}")
    coached = stage.coached(breaker=Breaker(rest=REST), archive=archive)
    told, running, talk = script(name), True, None
    made: dict[int, int] = {}
    for talk in talked(coached, told):
        made[talk.replies[-1].position] = reached(talk)
        if running and AWAY <= reached(talk) < BACK:
            stage.server.stop()
            running = False
        elif not running and reached(talk) >= BACK:
            time.sleep(REST)  # a probe that is on its way still finds nobody
            stage.server.start()
            running = True
            time.sleep(REST)
        elif running and coached.line.breaker.cause is not None:  # the last turn began a probe
            assert eventually(lambda: coached.line.breaker.cause is None)
    assert talk is not None and talk.status == "finished"
    assert archive.get(talk.id) == talk
    assert {turn.reply.step.id: broken(turn) for turn in stage.measures.turns(talk) if broken(turn)} == {}
    marked(talk, made)
    complete(stage, talk)


def marked(talk: Conversation, made: dict[int, int]) -> None:
    """Every turn tells its voice: the model's while it was there, ours while it was not, and why."""
    first_away = next(place for place, at in made.items() if at >= AWAY)
    first_back = next(place for place, at in made.items() if at >= BACK)
    voices: dict[str, list[tuple[str, Fault | None]]] = {"before": [], "away": [], "back": []}
    for reply in talk.replies:
        if words_by_model(reply.step):
            when = (
                "before"
                if reply.position <= first_away
                else "away"
                if reply.position <= first_back
                else "back"
            )
            voices[when].append((reply.made_by, reply.fault))
        else:
            assert (reply.made_by, reply.fault) == (GUIDED, None)
    assert set(voices["before"]) == {(NAME, None)}
    assert set(voices["away"]) == {(GUIDED, Fault.NOT_RUNNING)}
    assert voices["back"][0] == (GUIDED, Fault.NOT_RUNNING)  # nobody waits for the probe
    assert set(voices["back"][1:]) == {(NAME, None)}


def complete(stage: Stage, talk: Conversation) -> None:
    """The talk has its seven questions, its profile and its evidence, all of it in her words."""
    outline = stage.app.outline(talk)
    asked = {turn.question for turn in outline.turns if turn.speaker == "coach"}
    assert set(range(1, 8)) <= asked | {q for reply in talk.replies for q in reply.step.recognised}
    assert {turn.made_by for turn in outline.turns if turn.speaker == "coach"} == {GUIDED, NAME}
    assert len(evidence_of(talk)) >= 8
    assert outline.quality.one_question_share is not None and outline.quality.one_question_share >= 0.98
    assert outline.quality.advice_before_six == 0


def test_the_wiring_of_an_owner_gives_the_same(server: ScriptedServer, tmp_path: Path) -> None:
    """With nothing but settings: the model words the talk, tokens and cost are saved with each of its turns."""
    server.replies.usual, server.readings.usual = models.good, models.hears
    app = build(settings_for(server, tmp_path))
    talk = at_question_two(app.guidance, Language.EN)
    talk = say(app.guidance, talk, "Every Friday we drink coffee with the neighbours.")
    talk = app.guidance.listen(talk.id)
    reply = talk.replies[-1]
    assert (reply.made_by, reply.fault) == (NAME, None)
    assert reply.usage is not None and reply.usage.cost == pytest.approx(
        (2.0 * reply.usage.tokens_in + 8.0 * reply.usage.tokens_out) / 1_000_000
    )
    assert app.archive.get(talk.id) == talk
    assert {asked.headers["authorization"] for asked in server.asked} == {"Bearer k"}
    assert {asked.model for asked in server.asked} == {"scripted-1"}


# -- what a turn costs ----------------------------------------------------------------------------


PASSAGE = "Wie samen leert, deelt ook wat er misgaat. Een vast moment in de week helpt daarbij."
STORY = (
    "Op dag {day} liep het weer anders: {what}. Wij doen dat nu elke week zo met de buren en de leerlingen. "
    * 3
)
THINGS = (
    "de oven viel uit",
    "de stroom was duur",
    "een klant bleef weg",
    "Daan leerde lassen",
    "we gooiden minder weg",
)


def long_talk(stage: Stage, turns: int) -> tuple[Conversation, list[Asked]]:
    """Return a talk in which she asks what is meant again and again, with long answers in between."""
    stage.server.replies.usual = models.good
    coached = stage.coached(search=ThisPassage(PASSAGE, Language.NL))
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.asked.clear()
    for turn in range(turns):
        text = (
            STORY.format(day=turn, what=THINGS[turn % len(THINGS)])
            if turn % 5 == 0
            else ASKS_MEANING[Language.NL]
        )
        talk = say(coached.guidance, talk, text)
    return talk, stage.server.for_words


def test_tokens_stay_flat_however_long_the_talk(stage: Stage) -> None:
    talk, asked = long_talk(stage, 102)
    assert len(talk.replies) >= 105
    by_turn = tokens_by_turn(talk)
    figures = {turn: by_turn[turn] for turn in (5, 30, 100)}
    print(f"\ntokens in at turn 5, 30, 100: {figures}; most {max(by_turn.values())}")
    assert max(figures.values()) <= 1.1 * min(figures.values())
    assert max(by_turn.values()) <= 3_000
    assert max(one.tokens for one in asked) <= 3_000


def tokens_by_turn(talk: Conversation) -> dict[int, int]:
    """Return what was sent for each turn of the coach that a model worded, by its number from 1."""
    replies = enumerate(talk.replies, start=1)
    return {number: reply.usage.tokens_in for number, reply in replies if reply.usage is not None}


def test_an_answer_as_long_as_they_come_stays_within_the_budget(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    for text in ("We leren elke week van de buren. " * 120, "é😀 ½ " * 500, "0123456789 " * 300):
        talk = say(coached.guidance, talk, text)
        assert broken(stage.measures.turn(talk)) == []
    assert max(asked.tokens for asked in stage.server.for_words) <= 3_000


def test_the_beginning_of_each_request_is_the_same(stage: Stage) -> None:
    """What does not change stands first, so that a provider can remember it."""
    _, asked = long_talk(stage, 12)
    systems = [one.messages[0][1] for one in asked]
    assert {one.messages[0][0] for one in asked} == {"system"}
    same = shared_beginning(systems)
    print(f"\nshared beginning: {len(same)} of {median(map(len, systems)):.0f} characters")
    assert len(same) >= 0.5 * median(map(len, systems))


def shared_beginning(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    size = next(
        (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[:size]


@pytest.mark.parametrize("name", PEOPLE)
def test_our_own_time_before_a_request_leaves(stage: Stage, name: str) -> None:
    """From the moment that the reply is wanted to the arrival of the request, with the real search."""
    stage.server.replies.usual = models.good
    coached, told = stage.coached(), script(name)
    talk, spent = coached.guidance.begin(told.language, told.value), []
    while talk.status != "finished":
        stage.server.asked.clear()
        begun = time.monotonic()
        talk = coached.guidance.reply(talk.id)
        spent += [asked.at - begun for asked in stage.server.asked[:1]]
        if talk.status != "finished":
            line = next_line(told, talk, coached.guidance.reader)
            talk = coached.guidance.say(talk.id, line, talk.next_position)
    print(
        f"\nbefore the request, median of {len(spent)}: {1000 * median(spent):.0f} ms, most {1000 * max(spent):.0f}"
    )
    assert len(spent) >= 8
    assert median(spent) <= OVERHEAD


def test_a_stream_that_was_dropped_is_still_counted(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.replies.next(acts.breaks_off("Je drinkt koffie met de buren. En dan", Cut.DROPPED, after=8))
    talk = say(coached.guidance, talk, "We drinken elke vrijdag koffie met de buren.")
    reply = talk.replies[-1]
    assert isinstance(reply, Replied) and reply.fault is Fault.CUT
    assert reply.usage is not None and reply.usage.estimated and reply.usage.tokens_in > 100

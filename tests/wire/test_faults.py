"""Every way in which a model can fail: a good turn within a bound, the cause written down, nothing lost."""

import time
from dataclasses import dataclass

import pytest

from coach.domain.conversation import Conversation, Replied
from coach.domain.errors import ModelFailed, WrongChoice
from coach.domain.values import Language
from coach.domain.wording import GUIDED, Fault
from coach.store.memory import MemoryArchive
from tests.wire import behaviours as acts
from tests.wire import models
from tests.wire.behaviours import Behaviour, Cut
from tests.wire.coached import NAME, OURS, WHOLE, Coached, Stage
from tests.wire.contract import broken
from tests.wire.server import Answer
from tests.wire.talks import at_question_two, say

TOLD = "We drinken elke vrijdag koffie met de buren van het terrein."
BEGUN = "“We drinken elke vrijdag koffie”, zeg je. Zo klinkt het voor jou en voor de mensen om je heen."
LONG = f"{BEGUN} " + "Dat doe je samen met de anderen die er ook bij zijn. " * 8
FIRST = 0.6  # seconds of patience for the first word of a model that fails
SHORT = 1.0  # seconds of patience for a whole reply, where a test has to use it up


@dataclass(frozen=True)
class Case:
    """A fault: what the server does, the causes that may be written down, the seconds that it may cost."""

    name: str
    answer: Answer
    causes: frozenset[Fault]
    seconds: float = OURS
    whole: float = WHOLE


def case(name: str, answer: Answer, *causes: Fault, seconds: float = OURS, whole: float = WHOLE) -> Case:
    return Case(name, answer, frozenset(causes), seconds, whole)


CASES = (
    case("wrong key", acts.WRONG_KEY, Fault.WRONG_KEY),
    case("unknown model", acts.UNKNOWN_MODEL, Fault.UNKNOWN_MODEL),
    case("busy", acts.BUSY, Fault.BUSY, seconds=1 + OURS),
    case("busy for an hour", acts.BUSY_FOR_LONG, Fault.BUSY),
    case("busy for ever", acts.fails(429, "rate_limit_exceeded", "inf"), Fault.BUSY),
    case("busy until a date", acts.fails(429, "", "Wed, 21 Oct 2099 07:28:00 GMT"), Fault.BUSY),
    case("no credit", acts.NO_CREDIT, Fault.BUSY),
    case("broken", acts.BROKEN, Fault.BROKEN),
    case("overloaded", acts.OVERLOADED, Fault.BROKEN),
    case("too much text", acts.TOO_MUCH_TEXT, Fault.REJECTED),
    case("silent", acts.SILENT, Fault.TOO_SLOW, seconds=FIRST + OURS),
    case("silent on a line that lives", acts.SILENT_BUT_ALIVE, Fault.TOO_SLOW, seconds=FIRST + OURS),
    case("late first word", acts.slowly(BEGUN, before=2 * FIRST), Fault.TOO_SLOW, seconds=FIRST + OURS),
    case("late words", acts.slowly(LONG, between=0.15), Fault.TOO_SLOW, seconds=SHORT + OURS, whole=SHORT),
    case("cut clean", acts.breaks_off(BEGUN, Cut.CLEAN), Fault.CUT, Fault.PROTOCOL),
    case("cut dropped", acts.breaks_off(BEGUN, Cut.DROPPED), Fault.CUT),
    case("cut corrupt", acts.breaks_off(BEGUN, Cut.CORRUPT), Fault.CUT),
    case("cut by an error", acts.breaks_off(BEGUN, Cut.ERROR), Fault.CUT, Fault.BROKEN),
    case("cut behind a sentence", acts.breaks_off(LONG, Cut.DROPPED, after=14), Fault.CUT),
    case("cut before a word", acts.breaks_off(BEGUN, Cut.CLEAN, after=0), Fault.EMPTY, Fault.CUT),
    case("empty", acts.EMPTY, Fault.EMPTY),
    case("blank", acts.BLANK, Fault.EMPTY),
    case("wrong language", acts.says("You drink coffee with the neighbours. What do they say then?"), Fault.LANGUAGE),
    case("third language", acts.says("Vous buvez du café avec les voisins. Que disent-ils alors ?"), Fault.LANGUAGE),
    case("other letters", acts.says("Вы пьёте кофе с соседями. Что они говорят?"), Fault.LANGUAGE, Fault.RUBBISH),
    case("50 kB of rubbish", acts.rubbish(), Fault.RUBBISH, Fault.PROTOCOL, Fault.LANGUAGE),
    case("50 kB without a blank", acts.says("x" * 50_000), Fault.RUBBISH),
    case("50 kB of good sentences", acts.says(LONG * 100), Fault.RUBBISH, Fault.PROTOCOL),
    case("no JSON", acts.NOT_JSON, Fault.NO_MODEL),
    case("a web page", acts.A_WEB_PAGE, Fault.NO_MODEL),
    # langchain-openai does not hand on the field `refusal` of a stream: it is told as "said nothing"
    case("refusal", acts.refuses("Daar kan ik niet bij helpen."), Fault.EMPTY),
    case("refusal in words", acts.says("Sorry, daar kan ik je niet mee helpen."), Fault.REFUSAL),
    case("filtered", acts.FILTERED, Fault.REFUSAL),
    case("a tool that nobody asked for", Behaviour("{}", calls="send_mail"), Fault.EMPTY),
    case("two questions", acts.says("Hoe gaat dat? Met wie doe je dat?"), Fault.PROTOCOL, Fault.EMPTY),
    case("advice", acts.says("Je moet vaker koffie drinken met de buren."), Fault.PROTOCOL),
    case("a verdict", acts.says("Dat is heel goed van je, die koffie."), Fault.PROTOCOL),
    case("one endless sentence", acts.says("We drinken koffie en " * 60), Fault.PROTOCOL, Fault.RUBBISH),
)  # fmt: skip


@pytest.fixture(params=CASES, ids=lambda one: one.name)
def fault(request: pytest.FixtureRequest) -> Case:
    found = request.param
    assert isinstance(found, Case)
    return found


def timed(coached: Coached, talk: Conversation, text: str) -> tuple[Conversation, float]:
    """Say something; return the conversation with its reply, and the seconds that the reply took."""
    said = coached.guidance.say(talk.id, text, talk.next_position)
    begun = time.monotonic()
    return coached.guidance.reply(said.id), time.monotonic() - begun


def opened(stage: Stage, fault: Case) -> tuple[Coached, Conversation]:
    """Return a talk at question 2 that went well so far, and from now on meets the fault with little patience."""
    stage.server.replies.usual, archive = models.good, MemoryArchive()
    talk = at_question_two(stage.coached(archive=archive).guidance, Language.NL)
    stage.server.replies.usual = fault.answer
    return stage.coached(FIRST, fault.whole, archive=archive), talk


def well_again(stage: Stage, coached: Coached) -> Coached:
    """Return the same talks with a model that does well, and the usual patience."""
    stage.server.replies.usual = models.good
    return stage.coached(archive=coached.guidance.archive)


def test_a_fault_gives_a_good_turn_in_time_says_why_and_the_talk_goes_on(stage: Stage, fault: Case) -> None:
    coached, talk = opened(stage, fault)
    after, seconds = timed(coached, talk, TOLD)
    reply = after.replies[-1]
    assert broken(stage.measures.turn(after)) == [], reply.text
    assert seconds <= fault.seconds, f"{seconds:.2f} s"
    assert reply.fault in fault.causes, (reply.fault, reply.mended, reply.text)
    assert reply.made_by == GUIDED or reply.text.startswith("“We drinken")
    assert after.entries[: talk.next_position] == talk.entries
    assert coached.guidance.open(talk.id) == after
    for text in ("Vorige week kwam de smid erbij zitten.", "Dan zet ik de koffie en vraag ik hoe het gaat."):
        after, seconds = timed(coached, after, text)
        assert broken(stage.measures.turn(after)) == [], after.replies[-1].text
        assert seconds <= fault.seconds
    assert len(after.replies) == 6 and not after.awaits_reply


def test_a_turn_can_be_redone_when_the_model_is_well_again(stage: Stage, fault: Case) -> None:
    coached, talk = opened(stage, fault)
    after = say(coached.guidance, talk, TOLD)
    coached = well_again(stage, coached)
    redone = coached.guidance.redo(after.id)
    old, new = after.replies[-1], redone.replies[-1]
    assert (new.made_by, new.fault, new.redoes) == (NAME, None, old.position)
    assert (new.step, new.answers, new.heard) == (old.step, old.answers, old.heard)
    assert broken(stage.measures.turn(redone)) == [], new.text
    assert old in redone.entries and len(redone.replies) == len(after.replies)
    with pytest.raises(WrongChoice):
        coached.guidance.redo(after.id)
    going_on = say(coached.guidance, redone, "Vorige week kwam de smid erbij zitten.")
    assert going_on.replies[-1].fault is None


def test_a_redo_that_fails_leaves_all_as_it_was(stage: Stage, fault: Case) -> None:
    coached, talk = opened(stage, fault)
    after = say(coached.guidance, talk, TOLD)
    begun = time.monotonic()
    cause = redo(coached, after)
    assert time.monotonic() - begun <= fault.seconds
    assert cause in fault.causes
    now = coached.guidance.open(after.id)
    assert now == after or broken(stage.measures.turn(now)) == [], now.replies[-1].text


def redo(coached: Coached, talk: Conversation) -> Fault | None:
    """Have the last turn worded anew; return why that did not go well."""
    try:
        return coached.guidance.redo(talk.id).replies[-1].fault
    except ModelFailed as failed:
        return failed.fault


def test_a_server_that_is_not_there(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.stop()
    after, seconds = timed(coached, talk, TOLD)
    assert (after.replies[-1].made_by, after.replies[-1].fault) == (GUIDED, Fault.NOT_RUNNING)
    assert broken(stage.measures.turn(after)) == []
    assert seconds <= OURS


@pytest.mark.parametrize("answer", [acts.fails(429, "", "0.2"), acts.BUSY, acts.BROKEN, acts.OVERLOADED])
def test_a_fault_that_passes_in_a_moment_costs_a_second_try(stage: Stage, answer: Behaviour) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.replies.next(answer)
    after, seconds = timed(coached, talk, TOLD)
    assert (after.replies[-1].made_by, after.replies[-1].fault) == (NAME, None)
    assert seconds <= 1 + OURS


def test_a_model_that_begins_anew_when_it_is_corrected_repeats_nothing(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.replies.usual = acts.says(f"{BEGUN} Je moet dat vaker doen. Wat zie je dan?")
    after = say(coached.guidance, talk, TOLD)
    assert broken(stage.measures.turn(after)) == [], after.replies[-1].text
    stage.server.replies.next(acts.says(f"{BEGUN} Je moet dat vaker doen."))
    stage.server.replies.usual = models.good
    after = say(coached.guidance, after, "We drinken elke vrijdag koffie, ook als het druk is.")
    assert broken(stage.measures.turn(after)) == [], after.replies[-1].text


def test_half_a_sentence_before_a_line_end_is_not_shown_as_a_whole_one(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.replies.usual = acts.says(
        "Je drinkt koffie met de buren,\nelke vrijdag, en je moet dat vaker doen."
    )
    after = say(coached.guidance, talk, TOLD)
    text = after.replies[-1].text
    assert "buren, W" not in text and "buren, H" not in text, text
    assert broken(stage.measures.turn(after)) == [], text


def test_one_call_on_the_way_to_the_first_word(stage: Stage) -> None:
    stage.server.replies.usual, stage.server.readings.usual = models.good, models.hears
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.asked.clear()
    calls: list[int] = []
    coached.guidance.say(talk.id, TOLD, talk.next_position)
    after = coached.guidance.reply(talk.id, lambda _: calls.append(len(stage.server.asked)))
    assert set(calls) == {1} and stage.server.for_readings == []
    assert isinstance(after.entries[-1], Replied)


def test_a_sentence_is_shown_before_the_next_one_is_there(stage: Stage) -> None:
    stage.server.replies.usual = models.good
    coached = stage.coached()
    talk = at_question_two(coached.guidance, Language.NL)
    stage.server.replies.next(
        acts.slowly(f"“{TOLD[:24]}”, zeg je. Zo klinkt het voor jou en de mensen.", between=0.1)
    )
    coached.guidance.say(talk.id, TOLD, talk.next_position)
    begun = time.monotonic()
    shown: list[float] = []
    coached.guidance.reply(talk.id, lambda _: shown.append(time.monotonic() - begun))
    assert shown[-1] - shown[0] >= 0.3

"""The model voice and the fallback: whatever the model does, the person gets one good turn, and knows whose it is."""

import time
from dataclasses import replace

import pytest

from coach.domain.quality import questions_in
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.wording import GUIDED, Fault, Prices
from coach.voices.breaker import Breaker
from coach.voices.line import Limits
from coach.voices.prompting import asks_itself, words_by_model
from coach.voices.scripted import Line
from tests.voices.stage import (
    GOOD,
    MEANING,
    NEXT,
    OWN_PART,
    PASSAGE,
    QUESTION,
    Clock,
    Stage,
    material,
)

NAME = "scripted:none"


def test_a_good_turn_is_said_as_the_model_worded_it() -> None:
    text, wording = Stage([f"{GOOD} {QUESTION}"]).says(OWN_PART, material())
    assert text == f"{GOOD} {QUESTION}"
    assert (wording.made_by, wording.fault, wording.mended) == (NAME, None, ())
    assert wording.prompt and wording.usage is not None and wording.usage.calls == 1


def test_the_owners_questions_are_put_behind_the_models_words() -> None:
    stage = Stage([f"{GOOD} Wat vind je daar nu zelf van?"])
    text, wording = stage.says(NEXT, material())
    assert text == f"{GOOD} {stage.guided.question(NEXT, material())}"
    assert wording.mended == ("question",) and wording.fault is None


def test_a_forgotten_question_is_put_by_the_guided_voice() -> None:
    stage = Stage([GOOD])
    text, wording = stage.says(OWN_PART, material())
    assert text == f"{GOOD} {stage.guided.question(OWN_PART, material())}"
    assert wording.fault is None


def test_nothing_comes_behind_the_question() -> None:
    text, _ = Stage([f"{GOOD} {QUESTION} En wat doet de buurt? Denk daar eens over na."]).says(
        OWN_PART, material()
    )
    assert text == f"{GOOD} {QUESTION}"


def test_a_sentence_that_fails_is_done_again_behind_what_was_shown() -> None:
    first = f"{GOOD} Je moet iemand aannemen voor Sanne. {QUESTION}"
    stage = Stage([first, f"{GOOD} {QUESTION}"])
    text, wording = stage.says(OWN_PART, material())
    assert text == f"{GOOD} {QUESTION}"
    assert wording.mended == ("advice",) and wording.fault is None
    assert wording.usage is not None and wording.usage.calls == 2
    assert "er stond raad in" in str(stage.chat.asked[1][0].content)


def test_a_second_failure_leaves_what_was_shown_and_the_guided_question() -> None:
    stage = Stage([f"{GOOD} Je moet iemand aannemen voor Sanne."])
    text, wording = stage.says(OWN_PART, material())
    assert text == f"{GOOD} {stage.guided.question(OWN_PART, material())}"
    assert (wording.made_by, wording.fault, wording.mended) == (NAME, Fault.PROTOCOL, ("advice", "advice"))


def test_with_nothing_to_show_the_guided_voice_takes_the_whole_turn() -> None:
    stage = Stage(["Je moet iemand aannemen voor Sanne."])
    text, wording = stage.says(OWN_PART, material())
    assert text == "".join(stage.guided.reply(OWN_PART, material()))
    assert (wording.made_by, wording.fault, wording.mended) == (GUIDED, Fault.PROTOCOL, ("advice", "advice"))
    assert wording.usage is not None and wording.usage.calls == 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (Line(error="ModelConnectionError"), Fault.NOT_RUNNING),
        (Line(error="ModelAuthenticationError"), Fault.WRONG_KEY),
        (Line(error="ModelNotFoundError"), Fault.UNKNOWN_MODEL),
        (Line(error="ModelRateLimitError"), Fault.BUSY),
        (Line(error="ModelAPIError"), Fault.BROKEN),
        (Line(error="ModelInvalidRequestError"), Fault.REJECTED),
        (Line(error="no such class"), Fault.UNKNOWN),
        (Line(text=GOOD, pause=2.0), Fault.TOO_SLOW),
        (Line(text="Drie men", cut=8), Fault.CUT),
        (Line(), Fault.EMPTY),
        (Line(text="Three people now do the work of five and Sanne is off sick."), Fault.LANGUAGE),
        (Line(text="x" * 50_000), Fault.RUBBISH),
        (Line(text="Ik kan je daar niet bij helpen. Sorry."), Fault.REFUSAL),
        (Line(text=GOOD, finish="content_filter"), Fault.REFUSAL),
    ],
    ids=lambda one: str(one) if isinstance(one, Fault) else "",
)
def test_each_fault_has_its_name_and_its_bound(line: Line, fault: Fault) -> None:
    stage = Stage([line])
    began = time.monotonic()
    text, wording = stage.says(OWN_PART, material())
    assert time.monotonic() - began < 4.5
    assert wording.fault is fault
    assert len(questions_in(text.replace("“", "").replace("”", ""))) == 1


def test_a_stream_that_breaks_off_keeps_its_whole_sentences() -> None:
    stage = Stage([Line(text=f"{GOOD} {QUESTION}", cut=len(GOOD) + 12)])
    text, wording = stage.says(OWN_PART, material())
    assert text == f"{GOOD} {stage.guided.question(OWN_PART, material())}"
    assert (wording.made_by, wording.fault) == (NAME, Fault.CUT)


def test_a_stream_that_dribbles_is_left_when_its_time_is_over() -> None:
    stage = Stage([Line(text=f"{GOOD} " * 9, slow=0.3)], Limits(first_seconds=1.0, seconds=2.0))
    began = time.monotonic()
    text, wording = stage.says(OWN_PART, material())
    assert time.monotonic() - began < 3
    assert wording.fault is Fault.TOO_SLOW and text.endswith("?")


def test_a_busy_server_is_asked_once_more() -> None:
    text, wording = Stage([Line(error="ModelRateLimitError"), f"{GOOD} {QUESTION}"]).says(
        OWN_PART, material()
    )
    assert text == f"{GOOD} {QUESTION}" and wording.fault is None


def test_marks_of_passages_that_were_not_given_are_left_out_and_noted() -> None:
    told = "Rust helpt Sanne en de winkel [1], en dat geldt voor iedereen [4]."
    text, wording = Stage([told]).says(MEANING, material("Wat bedoel je met rust voor Sanne?", (PASSAGE,)))
    assert text.startswith("Rust helpt Sanne en de winkel [1], en dat geldt voor iedereen. ")
    assert wording.mended == ("citation",) and wording.fault is None


def test_thoughts_are_not_said() -> None:
    text, _ = Stage([f"<think>She wants rest. Why?</think>\n\n{GOOD} {QUESTION}"]).says(OWN_PART, material())
    assert text == f"{GOOD} {QUESTION}"


def test_her_quotes_are_given_back_as_she_typed_them() -> None:
    text, wording = Stage([f"“Met z’n drieën”, zeg je over de winkel. {QUESTION}"]).says(OWN_PART, material())
    assert text.startswith("“met z'n drieën”, zeg je") and wording.fault is None


# -- which turns are whose -------------------------------------------------------------------------


@pytest.mark.parametrize("lead", Lead)
@pytest.mark.parametrize("kind", AskKind)
def test_what_must_be_the_same_for_everybody_is_never_the_models(lead: Lead, kind: AskKind) -> None:
    """The written-down rule, as a table: a model words three leads, and of questions the follow-ups alone."""
    step = Step(lead, Ask(kind, 2, FollowUp.OWN_PART if kind is AskKind.FOLLOW_UP else None))
    theirs = {Lead.REFLECT, Lead.MEANING, Lead.WHY}
    assert words_by_model(step) == (lead in theirs and kind not in (AskKind.CONTRACT, AskKind.REVISION))
    assert not words_by_model(replace(step, recognised=(3,)))
    assert asks_itself(step) == (kind is AskKind.FOLLOW_UP)
    assert not asks_itself(replace(step, again=True))


def test_words_of_care_never_reach_the_model() -> None:
    stage = Stage([GOOD])
    text, wording = stage.says(Step(Lead.CARE, Ask(AskKind.QUESTION, 2), again=True), material())
    assert "113" in text and wording.made_by == GUIDED and wording.fault is None
    assert not stage.chat.asked


def test_a_summary_is_ours_word_for_word() -> None:
    stage, step = Stage([f"{GOOD} Klopt dat?"]), Step(Lead.REFLECT, Ask(AskKind.SUMMARY, 2))
    text, _ = stage.says(step, material())
    assert text == f"{GOOD} {stage.guided.question(step, material())}"


# -- the breaker -----------------------------------------------------------------------------------


def test_a_dead_model_costs_one_wait_and_comes_back_after_a_probe() -> None:
    clock = Clock()
    stage = Stage(
        [Line(text=GOOD, pause=1.5), f"{GOOD} {QUESTION}"], breaker=Breaker(rest=60, clock=clock),
    )  # fmt: skip
    assert stage.says(OWN_PART, material())[1].fault is Fault.TOO_SLOW
    began = time.monotonic()
    text, wording = stage.says(OWN_PART, material())
    assert time.monotonic() - began < 0.5 and wording.fault is Fault.TOO_SLOW and wording.usage is None
    assert len(stage.chat.asked) == 1
    clock.now = 61
    assert stage.says(OWN_PART, material())[1].made_by == GUIDED  # a probe runs beside this turn
    until = time.monotonic() + 5
    while stage.breaker.cause is not None and time.monotonic() < until:
        time.sleep(0.02)
    text, wording = stage.says(OWN_PART, material())
    assert (text, wording.made_by) == (f"{GOOD} {QUESTION}", NAME)


def test_asking_on_purpose_does_not_wait_for_the_rest_to_be_over() -> None:
    stage = Stage([Line(error="ModelConnectionError"), f"{GOOD} {QUESTION}"])
    assert stage.says(OWN_PART, material())[1].fault is Fault.NOT_RUNNING
    assert stage.says(OWN_PART, material(), alone=True)[0] == f"{GOOD} {QUESTION}"
    assert stage.breaker.cause is None


def test_poor_replies_count_together() -> None:
    stage = Stage(["Je moet iemand aannemen voor Sanne."])
    for _ in range(3):
        stage.says(OWN_PART, material())
    assert stage.breaker.cause is Fault.PROTOCOL


def test_prices_become_costs() -> None:
    wording = Stage([f"{GOOD} {QUESTION}"], prices=Prices(1.0, 2.0)).says(OWN_PART, material())[1]
    usage = wording.usage
    assert usage is not None and usage.estimated
    assert usage.cost == pytest.approx((usage.tokens_in + 2 * usage.tokens_out) / 1_000_000)


def test_a_failure_without_a_word_shown_is_told_to_who_asked_on_purpose() -> None:
    assert Stage([Line()]).fails(OWN_PART, material()).fault is Fault.EMPTY

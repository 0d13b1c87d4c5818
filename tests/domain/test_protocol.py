"""The next step of a talk, decided by a pure function: tables of what was heard and what must follow."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.evidence import (
    Cue,
    Direction,
    Finding,
    Intent,
    Kind,
    Pattern,
    PatternHit,
    Reading,
    Stakeholder,
    Time,
)
from coach.domain.protocol import BALANCE_TURNS, next_step
from coach.domain.steps import AskKind, FollowUp, Lead, Step
from coach.domain.sufficiency import FOLLOW_UPS_PER_QUESTION, FOLLOW_UPS_PER_TALK
from coach.domain.values import CELLS, Cell, Language, Perspective, Value

ANSWER = Reading(Intent.ANSWER, Kind.OPINION, words=5)
YES = Reading(Intent.ANSWER, Kind.OPINION, cues=frozenset({Cue.AGREES}), words=1)
DONT_KNOW = Reading(Intent.DONT_KNOW, words=3)
SKIP = Reading(Intent.SKIP, words=1)
FULL = Reading(
    Intent.ANSWER,
    Kind.EXAMPLE,
    stakeholders=(Stakeholder.EMPLOYEES, Stakeholder.CUSTOMERS),
    cues=frozenset(Cue)
    - {
        Cue.DISAGREES,
        Cue.HEAVY,
        Cue.UNCLEAR,
        Cue.OTHER_LANGUAGE,
        Cue.ADVICE_ASKED,
        Cue.AGREES,
        Cue.NO_EFFECT,
    },
    words=20,
    feature_count=3,
    findings=tuple(
        Finding(Value.HUMAN, side, Direction.BUILDS_UP, Kind.EXAMPLE, Time.NOW, quote, "test")
        for side, quote in zip(Perspective, ("iets", "anders"), strict=True)
    ),
)


def talk(focus: Value | None = Value.HUMAN) -> Conversation:
    """A talk in which the coach has just opened."""
    conversation = Conversation("c", Language.NL, focus)
    return conversation.append(Replied(0, None, next_step(conversation), "…"))


def hear(conversation: Conversation, *readings: Reading, text: str = "iets anders") -> Conversation:
    """Let the person say something, once per reading, and the coach take each next step."""
    for heard in readings:
        said = conversation.next_position
        conversation = conversation.append(Said(said, None, text))
        step = next_step(conversation, heard)
        reply = Replied(said + 1, None, step, "…", answers=said, heard=heard)
        conversation = conversation.append(reply)
    return conversation


def step_after(conversation: Conversation) -> Step:
    step = conversation.open_step
    assert step is not None
    return step


def until(conversation: Conversation, question: int, heard: Reading = FULL) -> Conversation:
    """Answer until one of the seven questions is opened."""
    for _ in range(40):
        ask = step_after(conversation).ask
        if ask.kind is AskKind.QUESTION and ask.question == question:
            return conversation
        conversation = hear(conversation, YES if ask.kind is AskKind.SUMMARY else heard)
    raise AssertionError(f"question {question} was never asked")


def test_the_talk_opens_with_the_contract() -> None:
    assert step_after(talk()) == next_step(Conversation("c", Language.NL, None))
    assert step_after(talk()).ask.kind is AskKind.CONTRACT


def test_the_goal_is_given_back_and_the_first_question_asked() -> None:
    step = step_after(hear(talk(), ANSWER))
    assert (step.lead, step.ask.question) == (Lead.GOAL, 1)


@pytest.mark.parametrize(
    ("intent", "lead"),
    [
        (Intent.ASKS_MEANING, Lead.MEANING),
        (Intent.ASKS_WHY, Lead.WHY),
        (Intent.ASKS_EXAMPLE, Lead.EXAMPLE),
        (Intent.OFF_TOPIC, Lead.OFF_TOPIC),
        (Intent.DISTRESS, Lead.CARE),
        (Intent.STOP, Lead.PAUSED),
    ],
)
def test_an_aside_leaves_the_question_open(intent: Intent, lead: Lead) -> None:
    conversation = hear(talk(), ANSWER)
    before = step_after(conversation).ask
    step = step_after(hear(conversation, Reading(intent)))
    assert (step.lead, step.ask, step.again) == (lead, before, True)


def test_advice_is_kept_for_question_six() -> None:
    asked = Reading(Intent.ASKS_EXAMPLE, cues=frozenset({Cue.ADVICE_ASKED}))
    early = hear(hear(talk(), ANSWER), asked)
    late = hear(until(hear(talk(), ANSWER), 6, replace(FULL, words=12)), asked)
    assert step_after(early).lead is Lead.ADVICE
    assert step_after(late).lead is Lead.EXAMPLE


def test_after_a_pause_the_same_question_is_taken_up_again() -> None:
    conversation = hear(talk(), ANSWER)
    before = step_after(conversation).ask
    paused = hear(conversation, Reading(Intent.STOP))
    assert paused.status == "paused"
    step = step_after(hear(paused, YES))
    assert (step.lead, step.ask) == (Lead.WELCOME_BACK, before)


def test_an_answer_after_a_pause_is_an_answer() -> None:
    paused = hear(hear(talk(), ANSWER), Reading(Intent.STOP))
    assert step_after(hear(paused, FULL)).lead is Lead.REFLECT


def test_the_first_dont_know_gets_an_easier_question_and_the_second_parks_it() -> None:
    first = hear(talk(), ANSWER, DONT_KNOW)
    assert (step_after(first).lead, step_after(first).ask.follow_up) == (Lead.DONT_KNOW, FollowUp.SMALLER)
    second = step_after(hear(first, DONT_KNOW))
    assert (second.lead, second.ask.question) == (Lead.PARKED, 2)


def test_a_skip_goes_on_without_comment() -> None:
    step = step_after(hear(talk(), ANSWER, SKIP))
    assert (step.lead, step.ask.question) == (Lead.SKIPPED, 2)


def test_judging_others_is_met_once_with_a_question_about_the_own_part() -> None:
    judging = replace(ANSWER, patterns=(PatternHit(Pattern.JUDGING, "iets", "r"),))
    conversation = hear(until(hear(talk(), ANSWER), 2, replace(FULL, words=12)), judging)
    assert step_after(conversation).ask.follow_up is FollowUp.OWN_PART
    again = hear(conversation, judging)
    assert step_after(again).ask.follow_up is not FollowUp.OWN_PART


def test_going_on_like_this_is_always_asked_at_question_three() -> None:
    force = replace(FULL, cues=frozenset({Cue.FORCE}), words=12)
    conversation = hear(
        until(hear(talk(), ANSWER), 3, replace(FULL, cues=frozenset({Cue.OWN_PART}), words=12)), force
    )
    assert step_after(conversation).ask.follow_up is FollowUp.TREND


def test_a_question_that_was_answered_before_is_recognised_and_skipped() -> None:
    rich = replace(FULL, words=40)
    conversation = hear(hear(talk(), ANSWER), rich)
    for _ in range(12):
        step = step_after(conversation)
        if step.recognised:
            break
        conversation = hear(conversation, YES if step.ask.kind is AskKind.SUMMARY else rich)
    assert set(step.recognised) & {3, 4}


def test_going_back_opens_the_earlier_answer_and_the_new_one_replaces_it() -> None:
    conversation = hear(talk(), ANSWER, FULL)
    asked = step_after(conversation).ask
    back = hear(conversation, Reading(Intent.BACK), text="terug naar vraag 1")
    opened = step_after(back)
    assert (opened.lead, opened.ask.kind, opened.ask.question) == (Lead.BACK, AskKind.REVISION, 1)
    revised = hear(back, FULL, text="nu iets anders")
    assert (step_after(revised).lead, step_after(revised).ask) == (Lead.REVISED, asked)
    kept = [exchange.said.text for exchange in revised.exchanges if exchange.revises is None]
    assert "nu iets anders" not in kept


def test_the_end_is_offered_and_agreed_never_forced() -> None:
    conversation = talk()
    for _ in range(60):
        step = step_after(conversation)
        if step.ask.kind is AskKind.CLOSING:
            break
        conversation = hear(conversation, DONT_KNOW)
    assert conversation.status == "open"
    adding = hear(conversation, replace(FULL, cues=frozenset()))
    assert (step_after(adding).lead, adding.status) == (Lead.ADDED, "open")
    assert hear(adding, YES).status == "finished"


def test_thanks_in_the_middle_does_not_end_the_talk() -> None:
    assert hear(talk(), ANSWER, replace(ANSWER, words=2), replace(ANSWER, words=1)).status == "open"


def test_the_same_entries_give_the_same_step() -> None:
    one, other = hear(talk(), ANSWER, FULL, YES), hear(talk(), ANSWER, FULL, YES)
    assert one == other


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    findings = tuple(
        Finding(
            cell.value,
            cell.perspective,
            draw(st.sampled_from(Direction)),
            draw(st.sampled_from(Kind)),
            draw(st.sampled_from(Time)),
            "iets",
            "test",
        )
        for cell in draw(st.lists(st.sampled_from(CELLS), max_size=3))
    )
    intent = draw(st.sampled_from([*Intent, *[Intent.ANSWER] * 12]))
    if intent is not Intent.ANSWER:
        return Reading(intent, words=2)
    return Reading(
        intent,
        draw(st.sampled_from(Kind)),
        findings,
        cues=draw(st.frozensets(st.sampled_from(Cue), max_size=5)),
        stakeholders=tuple(draw(st.lists(st.sampled_from(Stakeholder), max_size=2))),
        words=draw(st.integers(1, 60)),
        feature_count=draw(st.integers(0, 4)),
    )


@given(st.lists(readings(), max_size=70), st.sampled_from([None, *Value]))
def test_whatever_is_said_the_limits_hold(heard: Sequence[Reading], focus: Value | None) -> None:
    conversation = hear(talk(focus), *heard)
    posed = [reply.step for reply in conversation.replies if not reply.step.again]
    follow_ups = [step.ask for step in posed if step.ask.kind is AskKind.FOLLOW_UP]
    assert len(follow_ups) <= FOLLOW_UPS_PER_TALK
    for question, most in FOLLOW_UPS_PER_QUESTION.items():
        assert sum(ask.question == question for ask in follow_ups) <= most
    asked = [(step.ask.kind, step.ask.question, step.ask.follow_up, step.ask.cell) for step in posed]
    once = [one for one in asked if one[0] not in (AskKind.SUMMARY, AskKind.CLOSING, AskKind.REVISION)]
    assert len(once) == len(set(once)), "no question is asked twice"
    balance = [one for one in asked if one[0] in (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE)]
    assert len(balance) <= BALANCE_TURNS


def test_a_cell_that_is_known_is_not_asked() -> None:
    conversation = until(hear(talk(), ANSWER), 2)
    while step_after(conversation).ask.kind is not AskKind.BALANCE:
        kind = step_after(conversation).ask.kind
        conversation = hear(conversation, YES if kind is AskKind.SUMMARY else FULL)
    asked = step_after(conversation).ask.cell
    assert asked is not None and asked.value is not Value.HUMAN
    assert asked in {Cell(value, side) for value in Value for side in Perspective}

"""The next step of a talk, as a pure function: contract, seven questions, balance round, closing.

Protocol: part C of the domain notes, after the ICF core competencies (one open question at a time,
agree on the aim) and Motivational Interviewing (reflect before asking, ask before advising).
"""

import re
from collections.abc import Iterator

from coach.domain.conversation import Conversation, Exchange, evidence_of, standing
from coach.domain.evidence import Cue, Evidence, Intent, Kind, Reading, level_now
from coach.domain.situation import Situation
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.sufficiency import (
    FOLLOW_UPS_PER_QUESTION,
    FOLLOW_UPS_PER_TALK,
    TREND_CUES,
    already_answered,
    missing,
)
from coach.domain.values import CELLS, QUESTIONS, Cell

BALANCE_TURNS = 10
TURNS_BETWEEN_SUMMARIES = 3
POINTING = 6  # letters of a word that points at an earlier answer, and words from which on she points
ADDITION_WORDS = 6  # fewer words after the end was offered add nothing
_ADVICE_FROM = 6
_RETURNING = frozenset({Lead.PAUSED, Lead.CARE, Lead.CLOSED})


def next_step(conversation: Conversation, heard: Reading | None = None) -> Step:
    """Return what the coach must say now.

    `heard` is how the pending utterance was understood; it is None only for the very first turn.
    Raises ValueError when there is nothing to reply to.
    """
    if not conversation.replies:
        return Step(Lead.WELCOME, Ask(AskKind.CONTRACT))
    said = conversation.pending
    if said is None or heard is None:
        raise ValueError("nothing was said that has no reply yet")
    before = conversation.replies[-1].step
    situation = Situation(conversation, (*conversation.exchanges, Exchange(before, said, heard)))
    return _aside(situation) or _revision(situation) or _return(situation) or _onward(situation)


def _aside(now: Situation) -> Step | None:
    """Answer what is not an answer: help, pause, side questions. The open ask stays open."""
    ask, heard = now.open_ask(), now.heard
    lead = {
        Intent.DISTRESS: Lead.CARE,
        Intent.STOP: Lead.PAUSED,
        Intent.ASKS_MEANING: Lead.MEANING,
        Intent.ASKS_WHY: Lead.WHY,
        Intent.ASKS_EXAMPLE: Lead.EXAMPLE,
        Intent.OFF_TOPIC: Lead.OFF_TOPIC,
    }.get(heard.intent)
    if lead is Lead.EXAMPLE and Cue.ADVICE_ASKED in heard.cues and (ask.question or 0) < _ADVICE_FROM:
        lead = Lead.ADVICE
    if lead is None and Cue.UNCLEAR in heard.cues and now.latest.step.lead is not Lead.UNCLEAR:
        lead = Lead.UNCLEAR
    return Step(lead, ask, again=True) if lead else None


def _revision(now: Situation) -> Step | None:
    """Open an earlier answer, or take note that it was changed."""
    ask, latest = now.open_ask(), now.latest
    if latest.heard.intent is Intent.BACK:
        target = _answer_before(now, ask)
        if target is None:
            return Step(Lead.BACK, ask, again=True)
        revised = Ask(AskKind.REVISION, target.step.ask.question)
        return Step(Lead.BACK, revised, again=True, revises=target.said.position)
    if latest.revises is not None:
        return Step(Lead.CLOSED if latest.step.lead is Lead.CLOSED else Lead.REVISED, ask, again=True)
    if latest.step.ask.kind is AskKind.REVISION:
        return Step(Lead.WELCOME_BACK, ask, again=True)
    return None


def _answer_before(now: Situation, ask: Ask) -> Exchange | None:
    """The answer to change: of the question that she names, else the one whose words she uses, else the last."""
    named = next((int(c) for c in now.latest.said.text if c.isdigit() and int(c) in QUESTIONS), None)
    given = [
        exchange
        for exchange in standing(now.history)
        if exchange.heard.intent is Intent.ANSWER
        and exchange.step.ask.question is not None
        and Cue.AGREES not in exchange.heard.cues
    ]
    if named is not None:
        return next((e for e in reversed(given) if e.step.ask.question == named), None)
    wanted = _long_words(now.latest.said.text) if now.heard.words > POINTING else frozenset()
    spoken_of = [e for e in given if wanted & _long_words(e.said.text)]
    return next(reversed(spoken_of or given), None)


def _long_words(text: str) -> frozenset[str]:
    """The words by which she may point at an earlier answer."""
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) >= POINTING)


def _return(now: Situation) -> Step | None:
    """Come back after a pause, a word of care, or after the end."""
    before = now.latest.step
    if before.lead not in _RETURNING:
        return None
    if before.lead is Lead.CLOSED:
        return Step(Lead.CLOSED, before.ask, again=True)
    says_little = (
        now.heard.intent is not Intent.ANSWER or Cue.AGREES in now.heard.cues or not now.heard.findings
    )
    return Step(Lead.WELCOME_BACK, now.open_ask(), again=True) if says_little else None


def _onward(now: Situation) -> Step:
    """Go on after an answer, a skip or "I don't know"."""
    ask = now.open_ask()
    match ask.kind:
        case AskKind.CONTRACT:
            lead = Lead.GOAL if now.heard.intent is Intent.ANSWER else Lead.SKIPPED
            return _question(now, lead, 1)
        case AskKind.QUESTION | AskKind.FOLLOW_UP:
            return _after_answer(now, ask)
        case AskKind.SUMMARY:
            return _next_question(now, _summary_lead(now), ask)
        case AskKind.BALANCE | AskKind.BALANCE_EXAMPLE:
            return _after_cell(now, ask)
        case _:
            return _after_closing(now)


def _after_answer(now: Situation, ask: Ask) -> Step:
    question = ask.question or 1
    lead = _lead(now, ask)
    if lead in (Lead.SKIPPED, Lead.PARKED):
        return _next_question(now, lead, ask)
    if Cue.HEAVY in now.heard.cues and not any(r.step.lead is Lead.HEAVY for r in now.conversation.replies):
        return Step(Lead.HEAVY, ask, again=True)
    follow_up = _follow_up(now, question)
    if follow_up is not None:
        return Step(lead, Ask(AskKind.FOLLOW_UP, question, follow_up))
    if lead is Lead.REFLECT and _summary_due(now):
        return Step(lead, Ask(AskKind.SUMMARY, question))
    return _next_question(now, lead, ask)


def _lead(now: Situation, ask: Ask) -> Lead:
    """What to begin with, from what was just said."""
    chooses = now.latest.step.lead is Lead.HEAVY and now.heard.intent is not Intent.DONT_KNOW
    if chooses and not now.heard.findings:
        return Lead.CONFIRMED
    match now.heard.intent:
        case Intent.SKIP:
            return Lead.SKIPPED
        case Intent.DONT_KNOW:
            return Lead.DONT_KNOW if _may_be_smaller(now, ask) else Lead.PARKED
        case _:
            return Lead.REFLECT


def _may_be_smaller(now: Situation, ask: Ask) -> bool:
    """The first "I don't know" gets an easier question; the second, or one at a cell, leaves it open."""
    first = now.times(Intent.DONT_KNOW, ask) < 2
    return ask.question is not None and first and _follow_up(now, ask.question) is not None


def _follow_up(now: Situation, question: int) -> FollowUp | None:
    asked = now.follow_ups(question)
    if not _has_room(now, question):
        return None
    if now.heard.intent is Intent.DONT_KNOW:
        return FollowUp.SMALLER if FollowUp.SMALLER not in asked else None
    wanted = missing(question, now.answers(question), now.focus)
    if question == 3 and _trend_said(now):
        wanted = tuple(kind for kind in wanted if kind is not FollowUp.TREND)
    return next((kind for kind in wanted if kind not in asked), None)


def _has_room(now: Situation, question: int) -> bool:
    """Whether one more follow-up stays within the limits of the question and of the talk."""
    asked = len(now.follow_ups(question))
    return asked < FOLLOW_UPS_PER_QUESTION[question] and len(now.follow_ups()) < FOLLOW_UPS_PER_TALK


def _trend_said(now: Situation) -> bool:
    return any(TREND_CUES & exchange.heard.cues for exchange in now.history)


def _summary_due(now: Situation) -> bool:
    """Every third or fourth turn has no question: a summary, and room to correct it."""
    answers = 0
    for exchange in reversed(now.history):
        if exchange.step.ask.kind in (AskKind.SUMMARY, AskKind.CONTRACT):
            break
        answers += exchange.heard.intent is Intent.ANSWER
    return answers >= TURNS_BETWEEN_SUMMARIES


def _summary_lead(now: Situation) -> Lead:
    if now.heard.intent is Intent.ANSWER and Cue.AGREES not in now.heard.cues:
        return Lead.ADDED
    return Lead.CONFIRMED


def _question(now: Situation, lead: Lead, question: int, recognised: tuple[int, ...] = ()) -> Step:
    return Step(lead, Ask(AskKind.QUESTION, question), recognised=recognised)


def _next_question(now: Situation, lead: Lead, ask: Ask) -> Step:
    """Ask the next question that is not yet answered; after the seventh, the balance round."""
    recognised: tuple[int, ...] = ()
    for question in QUESTIONS[ask.question or 0 :]:
        if not already_answered(question, standing(now.history)):
            return _question(now, lead, question, recognised)
        recognised = (*recognised, question)
        if question == 3 and _has_room(now, question) and not _trend_said(now):
            return Step(lead, Ask(AskKind.FOLLOW_UP, 3, FollowUp.TREND), recognised=recognised)
    return _balance(now, lead)


def _after_cell(now: Situation, ask: Ask) -> Step:
    lead = _lead(now, ask)
    if lead is Lead.REFLECT and ask.kind is AskKind.BALANCE and _only_opinion(now, ask):
        if _balance_turns(now) + len(list(_open_cells(now))) < BALANCE_TURNS:
            return Step(lead, Ask(AskKind.BALANCE_EXAMPLE, cell=ask.cell))
    return _balance(now, lead)


def _only_opinion(now: Situation, ask: Ask) -> bool:
    return now.heard.kind in (None, Kind.OPINION) and not any(
        found.cell == ask.cell and found.kind is not Kind.OPINION for found in now.heard.findings
    )


def _balance(now: Situation, lead: Lead) -> Step:
    cell = next(_open_cells(now), None)
    if cell is None or _balance_turns(now) >= BALANCE_TURNS:
        return Step(lead, Ask(AskKind.CLOSING))
    return Step(lead, Ask(AskKind.BALANCE, cell=cell))


def _balance_turns(now: Situation) -> int:
    kinds = (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE)
    return sum(r.step.ask.kind in kinds and not r.step.again for r in now.conversation.replies)


def _open_cells(now: Situation) -> Iterator[Cell]:
    """Cells of which too little is known and that were not asked yet; values without any known cell first."""
    asked = {reply.step.ask.cell for reply in now.conversation.replies}
    items = _evidence_with_latest(now)
    known = {cell for cell in CELLS if level_now([item for item in items if item.cell == cell]) is not None}
    seen = {cell.value for cell in known | {cell for cell in asked if cell}}
    todo = [cell for cell in CELLS if cell not in known and cell not in asked]
    yield from sorted(todo, key=lambda cell: (cell.value in seen, CELLS.index(cell)))


def _evidence_with_latest(now: Situation) -> tuple[Evidence, ...]:
    """Evidence as it will stand once the pending utterance has its reply."""
    said, heard = now.latest.said, now.heard
    pending = tuple(
        Evidence("", said.position, f.quote, f.cell, f.kind, f.direction, f.time) for f in heard.findings
    )
    return (*evidence_of(now.conversation), *pending)


def _after_closing(now: Situation) -> Step:
    """The end was offered: anything that adds keeps it open, anything else is her consent."""
    heard = now.heard
    adds = heard.intent is Intent.ANSWER and heard.words >= ADDITION_WORDS and bool(heard.findings)
    if adds and Cue.AGREES not in heard.cues:
        return Step(Lead.ADDED, Ask(AskKind.CLOSING), again=True)
    return Step(Lead.CLOSED, Ask(AskKind.CLOSING), again=True)

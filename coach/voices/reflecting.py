"""Finds what a reflection may say about an answer: pools of true sentences, the most telling first."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.domain.conversation import Exchange
from coach.domain.evidence import NOTHING_DONE, WEIGHTS, Cue, Direction, Finding, Kind, Time
from coach.domain.steps import AskKind, FollowUp
from coach.domain.values import Value
from coach.voices.phrasebook import Meanings, Variants

FEW_WORDS = 4
_TRENDS = {Cue.TREND_DOWN: "trend_down", Cue.TREND_UP: "trend_up", Cue.TREND_SAME: "trend_same"}


@dataclass(frozen=True)
class Pool:
    """Sentences that are true of an answer, and the stretch of it that they are about."""

    variants: Variants
    about: str


def pools(exchange: Exchange, meanings: Meanings, focus: Value | None) -> Iterator[Pool]:
    """Yield sets of sentences that are true of this answer, in the order in which they should be tried."""
    heard, text = exchange.heard, exchange.said.text
    for hit in heard.patterns:
        yield Pool(getattr(meanings, hit.pattern), hit.quote)
    yield from (Pool(variants, text) for variants in _by_question(exchange, meanings))
    yield from _by_finding(exchange, meanings, focus)
    if exchange.step.ask.kind in (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE):
        yield Pool(meanings.balance, text)
    if 0 < heard.words <= FEW_WORDS:
        yield Pool(meanings.short, text)
    yield Pool(meanings.question.get(exchange.step.ask.question or 0, meanings.balance), text)
    yield Pool(meanings.short, text)


def _by_question(exchange: Exchange, meanings: Meanings) -> Iterator[Variants]:
    cues, ask = exchange.heard.cues, exchange.step.ask
    if ask.follow_up is FollowUp.TREND:
        yield from (getattr(meanings, name) for cue, name in _TRENDS.items() if cue in cues)
    if ask.question == 3 and {Cue.FORCE, Cue.MECHANISM} <= cues:
        yield meanings.chain
    if ask.follow_up is FollowUp.OWN_PART and Cue.OWN_PART in cues:
        yield meanings.own_part
    if ask.question == 4 and Cue.SUCCESS in cues:
        yield meanings.success
    if ask.question == 6 and Cue.ACTION in cues:
        yield meanings.planned
    if ask.question == 7 and Cue.LOSS in cues:
        yield meanings.loss


def strongest(exchange: Exchange, focus: Value | None) -> Finding | None:
    """Return the finding to speak of: the asked cell's or the focus's first, then the hardest evidence about now."""
    asked = exchange.step.ask.cell
    return max(
        exchange.heard.findings,
        key=lambda one: (one.cell == asked, one.value is focus, one.time is Time.NOW, WEIGHTS[one.kind]),
        default=None,
    )


def _contrasts(exchange: Exchange, finding: Finding) -> bool:
    """Tell whether the same value is built up in one part of the answer and drawn down in another."""
    same = {one.direction for one in exchange.heard.findings if one.value is finding.value}
    quotes = {one.quote for one in exchange.heard.findings if one.value is finding.value}
    return {Direction.BUILDS_UP, Direction.DRAWS_DOWN} <= same and len(quotes) > 1


def _by_finding(exchange: Exchange, meanings: Meanings, focus: Value | None) -> Iterator[Pool]:
    finding = strongest(exchange, focus)
    if finding is None:
        return
    about = finding.quote
    if _contrasts(exchange, finding):
        yield Pool(meanings.contrast, exchange.said.text)
    if finding.rule == NOTHING_DONE:
        yield Pool(meanings.nothing_done, about)
    question = exchange.step.ask.question
    if finding.kind is Kind.OPINION and question is not None:
        yield Pool(meanings.question[question], about)
    if finding.time is Time.PLANNED:
        yield Pool(meanings.planned, about)
    elif finding.time is Time.PAST:
        yield Pool(meanings.past, about)
    else:
        yield from (Pool(variants, about) for variants in _of_now(finding, meanings))


def _of_now(finding: Finding, meanings: Meanings) -> Iterator[Variants]:
    if finding.kind is Kind.THIRD_PARTY:
        yield meanings.third_party
    yield getattr(meanings.cells[str(finding.cell)], finding.direction)
    if finding.kind is Kind.AGREEMENT_OR_NUMBER and finding.direction is Direction.BUILDS_UP:
        yield meanings.agreement

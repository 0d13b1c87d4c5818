"""Finds what a reflection may say about an answer: pools of true sentences, the most telling first."""

from collections.abc import Iterator

from coach.domain.conversation import Exchange
from coach.domain.evidence import WEIGHTS, Cue, Direction, Finding, Kind, Pattern, Time
from coach.domain.steps import AskKind, FollowUp
from coach.voices.phrasebook import CellMeanings, Meanings, Variants

FEW_WORDS = 4
_TRENDS = {Cue.TREND_UP: "trend_up", Cue.TREND_SAME: "trend_same", Cue.TREND_DOWN: "trend_down"}


def pools(exchange: Exchange, meanings: Meanings) -> Iterator[Variants]:
    """Yield sets of sentences that are true of this answer, in the order in which they should be tried."""
    heard = exchange.heard
    for pattern in Pattern:
        if any(hit.pattern is pattern for hit in heard.patterns):
            yield getattr(meanings, pattern)
    yield from _by_question(exchange, meanings)
    directions = {finding.direction for finding in heard.findings}
    if {Direction.BUILDS_UP, Direction.DRAWS_DOWN} <= directions:
        yield meanings.contrast
    yield from _by_finding(exchange, meanings)
    if exchange.step.ask.kind in (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE):
        yield meanings.balance
    if 0 < heard.words <= FEW_WORDS:
        yield meanings.short
    yield meanings.question.get(exchange.step.ask.question or 0, meanings.balance)
    yield meanings.short


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


def strongest(exchange: Exchange) -> Finding | None:
    """Return the finding with the hardest evidence, the first of equals; in the balance round the asked cell's."""
    asked = exchange.step.ask.cell
    return max(
        exchange.heard.findings,
        key=lambda finding: (finding.cell == asked, finding.time is Time.NOW, WEIGHTS[finding.kind]),
        default=None,
    )


def _by_finding(exchange: Exchange, meanings: Meanings) -> Iterator[Variants]:
    finding = strongest(exchange)
    if finding is None:
        return
    if exchange.step.ask.cell is not None and finding.direction is Direction.NEUTRAL:
        yield meanings.nothing_done
    if finding.time is Time.PLANNED:
        yield meanings.planned
    elif finding.time is Time.PAST:
        yield meanings.past
    else:
        if finding.kind is Kind.THIRD_PARTY:
            yield meanings.third_party
        yield _of_direction(meanings.cells[str(finding.cell)], finding.direction)
        if finding.kind is Kind.AGREEMENT_OR_NUMBER and finding.direction is Direction.BUILDS_UP:
            yield meanings.agreement


def _of_direction(cell: CellMeanings, direction: Direction) -> Variants:
    match direction:
        case Direction.BUILDS_UP:
            return cell.builds_up
        case Direction.DRAWS_DOWN:
            return cell.draws_down
        case _:
            return cell.neutral

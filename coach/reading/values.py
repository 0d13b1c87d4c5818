"""Which values an answer touches, inside or outside, in which direction: the findings of an answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coach.domain.evidence import (
    ASKED_CELL,
    INSIDE_PARTIES,
    NOTHING_DONE,
    Direction,
    Finding,
    Kind,
    Stakeholder,
    Time,
)
from coach.domain.ports import Context
from coach.domain.values import Cell, Perspective, Value
from coach.reading import people
from coach.reading.directions import Modifiers, direction, modifiers, sign
from coach.reading.kinds import clause_kind, clause_time, is_wish
from coach.reading.scan import Scan, ValueHit
from coach.reading.text import Clause

MAX_VALUES = 3
_POINTS = {"builds_up": 2.0, "draws_down": 2.0, "burden": 1.6, "about": 1.0, "weak": 0.4}
_STRONG = 1.5
_FRAGMENT = 4
_DENIAL = 9
_KIND_ORDER = tuple(Kind)


@dataclass(frozen=True)
class _Scored:
    finding: Finding
    points: float
    sentence: int


def findings(found: Scan, context: Context) -> tuple[Finding, ...]:
    """Return what an answer says about the values, at most three of them, strongest kind per cell."""
    turns = _turns(found)
    scored = [
        item for clause in found.clauses for item in _of_clause(found, clause, turns[clause.number], context)
    ]
    kept = _most_telling(_without_weak(_without_mere_topics(scored)))
    if _denies(found, context, kept):
        return tuple(_of_the_asked_cell(found, context))
    return (
        tuple(_merged(kept))
        or tuple(_of_the_asked_cell(found, context))
        or tuple(_of_the_parties(found, context))
    )


def _question(context: Context) -> int | None:
    """Return the question whose form an answer follows; the balance round asks for examples."""
    return None if context.cell else context.question


def _turns(found: Scan) -> Mapping[int, Modifiers]:
    """Return the modifiers per clause; a clause that only points back ("that we skip") turns the one before."""
    own = {clause.number: modifiers(found, clause) for clause in found.clauses}
    with_values = {hit.clause for hit in found.values if hit.entry.group != "weak"}
    for clause, following in zip(found.clauses, found.clauses[1:], strict=False):
        fragment = clause.last - clause.first <= _FRAGMENT
        points_back = any(
            hit.first - following.first <= 1 for hit in found.in_clause("mark:pointing", following.number)
        )
        if clause.number in with_values and following.number not in with_values and not own[clause.number]:
            if (fragment and clause.sentence != following.sentence) or points_back:
                own[clause.number] = own[clause.number].joined(own[following.number])
    return own


def _of_clause(found: Scan, clause: Clause, turn: Modifiers, context: Context) -> Iterator[_Scored]:
    hits = [hit for hit in found.values if hit.clause == clause.number]
    by_cell: dict[Cell, list[ValueHit]] = defaultdict(list)
    for hit in hits:
        by_cell[Cell(hit.entry.value, _side(found, clause, hit, context))].append(hit)
    for cell, cell_hits in by_cell.items():
        points = sum(_POINTS[hit.entry.group] for hit in cell_hits)
        told = _finding(found, clause, cell, cell_hits, turn, _question(context))
        yield _Scored(told, points, clause.sentence)


def _side(found: Scan, clause: Clause, hit: ValueHit, context: Context) -> Perspective:
    asked = context.cell
    single = hit.last - hit.first == 1
    if asked is not None and asked.value is hit.entry.value and (single or hit.entry.side is None):
        return asked.perspective
    if hit.entry.side is Perspective.EXTERNAL or (hit.entry.side and not single):
        return hit.entry.side
    if hit.entry.side is Perspective.INTERNAL:
        own = bool(found.in_clause("mark:receiving", clause.number))
        outward = people.turns_outward(hit.entry.value, people.in_sentence(found, clause.sentence), own)
        return Perspective.EXTERNAL if outward else Perspective.INTERNAL
    parties = people.in_clause(found, clause.number) or people.in_sentence(found, clause.sentence)
    return people.side(hit.entry.value, parties)


def _finding(
    found: Scan, clause: Clause, cell: Cell, hits: list[ValueHit], turn: Modifiers, question: int | None
) -> Finding:
    way = _way(hits, turn)
    time = clause_time(found, clause)
    kind = clause_kind(found, clause, question)
    hoped = way > 0 and kind is Kind.OPINION and is_wish(found, clause)
    toward = Direction.NEUTRAL if hoped else direction(way)
    rule = max(hits, key=lambda hit: _POINTS[hit.entry.group]).word
    quote = found.utterance.quote(clause)
    return Finding(cell.value, cell.perspective, toward, kind, time, quote, rule)


def _way(hits: list[ValueHit], turn: Modifiers) -> int:
    """Return the direction of all words of one cell in a clause.

    What is done ("sort") decides over what it is done to ("waste"); of two opposites the longer phrase
    decides, and what is lost when they are equally long.
    """
    strongest = max(_POINTS[hit.entry.group] for hit in hits)
    telling = [hit for hit in hits if _POINTS[hit.entry.group] == strongest]
    up = max((hit.last - hit.first for hit in telling if sign(hit, turn) > 0), default=0)
    down = max((hit.last - hit.first for hit in telling if sign(hit, turn) < 0), default=0)
    if not up and not down:
        return 0
    return 1 if up > down else -1


def _without_mere_topics(scored: list[_Scored]) -> list[_Scored]:
    """Drop a topic when the same sentence says something telling about another value."""
    telling = {(item.sentence, item.finding.value) for item in scored if item.points >= _STRONG}
    return [
        item
        for item in scored
        if item.points >= _STRONG
        or not any(sentence == item.sentence and value != item.finding.value for sentence, value in telling)
    ]


def _without_weak(scored: list[_Scored]) -> list[_Scored]:
    """Drop words that count only if nothing else was found."""
    best = max((item.points for item in scored), default=0.0)
    floor = 1.0 if best >= 1.0 else 0.0
    return [item for item in scored if item.points >= floor]


def _most_telling(scored: list[_Scored]) -> list[_Scored]:
    points: dict[Value, float] = defaultdict(float)
    for item in scored:
        points[item.finding.value] += item.points
    best = sorted(points, key=lambda value: -points[value])[:MAX_VALUES]
    return [item for item in scored if item.finding.value in best]


def _merged(scored: list[_Scored]) -> Iterator[Finding]:
    """Yield one finding per cell, direction and time: the one with the strongest kind."""
    groups: dict[tuple[Cell, Direction, Time], list[Finding]] = defaultdict(list)
    for item in scored:
        groups[(item.finding.cell, item.finding.direction, item.finding.time)].append(item.finding)
    told = {cell for cell, toward, _ in groups if toward is not Direction.NEUTRAL}
    for (cell, toward, _), same in groups.items():
        if toward is Direction.NEUTRAL and cell in told:
            continue
        yield max(same, key=lambda finding: _KIND_ORDER.index(finding.kind))


def _of_the_asked_cell(found: Scan, context: Context) -> Iterator[Finding]:
    """Yield what belongs to the cell or value that was asked about, when no word names another."""
    clause = max(found.clauses, key=lambda each: each.last - each.first, default=None)
    cell = _asked(found, context)
    if clause is None or cell is None:
        return
    plain = Finding(
        cell.value,
        cell.perspective,
        Direction.NEUTRAL,
        Kind.EXAMPLE,
        Time.NOW,
        found.utterance.quote(clause),
        ASKED_CELL,
    )
    if found.has("asked:nothing_done") or (context.cell and found.has("asked:denial")):
        yield replace(plain, rule=NOTHING_DONE)
    elif context.cell or (context.question in {2, 4} and clause.last - clause.first >= _FRAGMENT):
        yield from _credited(found, clause, plain, context)


def _denies(found: Scan, context: Context, kept: list[_Scored]) -> bool:
    """Tell whether a short answer in the balance round says that the asked thing is not done."""
    if context.cell is None or len(found.utterance.tokens) > _DENIAL:
        return False
    others = {item.finding.cell for item in kept} - {context.cell}
    return not others and (found.has("asked:denial") or found.has("asked:nothing_done"))


def _of_the_parties(found: Scan, context: Context) -> Iterator[Finding]:
    """Yield what an account of people says when no word names a value: how one deals with them, or how they fare."""
    for clause in found.clauses:
        parties = people.in_clause(found, clause.number) - {Stakeholder.NATURE, Stakeholder.GOVERNMENT}
        kind = clause_kind(found, clause, _question(context))
        if not parties or kind is Kind.OPINION or clause.last - clause.first < _FRAGMENT:
            continue
        outside = parties - INSIDE_PARTIES
        relates = bool(outside or found.in_clause("mark:relating", clause.number))
        value = Value.SOCIAL if relates else Value.HUMAN
        turn = modifiers(found, clause)
        down = turn.bad or turn.less or turn.negated
        yield Finding(
            value,
            people.side(value, parties),
            Direction.DRAWS_DOWN if down else Direction.BUILDS_UP,
            kind,
            clause_time(found, clause),
            found.utterance.quote(clause),
            f"{value.value} by party: {', '.join(sorted(parties))}",
        )
        return


def _asked(found: Scan, context: Context) -> Cell | None:
    if context.cell is not None:
        return context.cell
    if context.focus is None:
        return None
    outside = found.has("asked:outside")
    return Cell(
        context.focus, Perspective.EXTERNAL if outside else people.side(context.focus, people.named(found))
    )


def _credited(found: Scan, clause: Clause, plain: Finding, context: Context) -> Iterator[Finding]:
    kind = clause_kind(found, clause, _question(context))
    if kind is Kind.OPINION and context.cell is None:
        return
    turn = modifiers(found, clause)
    down = turn.bad or turn.less or turn.negated
    toward = Direction.DRAWS_DOWN if down else Direction.BUILDS_UP
    if kind is Kind.OPINION and not turn:
        toward = Direction.NEUTRAL
    yield replace(plain, direction=toward, kind=kind, time=clause_time(found, clause))

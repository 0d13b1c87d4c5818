"""What the rules found, weighed by what was learnt from labelled utterances: the reading as it stands.

1. Intent: the likeliest; of doubtful ones that of the rules. A text of more than fifteen words never skips, goes
   back or stops, and what rules hear as an acute need stays one unless it is clearly something else.
2. Cells: those that are likelier than a threshold. Where the rules found the cell, their quote, time and rule
   stand; where they did not, the quote is the clause with the words that tell most, and the rule names them.
   What was asked for and plainly answered ("here I do nothing") stands as the rules have it.
3. Direction, kind, parties and patterns: the likeliest; a kind that differs per finding stays that of its clause.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coach.domain.evidence import (
    ASKED_CELL,
    NOTHING_DONE,
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
from coach.domain.ports import Context
from coach.domain.values import CELLS, Cell
from coach.reading.intents import MOVE_WORDS
from coach.reading.kinds import clause_time
from coach.reading.learnt import Learnt, Vector, chances
from coach.reading.scan import Scan
from coach.reading.signs import Sign, signs
from coach.reading.text import Clause

MOST = 3  # cells of one answer
_CELL = (0.28, 0.24)  # chance from which a cell is given; where the rules found it too
_PARTY = (0.30, 0.20)  # the same of who is involved
_PATTERN = (0.55, 0.35)  # the same of a language pattern
_SURE = 0.5  # chance of an intent that the rules did not hear
_ACUTE = 0.35  # chance from which an acute need is heard
_NOT_ACUTE = 0.8  # chance of an answer that outweighs an acute need that the rules heard
_UNASKED = 0.6  # the same for a cell that no rule found, when another was asked about
_TURNED = 0.7  # chance from which a direction that a rule gave is turned
_OWN = 0.3  # weight of the cell whose direction is asked for
_SCRAP = 4  # a clause of fewer words proves nothing by itself
_NAMED = 2  # so many words are named in the rule of a finding
_MOVES = frozenset({Intent.SKIP, Intent.BACK, Intent.STOP})
_HARDNESS = tuple(Kind)
_LONG = 4  # letters of a word that may be named


def weighed(reading: Reading, found: Scan, context: Context, learnt: Learnt) -> Reading:
    """Return the reading of the rules after weighing; `reading` holds what they find if it is an answer."""
    told = signs(found, reading, context)
    scores = learnt.scores(told)
    wanted = _intent(reading, found, context, chances(scores, "intent"))
    if wanted is not Intent.ANSWER:
        return Reading(wanted, cues=reading.cues)
    likely = Kind(_likeliest(chances(scores, "kind")))
    findings = tuple(_with_kind(list(_findings(reading, found, told, scores, learnt, context.cell)), likely))
    kind = max((finding.kind for finding in findings), key=_HARDNESS.index, default=likely)
    parties = chances(scores, "party")
    return replace(
        reading,
        intent=wanted,
        kind=kind,
        findings=findings,
        patterns=tuple(_patterns(reading, found, told, chances(scores, "pattern"), learnt)),
        stakeholders=tuple(
            party for party in Stakeholder if parties[party] > _PARTY[party in reading.stakeholders]
        ),
    )


def _likeliest(told: dict[str, float]) -> str:
    return max(told, key=lambda name: told[name])


def _intent(reading: Reading, found: Scan, context: Context, told: dict[str, float]) -> Intent:
    heard, best = reading.intent, Intent(_likeliest(told))
    if context.revising or context.summary:
        return heard
    if heard is Intent.DISTRESS:
        return Intent.ANSWER if told[Intent.ANSWER] > _NOT_ACUTE else heard
    if told[Intent.DISTRESS] > (_ACUTE if heard is Intent.ANSWER else _SURE):
        return Intent.DISTRESS
    if context.cell is not None and best is Intent.OFF_TOPIC:
        return heard
    if best is Intent.DISTRESS or (best in _MOVES and len(found.utterance.tokens) > MOVE_WORDS):
        return heard
    return best if told[best] > _SURE else heard


def _findings(
    reading: Reading, found: Scan, told: Sequence[Sign], scores: Vector, learnt: Learnt, asked: Cell | None
) -> Iterator[Finding]:
    plain = [finding for finding in reading.findings if finding.rule == NOTHING_DONE]
    if plain:
        yield from plain
        return
    likely = chances(scores, "cell")
    unknown = asked is not None and found.has(f"intent:{Intent.DONT_KNOW}")  # "no idea how they work there"
    ruled = {finding.cell for finding in reading.findings}
    given = [cell for cell in CELLS if likely[str(cell)] > _from(cell in ruled, asked not in (None, cell))]
    cells = sorted(given, key=lambda cell: -likely[str(cell)])
    if not cells:
        yield from (finding for finding in reading.findings if finding.rule == ASKED_CELL)
    for cell in cells[:MOST]:
        by_rule = next((finding for finding in reading.findings if finding.cell == cell), None)
        finding = by_rule or (None if unknown else _heard(cell, reading, found, told, learnt))
        if finding:
            yield replace(finding, direction=_way(finding, told, learnt))


def _from(by_rule: bool, unasked: bool) -> float:
    """Return the chance from which a cell is given; who is asked about one cell speaks of another more seldom."""
    return _UNASKED if unasked and not by_rule else _CELL[by_rule]


def _with_kind(findings: Sequence[Finding], likely: Kind) -> Iterator[Finding]:
    """Yield the findings with their kind: the likeliest where all have the same; a plan is never more than a view."""
    same = len({finding.kind for finding in findings}) == 1
    for finding in findings:
        if finding.rule == NOTHING_DONE:
            yield finding
        elif finding.time is Time.PLANNED:
            yield replace(finding, kind=Kind.OPINION)
        else:
            yield replace(finding, kind=likely) if same else finding


def _way(finding: Finding, told: Sequence[Sign], learnt: Learnt) -> Direction:
    """Return the likeliest direction; one that a rule gave stands until another is clearly likelier."""
    likely = chances(learnt.scores((*told, *of_cell(finding.cell))), "way")
    best = Direction(_likeliest(likely))
    by_rule = finding.direction is not Direction.NEUTRAL
    return finding.direction if by_rule and likely[best] < _TURNED else best


def of_cell(cell: Cell) -> tuple[Sign, ...]:
    """Return the signs that say of which cell the direction is asked."""
    return Sign(f"of={cell.value}", _OWN), Sign(f"of={cell.perspective}", _OWN)


def _heard(cell: Cell, reading: Reading, found: Scan, told: Sequence[Sign], learnt: Learnt) -> Finding | None:
    """Return a finding that no rule made, quoting the clause that tells most; None for a scrap."""
    telling = learnt.telling(f"cell:{cell}", told)
    clause = _clause(found, telling)
    names = _names(found, clause, telling)
    if not names or clause.last - clause.first < _SCRAP:
        return None
    return Finding(
        cell.value,
        cell.perspective,
        Direction.NEUTRAL,
        reading.kind or Kind.OPINION,
        clause_time(found, clause),
        found.utterance.quote(clause),
        f"learnt: {', '.join(names)}",
    )


def _clause(found: Scan, telling: Mapping[int, float]) -> Clause:
    """Return the clause whose words tell most; of equals the longest."""

    def told(clause: Clause) -> tuple[float, int]:
        return sum(
            telling.get(at, 0.0) for at in range(clause.first, clause.last)
        ), clause.last - clause.first

    return max(found.clauses, key=told)


def _names(found: Scan, clause: Clause, telling: Mapping[int, float]) -> list[str]:
    """Return the words of a clause that tell most, without little words."""
    strongest = sorted(
        (at for at in telling if clause.first <= at < clause.last), key=lambda at: -telling[at]
    )
    words = [found.utterance.tokens[at].word for at in strongest]
    long = [word for word in words if len(word) >= _LONG and word not in found.pack.function_words]
    return list(dict.fromkeys(long))[:_NAMED]


def _patterns(
    reading: Reading, found: Scan, told: Sequence[Sign], likely: dict[str, float], learnt: Learnt
) -> Iterator[PatternHit]:
    for pattern in Pattern:
        by_rule = next((hit for hit in reading.patterns if hit.pattern is pattern), None)
        if likely[pattern] <= _PATTERN[by_rule is not None]:
            continue
        if by_rule:
            yield by_rule
        elif found.clauses:
            telling = learnt.telling(f"pattern:{pattern}", told)
            clause = _clause(found, telling)
            names = _names(found, clause, telling) or ["the whole answer"]
            yield PatternHit(pattern, found.utterance.quote(clause), f"learnt: {', '.join(names)}")

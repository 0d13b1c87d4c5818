"""Which way a value goes in a clause: the word's own direction, turned by "not", "less", "too little"."""

from dataclasses import dataclass

from coach.domain.evidence import Direction
from coach.reading.phrases import Hit
from coach.reading.scan import Scan, ValueHit, covered, within
from coach.reading.text import Clause


@dataclass(frozen=True)
class Modifiers:
    """The words in a clause that set or turn a direction."""

    negated: bool = False
    good: bool = False
    bad: bool = False
    less: bool = False
    more: bool = False
    doing: bool = False

    def __bool__(self) -> bool:
        return self.negated or self.good or self.bad or self.less or self.more

    def joined(self, other: "Modifiers") -> "Modifiers":
        """Return both together."""
        return Modifiers(
            self.negated != other.negated,
            self.good or other.good,
            self.bad or other.bad,
            self.less or other.less,
            self.more or other.more,
            self.doing or other.doing,
        )


_TURNS = ("negation", "good", "bad", "less", "more")


def modifiers(found: Scan, clause: Clause) -> Modifiers:
    """Return what turns directions in a clause; a word inside a longer listed phrase does not count."""
    spans = [Hit("", "", hit.first, hit.last, clause.sentence, hit.clause) for hit in found.values]
    sayings = found.hits("ignore")
    turning = {name: found.in_clause(f"polarity:{name}", clause.number) for name in _TURNS}
    longer = [*spans, *(hit for hits in turning.values() for hit in hits)]
    harmless = found.in_sentence("polarity:not_negation", clause.sentence)
    free = {
        name: [
            hit
            for hit in hits
            if not covered(hit, longer)
            and not within(hit, spans)
            and (name == "negation" or not within(hit, sayings))
        ]
        for name, hits in turning.items()
    }
    negations = [hit for hit in free["negation"] if not within(hit, harmless)]
    return Modifiers(
        negated=len(negations) % 2 == 1,
        good=bool(free["good"]),
        bad=bool(free["bad"]),
        less=bool(free["less"]),
        more=bool(free["more"]),
        doing=bool(found.in_clause("polarity:doing", clause.number)),
    )


def sign(hit: ValueHit, turn: Modifiers) -> int:
    """Return +1 when the clause builds the value up, -1 when it draws it down, 0 when neither shows."""
    group = hit.entry.group
    if group == "builds_up":
        way = -1 if turn.bad or turn.less else 1
    elif group == "draws_down":
        way = 1 if turn.less else -1
    elif group == "burden":
        way = 1 if (turn.less or turn.good) and not turn.bad else -1
    else:
        return _topic_sign(turn)
    return -way if turn.negated else way


def _topic_sign(turn: Modifiers) -> int:
    if turn.bad or turn.less:
        way = -1
    elif turn.good or turn.more:
        way = 1
    elif turn.negated:
        return -1
    else:
        return 1 if turn.doing else 0
    return -way if turn.negated else way


def direction(way: int) -> Direction:
    """Return the direction of a sign."""
    return {1: Direction.BUILDS_UP, -1: Direction.DRAWS_DOWN}.get(way, Direction.NEUTRAL)

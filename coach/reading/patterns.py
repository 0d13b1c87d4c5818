"""The three language patterns: constructions that hit unless something in the answer cancels them."""

from collections.abc import Iterator

from coach.domain.evidence import PatternHit
from coach.reading.lexicon import PatternRule
from coach.reading.phrases import Hit
from coach.reading.scan import Scan

_WHOLE_ANSWER = frozenset({"own_part", "beneficiary", "buffer"})


def patterns(found: Scan) -> tuple[PatternHit, ...]:
    """Return the patterns in an answer, each once, with the clause that shows it."""
    hits: dict[str, PatternHit] = {}
    for pattern_hit in _hits(found):
        hits.setdefault(pattern_hit.pattern, pattern_hit)
    return tuple(hits.values())


def _hits(found: Scan) -> Iterator[PatternHit]:
    for rule in found.pack.rules.values():
        for hit in found.hits(f"pattern:{rule.id}"):
            if not _cancelled(found, rule, hit):
                yield PatternHit(rule.pattern, _quote(found, hit), rule.id)
                break


def _cancelled(found: Scan, rule: PatternRule, hit: Hit) -> bool:
    return any(
        found.has(f"cancel:{name}")
        if name in _WHOLE_ANSWER
        else found.in_sentence(f"cancel:{name}", hit.sentence)
        for name in rule.unless
    )


def _quote(found: Scan, hit: Hit) -> str:
    """Return the literal text from the first clause of the hit to its last."""
    first = next(clause for clause in found.clauses if clause.first <= hit.first < clause.last)
    last = next(clause for clause in found.clauses if clause.first < hit.last <= clause.last)
    return found.utterance.text[first.start : last.end].strip()

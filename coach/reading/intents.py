"""What the person wants: an answer wins whenever something of substance is said."""

from coach.domain.evidence import Intent
from coach.reading.scan import Scan

MOVE_WORDS = 15  # an utterance of more words is never skip, back or stop
_MOVES = frozenset({Intent.SKIP, Intent.BACK, Intent.STOP})
_ORDER = (
    Intent.OFF_TOPIC,
    Intent.ASKS_WHY,
    Intent.ASKS_MEANING,
    Intent.ASKS_EXAMPLE,
    Intent.BACK,
    Intent.STOP,
    Intent.SKIP,
    Intent.DONT_KNOW,
)
_LEFT = {Intent.OFF_TOPIC: 5, Intent.DONT_KNOW: 1, Intent.STOP: 2, Intent.SKIP: 1, Intent.BACK: 3}
_LEFT_IN_QUESTION = 4


def intent(found: Scan) -> Intent:
    """Return what the utterance wants."""
    if found.has(f"intent:{Intent.DISTRESS}") and not found.has("mark:not_distress"):
        return Intent.DISTRESS
    wanted = [which for which in _ORDER if _fits(found, which)]
    return wanted[0] if wanted else Intent.ANSWER


def asks_advice(found: Scan) -> bool:
    """Tell whether the person asks what to do."""
    return found.has("intent:asks_advice")


def _lists(which: Intent) -> tuple[str, ...]:
    if which is Intent.ASKS_EXAMPLE:
        return f"intent:{which}", "intent:asks_advice"
    return (f"intent:{which}",)


def _fits(found: Scan, which: Intent) -> bool:
    """Tell whether the utterance says this and hardly anything else."""
    spans = [hit for name in _lists(which) for hit in found.hits(name)]
    if not spans:
        return False
    tokens = found.utterance.tokens
    if which in _MOVES and len(tokens) > MOVE_WORDS:
        return False
    said = {at for hit in spans for at in range(hit.first, hit.last)}
    left = [token for at, token in enumerate(tokens) if at not in said and token.word not in found.pack.filler]
    return len(left) <= _allowed(found, which)


def _allowed(found: Scan, which: Intent) -> int:
    asked = "?" in found.utterance.endings
    if which in {Intent.ASKS_MEANING, Intent.ASKS_EXAMPLE, Intent.ASKS_WHY}:
        return _LEFT_IN_QUESTION if asked else 2
    return _LEFT[which]

"""What the person wants: an answer wins whenever something of substance is said."""

from collections.abc import Iterable, Set

from coach.domain.evidence import Intent
from coach.reading.scan import Scan
from coach.reading.text import Token

MOVE_WORDS = 15  # an utterance of more words is never skip, back or stop
_MOVES = frozenset({Intent.SKIP, Intent.BACK, Intent.STOP})
_QUESTIONS = frozenset({Intent.ASKS_MEANING, Intent.ASKS_EXAMPLE, Intent.ASKS_WHY})
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
_LEFT = {Intent.OFF_TOPIC: 6, Intent.DONT_KNOW: 0, Intent.STOP: 2, Intent.SKIP: 1, Intent.BACK: 2}
_LEFT_IN_QUESTION = 4
_LEFT_IN_REQUEST = 2
_SUBSTANCE = 2  # so many telling words in a sentence of its own make it an answer


def intent(found: Scan) -> Intent:
    """Return what the utterance wants."""
    if found.has(f"intent:{Intent.DISTRESS}") and not found.has("mark:not_distress"):
        return Intent.DISTRESS
    return next((which for which in _ORDER if _fits(found, which)), None) or _by_shape(found)


def asks_advice(found: Scan) -> bool:
    """Tell whether the person asks what to do."""
    return found.has("intent:asks_advice")


def _said(found: Scan, which: Intent) -> dict[int, int]:
    """Return the token places that words for an intent take, with their sentence."""
    names = [f"intent:{which}"] + (["intent:asks_advice"] if which is Intent.ASKS_EXAMPLE else [])
    hits = [hit for name in names for hit in found.hits(name)]
    return {at: hit.sentence for hit in hits for at in range(hit.first, hit.last)}


def _fits(found: Scan, which: Intent) -> bool:
    """Tell whether the utterance says this and hardly anything else."""
    said = _said(found, which)
    tokens = found.utterance.tokens
    if not said or (which in _MOVES and len(tokens) > MOVE_WORDS):
        return False
    left = [at for at, token in enumerate(tokens) if at not in said and token.word not in found.pack.filler]
    if which is not Intent.OFF_TOPIC and _answers_elsewhere(found, tokens, left, set(said.values())):
        return False
    if which in _MOVES | {Intent.DONT_KNOW} and _names_a_value(found, left):
        return False
    return len(left) <= _allowed(found, which, said.values())


def _answers_elsewhere(found: Scan, tokens: tuple[Token, ...], left: list[int], asked: Set[int]) -> bool:
    """Tell whether a sentence beside the one that asks tells something itself."""
    elsewhere = [at for at in left if tokens[at].sentence not in asked]
    return len(elsewhere) >= _SUBSTANCE and not all(
        "?" in found.utterance.endings[tokens[at].sentence] for at in elsewhere
    )


def _names_a_value(found: Scan, left: list[int]) -> bool:
    spots = set(left)
    return any(spots & set(range(hit.first, hit.last)) for hit in found.values if hit.entry.group != "weak")


def _allowed(found: Scan, which: Intent, sentences: Iterable[int]) -> int:
    if which not in _QUESTIONS:
        return _LEFT[which]
    asked = any("?" in found.utterance.endings[sentence] for sentence in sentences)
    return _LEFT_IN_QUESTION if asked else _LEFT_IN_REQUEST


def _by_shape(found: Scan) -> Intent:
    """Return what a short utterance wants by its form: a question to the talk, or an answer."""
    endings = found.utterance.endings[: len({token.sentence for token in found.utterance.tokens})]
    if not 0 < len(found.utterance.tokens) <= MOVE_WORDS:
        return Intent.ANSWER
    if found.has("shape:not_grasped") and found.has("shape:about_talk"):
        return Intent.ASKS_MEANING
    if not endings or any(ending != "?" for ending in endings):
        return Intent.ANSWER
    return _question_by_shape(found)


def _question_by_shape(found: Scan) -> Intent:
    to_you, about_talk = found.has("shape:to_you"), found.has("shape:about_talk")
    tells = any(hit.entry.group != "weak" for hit in found.values) or bool(found.parties)
    if found.has("shape:why") and (to_you or about_talk or not tells):
        return Intent.ASKS_WHY
    if found.has("shape:others") and not found.has("shape:own"):
        return Intent.ASKS_EXAMPLE
    if found.has("shape:how_do_i"):
        return Intent.ASKS_EXAMPLE
    if about_talk or (found.has("shape:is_it") and not (tells and found.has("shape:own"))):
        return Intent.ASKS_MEANING
    if to_you or not (tells or found.has("shape:own") or len(found.utterance.tokens) < _LEFT_IN_QUESTION):
        return Intent.OFF_TOPIC
    return Intent.ANSWER

"""Signs in the words by which the protocol knows whether a question is answered."""

from coach.domain.evidence import Cue, Stakeholder
from coach.reading.intents import asks_advice
from coach.reading.scan import Scan

_LISTED = frozenset(Cue) - {
    Cue.AGREES,
    Cue.DISAGREES,
    Cue.ADVICE_ASKED,
    Cue.UNCLEAR,
    Cue.OTHER_LANGUAGE,
    Cue.WHO,
}
_SHORT = 6


def cues(found: Scan) -> frozenset[Cue]:
    """Return the signs found in an utterance."""
    result = {cue for cue in _LISTED if found.has(f"cue:{cue}")}
    if any(token.number for token in found.utterance.tokens):
        result.add(Cue.HOW_MUCH)
    if _names_somebody(found):
        result.add(Cue.WHO)
    if _only_agrees(found):
        result.add(Cue.AGREES)
    if _starts(found, f"cue:{Cue.DISAGREES}"):
        result.add(Cue.DISAGREES)
    if asks_advice(found):
        result.add(Cue.ADVICE_ASKED)
    if len(found.utterance.tokens) > _SHORT * 3:
        result.discard(Cue.NO_EFFECT)
    return frozenset(result)


def _names_somebody(found: Scan) -> bool:
    """Tell whether a role, a group or a name is mentioned."""
    if found.has(f"cue:{Cue.WHO}"):
        return True
    if any(hit.party != Stakeholder.NATURE for hit in found.parties):
        return True
    tokens = found.utterance.tokens
    return any(
        token.capital and not token.number and at and tokens[at - 1].sentence == token.sentence and token.word.isalpha()
        and len(token.word) > 1
        for at, token in enumerate(tokens)
    )  # fmt: skip


def _only_agrees(found: Scan) -> bool:
    tokens = found.utterance.tokens
    words = [token.word for token in tokens]
    if not words or len(words) > _SHORT or _starts(found, f"cue:{Cue.DISAGREES}"):
        return False
    known = found.pack.agrees | found.pack.filler
    return found.has(f"cue:{Cue.AGREES}") and all(word in known for word in words)


def _starts(found: Scan, name: str) -> bool:
    return any(hit.first <= 1 for hit in found.hits(name))


def feature_count(found: Scan) -> int:
    """Return how many separate things are named: items of a list, ordinal words, or sentences."""
    tokens = found.utterance.tokens
    if not tokens:
        return 0
    text = found.utterance.text
    items = 1 + sum(text.count(mark) for mark in (",", ";", "\n"))
    items += sum(token.word in {"en", "and"} for token in tokens)
    sentences = sum(
        1 for number in {token.sentence for token in tokens} if len(found.utterance.sentence_of(number)) > 1
    )
    ordinals = len(found.hits("mark:features"))
    return max(min(items, 1 + len(tokens) // 3), sentences, ordinals)

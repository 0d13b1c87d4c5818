"""Chooses the few literal words of the person that are given back to her."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.values import Language

SHORTEST, LONGEST = 2, 7
_CLAUSE = re.compile(r"[^.,;:!?…\n()\"“”–]+")
_WORD = re.compile(r"[\w'’%€&/-]+")
_NUMBER = re.compile(
    r"\d|\b(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|half|halve|two|three|four|five|six|seven|eight|ten|half)\b",
    re.IGNORECASE,
)
_FILLERS = {
    Language.NL: frozenset(
        "nou ja nja tja eh ehm eigenlijk gewoon dus en maar want of dat die denk vind wel ook er is zijn heb hebben "
        "hoor zeg zo dan toch misschien best even natuurlijk meer heel erg".split()
    ),
    Language.EN: frozenset(
        "well yeah yes so and but because or that which who i think just actually really also there is are have has "
        "had then maybe quite kind of like you know um very".split()
    ),
}
_BAD_ENDS = {
    Language.NL: frozenset(
        "de het een van met en of in op te die dat voor aan bij naar om als dan maar want mijn ons onze hun zijn haar je jouw "
        "door over tot uit per niet geen heel erg zo nog al ook is ik we wij er deze dit elke iedere hoe wat wie waar der den "
        "ben hebben heb kan moet wil zal zou kunnen moeten willen zullen tussen zonder tegen omdat zodat één twee drie vier vijf zes".split()
    ),
    Language.EN: frozenset(
        "the a an of with and or in on to that which for at by from as than but because my our their his her your is are "
        "was were i we they he she it not no very so still also every each this these those how what who where if can "
        "will would could should must have has had been be do does about into without between so than".split()
    ),
}
_BAD_STARTS = {
    Language.NL: frozenset("en maar want dus of dat te er omdat zodat dan niet nog ook".split()),
    Language.EN: frozenset("and but because so or that which to then if of than not also as".split()),
}


def without_opening(text: str, language: Language) -> str:
    """Return the text without the conjunctions it opens with and without loose punctuation around it."""
    words = text.strip(" .,;:!?…-–")
    while " " in words and words.split(" ", 1)[0].casefold() in _BAD_STARTS[language]:
        words = words.split(" ", 1)[1].lstrip()
    return words


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    words: tuple[str, ...]
    clause: int


def choose_quote(text: str, language: Language, hints: Sequence[str] = (), used: Sequence[str] = ()) -> str:
    """Return two to seven literal words of `text` that carry most weight, empty when nothing is worth it.

    `hints` are stretches of the text that matter (quotes of findings); `used` are quotes given back before.
    """
    spans = _spans(text)
    if not spans:
        return ""
    hinted = [(text.find(hint), text.find(hint) + len(hint)) for hint in hints if hint and hint in text]
    ranked = sorted(spans, key=lambda span: (-_weight(text, span, language, hinted), span.start))
    earlier = [quote.casefold() for quote in used]
    for span in ranked:
        quote = text[span.start : span.end]
        if not any(quote.casefold() in other or other in quote.casefold() for other in earlier):
            return quote
    return ""


def _spans(text: str) -> list[_Span]:
    """All stretches of two to seven words inside one clause."""
    found = []
    for number, clause in enumerate(_CLAUSE.finditer(text)):
        words = [match for match in _WORD.finditer(text, clause.start(), clause.end()) if match.group().strip("-'’/")]
        for first in range(len(words)):
            for last in range(first + SHORTEST - 1, min(first + LONGEST, len(words))):
                part = words[first : last + 1]
                spoken = tuple(word.group().casefold() for word in part)
                found.append(_Span(part[0].start(), part[-1].end(), spoken, number))
    return found


def _weight(text: str, span: _Span, language: Language, hinted: Sequence[tuple[int, int]]) -> float:
    """Weight of a stretch: content words, numbers, whole clauses and findings count; loose ends cost."""
    words, fillers = span.words, _FILLERS[language]
    loose = _BAD_ENDS[language]
    content = [word for word in words if word not in fillers and word not in loose and len(word) > 3]
    weight = 1.0 * len(content) + 0.08 * sum(len(word) for word in content)
    weight -= 0.15 * (len(words) - len(content))
    weight += 1.2 * bool(_NUMBER.search(text[span.start : span.end]))
    weight -= 3.0 * (words[-1] in loose) + 1.6 * (words[0] in _BAD_STARTS[language]) + 0.8 * (words[0] in fillers)
    weight -= 2.2 * (_word_before(text, span) in loose | _BAD_STARTS[language])
    weight += 1.8 * _begins_clause(text, span) + 3.2 * _ends_clause(text, span)
    if any(span.start < end and start < span.end for start, end in hinted):
        weight += 1.5
    return weight - 0.3 * (span.clause == 0) - 0.3 * max(0, len(words) - 6) - 1.0 * (len(words) == SHORTEST)


def _word_before(text: str, span: _Span) -> str:
    """The word just before the stretch in the same clause, empty at the clause's beginning."""
    if _begins_clause(text, span):
        return ""
    return text[: span.start].split()[-1].casefold()


def _begins_clause(text: str, span: _Span) -> bool:
    before = text[: span.start].rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in "'’%€&/-")


def _ends_clause(text: str, span: _Span) -> bool:
    after = text[span.end :].lstrip(" ")
    return not after or not (after[0].isalnum() or after[0] in "'’%€&/-")

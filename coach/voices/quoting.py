"""Chooses the few literal words of the person that are given back to her."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from coach.domain.evidence import WEIGHTS, Evidence, Time
from coach.domain.values import Language

_AND = {Language.NL: "en", Language.EN: "and"}
SHORTEST, LONGEST, WHOLE = 2, 7, 9  # words; more than the longest only for a whole clause
_CLAUSE = re.compile(r"[^.,;:!?…\n()\"“”–]+")
_WORD = re.compile(r"[\w'’%€&/-]+")


class QuotingWords(BaseModel):
    """The file quoting.yaml: which words carry weight in a quote and where it may begin and end."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fillers: frozenset[str]
    loose_ends: frozenset[str]
    weak_starts: frozenset[str]
    numbers: frozenset[str]
    joins: frozenset[str]
    negations: frozenset[str]


def without_opening(text: str, lists: QuotingWords) -> str:
    """Return the text without the conjunctions it opens with and without loose punctuation around it."""
    words = text.strip(" .,;:!?…-–")
    while " " in words and words.split(" ", 1)[0].casefold() in lists.weak_starts:
        words = words.split(" ", 1)[1].lstrip()
    return words


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    words: tuple[str, ...]
    clause: int


def choose_quote(text: str, lists: QuotingWords, hints: Sequence[str] = (), used: Sequence[str] = ()) -> str:
    """Return two to seven literal words of `text` that carry most weight, empty when nothing is worth it.

    `hints` are stretches of the text that matter (quotes of findings); `used` are quotes given back before.
    """
    spans = _spans(text)
    if not spans:
        return ""
    hinted = [(text.find(hint), text.find(hint) + len(hint)) for hint in hints if hint and hint in text]
    ranked = sorted(spans, key=lambda span: (-_weight(text, span, lists, hinted), span.start))
    earlier = [quote.casefold() for quote in used]
    for span in ranked:
        quote = text[span.start : span.end]
        whole = _begins_clause(text, span) and _ends_clause(text, span)
        if (whole or span.words[-1] not in lists.loose_ends) and not any(
            quote.casefold() in q for q in earlier
        ):
            return quote
    return ""


def _spans(text: str) -> list[_Span]:
    """All stretches of two to seven words inside one clause."""
    found = []
    for number, clause in enumerate(_CLAUSE.finditer(text)):
        words = [
            match
            for match in _WORD.finditer(text, clause.start(), clause.end())
            if match.group().strip("-'’/")
        ]
        for first in range(len(words)):
            whole = first == 0 and len(words) <= WHOLE
            for last in range(first + SHORTEST - 1, min(first + (WHOLE if whole else LONGEST), len(words))):
                part = words[first : last + 1]
                spoken = tuple(word.group().casefold() for word in part)
                found.append(_Span(part[0].start(), part[-1].end(), spoken, number))
    return found


def _weight(text: str, span: _Span, lists: QuotingWords, hinted: Sequence[tuple[int, int]]) -> float:
    """Weight of a stretch: content words, numbers, whole clauses and findings count; loose ends cost."""
    words, fillers = span.words, lists.fillers
    loose = lists.loose_ends
    content = [word for word in words if word not in fillers and word not in loose and len(word) > 3]
    weight = 1.0 * len(content) + 0.08 * sum(len(word) for word in content)
    weight -= 0.15 * (len(words) - len(content))
    weight += 1.2 * any(word in lists.numbers or any(map(str.isdigit, word)) for word in words)
    weight -= 3.0 * (words[-1] in loose) + 1.6 * (words[0] in lists.weak_starts) + 0.8 * (words[0] in fillers)
    weight -= 5.0 * _loses_negation(text, span, lists)
    before, after = _word_before(text, span), _word_after(text, span)
    weight -= 4.0 * (before in loose - lists.joins)
    weight += 1.2 * (before in lists.joins) + 2.4 * (after in lists.joins)
    weight += 1.8 * _begins_clause(text, span) + 3.2 * _ends_clause(text, span)
    if any(span.start < end and start < span.end for start, end in hinted):
        weight += 1.5
    return weight - 0.3 * (span.clause == 0) - 0.3 * max(0, len(words) - 6) - 2.5 * (len(words) == SHORTEST)


def _word_before(text: str, span: _Span) -> str:
    """The word just before the stretch in the same clause, empty at the clause's beginning."""
    if _begins_clause(text, span):
        return ""
    return text[: span.start].split()[-1].casefold()


def _word_after(text: str, span: _Span) -> str:
    """The word just behind the stretch in the same clause, empty at the clause's end."""
    return "" if _ends_clause(text, span) else text[span.end :].split()[0].casefold().strip(".,;:!?")


def _loses_negation(text: str, span: _Span, lists: QuotingWords) -> bool:
    """Tell whether a "not" of the same clause stays outside the stretch."""
    clause = next(found for found in _CLAUSE.finditer(text) if found.start() <= span.start < found.end())
    outside = text[clause.start() : span.start] + " " + text[span.end : clause.end()]
    return any(word.casefold() in lists.negations for word in outside.split())


def _begins_clause(text: str, span: _Span) -> bool:
    before = text[: span.start].rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in "'’%€&/-")


def _ends_clause(text: str, span: _Span) -> bool:
    after = text[span.end :].lstrip(" ")
    return not after or not (after[0].isalnum() or after[0] in "'’%€&/-")


def hardness(item: Evidence) -> tuple[bool, float, int]:
    """Return by what the words with most weight are found: about now, then how hard, then how long."""
    return (item.time is Time.NOW, WEIGHTS[item.kind], len(item.quote))


def listed(quotes: Iterable[str], language: Language) -> str:
    """Join quotes as running text: a, b and c."""
    *first, last = quotes
    return f"{', '.join(first)} {_AND[language]} {last}" if first else last


def joined(parts: Iterable[str]) -> str:
    """Join the parts of a turn that are not empty."""
    return " ".join(part.strip() for part in parts if part.strip())

"""The signs in an utterance from which the learnt model judges: its words, and what the rules found in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coach.domain.evidence import Reading
from coach.domain.ports import Context
from coach.reading.directions import modifiers
from coach.reading.lexicon import LanguagePack
from coach.reading.scan import Scan
from coach.reading.text import Token

_SIZES = (3, 4, 5)
_SPLIT_FROM = 5  # shorter words are not cut into groups of letters
_WORD, _LETTERS, _PAIR = 1.0, 0.9, 0.7
_RULE = 0.3  # weight of what a rule found; the words of an utterance together weigh 1
_LENGTHS = (4, 8)  # tokens per step of length, and the longest step
_SHORT = 6  # tokens; up to here the number itself is a sign
_MANY = 3  # findings
_TURNS = ("negated", "good", "bad", "less", "more", "doing")
_LISTED_APART = re.compile(r"^(value|party):")


@dataclass(frozen=True)
class Sign:
    """A sign in an utterance: its key, its weight, and the token it comes from (-1: none)."""

    key: str
    weight: float
    token: int = -1


def signs(found: Scan, reading: Reading, context: Context) -> tuple[Sign, ...]:
    """Return all signs of an utterance that was read by the rules: its words (length 1), and what the rules say."""
    said = list(_words(found.utterance.tokens, found.pack))
    length = sum(sign.weight**2 for sign in said) ** 0.5 or 1.0
    words = [Sign(sign.key, sign.weight / length, sign.token) for sign in said]
    return (*words, *(Sign(key, _RULE) for key in dict.fromkeys(_rules(found, reading, context))))


def _words(tokens: tuple[Token, ...], pack: LanguagePack) -> Iterator[Sign]:
    """Yield the stems, the groups of letters and the pairs of stems, each once."""
    stems = [pack.forms.stem(pack.forms.irregular.get(token.word, token.word)) for token in tokens]
    every: dict[str, Sign] = {}
    for at, (token, stem) in enumerate(zip(tokens, stems, strict=True)):
        every.setdefault(
            "#" if token.number else f"w={stem}", Sign("#" if token.number else f"w={stem}", _WORD, at)
        )
        if not token.number:
            groups = _groups(token.word)
            for group in groups:
                every.setdefault(f"c={group}", Sign(f"c={group}", _LETTERS / len(groups) ** 0.5, at))
    for at, (one, other) in enumerate(pairwise(stems)):
        every.setdefault(f"b={one} {other}", Sign(f"b={one} {other}", _PAIR, at))
    yield from every.values()


def _groups(word: str) -> list[str]:
    """Return the groups of 3 to 5 letters of a word with its ends marked, each once, in order."""
    if len(word) < _SPLIT_FROM:
        return []
    marked = f"<{word}>"
    return list(
        dict.fromkeys(marked[at : at + size] for size in _SIZES for at in range(len(marked) - size + 1))
    )


def _rules(found: Scan, reading: Reading, context: Context) -> Iterator[str]:
    """Yield what the rules found, and what was asked."""
    yield from (
        f"intent={reading.intent}",
        f"kind={reading.kind}",
        f"found={min(_MANY, len(reading.findings))}",
    )
    for finding in reading.findings:
        yield from (f"value={finding.value}", f"side={finding.perspective}", f"cell={finding.cell}")
        yield from (f"way={finding.direction}", f"time={finding.time}")
    yield from (f"party={party}" for party in reading.stakeholders)
    yield from (f"pattern={hit.pattern}" for hit in reading.patterns)
    yield from (f"cue={cue}" for cue in reading.cues)
    yield from (f"hit={hit.entry.value}.{hit.entry.group}" for hit in found.values)
    yield from (f"list={name}" for name in found.names("") if not _LISTED_APART.match(name))
    for clause in found.clauses:
        turn = modifiers(found, clause)
        yield from (f"turn={name}" for name in _TURNS if getattr(turn, name))
    yield from _shape(found, context)


def _shape(found: Scan, context: Context) -> Iterator[str]:
    length = len(found.utterance.tokens)
    step, most = _LENGTHS
    yield from (f"length={min(most, length // step)}", f"tokens={min(_SHORT, length)}")
    yield f"question={None if context.cell else context.question}"
    if context.cell is not None:
        yield from ("asked", f"asked={context.cell}", f"asked={context.cell.value}")
    text = found.utterance.text.rstrip()
    if "?" in text:
        yield "?"
    if text.endswith("?"):
        yield "?."

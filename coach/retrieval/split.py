"""Cuts articles into passages of whole sentences, for the index."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.domain.passages import Passage
from coach.retrieval.documents import Document, Section

IDEAL, SHORT, LONG = 120, 80, 160  # words in a passage

_END = re.compile(r"[.!?…]+[\"'’”»)\]]*\s+(?=[\"'‘’“«(\[]*(?:[A-Z0-9À-Þ€]|[st] [A-Z]|-\s))")
_NEVER_LAST = frozenset(
    "bijv bv o.a ca mr mrs ms dr drs ir ing prof dhr mevr nr blz st vs resp incl excl max d.w.z m.b.t "
    "i.p.v t.o.v t.a.v i.v.m m.a.w zgn jl a.d e.g i.e approx cf feb mrt apr aug sep sept okt nov dec tel "
    "vgl evt gem ds hr mw n.a.v viz".split()
)
_LAST_WORD = re.compile(r"[\w.!-]+$")


@dataclass(frozen=True)
class _Unit:
    """A piece that is never cut: a sentence, list item or paragraph; `glue` joins it to the one before."""

    text: str
    glue: str
    words: int


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each a literal part of it; list items are split line by line."""
    return [sentence for line in paragraph.split("\n") for sentence in _sentences_of_line(line)]


def _sentences_of_line(line: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _END.finditer(line):
        if _is_end(line[start : match.start()], match.group()):
            found.append(line[start : match.end()].strip())
            start = match.end()
    found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def _is_end(before: str, mark: str) -> bool:
    if mark[0] != "." or mark.startswith(".."):
        return True
    last = _LAST_WORD.search(before)
    word = last.group() if last else ""
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    return not (initial or word.lower() in _NEVER_LAST or (word.isdigit() and word == before.strip()))


def passages(document: Document) -> list[Passage]:
    """Return the passages of an article: whole sentences, 80–160 words where the sections allow it.

    Ids are made from article, heading and text, so that they stay the same when other passages change.
    """
    article = document.article
    seen: Counter[str] = Counter()
    made: list[Passage] = []
    for section in document.sections:
        for text in section_texts(section):
            key = "\0".join((article.id, section.heading, text))
            seen[key] += 1
            made.append(
                Passage(
                    id=_identity(key, seen[key]),
                    article_id=article.id,
                    title=article.title,
                    value=article.value,
                    question=section.question,
                    language=article.language,
                    heading=section.heading,
                    place=len(made),
                    text=text,
                )
            )
    return made


def _identity(key: str, times: int) -> str:
    salted = key if times == 1 else f"{key}\0{times}"
    return hashlib.sha256(salted.encode()).hexdigest()[:16]


def section_texts(section: Section) -> list[str]:
    """Return the texts of a section's passages, in order."""
    units = [unit for paragraph in section.paragraphs for unit in _units(paragraph)]
    return ["".join(_glued(units[start:end])) for start, end in _cuts(units)]


def _glued(units: Sequence[_Unit]) -> Iterable[str]:
    for place, unit in enumerate(units):
        yield unit.text if place == 0 else unit.glue + unit.text


def _units(paragraph: str) -> list[_Unit]:
    if len(paragraph.split()) <= LONG:
        return [_unit(paragraph, "\n\n")]
    if "\n" in paragraph:
        return [_unit(line, "\n" if place else "\n\n") for place, line in enumerate(paragraph.split("\n"))]
    return [_unit(text, " " if place else "\n\n") for place, text in enumerate(sentences(paragraph))]


def _unit(text: str, glue: str) -> _Unit:
    return _Unit(text, glue, len(text.split()))


def _cuts(units: Sequence[_Unit]) -> list[tuple[int, int]]:
    """Return the cheapest way to cut units into groups, as (start, end) pairs."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(units) + 1):
        options = [
            (best[start][0] + _cost(units[start:end], start > 0 and units[start].glue != "\n\n"), start)
            for start in range(end)
        ]
        best.append(min(options))
    cuts, end = [], len(units)
    while end:
        start = best[end][1]
        cuts.append((start, end))
        end = start
    return cuts[::-1]


def _cost(group: Sequence[_Unit], inside_paragraph: bool) -> float:
    words = sum(unit.words for unit in group)
    off = max(SHORT - words, 0) + (8 + words if words > LONG else 0)
    return ((words - IDEAL) / 40) ** 2 + off / 4 + (1.0 if inside_paragraph else 0.0)

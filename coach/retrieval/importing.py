"""Recognises what a document of others is, title, value, questions and all, and writes it as an article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language, Value
from coach.retrieval.blocks import Block, BlockKind
from coach.retrieval.documents import FrontMatter
from coach.retrieval.facts import date_of, value_of
from coach.retrieval.headings import numbered, question_number, question_of
from coach.retrieval.hints import Hints
from coach.retrieval.language import detect
from coach.retrieval.normalise import words
from coach.retrieval.reading_files import Opened, open_file

_LONGEST_NAME = 60  # letters of a file name
_AUTHORS = re.compile(r"^(?:auteurs?|door|tekst|authors?|by|written by)\s*:\s*(.+)$", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:lees (?:hier|ook|meer|verder)|geef een reactie|deel dit|reacties|laat een reactie|"
    r"read more|read also|leave a (?:comment|reply)|share this|comments?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A headed part of a recognised document; `question` 1–7 or None."""

    heading: str
    question: int | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Recognised:
    """What a document was taken for; shown before it is stored, and what `article_file` writes."""

    path: Path
    title: str
    value: Value | None
    language: Language
    authors: tuple[str, ...]
    date: str
    source: str
    licence: str
    parts: tuple[Part, ...]
    hidden: int  # hidden characters that were removed

    @property
    def questions(self) -> tuple[int, ...]:
        """Return which of the seven questions were recognised, in order."""
        return tuple(sorted({part.question for part in self.parts if part.question}))

    @property
    def stem(self) -> str:
        """Return the name of its file without ending; the article's id is made of it."""
        name = ""
        for word in words(self.title):
            if len(name) + len(word) < _LONGEST_NAME:
                name += f"-{word}"
        return f"{name.strip('-') or 'article'}-{self.language}"


@dataclass(frozen=True)
class Wishes:
    """What the person who adds a document says about it; None leaves it to what is recognised."""

    title: str | None = None
    value: Value | None = None
    language: Language | None = None
    licence: str | None = None


def recognise(path: Path, hints: Mapping[Language, Hints], wishes: Wishes | None = None) -> Recognised:
    """Return what the document in `path` is taken for. Raises UnreadableFile with the reason."""
    wishes = wishes or Wishes()
    opened = open_file(path)
    facts = _known_facts(opened)
    blocks = list(_without_asides(opened.blocks))
    title, blocks = _title(blocks, wishes.title or facts.get("title"), path)
    text = " ".join(block.text for block in blocks)
    language = wishes.language or facts.get("language") or detect(text)
    if language is None:
        raise UnreadableFile(
            f"{path.name}: its language is neither Dutch nor English, say which with --language"
        )
    authors, blocks = _authors(blocks, facts.get("authors", ()))
    parts = tuple(_parts(blocks, hints[language]))
    if not parts:
        raise UnreadableFile(f"{path.name}: has headings but no text")
    return Recognised(
        path=path,
        title=title,
        value=wishes.value or facts.get("value") or value_of(title, text, hints[language]),
        language=language,
        authors=authors,
        date=str(facts.get("date") or date_of(opened.blocks)),
        source=str(facts.get("source") or path.name),
        licence=wishes.licence or str(facts.get("licence") or ""),
        parts=parts,
        hidden=opened.hidden,
    )


def with_wishes(found: Recognised, wishes: Wishes) -> Recognised:
    """Return what was recognised with what the person says instead."""
    given: dict[str, Any] = {name: value for name, value in vars(wishes).items() if value is not None}
    return replace(found, **given)


def article_file(found: Recognised) -> str:
    """Return the article file for a recognised document: front matter and Markdown."""
    facts = {
        "title": found.title,
        "value": str(found.value) if found.value else None,
        "number": 1 + list(Value).index(found.value) if found.value else 0,
        "language": str(found.language),
        "authors": list(found.authors),
        "date": found.date,
        "source": found.source,
        "licence": found.licence,
    }
    head = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    sections = "\n\n".join(
        "\n\n".join(filter(None, (_heading_line(part), *part.paragraphs))) for part in found.parts
    )
    return f"---\n{head}---\n\n{sections}\n"


def _heading_line(part: Part) -> str:
    number = f"{part.question}. " if part.question else ""
    return f"## {number}{part.heading}" if part.heading else ""


def _known_facts(opened: Opened) -> dict[str, Any]:
    """Return what a document says about itself, as far as it makes sense."""
    facts: dict[str, Any] = {}
    for name, given in opened.facts.items():
        try:
            checked = FrontMatter.model_validate({"title": "t", "language": "nl", name: given})
        except ValueError:
            continue
        facts[name] = getattr(checked, name)
    return facts


def _without_asides(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks but for what a web page puts around an article: short invitations to read on or react."""
    for block in blocks:
        if not (_ASIDE.match(block.text) and len(block.text.split()) < 15):
            yield Block(block.kind, re.sub(r"(?<=[a-z])Geef een reactie$", "", block.text), block.level)


def _title(blocks: list[Block], given: str | None, path: Path) -> tuple[str, list[Block]]:
    """Return the title, and the blocks without it: its first heading, or its first line when short."""
    first = next((at for at, block in enumerate(blocks[:3]) if block.kind is BlockKind.HEADING), None)
    if first is not None and question_number(blocks[first].text) is None:
        rest = blocks[:first] + blocks[first + 1 :]
        return given or blocks[first].text, rest
    if given:
        return given, blocks
    if blocks and len(blocks[0].text.split()) <= 20:
        return blocks[0].text.rstrip("."), blocks[1:]
    return path.stem.replace("-", " ").replace("_", " ").strip().capitalize(), blocks


def _authors(blocks: list[Block], given: Sequence[str]) -> tuple[tuple[str, ...], list[Block]]:
    for at, block in enumerate(blocks):
        match = _AUTHORS.match(block.text)
        if match and len(block.text.split()) <= 25:
            names = re.split(r",|;|&| en | and ", match.group(1).rstrip("."))
            return tuple(name.strip() for name in names if name.strip()), blocks[:at] + blocks[at + 1 :]
    return tuple(given), blocks


def _parts(blocks: Sequence[Block], hints: Hints) -> Iterator[Part]:
    numbers = numbered(blocks)
    heading, question, paragraphs = "", None, list[str]()
    for at, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            _append(paragraphs, block)
            continue
        if paragraphs:
            yield Part(heading, question, tuple(paragraphs))
        bare = re.sub(r"^\d{1,2}\s*[.):]?\s+", "", block.text)
        found = numbers.get(at) if numbers else question_of(bare, hints)
        question = found if found or block.level <= 2 else question
        heading, paragraphs = bare, []
    if paragraphs:
        yield Part(heading, question, tuple(paragraphs))


def _append(paragraphs: list[str], block: Block) -> None:
    """Add a block; items of a list stay together, with the line that announces them."""
    if block.kind is not BlockKind.ITEM:
        paragraphs.append(block.text)
    elif paragraphs and (paragraphs[-1].endswith(":") or paragraphs[-1].split("\n")[-1].startswith("- ")):
        paragraphs[-1] += f"\n- {block.text}"
    else:
        paragraphs.append(f"- {block.text}")

"""Reads article files, Markdown with a head of facts, into sections: for the index and the import."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from coach.domain.errors import UnreadableFile
from coach.domain.passages import Article
from coach.domain.values import Language, Value

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_NUMBERED = re.compile(r"^([1-7])\s*[.):]\s+(.*)$")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_SOURCES = {"bronnen", "sources", "bron", "source", "references", "literatuur", "noten", "notes"}
_MARKS = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # pictures
    (re.compile(r"\[([^\]]+)\]\([^)\s]*\)"), r"\1"),  # links keep their words
    (
        re.compile(r"\s*\[[A-Z][A-Z0-9!]{1,5}(?:,\s*[A-Z][A-Z0-9!]{1,5})*\]"),
        "",
    ),  # labels of the list of sources
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)


@dataclass(frozen=True)
class Section:
    """A headed part of an article. A paragraph that is a list keeps one item per line, each led by "- "."""

    heading: str
    question: int | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """An article with its text; the list of sources at its end is not part of the sections."""

    article: Article
    sections: tuple[Section, ...]
    path: Path


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be read as an article, and why, in one line."""

    path: str
    reason: str


class FrontMatter(BaseModel):
    """The facts at the head of an article file; title and language are required."""

    model_config = ConfigDict(extra="forbid")
    title: str
    value: Value | None = None
    number: int = 0
    language: Language
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    licence: str = ""

    @field_validator("date", mode="before")
    @classmethod
    def _as_text(cls, given: object) -> object:
        return given.isoformat() if isinstance(given, date) else str(given or "")

    @field_validator("title")
    @classmethod
    def _not_blank(cls, given: str) -> str:
        if not given.strip():
            raise ValueError("the title is empty")
        return " ".join(given.split())


def read_document(path: Path) -> Document:
    """Return the article in `path`. Raises UnreadableFile with file name and reason."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"{path.name}: cannot be read as UTF-8 text ({problem})") from problem
    return parse_document(text.replace("\r\n", "\n"), path)


def parse_document(text: str, path: Path) -> Document:
    """Return the article whose file text is given; `path` only names it. Raises UnreadableFile."""
    head = _HEAD.match(text)
    if head is None:
        raise UnreadableFile(f"{path.name}: does not begin with front matter between two lines of ---")
    facts = _facts(head.group(1), path)
    sections = tuple(_sections(text[head.end() :]))
    if not any(section.paragraphs for section in sections):
        raise UnreadableFile(f"{path.name}: has front matter but no text")
    stem = path.stem
    article_id = stem if stem.endswith(f"-{facts.language}") else f"{stem}-{facts.language}"
    return Document(Article(id=article_id, **dict(facts)), sections, path)


def read_documents(paths: Iterable[Path]) -> tuple[list[Document], list[LeftOut]]:
    """Return the articles that could be read, in order of path, and the files left out with the reason.

    Of two files that would have the same article id the first is kept.
    """
    documents: dict[str, Document] = {}
    left_out: list[LeftOut] = []
    for path in sorted(paths):
        try:
            document = read_document(path)
        except UnreadableFile as problem:
            left_out.append(LeftOut(str(path), str(problem)))
            continue
        if document.article.id in documents:
            left_out.append(
                LeftOut(str(path), f"{path.name}: there is already an article {document.article.id}")
            )
        else:
            documents[document.article.id] = document
    return list(documents.values()), left_out


def article_files(folder: Path) -> list[Path]:
    """Return the article files under `folder`, at any depth; hidden files and README files are none."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.rglob("*.md") if path.name.lower() != "readme.md")
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def digest(paths: Iterable[Path]) -> str:
    """Return a digest of names and contents of files; a file that cannot be read counts by name alone."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.parent.name}/{path.name}\0".encode())
        try:
            total.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            total.update(b"unreadable")
    return total.hexdigest()


def _facts(head: str, path: Path) -> FrontMatter:
    try:
        return FrontMatter.model_validate(yaml.safe_load(head))
    except yaml.YAMLError as problem:
        reason = " ".join(str(problem).split())
        raise UnreadableFile(f"{path.name}: front matter is not valid YAML ({reason})") from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"])) or "front matter"
        raise UnreadableFile(f"{path.name}: {where}: {first['msg']}") from problem


def _sections(body: str) -> Iterable[Section]:
    heading, question, lines = "", None, list[str]()
    for line in body.split("\n"):
        match = _HEADING.match(line)
        if match is None:
            lines.append(line)
            continue
        if not _is_sources(heading):
            yield from _section(heading, question, lines)
        level, text = len(match.group(1)), clean(match.group(2))
        numbered = _NUMBERED.match(text)
        if level <= 2 or numbered:
            question = int(numbered.group(1)) if numbered else None
        heading, lines = (numbered.group(2) if numbered else text), []
    if not _is_sources(heading):
        yield from _section(heading, question, lines)


def _is_sources(heading: str) -> bool:
    return heading.strip(" :.").lower() in _SOURCES


def _section(heading: str, question: int | None, lines: list[str]) -> Iterable[Section]:
    paragraphs = tuple(filter(None, map(_paragraph, _blocks(lines))))
    if paragraphs:
        yield Section(heading, question, paragraphs)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return runs of lines that belong together; a list stays with the line that announces it."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line.strip().removeprefix(">").strip())
        elif blocks[-1]:
            blocks.append([])
    joined: list[list[str]] = []
    for block in filter(None, blocks):
        announced = joined and (joined[-1][-1].endswith(":") or _is_bullet(joined[-1][-1]))
        if announced and _is_bullet(block[0]):
            joined[-1].extend(block)
        else:
            joined.append(block)
    return joined


def _is_bullet(line: str) -> bool:
    return _BULLET.match(line) is not None


def _paragraph(block: list[str]) -> str:
    parts: list[str] = []
    for line in block:
        if _is_bullet(line):
            parts.append("- " + clean(_BULLET.sub("", line)))
        elif parts:
            parts[-1] += " " + clean(line)
        else:
            parts.append(clean(line))
    return "\n".join(part for part in parts if part.strip("- "))


def clean(text: str) -> str:
    """Return one line of Markdown as plain words: no marks of emphasis, links, or labels of sources."""
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())

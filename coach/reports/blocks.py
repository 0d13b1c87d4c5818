"""The building blocks of a document, written once and rendered as Markdown and as Word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coach.domain.values import Language


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the largest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph. `quiet` is small print, `strong` stands out."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"


@dataclass(frozen=True)
class Quotation:
    """Literal words with where they come from."""

    words: str
    source: str


@dataclass(frozen=True)
class Bullets:
    """A list of short points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels with what belongs to them, as a table of two columns."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings; `shares` divide its width, equal when empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A PNG picture, with the same content as a table for where pictures do not go, and as words."""

    png: bytes
    described: str
    table: Table
    width_cm: float = 15.5


Block = Heading | Text | Quotation | Bullets | Facts | Table | Picture


@dataclass(frozen=True)
class Document:
    """A whole document. `marks` are machine-readable fields: who made it, when, in which language.

    A `compact` document has small margins and type, so that it fits on one page.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    compact: bool = False

"""The building blocks of a document, written once and rendered as Markdown, as Word and as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coach.domain.values import Language
from coach.reports.chart import Spec


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
class Link:
    """An address of our own, on a line of its own; never one that a person typed."""

    url: str


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
    """Labels with what belongs to them, one line for each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings; `shares` divide its width, equal when empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A chart, as a Vega-Lite specification, with a sentence on what it shows and its content as a table."""

    chart: Spec
    described: str
    table: Table
    width_cm: float = 15.5

    @property
    def alternative(self) -> str:
        """All that the picture tells, in words, for who cannot see it."""
        names = [name.lower() for name in self.table.headings[1:]]
        told = (
            f"{first}: {', '.join(f'{name} {text}' for name, text in zip(names, rest, strict=True))}."
            for first, *rest in self.table.rows
        )
        return " ".join([self.described, *told])


Block = Heading | Text | Link | Quotation | Bullets | Facts | Table | Picture


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

    @property
    def remarks(self) -> str:
        """The marks on one line, for the properties of a file."""
        return "; ".join(f"{name}={text}" for name, text in self.marks.items())

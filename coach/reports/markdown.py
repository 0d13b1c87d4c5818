"""A document as Markdown text: people's words stay the characters that they typed."""

import base64
import json
import re

from coach.reports.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Link,
    Picture,
    Quotation,
    Table,
    Text,
)
from coach.reports.pictures import chart_png

PICTURE_SCALE = 1.5
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_OPENS = re.compile(r"^(?:\d+(?=[.)](?:\s|$))|(?=[-+=]))")  # before a list, a rule, a line under a heading


def as_markdown(document: Document) -> str:
    """Return the document as CommonMark with tables, its marks in front as YAML, its pictures at the end as data."""
    marks = "\n".join(
        f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in document.marks.items()
    )
    parts = [
        f"# {literal(document.title)}",
        *(_block(block, place) for place, block in enumerate(document.blocks)),
    ]
    body = "\n\n".join(part for part in parts if part)
    return f"---\n{marks}\n---\n\n{body}\n{_pictures(document)}"


def _pictures(document: Document) -> str:
    """What the pictures refer to: last, so that the text above reads as text in any program."""
    lines = [
        f"[picture-{place}]: <data:image/png;base64,{base64.b64encode(png).decode()}>\n"
        for place, block in enumerate(document.blocks)
        if isinstance(block, Picture) and (png := chart_png(block.chart, PICTURE_SCALE))
    ]
    return "".join(["\n", *lines]) if lines else ""


def literal(text: str) -> str:
    """Return text on one line in which no sign means anything to Markdown."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _OPENS.sub(lambda found: f"{found.group()}\\", line, count=1)


def _block(block: Block, place: int) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {literal(block.text)}"
        case Text():
            around = {"plain": "", "quiet": "*", "strong": "**"}[block.tone]
            return f"{around}{literal(block.text)}{around}" if block.text.strip() else ""
        case Link():
            return f"<{block.url}>"
        case Quotation():
            return f"> “{literal(block.words)}”\n>\n> — {literal(block.source)}"
        case Bullets():
            return "\n".join(f"- {literal(item)}" for item in block.items)
        case Facts():
            return "\n".join(f"- **{literal(name)}**: {literal(text)}" for name, text in block.rows)
        case Table():
            return _table(block)
        case Picture():
            return f"![{literal(block.described)}][picture-{place}]\n\n{_table(block.table)}"


def _table(table: Table) -> str:
    lines = [table.headings, tuple("---" for _ in table.headings)]
    rows = [tuple(literal(cell) for cell in row) for row in table.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in (*lines, *rows))

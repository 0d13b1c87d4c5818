"""A document as Markdown text: people's words stay the characters that they typed."""

import json
import re

from coach.reports.blocks import Block, Bullets, Document, Facts, Heading, Picture, Quotation, Table, Text

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!~$])")
_OPENS = re.compile(r"^(\d*)([-+=.)])")  # a list, a rule, a line under a heading


def as_markdown(document: Document) -> str:
    """Return the document as CommonMark with tables, its marks in front as YAML."""
    marks = "\n".join(
        f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in document.marks.items()
    )
    parts = [f"# {literal(document.title)}", *(_block(block) for block in document.blocks)]
    body = "\n\n".join(part for part in parts if part)
    return f"---\n{marks}\n---\n\n{body}\n"


def literal(text: str) -> str:
    """Return text on one line in which no sign means anything to Markdown."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _OPENS.sub(r"\1\\\2", line)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {literal(block.text)}"
        case Text():
            around = {"plain": "", "quiet": "*", "strong": "**"}[block.tone]
            return f"{around}{literal(block.text)}{around}" if block.text.strip() else ""
        case Quotation():
            return f"> “{literal(block.words)}”\n>\n> — {literal(block.source)}"
        case Bullets():
            return "\n".join(f"- {literal(item)}" for item in block.items)
        case Facts():
            return "\n".join(f"- **{literal(name)}**: {literal(text)}" for name, text in block.rows)
        case Table():
            return _table(block)
        case Picture():
            return f"{_table(block.table)}\n\n*{literal(block.described)}*"


def _table(table: Table) -> str:
    lines = [table.headings, tuple("---" for _ in table.headings)]
    rows = [tuple(literal(cell) for cell in row) for row in table.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in (*lines, *rows))

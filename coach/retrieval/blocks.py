"""Parts plain text into headings, paragraphs and list items, for the import of articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

BULLET = re.compile(r"^\s*(?:[•·▪◦‣*+–-]|\(?\d{1,2}[.)]|[a-z]\))\s+")
NUMBER = re.compile(r"^\s*(\d{1,2})\s*[.):]?\s+\S")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or list item; `level` 1 to 6 only for a heading, 1 for a title."""

    kind: BlockKind
    text: str
    level: int = 2


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of plain text or Markdown: blank lines part them, single short lines are headings."""
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in chunk.split("\n") if line.strip()]
        yield from _chunk(lines)


def _chunk(lines: list[str]) -> Iterator[Block]:
    if len(lines) == 1 and (heading := heading_of(lines[0])):
        yield heading
        return
    paragraph: list[str] = []
    kind = BlockKind.PARAGRAPH
    for line in lines:
        marked = _MARKDOWN_HEADING.match(line)
        if paragraph and (marked or BULLET.match(line)):
            yield Block(kind, " ".join(paragraph))
            paragraph = []
        if marked:
            yield Block(BlockKind.HEADING, marked.group(2), len(marked.group(1)))
            kind = BlockKind.PARAGRAPH
        elif BULLET.match(line):
            kind, paragraph = BlockKind.ITEM, [BULLET.sub("", line).strip()]
        else:
            kind = kind if paragraph else BlockKind.PARAGRAPH
            paragraph.append(line.strip().removeprefix("> "))
    if paragraph:
        yield Block(kind, " ".join(paragraph))


def heading_of(line: str) -> Block | None:
    """Return a single line as a heading when it looks like one."""
    marked = _MARKDOWN_HEADING.match(line)
    if marked:
        return Block(BlockKind.HEADING, marked.group(2), len(marked.group(1)))
    plain = line.strip().strip("*_ ")
    words = plain.split()
    if not words or len(words) > 14 or plain[-1] in ".;,":
        return None
    numbered = NUMBER.match(plain)
    if (
        numbered
        or plain.endswith("?")
        or (plain[0].isupper() and not BULLET.match(line) and plain[-1] != ":")
    ):
        return Block(BlockKind.HEADING, plain)
    return None


def flowing(text: str) -> str:
    """Return the lines of PDF pages as paragraphs: a heading, a bullet or a short last line ends one."""
    text = re.sub(r"(\w)-\n(\w)", r"\1\2", text)
    lines = [line.rstrip() for line in text.split("\n")]
    longest = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    made: list[str] = []
    for line in lines:
        ended = bool(made) and (len(made[-1]) < 0.75 * longest and made[-1].endswith((".", "?", "!", ":")))
        if ended or BULLET.match(line) or re.match(r"^\s*[1-7][.)]\s+[A-Z].{3,80}$", line):
            made.append("")
        made.append(line)
        if re.match(r"^\s*[1-7][.)]\s+[A-Z].{3,80}\?$", line):
            made.append("")
    return "\n".join(made)

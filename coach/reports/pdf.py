"""A document as a PDF file: tagged text (PDF/UA-1), fonts inside, in the reader's language, made without network."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Literal

import typst

from coach.domain.text import clean
from coach.reports.blocks import Block, Document, Facts, Picture, Text
from coach.reports.pictures import chart_svg

Standard = Literal[
    "ua-1"
]  # PDF/UA-1, ISO 14289-1: tags, title, language, alternative texts, every letter in a font
ACCESSIBLE: tuple[Standard, ...] = ("ua-1",)
ATTEMPTS: tuple[tuple[bool, tuple[Standard, ...]], ...] = (  # with the fonts of this machine?, standard
    (False, ACCESSIBLE), (True, ACCESSIBLE), (True, ()),
)  # fmt: skip
FONT = "Libertinus Serif"  # ships inside the typst package (SIL Open Font License 1.1)
NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
BOX = "□"
_NOT_LATIN = re.compile("[^\n\t -~\u00a0-\u024f\u1e00-\u1eff‐–—‘’‚“”„•…€□☐]")


def as_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF on A4; the same document gives the same bytes.

    What people typed goes in as data, so no sign in it means anything. Letters that the fonts of the package
    lack (Chinese, emoji) come from a font of this machine; where that has none either, the file shows an empty
    box for them and is tagged but no longer PDF/UA. Letters on which the typesetter itself breaks become boxes.
    """
    content, made = _content(document), _day(document)
    for machine_fonts, standards in ATTEMPTS:
        try:
            return _compiled(content, made, machine_fonts, standards)
        except typst.TypstError:  # a letter that is in no font
            continue
        except BaseException as problem:  # Rust's panics come as one, under a name that cannot be imported
            if type(problem).__name__ != "PanicException":
                raise
            break
    return _compiled(_in_latin(content), made, False, ACCESSIBLE)


def _in_latin(part: object) -> object:
    """The same content in letters that are known to be set well, a box for every other one."""
    if isinstance(part, dict):
        return {name: one if name == "svg" else _in_latin(one) for name, one in part.items()}
    if isinstance(part, list):
        return [_in_latin(one) for one in part]
    return _NOT_LATIN.sub(BOX, part) if isinstance(part, str) else part


def _compiled(content: object, made: datetime, machine_fonts: bool, standards: Sequence[Standard]) -> bytes:
    with as_file(files("coach.reports") / "paper.typ") as template:
        return typst.compile(
            template,
            root=template.parent,
            format="pdf",
            ignore_system_fonts=not machine_fonts,
            sys_inputs={"paper": json.dumps(content)},
            pdf_standards=list(standards),
            timestamp=made,
        )


def _day(document: Document) -> datetime:
    day = document.marks.get("date", "")
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else NO_DAY


def _content(document: Document) -> Mapping[str, object]:
    day = _day(document) if document.marks.get("date") else None
    return {
        "title": clean(document.title),
        "language": document.language,
        "remarks": clean(document.remarks),
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "compact": document.compact,
        "blocks": [_block(one) for one in document.blocks if not _is_empty(one)],
    }


def _is_empty(block: Block) -> bool:
    return (isinstance(block, Text) and not block.text) or (isinstance(block, Facts) and not block.rows)


def _block(block: Block) -> Mapping[str, object]:
    kind = {"kind": type(block).__name__}
    if isinstance(block, Picture):
        described = {"alternative": clean(block.alternative), "width_cm": block.width_cm}
        return kind | described | {"svg": chart_svg(block.chart, FONT)}
    return kind | {name: _cleaned(part) for name, part in asdict(block).items()}


def _cleaned(part: object) -> object:
    if isinstance(part, str):
        return clean(part)
    return [_cleaned(one) for one in part] if isinstance(part, tuple | list) else part

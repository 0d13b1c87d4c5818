"""A document as a Word file: real headings, tables and alternative texts, in the reader's language."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell

from coach.domain.values import Language
from coach.reports.blocks import Block, Bullets, Document, Facts, Heading, Picture, Quotation, Table, Text

INK = RGBColor(0x22, 0x30, 0x3A)
QUIET = RGBColor(0x5B, 0x67, 0x70)
ACCENT = RGBColor(0x1B, 0x5E, 0x6B)
FONT = "Arial"
LOCALES: Mapping[Language, str] = MappingProxyType({Language.NL: "nl-NL", Language.EN: "en-GB"})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(document: Document) -> bytes:
    """Return the document as the bytes of a .docx file on A4."""
    docx = new_docx()
    _page(docx, document.compact)
    _styles(docx, document.language, document.compact)
    _properties(docx, document)
    docx.add_heading(_clean(document.title), 0)
    for block in document.blocks:
        _add(docx, block)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _page(docx: Docx, compact: bool) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    margin = Cm(1.7) if compact else Cm(2.4)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = Cm(1.4) if compact else Cm(2.2)


def _styles(docx: Docx, language: Language, compact: bool) -> None:
    size = 8.5 if compact else 11
    sizes = {
        "Normal": size,
        "Title": size * 1.9,
        "Heading 1": size * (1.2 if compact else 1.3),
        "Heading 2": size * 1.12,
    }
    for name, points in sizes.items():
        _style(docx, name, points, language)
    for name, before, after in (("Title", 0, 4), ("Heading 1", 12, 4), ("Heading 2", 8, 2)):
        _space(docx, name, *((before / 2, 1) if compact else (before, after)))
    for name in ("Normal", "List Bullet", "Quote"):
        _space(docx, name, 0, 1 if compact else 5)


def _style(docx: Docx, name: str, points: float, language: Language) -> None:
    style = docx.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, Pt(round(points * 2) / 2)
    style.font.color.rgb = INK if name == "Normal" else ACCENT
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # else the theme's font wins
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:hAnsi"), FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LOCALES[language])
    properties.append(spoken)


def _space(docx: Docx, name: str, before: float, after: float) -> None:
    style = docx.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _properties(docx: Docx, document: Document) -> None:
    core = docx.core_properties
    core.title, core.author, core.language = (
        _clean(document.title),
        "Waardebalans",
        LOCALES[document.language],
    )
    core.comments = "; ".join(f"{name}={text}" for name, text in document.marks.items())[:255]
    core.keywords = "Waardebalans"
    day = document.marks.get("date", "")
    made = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    core.created = core.modified = made
    core.last_modified_by = "Waardebalans"


def _add(docx: Docx, block: Block) -> None:
    match block:
        case Heading():
            docx.add_heading(_clean(block.text), block.level)
        case Text():
            _text(docx, block)
        case Quotation():
            _quotation(docx, block)
        case Bullets():
            for item in block.items:
                docx.add_paragraph(_clean(item), style="List Bullet")
        case Facts():
            _facts(docx, block)
        case Table():
            _table(docx, block)
        case Picture():
            _picture(docx, block)


def _text(docx: Docx, block: Text) -> None:
    run = docx.add_paragraph().add_run(_clean(block.text))
    run.bold = block.tone == "strong"
    if block.tone == "quiet":
        run.font.color.rgb, run.font.size = QUIET, Pt(9)


def _quotation(docx: Docx, block: Quotation) -> None:
    paragraph = docx.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.7)
    said = paragraph.add_run(f"“{_clean(' '.join(block.words.split()))}”")
    said.italic = True
    source = paragraph.add_run(f"  – {_clean(block.source)}")
    source.font.color.rgb, source.font.size = QUIET, Pt(9)


def _facts(docx: Docx, block: Facts) -> None:
    table = docx.add_table(rows=0, cols=2)
    for name, text in block.rows:
        left, right = table.add_row().cells
        _fill(left, name, bold=True, together=True)
        _fill(right, text, together=True)
    _widths(table, _shared(docx, (0.27, 0.73)))
    _gap(docx)


def _table(docx: Docx, block: Table) -> None:
    table = docx.add_table(rows=1, cols=len(block.headings), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, block.headings, strict=True):
        _fill(cell, text, bold=True)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell, text)
    if block.shares:
        _widths(table, _shared(docx, block.shares))
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    _gap(docx)


def _gap(docx: Docx) -> None:
    """A narrow line after a table."""
    paragraph = docx.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _fill(cell: DocxCell, text: str, *, bold: bool = False, together: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_with_next = together
    paragraph.add_run(_clean(text)).bold = bold


def _shared(docx: Docx, shares: tuple[float, ...]) -> tuple[float, ...]:
    """The width of the text in centimetres, divided."""
    section = docx.sections[0]
    assert section.page_width is not None and section.left_margin is not None
    whole = (section.page_width - 2 * section.left_margin) / Cm(1)
    return tuple(whole * share / sum(shares) for share in shares)


def _widths(table: DocxTable, widths: tuple[float, ...]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _picture(docx: Docx, block: Picture) -> None:
    paragraph = docx.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(block.png), width=Cm(block.width_cm))
    described = shape._inline.docPr
    described.set("descr", _clean(block.described))
    described.set("title", _clean(block.described)[:80])

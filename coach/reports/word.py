"""A document as a Word file: real headings, styles and alternative texts, in the reader's language."""

import io
import re
from datetime import UTC, datetime
from itertools import pairwise

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph

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
from coach.reports.wordstyles import (
    BULLETS,
    FACT,
    FOOTER,
    LABEL,
    LOCALES,
    QUOTE,
    SMALL,
    SOURCE,
    STRONG,
    TABLE,
    add_link,
    page_number,
    set_settings,
    set_styles,
)

PICTURE_SCALE = 3.0  # about 220 dots per inch
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(document: Document) -> bytes:
    """Return the document as the bytes of a .docx file on A4."""
    docx = new_docx()
    _page(docx, document.compact)
    set_styles(docx, document.language, document.compact)
    set_settings(docx, document.language)
    _properties(docx, document)
    docx.add_heading(_clean(document.title), 0)
    for block, following in pairwise((*document.blocks, None)):
        if block is not None:
            _add(docx, block, following)
    _footer(docx, document)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _page(docx: Docx, compact: bool) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7) if compact else Cm(2.4)
    section.top_margin, section.bottom_margin = (Cm(1.2), Cm(1.2)) if compact else (Cm(2.2), Cm(2))
    section.footer_distance = Cm(0.6) if compact else Cm(1)


def _properties(docx: Docx, document: Document) -> None:
    core, locale = docx.core_properties, LOCALES[document.language]
    core.title, core.author, core.language = _clean(document.title), "Waardebalans", locale
    core.comments, core.keywords = _clean(document.remarks)[:255], "Waardebalans"
    day = document.marks.get("date", "")
    made = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    core.created = core.modified = made
    core.last_modified_by = "Waardebalans"
    thumbnails = [
        name for name, one in docx.part.package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]
    for name in thumbnails:  # that of the empty template
        docx.part.package.rels.pop(name)


def _footer(docx: Docx, document: Document) -> None:
    paragraph = docx.sections[0].footer.paragraphs[0]
    paragraph.style = FOOTER
    paragraph.add_run(f"{_clean(document.title)}\t")
    page_number(paragraph)


def _add(docx: Docx, block: Block, following: Block | None) -> None:
    match block:
        case Heading():
            docx.add_heading(_clean(block.text), block.level)
        case Text():
            _text(docx, block, together=following is not None and not isinstance(following, Heading))
        case Link():
            add_link(docx.add_paragraph(), block.url)
        case Quotation():
            _quotation(docx, block)
        case Bullets():
            for item in block.items:
                docx.add_paragraph(_clean(item), style=BULLETS)
        case Facts():
            _facts(docx, block)
        case Table():
            _table(docx, block)
        case Picture():
            _picture(docx, block)


def _text(docx: Docx, block: Text, *, together: bool) -> None:
    if not block.text:
        return
    paragraph = docx.add_paragraph(style=SMALL if block.tone == "quiet" else None)
    paragraph.paragraph_format.keep_with_next = together or None
    paragraph.add_run(_clean(block.text), style=STRONG if block.tone == "strong" else None)


def _quotation(docx: Docx, block: Quotation) -> None:
    paragraph = docx.add_paragraph(style=QUOTE)
    paragraph.add_run(f"“{_clean(' '.join(block.words.split()))}”")
    paragraph.add_run(f"  – {_clean(block.source)}", style=SOURCE)


def _facts(docx: Docx, block: Facts) -> None:
    """A line for each fact: the label, a tab, the text; a long text goes on under itself."""
    last = len(block.rows) - 1
    for place, (name, text) in enumerate(block.rows):
        paragraph = docx.add_paragraph(style=FACT)
        paragraph.add_run(_clean(name), style=LABEL)
        paragraph.add_run(f"\t{_clean(' '.join(text.split()))}")
        paragraph.paragraph_format.keep_with_next = place < last or None


def _table(docx: Docx, block: Table) -> None:
    table = docx.add_table(rows=1, cols=len(block.headings), style=TABLE)
    for cell, text in zip(table.rows[0].cells, block.headings, strict=True):
        _fill(cell, text, strong=True)
    for row in block.rows:
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell, text, strong=place == 0)
    _widths(docx, table, block.shares or (1.0,) * len(block.headings))
    _accessible(table)
    _gap(docx.add_paragraph())


def _fill(cell: DocxCell, text: str, *, strong: bool) -> None:
    cell.paragraphs[0].add_run(_clean(text), style=STRONG if strong else None)
    cell.paragraphs[0].paragraph_format.space_after = Cm(0)


def _accessible(table: DocxTable) -> None:
    """Mark the first row as headings, repeated on a next page; no row breaks over two pages."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _gap(paragraph: Paragraph) -> None:
    """A narrow line after a table."""
    paragraph.paragraph_format.space_after = Cm(0)
    paragraph.paragraph_format.line_spacing = Cm(0.2)


def _widths(docx: Docx, table: DocxTable, shares: tuple[float, ...]) -> None:
    """Divide the width of the text."""
    section = docx.sections[0]
    assert section.page_width is not None and section.left_margin is not None
    whole = (section.page_width - 2 * section.left_margin) / Cm(1)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(whole * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _picture(docx: Docx, block: Picture) -> None:
    png = io.BytesIO(chart_png(block.chart, PICTURE_SCALE))
    shape = docx.add_paragraph().add_run().add_picture(png, width=Cm(block.width_cm))
    shape._inline.docPr.set("descr", _clean(block.alternative))

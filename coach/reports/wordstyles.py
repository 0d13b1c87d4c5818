"""The styles of a Word file: made once in the file, so that a reader can change the look of all headings at once."""

from collections.abc import Mapping
from types import MappingProxyType

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from coach.domain.values import Language

INK = RGBColor(0x22, 0x30, 0x3A)
QUIET = RGBColor(0x5B, 0x67, 0x70)
ACCENT = RGBColor(0x1B, 0x5E, 0x6B)
LINES = "C9D3D8"
FONT = "Arial"
LOCALES: Mapping[Language, str] = MappingProxyType({Language.NL: "nl-NL", Language.EN: "en-GB"})
BULLETS, QUOTE, FOOTER, STRONG, TABLE = "List Bullet", "Quote", "Footer", "Strong", "Waardebalans Table"
SMALL, FACT, SOURCE, LABEL = "Small Print", "Fact", "Quote Source", "Fact Label"
_TABLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="WaardebalansTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINES}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINES}"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
    <w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>"""


def set_styles(docx: Docx, language: Language, compact: bool) -> None:
    """Give the file its styles: one type family, three sizes of heading, quotes, facts and small print."""
    size = 8.5 if compact else 10.5
    _base(docx, size, language, compact)
    _headings(docx, size, compact)
    _quotes(docx, size, compact)
    _facts(docx, size, compact)
    small = _new_paragraph(docx, SMALL, 0, 2 if compact else 5)
    small.font.size, small.font.color.rgb = Pt(size - 1.5), QUIET
    docx.styles.element.append(parse_xml(_TABLE))


def _base(docx: Docx, size: float, language: Language, compact: bool) -> None:
    defaults = docx.styles.element.find(".//" + qn("w:rPrDefault"))
    assert defaults is not None
    for spoken in defaults.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LOCALES[language])
    normal = _paragraph(docx, "Normal")
    _type(normal, size, INK)
    _space(normal, 0, 1 if compact else 5, 1.0 if compact else 1.12)
    bullets, footer = _paragraph(docx, BULLETS), _paragraph(docx, FOOTER)
    _space(bullets, 0, 1 if compact else 3)
    _type(footer, size - 2, QUIET)
    footer.element.get_or_add_pPr().remove(footer.element.pPr.find(qn("w:tabs")))
    footer.paragraph_format.tab_stops.add_tab_stop(_text_width(docx), WD_TAB_ALIGNMENT.RIGHT)


def _text_width(docx: Docx) -> int:
    section = docx.sections[0]
    assert section.page_width is not None and section.left_margin is not None
    return section.page_width - 2 * section.left_margin


def _headings(docx: Docx, size: float, compact: bool) -> None:
    shapes = {"Title": (1.9, 0, 6), "Heading 1": (1.35, 16, 4), "Heading 2": (1.12, 10, 3)}
    for name, (times, before, after) in shapes.items():
        style = _paragraph(docx, name)
        _type(style, round(size * times * 2) / 2, ACCENT)
        _space(style, before / 2.7 if compact else before, after / 3 if compact else after)
    line = _paragraph(docx, "Title").element.find(".//" + qn("w:bottom"))
    assert line is not None
    line.attrib.pop(qn("w:themeColor"), None)
    line.set(qn("w:color"), str(ACCENT))


def _quotes(docx: Docx, size: float, compact: bool) -> None:
    quote = _paragraph(docx, QUOTE)
    quote.font.color.rgb = INK
    quote.paragraph_format.left_indent = Cm(0.5)
    quote.paragraph_format.keep_together = True
    _space(quote, 0, 1 if compact else 5)
    line = OxmlElement("w:left")
    for name, text in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", LINES)):
        line.set(qn(f"w:{name}"), text)
    borders = OxmlElement("w:pBdr")
    borders.append(line)
    quote.element.get_or_add_pPr().insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
    )
    source = _new_character(docx, SOURCE)
    source.font.size, source.font.color.rgb, source.font.italic = Pt(size - 1.5), QUIET, False


def _facts(docx: Docx, size: float, compact: bool) -> None:
    fact = _new_paragraph(docx, FACT, 0, 1 if compact else 3)
    indent = Cm(3.4) if compact else Cm(4.7)
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = indent, -indent
    fact.paragraph_format.tab_stops.add_tab_stop(indent)
    fact.paragraph_format.keep_together = True
    label = _new_character(docx, LABEL)
    label.font.bold = True
    label.font.color.rgb = INK
    strong = docx.styles[STRONG]
    assert isinstance(strong, CharacterStyle)
    strong.font.bold = True


def _paragraph(docx: Docx, name: str) -> ParagraphStyle:
    style = docx.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _new_paragraph(docx: Docx, name: str, before: float, after: float) -> ParagraphStyle:
    style = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style, style.quick_style = docx.styles["Normal"], True
    _space(style, before, after)
    return style


def _new_character(docx: Docx, name: str) -> CharacterStyle:
    style = docx.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(style, CharacterStyle)
    return style


def _type(style: ParagraphStyle, points: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # else the theme's font wins
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _space(style: ParagraphStyle, before: float, after: float, line: float | None = None) -> None:
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if line is not None:
        shape.line_spacing = line


def set_settings(docx: Docx, language: Language) -> None:
    """Make Word open the file in today's mode, with the spelling of the language."""
    settings = docx.settings.element
    for element in settings.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), LOCALES[language])
    for element in settings.iter(qn("w:zoom")):
        element.set(qn("w:percent"), "100")
    for element in settings.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), "15")


def add_link(paragraph: Paragraph, url: str) -> None:
    """Write an address that can be clicked."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(url)
    run.font.color.rgb, run.font.underline = ACCENT, True
    link.append(run._r)
    paragraph._p.append(link)


def page_number(paragraph: Paragraph) -> None:
    """Write the number of the page and how many there are, as fields that Word keeps right."""
    for name in ("PAGE", "NUMPAGES"):
        if name == "NUMPAGES":
            paragraph.add_run(" / ")
        run = paragraph.add_run()
        for part in (_mark("begin"), _field(name), _mark("separate")):
            run._r.append(part)
        run.add_text("1")
        run._r.append(_mark("end"))


def _mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _field(name: str) -> BaseOxmlElement:
    field = OxmlElement("w:instrText")
    field.set(qn("xml:space"), "preserve")
    field.text = name
    return field

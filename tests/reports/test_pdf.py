"""The PDF: tagged, fonts inside, in her language, true to what was typed, and made without markup or network."""

import io
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.takeaway import whole_sentence
from coach.domain.values import Language
from coach.reports import brief as report
from coach.reports.blocks import Document, Facts, Heading, Link, Quotation, Table, Text
from coach.reports.document import document, pdf
from coach.reports.pdf import as_pdf
from coach.services.preparation import prepare
from tests.reports.sample import OneArticle, full_talk, machine_shop, planned, silent_talk, words
from tests.reports.test_document import DAY, LINK, catalogue, content

TALKS = [machine_shop, full_talk, silent_talk]
SIGNS = "# kop *b* _i_ $x$ @ref <label> \\ `c` // /* */ ~ - + = [l](u) https://x.example #panic(1) \"q\" 'q'"
NAMES = "Łódź Żółć Wiśniewska Gülşah ğışçö İstanbul Özdemir “ ” ’ … – € ☐ ë ï é"


@lru_cache(maxsize=8)
def made(talk: Callable[[], Conversation]) -> bytes:
    conversation = planned(talk(), catalogue(), ("2026-04-01", "", ""))
    return pdf(content(conversation), words(conversation.language))


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def text_of(file: bytes) -> str:
    """All text on one line."""
    return " ".join(" ".join(page.extract_text() for page in read(file).pages).split())


def parts_of(file: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary in the file."""
    reader = read(file)
    for number in reader.xref[0]:
        part = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(part, DictionaryObject):
            yield part


def tagged(file: bytes, kind: str) -> list[DictionaryObject]:
    return [part for part in parts_of(file) if part.get("/S") == kind]


@pytest.mark.parametrize(("talk", "language"), [(machine_shop, "nl"), (full_talk, "en"), (silent_talk, "nl")])
def test_it_is_tagged_titled_and_in_her_language(talk: Callable[[], Conversation], language: str) -> None:
    root: Any = read(made(talk)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    about = read(made(talk)).metadata
    assert about is not None and about.title and about.title.startswith(("Jouw waardebalans", "Your value"))
    assert "ai_model=none" in str(about.subject)


@pytest.mark.parametrize("talk", TALKS)
def test_every_font_is_in_the_file(talk: Callable[[], Conversation]) -> None:
    fonts = [part for part in parts_of(made(talk)) if part.get("/Type") == "/FontDescriptor"]
    assert fonts
    for font in fonts:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font)
        assert "Libertinus" in str(font["/FontName"]) or "DejaVu" in str(font["/FontName"])


@pytest.mark.parametrize("talk", TALKS)
def test_it_says_what_word_and_markdown_say(talk: Callable[[], Conversation]) -> None:
    conversation = planned(talk(), catalogue(), ("2026-04-01", "", ""))
    shown = text_of(made(talk))
    for block in document(content(conversation), words(conversation.language)).blocks:
        match block:
            case Heading() | Text():
                assert " ".join(block.text.split()) in shown
            case Quotation():
                assert " ".join(block.words.split()) in shown
            case Facts():
                assert all(" ".join(text.split()) in shown for _, text in block.rows)
            case Link():
                assert block.url in shown
    for item in evidence_of(conversation):
        assert whole_sentence(item, conversation) in shown


@pytest.mark.parametrize("talk", TALKS)
def test_the_chart_is_there_with_all_that_it_tells_in_words(talk: Callable[[], Conversation]) -> None:
    figures = tagged(made(talk), "/Figure")
    assert len(figures) == 1
    told = str(figures[0]["/Alt"])
    spoken = words(talk().language)
    assert all(f"{spoken(f'reports.{value}')}: " in told for value in ("human", "natural", "financial"))


def test_dates_are_in_her_language() -> None:
    assert "woensdag 1 april 2026" in text_of(made(machine_shop))
    assert "Wednesday 1 April 2026" in text_of(made(full_talk))


def test_the_same_document_gives_the_same_bytes() -> None:
    conversation = machine_shop()
    assert pdf(content(conversation), words()) == pdf(content(conversation), words())


def test_only_our_own_address_can_be_clicked() -> None:
    typed = Document("T", Language.EN, (Text("see https://elsewhere.example now"), Link(LINK)))
    (page,) = read(as_pdf(typed)).pages
    marked: Any = page["/Annots"]
    assert [one.get_object()["/A"]["/URI"] for one in marked] == [LINK]


@pytest.mark.parametrize("typed", [SIGNS, NAMES])
def test_what_was_typed_comes_out_as_it_was_typed(typed: str) -> None:
    blocks = (Heading(typed), Text(typed), Quotation(typed, typed), Facts(((typed, typed),)))
    shown = text_of(as_pdf(Document(typed, Language.NL, (*blocks, Table((typed, "b"), ((typed, "d"),))))))
    squeezed = shown.replace(" ", "")
    assert squeezed.count(typed.replace(" ", "")) >= 7


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_no_sign_of_hers_means_anything_to_the_typesetter(typed: str) -> None:
    shown = text_of(as_pdf(Document("T", Language.NL, (Text(f"x{typed}"),))))
    assert f"x{typed}".replace(" ", "") in shown.replace(" ", "")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_tagged_file(typed: str) -> None:
    file = as_pdf(Document(typed or "T", Language.NL, (Text(typed), Facts((("a", typed),)))))
    root: Any = read(file).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


def test_a_word_without_end_stays_on_the_page_and_can_be_copied() -> None:
    typed = "Aansprakelijkheid" * 20
    reader = read(as_pdf(Document("T", Language.NL, (Text(typed),))))
    shown = "".join(page.extract_text() for page in reader.pages)
    assert max(map(len, shown.splitlines())) < 100
    assert typed in shown.replace("\n", "")


def test_a_long_list_of_facts_goes_on_on_the_next_page() -> None:
    rows = tuple((f"label {number}", "een heel verhaal " * 60) for number in range(12))
    file = as_pdf(Document("T", Language.NL, (Facts(rows),)))
    assert len(read(file).pages) > 2
    assert all(name in text_of(file) for name, _ in rows)


@pytest.mark.parametrize("talk", TALKS)
def test_the_brief_of_the_coach_is_one_page(talk: Callable[[], Conversation]) -> None:
    conversation = talk()
    file = report.pdf(prepare(conversation, OneArticle()), words(conversation.language), DAY)
    assert len(read(file).pages) == 1
    assert tagged(file, "/TH")

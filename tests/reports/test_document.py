"""The take-away: the same content in Markdown and in Word, in the person's language, true to her words."""

import base64
import io
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from docx import Document as open_docx
from docx.document import Document as Docx
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.evidence import Evidence, Kind, Time
from coach.domain.returning import CheckedIn, Tried
from coach.domain.takeaway import TakeAway, whole_sentence
from coach.domain.values import CELLS, Language
from coach.reports.blocks import Document, Table
from coach.reports.document import document, markdown, word
from coach.reports.markdown import literal
from coach.reports.word import as_word
from coach.reports.wording import date_text, number_text
from coach.services.catalogue import read_actions, read_find_out
from coach.services.suggestions import Catalogue
from coach.services.takeaway import take_away
from tests.reports.sample import (
    BUILDS,
    NOON,
    PASSAGE,
    PROMPTS,
    OneArticle,
    Talk,
    asks,
    found,
    full_talk,
    heard,
    machine_shop,
    planned,
    silent_talk,
    words,
)

DAY = date(2026, 3, 5)
LINK = "http://127.0.0.1:8501/gesprek?c=abc"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return Catalogue(
        {language: read_actions(PROMPTS, language) for language in Language},
        {language: read_find_out(PROMPTS, language) for language in Language},
    )


def content(conversation: Conversation) -> TakeAway:
    return take_away(conversation, catalogue(), OneArticle(), DAY, LINK)


def read_back(conversation: Conversation) -> Docx:
    return open_docx(io.BytesIO(word(content(conversation), words(conversation.language))))


def text_of(docx: Docx) -> str:
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in docx.paragraphs), *cells])


@pytest.mark.parametrize("talk", [machine_shop, full_talk])
def test_word_and_markdown_hold_her_words_her_plan_and_the_way_back(talk: Callable[[], Conversation]) -> None:
    conversation = talk()
    files = (text_of(read_back(conversation)), markdown(content(conversation), words(conversation.language)))
    for text in files:
        assert LINK in text.replace("\\", "")
        assert any(item.quote in text for item in evidence_of(conversation))


def test_every_quote_of_hers_is_literal() -> None:
    conversation = machine_shop()
    shown = text_of(read_back(conversation))
    for item in evidence_of(conversation):
        assert item.quote in shown


def test_word_has_headings_language_picture_with_words_and_marks() -> None:
    docx = read_back(machine_shop())
    styles = [paragraph.style.name for paragraph in docx.paragraphs if paragraph.style]
    assert styles.count("Heading 1") >= 4
    assert len(docx.inline_shapes) == 1
    described = docx.inline_shapes[0]._inline.docPr.get("descr")
    assert described and "4 van de 12" in described
    assert docx.core_properties.language == "nl-NL"
    assert "ai_model=none" in docx.core_properties.comments
    assert "voice=guided" in docx.core_properties.comments


def test_dates_are_in_her_language() -> None:
    assert "5 maart 2026" in text_of(read_back(machine_shop()))
    assert "5 March 2026" in text_of(read_back(full_talk()))
    assert date_text(DAY, words(Language.EN)) == "5 March 2026"
    assert "1 april 2026" in markdown(content(machine_shop()), words())


def test_it_says_that_no_model_made_it_also_to_machines() -> None:
    text = markdown(content(machine_shop()), words())
    front = text.split("---")[1]
    assert 'ai_model: "none"' in front and 'date: "2026-03-05"' in front and 'voice: "guided"' in front
    assert "zonder AI-model" in text


def test_a_passage_comes_with_title_section_and_licence() -> None:
    text = text_of(read_back(machine_shop()))
    assert PASSAGE.text in text
    for part in (PASSAGE.title, "Welk gedrag is er nu te zien?", "CC BY 4.0"):
        assert part in text


def test_behind_the_gate_there_is_no_number_but_a_reason() -> None:
    text = markdown(content(machine_shop()), words())
    assert "nog geen balansgetal" in text
    assert "Balansgetal (0–100)" not in text


def test_numbers_come_with_their_band() -> None:
    text = markdown(content(full_talk()), words(Language.EN)).replace("\\", "")
    assert "Balance number (0–100)**: 75.0 (probably between" in text
    assert number_text(4.05, words(Language.NL)) == "4,0"


def test_nearly_nothing_said_gives_a_friendly_document_that_says_what_to_tell() -> None:
    text = markdown(content(silent_talk()), words())
    assert "één voorbeeld is genoeg om te beginnen" in text
    assert "Kennis, buiten: de kennis die je met anderen deelt" in text
    assert "De getallen" not in text and "Per waarde" not in text
    assert read_back(silent_talk()).inline_shapes


def test_markdown_has_the_chart_as_a_picture_at_the_end() -> None:
    text = markdown(content(machine_shop()), words())
    name = text.split("![")[1].split("][")[1].split("]")[0]
    before, png = text.split(f"[{name}]: <data:image/png;base64,")
    assert "Verder of terug" in before
    assert base64.b64decode(png.rstrip("\n>")).startswith(b"\x89PNG")
    assert MarkdownIt("commonmark").render(text).count('<img src="data:image/png') == 1


def test_quotes_are_whole_sentences_and_each_stands_once_in_a_cell() -> None:
    text = markdown(content(machine_shop()), words())
    assert "“Ik bel maandag de boer en spreek een vaste dag af.”" in text
    assert "“Piet neemt zaagsel mee voor de boer, dat is mooi.”" in text
    assert "“Klanten bellen ons nooit meer.”" not in text  # replaced by a later answer


def test_a_quote_in_an_endless_sentence_stays_a_quote() -> None:
    talk = Talk()
    said = "en toen " * 60 + "leren we elke week iets"
    quote = "leren we elke week iets"
    place = talk.turn(said, heard(found("human.internal", quote)), asks(2), "Wat nog?")
    item = evidence_of(talk.conversation)
    assert not item  # said to the contract's question: no evidence
    made_up = Evidence("e1", place, quote, CELLS[0], Kind.EXAMPLE, BUILDS, Time.NOW)
    assert whole_sentence(made_up, talk.conversation) == quote


def test_each_action_says_which_field_it_lifts_and_no_two_say_the_same() -> None:
    plans = planned(machine_shop(), catalogue(), ("2026-04-01", "", ""))
    lines = [
        line for line in markdown(content(plans), words()).splitlines() if line.startswith("- **Helpt bij**")
    ]
    assert len(lines) >= 3 and len(set(lines)) == len(lines)
    assert any("van ‘" in line and "naar ‘" in line for line in lines)


def test_what_has_no_day_gets_one_that_the_document_shows() -> None:
    text = markdown(content(planned(machine_shop(), catalogue(), ("2026-04-01", "maandag", ""))), words())
    assert "**Wanneer**: woensdag 1 april 2026" in text
    assert "**Wanneer**: maandag (maandag 9 maart 2026)" in text
    assert "**Wanneer**: donderdag 12 maart 2026 (een voorstel)" in text
    assert "### Terugkijken" in text


def test_who_came_back_reads_how_it_went() -> None:
    talk = machine_shop()
    tried = (Tried("own", "Bel de boer", "Gebeld op maandag", "Hij kwam meteen", 9),)
    text = markdown(content(talk.append(CheckedIn(talk.next_position, NOON, tried, 8, None))), words())
    assert "## Hoe het ging (5 maart 2026)" in text
    for line in (
        "**Wat je deed**: Gebeld op maandag",
        "**Vertrouwen nu**: 9 van 10",
        "**Hoe belangrijk**: 8 van 10",
    ):
        assert line in text
    assert "Er klaar voor" not in text


def test_word_has_its_own_styles_page_numbers_and_a_link_that_can_be_clicked() -> None:
    docx = read_back(machine_shop())
    names = {paragraph.style.name for paragraph in docx.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Quote", "Fact", "Small Print", "List Bullet"} <= names
    assert "PAGE" in docx.sections[0].footer.paragraphs[0]._p.xml
    targets = [one.target_ref for one in docx.part.rels.values() if one.is_external]
    assert targets == [LINK]


@pytest.mark.parametrize(("talk", "locale"), [(machine_shop, "nl-NL"), (full_talk, "en-GB")])
def test_word_speaks_one_language_everywhere(talk: Callable[[], Conversation], locale: str) -> None:
    docx = read_back(talk())
    spoken = {part.get(qn("w:val")) for part in docx.styles.element.iter(qn("w:lang"))}
    assert spoken == {locale}
    assert docx.core_properties.language == locale


def test_a_table_in_word_marks_its_headings() -> None:
    table = Table(("", "Binnen"), (("Mensen", "Gewoon"),))
    docx = open_docx(io.BytesIO(as_word(Document("T", Language.NL, (table,)))))
    first, second = docx.tables[0].rows
    assert first._tr.find(".//" + qn("w:tblHeader")) is not None
    assert second._tr.find(".//" + qn("w:tblHeader")) is None


def test_a_made_up_conversation_says_so() -> None:
    from dataclasses import replace

    made_up = replace(machine_shop(), origin="demo")
    assert "verzonnen voorbeeld" in markdown(content(made_up), words())
    assert "verzonnen voorbeeld" not in markdown(content(machine_shop()), words())


def test_the_same_conversation_gives_the_same_markdown() -> None:
    assert markdown(content(machine_shop()), words()) == markdown(content(machine_shop()), words())
    assert document(content(machine_shop()), words()) == document(content(machine_shop()), words())


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=60
    )
)
def test_typed_signs_mean_nothing_to_markdown(typed: str) -> None:
    shown = MarkdownIt("commonmark").enable("table").parse(literal(f"x {typed}"))
    inline = [token for token in shown if token.type == "inline"]
    assert [token.type for token in shown] == ["paragraph_open", "inline", "paragraph_close"]
    plain = "".join(child.content for token in inline for child in token.children or [])
    assert {child.type for token in inline for child in token.children or []} <= {"text", "text_special"}
    assert plain == " ".join(f"x {typed}".split())


@pytest.mark.parametrize(
    "typed", ["- een", "1. een", "# een", "> een", "| a | b |", "---", "+ een", "2) twee"]
)
def test_a_line_of_hers_never_becomes_a_list_or_heading(typed: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(literal(typed))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]

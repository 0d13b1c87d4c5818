"""The take-away: the same content in Markdown and in Word, in the person's language, true to her words."""

import io
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from docx import Document as open_docx
from docx.document import Document as Docx
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.takeaway import TakeAway
from coach.domain.values import Language
from coach.reports.document import document, markdown, word
from coach.reports.markdown import literal
from coach.reports.wording import date_text, number_text
from coach.services.catalogue import read_actions, read_find_out
from coach.services.suggestions import Catalogue
from coach.services.takeaway import take_away
from tests.reports.sample import (
    PASSAGE,
    PROMPTS,
    OneArticle,
    full_talk,
    machine_shop,
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


def test_nearly_nothing_said_gives_a_friendly_document() -> None:
    text = markdown(content(silent_talk()), words())
    assert "0 van de 12 vakken" in text
    assert "Binnen en buiten: nog te weinig gezegd." in text
    assert read_back(silent_talk()).inline_shapes


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

"""Passages are whole sentences of the right size, with ids that stay."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.values import Language
from coach.retrieval.documents import Section, parse_document
from coach.retrieval.quoting import best_quote
from coach.retrieval.split import LONG, SHORT, passages, section_texts, sentences
from tests.retrieval.conftest import SERIES

SENTENCE = "Een bakker met acht mensen praat elke maandag over de week die komt. "


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Dat kost ca. 40 euro. Daarna niets.", ["Dat kost ca. 40 euro.", "Daarna niets."]),
        ("Denk aan o.a. Jan en bijv. Piet. Zo is het.", ["Denk aan o.a. Jan en bijv. Piet.", "Zo is het."]),
        ("Mr. De Vries belde. A. Jansen ook.", ["Mr. De Vries belde.", "A. Jansen ook."]),
        ("Waarom niet? 's Middags is er tijd!", ["Waarom niet?", "'s Middags is er tijd!"]),
        ("“Genoeg is genoeg.” Dat zei zij.", ["“Genoeg is genoeg.”", "Dat zei zij."]),
        ("Het kost 1.250,50 per jaar.", ["Het kost 1.250,50 per jaar."]),
        ("Wacht… Nu wel.", ["Wacht…", "Nu wel."]),
        ("One firm, e.g. Smith Ltd, grew. Two did not.", ["One firm, e.g. Smith Ltd, grew.", "Two did not."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(paragraph: str, expected: list[str]) -> None:
    assert sentences(paragraph) == expected


def test_short_paragraphs_are_joined_within_a_section() -> None:
    section = Section("Kop", 1, tuple(f"{SENTENCE * 3}".strip() for _ in range(6)))
    sizes = [len(text.split()) for text in section_texts(section)]
    assert all(SHORT <= size <= LONG for size in sizes)


def test_long_paragraph_is_cut_between_sentences() -> None:
    section = Section("Kop", 1, ((SENTENCE * 30).strip(),))
    texts = section_texts(section)
    assert all(SHORT <= len(text.split()) <= LONG and text.endswith("komt.") for text in texts)
    assert " ".join(texts) == section.paragraphs[0]


def test_list_items_are_kept_whole() -> None:
    items = "\n".join(f"- {(SENTENCE * 2).strip()}" for _ in range(12))
    texts = section_texts(Section("Kop", 2, (items,)))
    assert "\n".join(texts) == items


def test_no_passage_reaches_over_a_section() -> None:
    document = parse_document(SERIES["nl/human.md"], Path("human.md"))
    assert [passage.question for passage in passages(document)] == [None, 1, 3, 6]


def test_ids_stay_when_other_passages_change() -> None:
    before = parse_document(SERIES["nl/human.md"], Path("human.md"))
    changed = SERIES["nl/human.md"].replace("Begin de week", "Sluit de week")
    after = parse_document(changed, Path("human.md"))
    old, new = ({passage.id for passage in passages(document)} for document in (before, after))
    assert len(old & new) == 3
    assert passages(before) == passages(parse_document(SERIES["nl/human.md"], Path("elsewhere") / "human.md"))


def test_equal_texts_in_one_section_get_different_ids() -> None:
    text = (SENTENCE * 10).strip()
    document = parse_document("---\ntitle: T\nlanguage: nl\n---\n" + f"{text}\n\n{text}\n", Path("a.md"))
    made = passages(document)
    assert len({passage.id for passage in made}) == len(made) == 2
    assert {passage.language for passage in made} == {Language.NL}


@given(st.lists(st.text(alphabet="abc .?!\n-A1'", min_size=1, max_size=200), min_size=1, max_size=8))
def test_no_word_is_lost_or_doubled(paragraphs: list[str]) -> None:
    body = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.split())
    section = Section("Kop", 1, tuple(part for part in body.split("\n\n") if part))
    assert " ".join(section_texts(section)).split() == body.split()


def test_quote_is_literal_and_at_most_two_sentences() -> None:
    text = f"Dit is het begin. Hier volgt meer.\n\n{SENTENCE.strip()} Zij vindt dat prettig. Het klopt."
    quote = best_quote(text, lambda part: 1.0 if "bakker" in part else 0.0)
    assert quote in text
    assert quote.startswith("Een bakker")
    assert len(sentences(quote)) <= 2


def test_quote_does_not_begin_with_a_sentence_that_leans_on_the_one_before() -> None:
    text = "Geld is een middel. Dat vergeten we vaak. Buren tellen mee."
    assert not best_quote(text, lambda part: 0.1 if "vergeten" in part else 0.0).startswith("Dat")

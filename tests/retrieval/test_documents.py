"""Article files are read, bad ones are named and left out."""

from pathlib import Path

import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language, Value
from coach.retrieval.documents import article_files, read_document, read_documents
from tests.retrieval.conftest import SERIES


def test_article_has_its_facts_and_sections(corpus: Path) -> None:
    document = read_document(corpus / "nl" / "human.md")
    assert document.article.id == "human-nl"
    assert document.article.value is Value.HUMAN
    assert document.article.language is Language.NL
    assert document.article.date == "2026-11-23"
    assert [(section.heading, section.question) for section in document.sections] == [
        ("", None),
        ("Waar gaat het over?", 1),
        ("Wat maakt dat het zo blijft gaan?", 3),
        ("Hoe stimuleren we dit gedrag?", 6),
    ]


def test_list_of_sources_and_its_labels_are_no_text(corpus: Path) -> None:
    document = read_document(corpus / "nl" / "human.md")
    text = " ".join(paragraph for section in document.sections for paragraph in section.paragraphs)
    assert "geheime bron" not in text
    assert "gewoon gevonden." in text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# Zomaar een titel\n\nTekst.", "front matter"),
        ("---\ntitle: [\n---\n\nTekst.", "YAML"),
        ("---\ntitle: Iets\n---\n\nTekst.", "language"),
        ("---\ntitle: Iets\nlanguage: de\n---\n\nTekst.", "language"),
        ("---\ntitle: Iets\nlanguage: nl\nvalue: liefde\n---\n\nTekst.", "value"),
        ("---\ntitle: Iets\nlanguage: nl\n---\n\n## Bronnen\n- een bron", "no text"),
        ("", "front matter"),
    ],
)
def test_broken_file_is_refused_with_name_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "kapot.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_document(path)
    assert "kapot.md" in str(refused.value)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_one_bad_file_never_stops_the_others(corpus: Path) -> None:
    (corpus / "nl" / "kapot.md").write_bytes(b"\xff\xfe\x00 geen tekst")
    documents, left_out = read_documents(article_files(corpus))
    assert len(documents) == len(SERIES)
    assert [Path(item.path).name for item in left_out] == ["kapot.md"]


def test_second_file_with_the_same_id_is_left_out(corpus: Path, tmp_path: Path) -> None:
    twin = tmp_path / "other" / "human.md"
    twin.parent.mkdir()
    twin.write_text(SERIES["nl/human.md"], encoding="utf-8")
    documents, left_out = read_documents([corpus / "nl" / "human.md", twin])
    assert len(documents) == 1
    assert "human-nl" in left_out[0].reason


def test_list_stays_with_the_line_that_announces_it(tmp_path: Path) -> None:
    path = tmp_path / "lijst.md"
    path.write_text(
        "---\ntitle: T\nlanguage: nl\n---\nHet gaat om:\n\n- **een**\n- twee\n  en half\n", encoding="utf-8"
    )
    (section,) = read_document(path).sections
    assert section.paragraphs == ("Het gaat om:\n- een\n- twee en half",)

"""The right passages are found, in two languages, and nothing when nothing fits."""

import subprocess
import sys
from pathlib import Path

import pytest

from coach.domain.passages import Query
from coach.domain.values import Language, Value
from coach.retrieval.language import detect
from coach.retrieval.library import Library, open_library
from coach.retrieval.retriever import ArticleRetriever
from tests.retrieval.conftest import write_series


def test_dutch_question_finds_its_passage(library: Library) -> None:
    best = library.search.find(Query("Waarom blijft het verzuim zo hoog?"))[0]
    assert (best.passage.article_id, best.passage.question) == ("human-nl", 3)
    assert 0 < best.score <= 1


def test_results_come_best_first_and_never_more_than_asked(library: Library) -> None:
    found = library.search.find(Query("energie, afval en water van medewerkers", k=2))
    assert len(found) == 2
    assert found[0].score >= found[1].score


def test_typing_error_is_forgiven(library: Library) -> None:
    assert library.search.find(Query("waarom is het verzium zo hoog"))[0].passage.article_id == "human-nl"


def test_compound_is_found_by_its_part(library: Library) -> None:
    found = library.search.find(Query("afvalwater in de fabriek", language=Language.NL))
    assert found[0].passage.article_id == "natural-nl"


def test_english_question_finds_english_passages_first(library: Library) -> None:
    best = library.search.find(Query("Why does sick leave stay so high?"))[0]
    assert best.passage.article_id == "human-en"


def test_english_question_finds_dutch_passages_through_the_word_list(library: Library) -> None:
    best = library.search.find(Query("How can we measure our electricity?"))[0]
    assert best.passage.article_id == "natural-nl"
    wanted = Query("Why is sick leave so high?", language=Language.NL)
    assert library.search.find(wanted)[0].passage.article_id == "human-nl"


def test_language_and_value_filter(library: Library) -> None:
    query = Query("gezondheid, energie en water", language=Language.NL, value=Value.NATURAL)
    assert {item.passage.value for item in library.search.find(query)} == {Value.NATURAL}
    english = library.search.find(Query("health of employees", language=Language.EN))
    assert {item.passage.language for item in english} == {Language.EN}


def test_question_is_a_prior_not_a_filter(library: Library) -> None:
    about = "medewerkers en werkdruk, gezondheid en leerling"
    for question in (1, 3, 6):
        found = library.search.find(Query(about, value=Value.HUMAN, question=question, language=Language.NL))
        assert found[0].passage.question == question
        assert len(found) > 1


def test_near_value_is_a_prior_not_a_filter(library: Library) -> None:
    query = Query(
        "de leverancier en de leerling praten over verpakking en werkdruk",
        language=Language.NL,
        near_value=Value.HUMAN,
    )
    assert {item.passage.value for item in library.search.find(query)} == {Value.HUMAN, Value.NATURAL}


@pytest.mark.parametrize(
    "text",
    [
        "Wat is de hoofdstad van Frankrijk?",
        "Who won the world cup?",
        "appeltaart",
        "🙂🙂",
        "<script>",
        "的",
        "\x00",
        "de",
    ],
)
def test_nothing_fits(library: Library, text: str) -> None:
    assert library.search.find(Query(text)) == []


def test_without_text_value_and_question_decide(library: Library) -> None:
    found = library.search.find(Query("", language=Language.NL, value=Value.HUMAN, question=3))
    assert [(item.passage.value, item.passage.question) for item in found] == [(Value.HUMAN, 3)]
    assert library.search.find(Query("  ")) == []


def test_very_long_question_is_answered(library: Library) -> None:
    assert library.search.find(Query("verzuim en werkdruk " * 3000))


def test_passage_is_found_again_by_its_id(library: Library) -> None:
    passage = library.search.find(Query("verzuim en werkdruk"))[0].passage
    assert library.search.passage(passage.id) == passage
    assert library.search.passage("0000000000000000") is None
    assert library.search.passage("é" * 40) is None


def test_articles_come_by_language_and_number(library: Library) -> None:
    assert [article.id for article in library.articles()] == ["human-nl", "natural-nl", "human-en"]


def test_quote_is_a_literal_part_that_answers(library: Library) -> None:
    query = Query("waarom durft niemand over werkdruk te praten?")
    passage = library.search.find(query)[0].passage
    quote = library.search.quote(passage, query)
    assert quote in passage.text
    assert "werkdruk" in quote


def test_langchain_retriever_gives_documents(library: Library) -> None:
    retriever = ArticleRetriever(
        search=library.search, language=Language.NL, value=Value.HUMAN, question=3, k=1
    )
    (document,) = retriever.invoke("waarom is het verzuim hoog?")
    assert document.metadata["article_id"] == "human-nl"
    assert "verzuim" in document.page_content


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Waarom blijft het verzuim zo hoog?", Language.NL),
        ("klanten betalen te laat", Language.NL),
        ("buren klagen over geluid", Language.NL),
        ("Why do customers pay late?", Language.EN),
        ("the turnover of staff", Language.EN),
        ("waste and packaging", Language.EN),
        ("12345", None),
        ("", None),
    ],
)
def test_language_of_a_few_words_is_told(text: str, language: Language | None) -> None:
    assert detect(text) is language


def test_series_in_one_language_is_enough(tmp_path: Path, prompts: Path) -> None:
    corpus = write_series(tmp_path / "dutch")
    (corpus / "en" / "human.md").unlink()
    library = open_library(tmp_path / "data", corpus, prompts)
    assert library.search.find(Query("Why is sick leave so high?"))[0].passage.article_id == "human-nl"
    assert library.search.find(Query("sick leave", language=Language.EN)) == []


def test_searching_needs_no_torch(tmp_path: Path, corpus: Path, prompts: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from coach.domain.passages import Query
from coach.retrieval.library import open_library
library = open_library(Path({str(tmp_path / "data")!r}), Path({str(corpus)!r}), Path({str(prompts)!r}))
assert library.search.find(Query("waarom is het verzuim hoog"))
print(sorted({{"torch", "sentence_transformers", "transformers", "sklearn"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped series with the shipped word lists."""
    root = Path(__file__).resolve().parents[2]
    return open_library(tmp_path_factory.mktemp("data"), root / "corpus", root / "prompts", "builtin")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("personeel loopt weg", Value.HUMAN),
        ("beste monteur wil weg", Value.HUMAN),
        ("staff leaving", Value.HUMAN),
        ("belasting", Value.FINANCIAL),
        ("tax", Value.FINANCIAL),
        ("gereedschap is zoek", Value.MATERIAL),
        ("the neighbours complain", Value.SOCIAL),
        ("niemand schrijft iets op", Value.INTELLECTUAL),
        ("food waste", Value.NATURAL),
    ],
)
def test_worries_in_a_few_everyday_words_find_their_value(shipped: Library, text: str, value: Value) -> None:
    assert shipped.search.find(Query(text))[0].passage.value is value


@pytest.mark.parametrize("text", ["capital of France", "wat kost een pizza", "mijn cavia is verkouden"])
def test_what_the_series_is_not_about_finds_nothing(shipped: Library, text: str) -> None:
    assert not shipped.search.find(Query(text))

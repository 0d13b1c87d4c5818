"""The commands about articles print JSON alone under --json, exit as promised, and fail in one line."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from coach.commands import library
from coach.settings import Settings
from coach.wiring import App
from tests.retrieval.conftest import CUES, GLOSSARY, write_series


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An application on the small series."""
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "glossary.yaml").write_text(GLOSSARY)
    (prompts / "search.yaml").write_text(CUES)
    write_series(tmp_path / "corpus")
    return App(Settings(data_dir=tmp_path / "data", corpus_dir=tmp_path / "corpus", prompts_dir=prompts))


def run(app: App, *words: str, given: str | None = None) -> Result:
    """Run a command of the group on an application."""
    group = typer.Typer()
    library.register(group)
    group.command("evaluate-retrieval")(library.evaluate_retrieval)
    return CliRunner().invoke(group, list(words), input=given, obj=app)


def test_search_prints_passages_as_promised(app: App) -> None:
    done = run(
        app,
        "search",
        "waarom blijft het verzuim hoog?",
        "--value",
        "human",
        "--language",
        "nl",
        "-k",
        "1",
        "--json",
    )
    (found,) = json.loads(done.stdout)
    assert done.exit_code == 0
    assert list(found) == [
        "passage_id",
        "article_id",
        "title",
        "value",
        "question",
        "language",
        "score",
        "text",
    ]
    assert (found["article_id"], found["value"], found["question"], found["language"]) == (
        "human-nl",
        "human",
        3,
        "nl",
    )


def test_nothing_relevant_is_an_empty_list(app: App) -> None:
    assert run(app, "search", "appeltaart", "--json").stdout == "[]\n"
    assert "Nothing" in run(app, "search", "appeltaart").stdout


def test_json_lines_give_one_list_per_line(app: App) -> None:
    lines = [
        {"query": "verzuim en werkdruk", "k": 1},
        {"query": "appeltaart"},
        {"query": "sick leave", "language": "en", "value": None, "question": 3},
    ]
    done = run(app, "search", "-", given="\n".join(map(json.dumps, lines)) + "\n\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [len(answer) for answer in answers][:2] == [1, 0]
    assert answers[2][0]["article_id"] == "human-en"


@pytest.mark.parametrize(
    "bad", ["geen json", "[]", '{"query": 1}', '{"query": "x", "value": "love"}', '{"queri": "x"}']
)
def test_wrong_line_is_told_and_the_others_are_answered(app: App, bad: str) -> None:
    done = run(app, "search", "-", given=f'{bad}\n{{"query": "verzuim"}}\n')
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.exit_code == 1
    assert "line 1" in first["error"]
    assert isinstance(second, list)
    assert "line 1" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("search",),
        ("search", "x", "--language", "de"),
        ("search", "x", "--value", "love"),
        ("search", "x", "--question", "8"),
        ("search", "x", "-k", "0"),
        ("corpus", "add", "a.txt", "b.txt", "--title", "T"),
    ],
)
def test_wrong_use_exits_with_two(app: App, words: tuple[str, ...]) -> None:
    assert run(app, *words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("search",),
        ("index",),
        ("corpus", "list"),
        ("corpus", "add"),
        ("corpus", "remove"),
        ("embedding", "use"),
    ],
)
def test_help_has_an_example(app: App, words: tuple[str, ...]) -> None:
    assert "Example: coach" in run(app, *words, "--help").stdout


def test_index_reports_what_it_did(app: App) -> None:
    first, second = (json.loads(run(app, "index", "--json").stdout) for _ in range(2))
    assert (first["built"], second["built"]) == (True, False)
    assert first["passages"] == 10
    assert "10 passages of 3 articles" in run(app, "index", "--rebuild").stdout


def test_corpus_is_listed_as_promised(app: App) -> None:
    rows = json.loads(run(app, "corpus", "list", "--json").stdout)
    assert [row["article_id"] for row in rows] == ["human-nl", "natural-nl", "human-en"]
    assert list(rows[0]) == [
        "article_id", "title", "value", "language", "authors", "date", "source", "licence", "passages", "questions",
    ]  # fmt: skip
    assert (rows[0]["passages"], rows[0]["questions"]) == (4, [1, 3, 6])


def test_document_is_added_listed_and_removed(app: App, tmp_path: Path) -> None:
    path = tmp_path / "markt.txt"
    path.write_text("Over de markt\n\n" + "De kraamhouders helpen elkaar op zaterdag met het afbreken. " * 5)
    (added,) = json.loads(run(app, "corpus", "add", str(path), "--value", "social", "--json").stdout)
    assert (added["outcome"], added["value"], added["language"]) == ("added", "social", "nl")
    assert added["article_id"] in run(app, "corpus", "list").stdout
    assert run(app, "corpus", "remove", added["article_id"]).exit_code == 0
    assert added["article_id"] not in run(app, "corpus", "list").stdout


def test_refused_document_exits_with_one_and_one_line(app: App, tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_text("")
    done = run(app, "corpus", "add", str(tmp_path / "leeg.txt"))
    assert done.exit_code == 1
    assert done.stderr.strip().splitlines() == ["refused: leeg.txt: is empty"]


def test_unknown_article_is_told_in_one_line(app: App) -> None:
    done = run(app, "corpus", "remove", "nobody-nl")
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_articles_is_told_in_one_line(app: App, tmp_path: Path) -> None:
    empty = App(app.settings.model_copy(update={"corpus_dir": tmp_path / "nowhere"}))
    done = run(empty, "search", "verzuim", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_embedding_is_shown_and_an_unknown_model_refused(app: App) -> None:
    assert json.loads(run(app, "embedding", "show", "--json").stdout) == {
        "embedding": "builtin",
        "trouble": None,
    }
    assert run(app, "embedding", "use", "builtin").exit_code == 0


def test_evaluation_prints_figures_beside_targets(app: App, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    rows = [
        ("waarom is het verzuim hoog?", "nl", True, "human", 3),
        ("why is sick leave high?", "en", True, "human", 3),
        ("appeltaart", "nl", False, None, None),
    ]
    names = ("question_text", "language", "answerable", "value", "question")
    lines = [json.dumps({**dict(zip(names, row, strict=True)), "style": "plain"}) for row in rows]
    (gold / "small.jsonl").write_text("\n".join(lines))
    (report,) = json.loads(run(app, "evaluate-retrieval", "--gold", str(gold), "--json").stdout)
    assert report["name"] == "small"
    assert [figure["measured"] for figure in report["figures"][:4]] == [100, 100, 100, 100]
    assert "at least 85" in run(app, "evaluate-retrieval", "--gold", str(gold)).stdout
    assert run(app, "evaluate-retrieval", "--gold", str(tmp_path / "none")).exit_code == 1

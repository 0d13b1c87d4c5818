"""The commands about articles: search, index, embedding. They print for people, or JSON alone."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.commands import corpus
from coach.commands.common import app_of, one_line_failures
from coach.commands.corpus import AsJson, print_json
from coach.domain.passages import Found, Query
from coach.domain.values import Language, Value
from coach.retrieval.library import IndexReport, Library
from coach.retrieval.measuring.gold import Report, evaluate

LanguageOption = Annotated[Language | None, typer.Option(help="Only passages in this language.")]
ValueOption = Annotated[Value | None, typer.Option(help="Only passages about this value.")]
QuestionOption = Annotated[
    int | None, typer.Option(min=1, max=7, help="Passages for this question come first.")
]
NumberOption = Annotated[int, typer.Option("-k", min=1, max=100, help="At most so many passages.")]

embedding_commands = typer.Typer(help="Which embedding the search uses.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command("search")(search)
    app.command("index")(index)
    app.add_typer(corpus.commands, name="corpus")
    app.add_typer(embedding_commands, name="embedding")


class _Line(BaseModel):
    """One question on standard input."""

    model_config = ConfigDict(extra="forbid")
    query: str
    language: Language | None = None
    value: Value | None = None
    question: int | None = Field(default=None, ge=1, le=7)
    k: int | None = Field(default=None, ge=1, le=100)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='What to look for; "-" reads JSON lines from standard input.')],
    language: LanguageOption = None,
    value: ValueOption = None,
    question: QuestionOption = None,
    k: NumberOption = 5,
    as_json: AsJson = False,
) -> None:
    """Find passages, best first; nothing that fits gives nothing.

    Example: coach search "klanten betalen te laat" --language nl --value financial -k 3
    """
    with one_line_failures():
        library = app_of(context).library
        if query == "-":
            _answer_lines(library)
            return
        found = library.search.find(Query(query, language=language, value=value, question=question, k=k))
        if as_json:
            print_json([_as_dict(item) for item in found])
        else:
            _print_found(found)


def _answer_lines(library: Library) -> None:
    """Answer each JSON line with one line: a list, or an object with `error` for a line that is wrong."""
    wrong = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            asked = _Line.model_validate_json(line)
        except ValidationError as problem:
            wrong += 1
            reason = f"line {number}: {problem.errors()[0]['msg']}"
            print(reason, file=sys.stderr)
            print_json({"error": reason})
            continue
        found = library.search.find(
            Query(asked.query, asked.language, asked.value, asked.question, k=asked.k or 5)
        )
        print_json([_as_dict(item) for item in found])
    if wrong:
        raise typer.Exit(1)


def _as_dict(found: Found) -> dict[str, Any]:
    passage = found.passage
    return {
        "passage_id": passage.id,
        "article_id": passage.article_id,
        "title": passage.title,
        "value": passage.value,
        "question": passage.question,
        "language": passage.language,
        "score": found.score,
        "text": passage.text,
    }


def _print_found(found: Any) -> None:
    for place, item in enumerate(found, start=1):
        passage = item.passage
        where = " · ".join(filter(None, (passage.title, passage.heading, passage.value, passage.language)))
        print(f"{place}. {where}  ({item.score:.2f})\n{passage.text}\n")
    if not found:
        print("Nothing in the articles fits.")


def index(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build again even when nothing changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make sure that the index of the articles is there and up to date.

    Example: coach index --rebuild
    """
    with one_line_failures():
        report = app_of(context).library.ensure(rebuild)
        if as_json:
            print_json(asdict(report))
        else:
            _print_report(report)


def _print_report(report: IndexReport) -> None:
    done = "built" if report.built else "already up to date"
    print(
        f"Index {done} in {report.seconds:.1f} s: {report.passages} passages of {report.articles} articles, "
        f"embedding {report.embedding}."
    )
    for item in report.left_out:
        print(f"left out: {item.reason}", file=sys.stderr)


@embedding_commands.command("show")
def show_embedding(context: typer.Context, as_json: AsJson = False) -> None:
    """Show which embedding is in use.

    Example: coach embedding show
    """
    with one_line_failures():
        library = app_of(context).library
        if as_json:
            print_json({"embedding": library.embedding, "trouble": library.trouble or None})
        else:
            print(library.embedding + (f" (not usable: {library.trouble})" if library.trouble else ""))


@embedding_commands.command("use")
def use_embedding(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="builtin, recommended, or a model by name or folder.")],
    as_json: AsJson = False,
) -> None:
    """Switch to a sentence-transformers model, fetching it when needed, or back to the built-in embedding.

    Example: coach embedding use recommended
    """
    from coach.retrieval.embeddings import BUILT_IN
    from coach.retrieval.library import open_library
    from coach.retrieval.models import (
        RECOMMENDED,
        RECOMMENDED_LICENCE,
        RECOMMENDED_SIZE,
        find_model,
        remember,
    )

    with one_line_failures():
        settings = app_of(context).settings
        if name in ("recommended", RECOMMENDED):
            print(f"{RECOMMENDED}: {RECOMMENDED_SIZE}, licence {RECOMMENDED_LICENCE}", file=sys.stderr)
        chosen = None if name == BUILT_IN else find_model(name, fetch=True)
        wanted = BUILT_IN if chosen is None else chosen.folder
        library = open_library(settings.data_dir, settings.corpus_dir, settings.prompts_dir, wanted)
        report = library.ensure()
        remember(settings.data_dir, chosen)
        if as_json:
            print_json(asdict(report))
        else:
            _print_report(report)


def evaluate_retrieval(
    context: typer.Context,
    gold: Annotated[Path, typer.Option(help="Folder with sets of questions (*.jsonl).")] = Path("tests/gold"),
    sets: Annotated[Path | None, typer.Option(help="Folder with public sets (ak.json, cc.json).")] = None,
    contestants: Annotated[
        bool,
        typer.Option(
            "--contestants",
            help="Other searches on the same sets; uv may fetch their packages from your registry.",
        ),
    ] = False,
    ablation: Annotated[bool, typer.Option("--ablation", help="What each layer of the search adds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure the search, each figure beside its target.

    Example: coach evaluate retrieval --gold tests/gold --contestants --ablation
    """
    with one_line_failures():
        library = app_of(context).library
        reports = evaluate(library, gold)
        if sets is not None:
            from coach.retrieval.measuring.public import evaluate_public

            reports += evaluate_public(sets, library.word_lists)
        if not as_json:
            for report in reports:
                _print_measured(report)
        found = {"figures": [asdict(report) for report in reports]}
        if contestants or ablation:
            found |= _compared(library, gold, sets, contestants, ablation, as_json)
        if as_json:
            print_json(found if contestants or ablation else found["figures"])


def _compared(
    library: Library, gold: Path, sets: Path | None, contestants: bool, ablation: bool, as_json: bool
) -> dict[str, Any]:
    """Return, and print for people, the contest and the ablation on all sets."""
    from coach.retrieval.measuring.ablation import ablate
    from coach.retrieval.measuring.contest import ablation_lines, contest_lines, hold
    from coach.retrieval.measuring.sets import all_sets

    asked, found = all_sets(gold, sets, library), dict[str, Any]()
    lines: list[str] = []
    if contestants:
        contest = hold(asked, library.word_lists)
        found["contest"] = asdict(contest)
        lines += ["", *contest_lines(contest)]
    if ablation:
        ablations = ablate(asked, library.word_lists)
        found["ablation"] = [asdict(one) for one in ablations]
        lines += ["", *ablation_lines(ablations)]
    if not as_json:
        print("\n".join(lines))
    return found


def _print_measured(report: Report) -> None:
    print(f"{report.name} ({report.questions} questions)")
    for figure in report.figures:
        aim = f"{'at most' if figure.at_most else 'at least'} {figure.target:g}"
        verdict = "reached" if figure.reached else "MISSED"
        print(f"  {figure.name:<50} {figure.measured:7.1f}   {aim:<14} {verdict}")

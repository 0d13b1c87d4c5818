"""The command `train`: learns the weights of reader and search again from labelled sentences, examples, word lists."""

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.common import app_of, one_line_failures
from coach.domain.errors import UnreadableFile
from coach.domain.values import Language
from coach.settings import ROOT

LABELLED = ROOT / "tests" / "labelled"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("train")(train)


def train(
    context: typer.Context,
    rows: Annotated[
        Path, typer.Option(help="Folder with labelled rows, <language>_<part>.jsonl.")
    ] = LABELLED,
    out: Annotated[
        Path | None, typer.Option(help="Where to write <language>/learnt.npz; default: prompts.")
    ] = None,
) -> None:
    """Learn from all labelled rows but the test rows how to weigh what the word lists find.

    And from the questions in <language>/asked.yaml what a search is about, and from articles in both languages which
    words translate each other. The same input gives the same
    files. How good they are: coach evaluate understanding, coach evaluate retrieval

    Example: coach train
    """
    settings = app_of(context).settings
    with one_line_failures():
        for language in Language:
            path = (out or settings.prompts_dir) / language
            typer.echo(_trained(settings.prompts_dir, rows, path, language))
            typer.echo(_learnt(settings.prompts_dir, rows, path, language))


def _trained(prompts: Path, rows: Path, folder: Path, language: Language) -> str:
    """Learn and store one language; return what to say about it."""
    from coach.reading import training  # here: only training needs scikit-learn
    from coach.reading.evaluate import parts, read_rows
    from coach.reading.learnt import FILE_NAME
    from coach.reading.rules import RuleReader

    labelled = read_rows(parts(rows, language))
    if not labelled:
        raise UnreadableFile(f"{rows}: there are no labelled rows to learn from")
    table = training.Table(labelled, RuleReader(prompts, dict.fromkeys(Language)))
    folder.mkdir(parents=True, exist_ok=True)
    training.save(training.train(table), folder / FILE_NAME)
    return f"{language}: learnt from {len(labelled)} rows, {len(table.index)} signs"


def _learnt(prompts: Path, rows: Path, folder: Path, language: Language) -> str:
    """Learn and store what the questions of one language are about; return what to say about it."""
    from coach.reading.evaluate import parts, read_rows
    from coach.retrieval.examples import learn, store

    said = [
        (row["text"], sorted({found["value"] for found in row.get("values", ())}))
        for row in read_rows(parts(rows, language))
    ]
    learnt = learn(prompts, language, said)
    store(learnt, folder)
    return f"{language}: learnt from {learnt.examples} questions, {len(learnt.arrays['features'])} signs"


def _paired(corpus: Path, folder: Path) -> str:
    """Learn and store which words translate each other; return what to say about it."""
    from coach.retrieval.pairs import learn_pairs, store_pairs

    pairs = learn_pairs(corpus)
    store_pairs(pairs, folder)
    return f"en–nl: {len(pairs)} words with a translation, from articles in both languages"

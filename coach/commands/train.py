"""The command `train`: learns the reader's weights again from labelled sentences, word lists and articles."""

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
    rows: Annotated[Path, typer.Option(help="Folder with labelled rows, <language>_dev.jsonl.")] = LABELLED,
    out: Annotated[
        Path | None, typer.Option(help="Where to write <language>/learnt.npz; default: prompts.")
    ] = None,
) -> None:
    """Learn from the rows for development what the word lists do not know; the same input gives the same file.

    Prints how often the surest value is right on held-out answers, whose own phrases are hidden from the lessons.

    Example: coach train
    """
    settings = app_of(context).settings
    with one_line_failures():
        for language in Language:
            path = (out or settings.prompts_dir) / language
            typer.echo(_trained(settings.prompts_dir, settings.corpus_dir, rows, path, language))


def _trained(prompts: Path, corpus: Path, rows: Path, folder: Path, language: Language) -> str:
    """Learn and store one language; return what to say about it."""
    from coach.reading import training  # here: only training needs scikit-learn
    from coach.reading.evaluate import read_rows
    from coach.reading.learnt import FILE_NAME
    from coach.reading.lessons import lessons
    from coach.reading.lexicon import load_pack

    file = rows / f"{language}_dev.jsonl"
    if not file.is_file():
        raise UnreadableFile(f"{file}: there are no labelled rows to learn from")
    labelled = read_rows([file])
    told = lessons(prompts / language, corpus / language, labelled)
    trained = training.train(told, labelled, load_pack(prompts / language, language))
    folder.mkdir(parents=True, exist_ok=True)
    training.save(trained, folder / FILE_NAME)
    return (
        f"{language}: {len(told)} lessons; surest value right on {trained.right:.0%} of {trained.rows} held-out "
        f"answers, on {trained.sure:.0%} of the {trained.reached:.0%} above {trained.threshold:.2f}"
    )

"""The command `doctor`: what is set up, what is missing, and how to get it."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from coach.commands.common import app_of
from coach.commands.findings import Finding, examine_model
from coach.domain.errors import CoachError
from coach.domain.values import Language
from coach.wiring import App


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("doctor")(doctor)


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON alone.")] = False,
) -> None:
    """Say what is set up, what is missing and how to get it; exits with 1 when something is broken.

    Example: coach doctor
    """
    findings = list(examine(app_of(context)))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            _print(finding)
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(1)


def _print(finding: Finding) -> None:
    typer.echo(f"{finding.state:8} {finding.part}: {finding.told}")
    if finding.remedy:
        typer.echo(f"{'':8}   {finding.remedy}")


def examine(app: App) -> Iterator[Finding]:
    """Yield what every part of the application says about itself."""
    yield _tried(
        "texts and word lists", lambda: _texts(app), "Restore the folder prompts/ from the repository."
    )
    yield _tried(
        "conversations", lambda: _conversations(app), "Set COACH_DATA_DIR to a folder that can be written."
    )
    yield _tried("articles and index", lambda: _articles(app), "Run: coach index --rebuild")
    yield _embedding(app)
    yield from examine_model(app)
    yield Finding(
        "sign-in", "missing", "the app serves this computer only (127.0.0.1)",
        "Until sign-in exists, use an SSH tunnel to reach it from another computer.",
    )  # fmt: skip


def _tried(part: str, look: Callable[[], str], remedy: str) -> Finding:
    try:
        return Finding(part, "ok", look())
    except CoachError as problem:
        return Finding(part, "broken", " ".join(str(problem).split()) or problem.code, remedy)


def _texts(app: App) -> str:
    counts = [len(app.catalogue.actions[language]) for language in Language]
    keys = [len(app.words[language].keys()) for language in Language]
    app.guidance_on(app.archive)
    return f"{min(counts)} actions, {min(keys)} interface texts, guided voice in {len(Language)} languages"


def _conversations(app: App) -> str:
    folder = app.settings.data_dir
    saved = len(app.archive.overviews())
    probe = folder / f".writable-{os.getpid()}"
    _write(probe)
    return f"{saved} saved in {folder}"


def _write(probe: Path) -> None:
    try:
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as problem:
        raise CoachError(f"{probe.parent} cannot be written: {problem.strerror}") from problem


def _articles(app: App) -> str:
    report = app.library.ensure()
    left_out = "".join(f"; left out {one.path}: {one.reason}" for one in report.left_out)
    return f"{report.articles} articles, {report.passages} passages, embedding {report.embedding}{left_out}"


def _embedding(app: App) -> Finding:
    if app.settings.embedding:
        return Finding("embedding model", "ok", app.settings.embedding)
    return Finding(
        "embedding model", "missing", "the built-in one is used; it needs no download",
        "Optional: coach embedding use NAME-OR-FOLDER takes any sentence-transformers model.",
    )  # fmt: skip

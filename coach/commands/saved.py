"""The commands about saved conversations: list, export, erase, purge."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.commands.common import app_of, in_one_line, leave, one_line_failures
from coach.domain.errors import CoachError, NotSaved
from coach.domain.ports import Archive, Overview
from coach.domain.values import Language

if TYPE_CHECKING:
    from coach.services.schema import Outline
    from coach.wiring import App

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone on stdout.")]


class Format(StrEnum):
    """The forms in which a conversation leaves the program."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    DOCX = "docx"
    PDF = "pdf"
    ICS = "ics"


LONGEST_AGE = 365_000  # days
DOCUMENTS = frozenset({Format.MD, Format.DOCX, Format.PDF, Format.ICS})


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command("list")(list_saved)
    app.command("export")(export)
    app.command("erase")(erase)
    app.command("purge")(purge)


def list_saved(context: typer.Context, as_json: AsJson = False) -> None:
    """List the saved conversations, newest first; as JSON with what each cost of a chat model.

    Example: coach list --json
    """
    with one_line_failures():
        archive = app_of(context).archive
        overviews = archive.overviews()
        if as_json:
            told = [_told(one) | {"usage": _usage(archive, one)} for one in overviews]
            typer.echo(json.dumps(told, indent=2))
            return
        for one in overviews:
            day = one.started.date().isoformat() if one.started else "-"
            focus = one.focus or "all"
            typer.echo(f"{one.id}  {day}  {one.language}  {focus:<12}  {one.status:<8}  {one.origin}")


def _told(one: Overview) -> dict[str, object]:
    told = asdict(one) | {"focus": one.focus or "all"}
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in told.items()}


def _usage(archive: Archive, one: Overview) -> dict[str, object] | None:
    """Tokens and, where a price was set, cost; None without a model, and for a talk that cannot be read."""
    from coach.services.outline import usage_of

    try:
        usage = usage_of(archive.get(one.id))
    except CoachError:
        return None
    return asdict(usage) if usage else None


def export(
    context: typer.Context,
    conversation: Annotated[str | None, typer.Argument(metavar="ID", help="Which conversation.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All conversations.")] = False,
    form: Annotated[Format, typer.Option("--format", help="In which form.")] = Format.JSON,
    pseudonymise: Annotated[
        bool,
        typer.Option("--pseudonymise", help="Take out names, addresses and numbers, as far as rules can."),
    ] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write; else stdout.")] = None,
) -> None:
    """Export a conversation, or all of them with --all as json (a list), jsonl or csv.

    Example: coach export abcdefghijkmnpqrstuvwxyz23 --format pdf -o talk.pdf

    Example: coach export --all --format csv --pseudonymise -o talks.csv
    """
    if (conversation is None) == (not everything):
        raise typer.BadParameter("name one conversation, or use --all")
    if form in DOCUMENTS and (everything or pseudonymise):
        raise typer.BadParameter(f"{form.value} holds one conversation, as it is")
    with one_line_failures():
        app = app_of(context)
        if conversation is not None and form in DOCUMENTS:
            content = _document(app, conversation, form)
        else:
            ids = [one.id for one in app.archive.overviews()] if everything else [conversation or ""]
            outlines, faults = _outlines(app, ids, pseudonymise)
            if faults and not everything:
                raise next(iter(faults.values()))
            content = _data(outlines, form, as_list=everything)
        _write(content, output)
    if everything and faults:
        told = "; ".join(f"{one}: {in_one_line(fault)}" for one, fault in faults.items())
        leave(f"{len(faults)} left out: {told}", 1)


def _document(app: "App", conversation_id: str, form: Format) -> bytes:
    from coach.reports import document
    from coach.reports.calendar import calendar
    from coach.services.takeaway import take_away

    conversation = app.archive.get(conversation_id)
    words = app.words[conversation.language]
    content = take_away(conversation, app.catalogue, app.search, made_on=datetime.now().astimezone().date())
    make = {Format.DOCX: document.word, Format.PDF: document.pdf, Format.ICS: calendar}
    return make[form](content, words) if form in make else document.markdown(content, words).encode()


def _outlines(
    app: "App", ids: Sequence[str], pseudonymise: bool
) -> "tuple[list[Outline], dict[str, CoachError]]":
    """Return the conversations that can be read, and what was wrong with the others."""
    from coach.services.pseudonyms import pseudonymised, read_everyday

    outlines: list[Outline] = []
    faults: dict[str, CoachError] = {}
    for one in ids:
        try:
            outlines.append(app.outline(app.archive.get(one)))
        except CoachError as fault:
            faults[one] = fault
    if not pseudonymise:
        return outlines, faults
    everyday = {language: read_everyday(app.settings.prompts_dir, language) for language in Language}
    return [pseudonymised(outline, everyday[outline.language]) for outline in outlines], faults


def _data(outlines: "Sequence[Outline]", form: Format, *, as_list: bool) -> bytes:
    from coach.reports.exchange import as_csv, as_json, as_json_lines, as_json_list
    from coach.services.turns import TURN_COLUMNS, turn_rows

    if form is Format.CSV:
        return as_csv(TURN_COLUMNS, turn_rows(outlines))
    if form is Format.JSONL:
        return as_json_lines(outlines).encode()
    return (as_json_list(outlines) if as_list else as_json(outlines[0])).encode()


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise NotSaved(f"{output}: {problem.strerror}") from problem


def erase(
    context: typer.Context, conversation: Annotated[str, typer.Argument(metavar="ID", help="Which one.")]
) -> None:
    """Erase a conversation and all that hangs on it, for good.

    Example: coach erase abcdefghijkmnpqrstuvwxyz23
    """
    with one_line_failures():
        app_of(context).archive.erase(conversation)
    typer.echo(f"erased {conversation}")


def purge(
    context: typer.Context,
    days: Annotated[
        int,
        typer.Option("--older-than", min=0, max=LONGEST_AGE, metavar="DAYS", help="Unchanged for so long."),
    ],
    as_json: AsJson = False,
) -> None:
    """Erase every conversation that was not changed for a number of days, for good.

    Example: coach purge --older-than 365
    """
    with one_line_failures():
        erased = app_of(context).archive.purge(datetime.now(UTC) - timedelta(days=days))
    if as_json:
        typer.echo(json.dumps(list(erased)))
    else:
        typer.echo(f"erased {len(erased)}")

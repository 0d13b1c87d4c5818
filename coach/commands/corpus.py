"""The commands about the article series: list it, add documents of others, remove them."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.commands.common import app_of, one_line_failures
from coach.domain.errors import UnreadableFile
from coach.domain.values import Language, Value
from coach.retrieval.importing import Recognised, Wishes, with_wishes
from coach.retrieval.library import Holding, Library
from coach.retrieval.shelving import Added

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone on stdout.")]

commands = typer.Typer(help="The article series: list it, add to it, remove from it.", no_args_is_help=True)


@commands.command("list")
def list_articles(context: typer.Context, as_json: AsJson = False) -> None:
    """List the articles in the index.

    Example: coach corpus list --json
    """
    with one_line_failures():
        rows = [_holding_as_dict(item) for item in app_of(context).library.holdings()]
        if as_json:
            print_json(rows)
            return
        for row in rows:
            about = f"{row['value'] or '-':<13} {row['passages']:>3} passages"
            print(f"{row['article_id']:<20} {about}  {row['title']}")


def _holding_as_dict(item: Holding) -> dict[str, Any]:
    article = item.article
    return {
        "article_id": article.id,
        "title": article.title,
        "value": article.value,
        "language": article.language,
        "authors": list(article.authors),
        "date": article.date,
        "source": article.source,
        "licence": article.licence,
        "passages": item.passages,
        "questions": list(item.questions),
    }


@commands.command("add")
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Documents: text, Markdown, HTML, Word or PDF.")],
    value: Annotated[Value | None, typer.Option(help="The value they are about.")] = None,
    language: Annotated[Language | None, typer.Option(help="The language they are in.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, for one document.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence under which they may be shown.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add documents of others to the articles. On a terminal it shows what it recognised and asks first.

    Example: coach corpus add artikel.docx --value social --language nl --licence "met toestemming"
    """
    if title is not None and len(paths) > 1:
        raise typer.BadParameter("--title goes with one document only")
    with one_line_failures():
        library = app_of(context).library
        wishes = Wishes(title=title, value=value, language=language, licence=licence)
        done = _asked_first(library, paths, wishes) if _on_terminal(as_json) else library.add(paths, wishes)
        if as_json:
            print_json([_added_as_dict(one) for one in done])
        else:
            for one in done:
                _print_added(one)
        if any(one.outcome == "refused" for one in done):
            raise typer.Exit(1)


def _on_terminal(as_json: bool) -> bool:
    return not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _asked_first(library: Library, paths: list[Path], wishes: Wishes) -> list[Added]:
    """Show each document as recognised, ask for what is missing, and store what the person agrees to."""
    done: list[Added] = []
    for path in paths:
        try:
            found = library.recognise(path, wishes)
        except UnreadableFile as problem:
            done.append(Added(str(path), "refused", reason=str(problem)))
            continue
        _print_recognised(found)
        value = found.value or _asked_value()
        licence = found.licence or typer.prompt(
            "Licence or permission to show it", default="", show_default=False
        )
        if typer.confirm("Store it?", default=True):
            done += library.store([with_wishes(found, Wishes(value=value, licence=licence))])
    return done


def _asked_value() -> Value | None:
    given = typer.prompt("Value (human, social, …; empty for none)", default="", show_default=False).strip()
    return Value(given) if given in set(Value) else None


def _print_recognised(found: Recognised) -> None:
    print(f"{found.path.name}: “{found.title}”, {found.language}, value {found.value or 'unknown'},")
    print(f"  authors {', '.join(found.authors) or 'unknown'}, date {found.date or 'unknown'},")
    print(f"  questions {', '.join(map(str, found.questions)) or 'none'} of 7, {len(found.parts)} parts.")
    if found.hidden:
        print(f"  {found.hidden} hidden characters were removed.")


def _print_added(one: Added) -> None:
    if one.recognised is None:
        print(f"refused: {one.reason}", file=sys.stderr)
        return
    _print_recognised(one.recognised)
    print(f"  {one.outcome} as {one.article_id}")


def _added_as_dict(one: Added) -> dict[str, Any]:
    found = one.recognised
    facts: dict[str, Any] = {"path": one.path, "outcome": one.outcome, "article_id": one.article_id}
    if found is None:
        return facts | {"reason": one.reason}
    return facts | {
        "title": found.title,
        "value": found.value,
        "language": found.language,
        "authors": list(found.authors),
        "date": found.date,
        "licence": found.licence,
        "questions": list(found.questions),
        "hidden_characters": found.hidden,
    }


@commands.command("remove")
def remove(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(help="Id of an imported article, as `corpus list` shows it.")],
) -> None:
    """Remove an imported article and its passages.

    Example: coach corpus remove wie-bel-je-nl
    """
    with one_line_failures():
        app_of(context).library.remove(article_id)
        print(f"Removed {article_id}.")


def print_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False), flush=True)

"""The command `demo`: loads made-up conversations, for who wants to look around."""

import json
from typing import Annotated

import typer

from coach.commands.common import app_of, one_line_failures
from coach.services.examples import Example, load_examples
from coach.store.memory import MemoryArchive


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone on stdout.")] = False,
) -> None:
    """Load three made-up conversations, marked as such; a second time nothing is doubled.

    Example: coach demo
    """
    with one_line_failures():
        app = app_of(context)
        memory = MemoryArchive()
        examples = load_examples(
            app.settings.prompts_dir / "demo",
            app.archive,
            app.guidance,
            lambda name: app.guidance_for_play(memory, name),
        )
    if as_json:
        typer.echo(json.dumps([_told(example) for example in examples], indent=2))
        return
    for example in examples:
        told = _told(example)
        state = "added" if example.added else "already there"
        typer.echo(f"{told['id']}  {told['language']}  {told['focus']:<12}  made up, {state}")


def _told(example: Example) -> dict[str, str | bool]:
    conversation = example.conversation
    return {
        "id": conversation.id,
        "language": conversation.language.value,
        "focus": conversation.focus.value if conversation.focus else "all",
        "origin": conversation.origin,
        "added": example.added,
    }

"""The command `talk`: the conversation of the app in a terminal, by a person or from a script."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.commands.common import app_of, one_line_failures
from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.errors import EmptyAnswer, TooLong
from coach.domain.values import Language, Value
from coach.services.guidance import LONGEST_ANSWER, Guidance
from coach.services.play import Script, play, read_script
from coach.store.memory import MemoryArchive

WHOLE = "all"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("talk")(talk)


def talk(
    context: typer.Context,
    language: Annotated[Language | None, typer.Option(help="nl or en; default nl.")] = None,
    focus: Annotated[str | None, typer.Option(help="A value id, or all for the whole company.")] = None,
    script: Annotated[Path | None, typer.Option(help="Play this script instead of asking a person.")] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the conversation, as the app does.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the conversation as JSON alone.")] = False,
) -> None:
    """Talk through the seven questions in a terminal, or play a script.

    Example: coach talk --language nl --focus human

    Example: coach talk --script tests/scripts/prater_bakker.json --json
    """
    if as_json and script is None:
        raise typer.BadParameter("--json prints a played conversation: name a --script, or use coach export")
    with one_line_failures():
        chosen = _script(script, language, focus)
        app = app_of(context)
        archive = app.archive if save else MemoryArchive()
        guidance = app.guidance_on(archive)
        if script is None:
            conversation = _converse(guidance, chosen)
        else:
            conversation = play(chosen, app.guidance_for_play(archive, chosen.id()))
        if as_json:
            typer.echo(app.outline(conversation).model_dump_json(indent=2))
        elif script is not None:
            _print(conversation)


def _script(path: Path | None, language: Language | None, focus: str | None) -> Script:
    """The script in the file, with what the command line says over it."""
    if focus is not None and focus not in (WHOLE, *Value):
        raise typer.BadParameter(f"{focus}: choose {WHOLE} or one of {', '.join(Value)}")
    script = read_script(path) if path else Script()
    changes = {"language": language, "focus": focus}
    return script.model_copy(update={name: value for name, value in changes.items() if value is not None})


def _print(conversation: Conversation) -> None:
    for entry in conversation.entries:
        if isinstance(entry, Said):
            typer.echo(f"> {entry.text}\n")
        elif isinstance(entry, Replied):
            _print_reply(entry)


def _print_reply(reply: Replied) -> None:
    typer.echo(f"{reply.text}\n")
    for citation in reply.passages:
        typer.echo(f"  [{citation.number}] {citation.title}: {citation.quote}\n")


def _converse(guidance: Guidance, script: Script) -> Conversation:
    """Ask, read a line, answer, until the talk is finished or the input ends."""
    conversation = guidance.reply(guidance.begin(script.language, script.value).id)
    while True:
        _print_reply(conversation.replies[-1])
        conversation = guidance.listen(conversation.id)
        if conversation.status != "open":
            return conversation
        typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return conversation
        conversation = _said(guidance, conversation, line)


def _said(guidance: Guidance, conversation: Conversation, line: str) -> Conversation:
    try:
        guidance.say(conversation.id, line, conversation.next_position)
    except EmptyAnswer:
        return conversation
    except TooLong as problem:
        typer.echo(f"{problem} > {LONGEST_ANSWER}", err=True)
        return conversation
    return guidance.reply(conversation.id)

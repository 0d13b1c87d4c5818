"""What the commands share: the application they work on, and failures said in one line."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer
from pydantic import ValidationError

from coach.domain.errors import (
    CoachError,
    EmptyAnswer,
    IndexUnavailable,
    NotSaved,
    PositionTaken,
    TooLong,
    UnknownConversation,
    UnreadableFile,
    WrongChoice,
)

if TYPE_CHECKING:
    from coach.wiring import App

_TOLD: dict[type[CoachError], str] = {
    UnknownConversation: "no conversation with this id: {}. See: coach list",
    PositionTaken: "already there, or the talk went on elsewhere: {}",
    NotSaved: "the data folder cannot be used or written: {}",
    TooLong: "too long: {} characters",
    EmptyAnswer: "nothing readable was said{}",
    UnreadableFile: "{}",
    IndexUnavailable: "the article index cannot be used: {}. Try: coach index --rebuild",
    WrongChoice: "no such choice: {}",
}


def app_of(context: typer.Context) -> "App":
    """Return the application that the caller handed over with the context, or that of the settings.

    Settings that cannot be are said in one line, and the command ends with 2.
    """
    from coach.wiring import App, build  # here: `--help` need not load everything

    if isinstance(context.obj, App):
        return context.obj
    try:
        return build()
    except ValidationError as problem:
        fault = problem.errors()[0]
        setting = "COACH_" + "_".join(map(str, fault["loc"])).upper()
        leave(f"setting {setting}={fault['input']}: {fault['msg']}", 2)


@contextmanager
def one_line_failures() -> Iterator[None]:
    """Say what went wrong in one line on stderr and end with 1."""
    try:
        yield
    except CoachError as problem:
        leave(in_one_line(problem), 1)
    except UnicodeEncodeError as problem:
        leave(f"this terminal cannot show {problem.object[problem.start]!a}: set PYTHONIOENCODING=utf-8", 1)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # who read along has gone: no more to say
        raise typer.Exit(1) from None
    except OSError as problem:
        leave(f"{problem.filename or 'output'}: {problem.strerror or problem}", 1)


def in_one_line(problem: CoachError) -> str:
    """Return what went wrong, in a line for a terminal."""
    wording = next((told for kind, told in _TOLD.items() if isinstance(problem, kind)), "{}")
    told = " ".join(str(problem).split()) or ("" if isinstance(problem, EmptyAnswer) else problem.code)
    return wording.format(told)


def leave(line: str, status: int) -> NoReturn:
    """Say one line on stderr and end the command."""
    print(line.encode("ascii", "backslashreplace").decode() if not _shows(line) else line, file=sys.stderr)
    raise typer.Exit(status)


def _shows(line: str) -> bool:
    try:
        line.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True

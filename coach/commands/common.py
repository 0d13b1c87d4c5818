"""What the commands share: the application they work on, and failures said in one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from coach.domain.errors import CoachError

if TYPE_CHECKING:
    from coach.wiring import App


def app_of(context: typer.Context) -> "App":
    """Return the application that the caller handed over with the context, or that of the settings."""
    from coach.wiring import App, build  # here: `--help` need not load everything

    return context.obj if isinstance(context.obj, App) else build()


@contextmanager
def one_line_failures() -> Iterator[None]:
    """Say what went wrong in one line on stderr and end with 1."""
    try:
        yield
    except CoachError as problem:
        told = " ".join(str(problem).split()) or problem.code
        print(told, file=sys.stderr)
        raise typer.Exit(1) from problem

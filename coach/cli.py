"""The command `coach`: everything that can be done from a terminal, one module per group of commands."""

import typer

from coach.commands import demo, doctor, evaluate, library, run, saved, talk, train, understand

app = typer.Typer(
    help="Waardebalans: a chat assistant for multi-value strategy coaching.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for group in (run, talk, library, understand, saved, demo, evaluate, train, doctor):
    group.register(app)


def main() -> None:
    """Run the command line; 0 on success, 2 on wrong use, 1 on failure with one line on stderr."""
    app()

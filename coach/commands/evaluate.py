"""The command `evaluate`: the project's own quality figures, each beside its target."""

import typer

from coach.commands.actions import evaluate_actions
from coach.commands.evaluate_talks import evaluate_conversations
from coach.commands.library import evaluate_retrieval
from coach.commands.simulate import evaluate_profile
from coach.commands.understanding import understanding

evaluate_commands = typer.Typer(help="Quality figures, each beside its target.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    evaluate_commands.command("conversations")(evaluate_conversations)
    evaluate_commands.command("retrieval")(evaluate_retrieval)
    evaluate_commands.command("understanding")(understanding)
    evaluate_commands.command("profile")(evaluate_profile)
    evaluate_commands.command("actions")(evaluate_actions)
    app.add_typer(evaluate_commands, name="evaluate")

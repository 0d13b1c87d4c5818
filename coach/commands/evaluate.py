"""The command `evaluate`: the project's own quality figures, each beside its target."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from coach.commands.actions import evaluate_actions
from coach.commands.common import app_of, one_line_failures
from coach.commands.library import evaluate_retrieval
from coach.commands.simulate import evaluate_profile
from coach.commands.understanding import understanding
from coach.domain.quality import Quality
from coach.domain.steps import AskKind
from coach.services.play import play, read_script
from coach.settings import ROOT
from coach.store.memory import MemoryArchive
from coach.wiring import App

SCRIPTS = ROOT / "tests" / "scripts"
TERSE = 12  # words; people who answer with fewer are left out of the talk share

evaluate_commands = typer.Typer(help="Quality figures, each beside its target.", no_args_is_help=True)


@dataclass(frozen=True)
class Figure:
    """One measure over all plays, the target, and whether it is reached. The number is that of part D."""

    number: int
    name: str
    value: float
    target: str
    reached: bool


@dataclass(frozen=True)
class Play:
    """One played script: its measures and how many answers it took."""

    name: str
    quality: Quality
    answers: int
    finished: bool
    words: float


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    evaluate_commands.command("retrieval")(evaluate_retrieval)
    evaluate_commands.command("understanding")(understanding)
    evaluate_commands.command("profile")(evaluate_profile)
    evaluate_commands.command("actions")(evaluate_actions)
    app.add_typer(evaluate_commands, name="evaluate")


@evaluate_commands.command("conversations")
def conversations(
    context: typer.Context,
    scripts: Annotated[Path, typer.Option(help="Folder with script files.")] = SCRIPTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON alone.")] = False,
) -> None:
    """Play every script and print the measures of a coaching conversation.

    Example: coach evaluate conversations
    """
    with one_line_failures():
        app = app_of(context)
        plays = [_played(app, path) for path in sorted(scripts.glob("*.json"))]
    if not plays:
        raise typer.BadParameter(f"no script in {scripts}")
    figures = measure(plays)
    if as_json:
        typer.echo(json.dumps([vars(figure) for figure in figures], ensure_ascii=False, indent=2))
        return
    typer.echo(f"{len(plays)} plays: {', '.join(play.name for play in plays)}\n")
    for figure in figures:
        sign = "ok  " if figure.reached else "MISS"
        typer.echo(f"{sign} D{figure.number:<3}{figure.name:<44}{figure.value:>8.2f}   {figure.target}")


def _played(app: App, path: Path) -> Play:
    script = read_script(path)
    conversation = play(script, app.guidance_for_play(MemoryArchive(), script.id()))
    exchanges = [e for e in conversation.exchanges if e.step.ask.kind in (AskKind.QUESTION, AskKind.FOLLOW_UP)]
    return Play(
        path.stem,
        app.outline(conversation).quality,
        len(exchanges),
        conversation.status == "finished",
        median([exchange.heard.words for exchange in exchanges] or [0]),
    )


def measure(plays: Sequence[Play]) -> list[Figure]:
    """Return the measures that code can count, over all plays together."""
    all_of = [play.quality for play in plays]
    share = [play.quality for play in plays if play.words >= TERSE]

    def mean(values: Sequence[float | None]) -> float:
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known else 0.0

    one, opened = mean([q.one_question_share for q in all_of]), mean([q.open_share for q in all_of])
    leading, advice = mean([q.leading_share for q in all_of]), float(sum(q.advice_before_six for q in all_of))
    reflecting, talking = mean([q.reflections_per_question for q in all_of]), mean([q.talk_share for q in share])
    middle, longest = mean([q.median_words for q in all_of]), float(max(q.longest_words for q in all_of))
    sentence, long = mean([q.words_per_sentence for q in all_of]), mean([q.long_sentence_share for q in all_of])
    jargon, mixed = float(sum(q.jargon for q in all_of)), float(sum(q.mixed_register for q in all_of))
    over = float(sum(q.over_follow_up_limit for q in all_of))
    complete = mean([float(play.finished and play.answers <= 22) for play in plays])
    return [
        Figure(1, "turns with at most one question", one, ">= 0.98", one >= 0.98),
        Figure(2, "open questions", opened, ">= 0.90", opened >= 0.9),
        Figure(3, "leading questions", leading, "<= 0.02", leading <= 0.02),
        Figure(4, "unasked advice before question 6", advice, "0", advice == 0),
        Figure(6, "reflections per question", reflecting, ">= 1.0", reflecting >= 1.0),
        Figure(9, "words of coach per word of person", talking, "<= 1.0", talking <= 1.0),
        Figure(10, "words per turn, median", middle, "<= 45", middle <= 45),
        Figure(10, "words of the longest turn", longest, "<= 60", longest <= 60),
        Figure(11, "words per sentence", sentence, "<= 12", sentence <= 12),
        Figure(11, "sentences over 20 words", long, "<= 0.03", long <= 0.03),
        Figure(11, "words from the jargon list", jargon, "0", jargon == 0),
        Figure(12, "talks that mix formal and informal you", mixed, "0", mixed == 0),
        Figure(15, "follow-ups over the limit", over, "0", over == 0),
        Figure(16, "talks finished within 22 answers", complete, ">= 0.90", complete >= 0.9),
    ]

"""The command `evaluate conversations`: plays the scripted people and measures how the coach spoke."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from coach.commands.common import app_of, leave, one_line_failures
from coach.commands.evaluate_model import Compared, compare, out_of_reach, told
from coach.domain.conversation import Conversation
from coach.domain.quality import Quality
from coach.domain.steps import AskKind
from coach.domain.values import Language
from coach.reading.model import ModelReader
from coach.services.guidance import Guidance
from coach.services.outline import read_yardstick
from coach.services.play import Script, play, read_script
from coach.settings import ROOT
from coach.store.memory import MemoryArchive
from coach.voices.guided import read_guided_voice
from coach.wiring import App

SCRIPTS = ROOT / "tests" / "scripts"
TERSE = 12  # words; people who answer with fewer are left out of the talk share
Coach = Callable[[Script], Guidance]


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
    """One played script: the talk, its measures and how many answers it took."""

    name: str
    conversation: Conversation
    quality: Quality
    answers: int
    finished: bool
    words: float


def evaluate_conversations(
    context: typer.Context,
    scripts: Annotated[Path, typer.Option(help="Folder with script files.")] = SCRIPTS,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Play with this chat model too, as COACH_MODEL names it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON alone.")] = False,
) -> None:
    """Play every script and print the measures of a coaching conversation.

    Without --model the guided voice alone speaks, whatever model is set. With it every script is played twice,
    and both voices stand side by side.

    Example: coach evaluate conversations

    Example: coach evaluate conversations --model ollama:qwen3:8b
    """
    paths = sorted(scripts.glob("*.json"))
    if not paths:
        raise typer.BadParameter(f"no script in {scripts}")
    with one_line_failures():
        app = app_of(context)
        guided = [_played(app, _guided(app), path) for path in paths]
        figures = measure(guided)
        if model is None:
            _print(guided, figures, as_json)
            return
        plays = _with_model(app, model, paths)
        yardsticks = {one: read_yardstick(app.settings.prompts_dir, one) for one in Language}
        talks = [play.conversation for play in guided], [play.conversation for play in plays]
        _print_both(figures, measure(plays), compare(model, *talks, yardsticks), as_json)


def _guided(app: App) -> Coach:
    """The guided voice alone, which says nothing of a model."""
    voice = read_guided_voice(app.settings.prompts_dir)
    return lambda script: replace(_talk(app, script), voice=voice, model=None, listener=None)


def _assisted(app: App, model: str) -> Coach:
    """A model's voice and ear, with the guided voice behind it, asked however poor its replies are."""
    other = App(app.settings.model_copy(update={"model": model}))
    if other.assistance is None:
        raise typer.BadParameter("name a model, as provider:name", param_hint="--model")
    found = other.assistance.undeterred(other.guided)
    listener = ModelReader(app.settings.prompts_dir, found.line, found.places)
    return lambda script: replace(
        _talk(app, script), voice=found.voice, model=found.insisting, listener=listener
    )


def _talk(app: App, script: Script) -> Guidance:
    return app.guidance_for_play(MemoryArchive(), script.id())


def _with_model(app: App, model: str, paths: Sequence[Path]) -> list[Play]:
    """Play with a model; end the command when it cannot be reached in the first play."""
    coach, plays = _assisted(app, model), list[Play]()
    for number, path in enumerate(paths, start=1):
        plays.append(_played(app, coach, path))
        print(f"played {number} of {len(paths)} with {model}: {path.stem}", file=sys.stderr)
        if number == 1 and (fault := out_of_reach(plays[0].conversation)):
            words = app.words[Language(app.settings.language)]
            cause, remedy = words(f"model.cause_{fault}"), words(f"model.remedy_{fault}")
            leave(f"{model}: {cause} ({fault}). {remedy}", 1)
    return plays


def _print(plays: Sequence[Play], figures: Sequence[Figure], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([vars(figure) for figure in figures], ensure_ascii=False, indent=2))
        return
    typer.echo(f"{len(plays)} plays: {', '.join(play.name for play in plays)}\n")
    for figure in figures:
        typer.echo(f"{_sign(figure)}{_name(figure)}{figure.value:>8.2f}   {figure.target}")


def _print_both(
    guided: Sequence[Figure], assisted: Sequence[Figure], compared: Compared, as_json: bool
) -> None:
    pairs = list(zip(guided, assisted, strict=True))
    if as_json:
        figures = [
            {
                "number": one.number,
                "name": one.name,
                "target": one.target,
                "guided": _part(one),
                "model": _part(two),
            }
            for one, two in pairs
        ]
        typer.echo(json.dumps({"figures": figures, **asdict(compared)}, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{compared.plays} plays, each with the guided voice and with {compared.model}\n")
    typer.echo(f"{'':<49}{'guided':>12}{'with model':>14}   target")
    for one, two in pairs:
        values = f"{one.value:>8.2f} {_sign(one)}{two.value:>9.2f} {_sign(two)}"
        typer.echo(f"{_name(one)}{values}  {one.target}")
    for line in told(compared):
        typer.echo(line)


def _part(figure: Figure) -> dict[str, float | bool]:
    return {"value": figure.value, "reached": figure.reached}


def _sign(figure: Figure) -> str:
    return "ok  " if figure.reached else "MISS"


def _name(figure: Figure) -> str:
    return f" D{figure.number:<3}{figure.name:<44}"


def _played(app: App, coach: Coach, path: Path) -> Play:
    script = read_script(path)
    conversation = play(script, coach(script))
    exchanges = [
        e for e in conversation.exchanges if e.step.ask.kind in (AskKind.QUESTION, AskKind.FOLLOW_UP)
    ]
    return Play(
        path.stem,
        conversation,
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
    reflecting, talking = (
        mean([q.reflections_per_question for q in all_of]),
        mean([q.talk_share for q in share]),
    )
    middle, longest = mean([q.median_words for q in all_of]), float(max(q.longest_words for q in all_of))
    sentence, long = (
        mean([q.words_per_sentence for q in all_of]),
        mean([q.long_sentence_share for q in all_of]),
    )
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

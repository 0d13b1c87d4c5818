"""The command `evaluate actions`: what is suggested to each scripted person, and the words of hers it rests on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from coach.commands.common import app_of, one_line_failures
from coach.domain.conversation import evidence_of
from coach.domain.values import Perspective
from coach.services.play import play, read_script
from coach.services.suggestions import Suggestion, suggestions_for
from coach.settings import ROOT
from coach.store.memory import MemoryArchive
from coach.wiring import App

SCRIPTS = ROOT / "tests" / "scripts"
WIDTH = 110  # characters of a quote on one line


@dataclass(frozen=True)
class Suggested:
    """One action as it was suggested: balance points it adds, score, and the sentences it rests on."""

    id: str
    title: str
    cells: tuple[str, ...]
    gain: float
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """What one script leads to: at most three actions, and one to find out when not knowing matters more."""

    name: str
    shown: tuple[Suggested, ...]
    find_out: Suggested | None

    @property
    def is_outward(self) -> bool:
        """Tell whether one of the three touches a cell outside."""
        return any(str(Perspective.EXTERNAL) in cell for one in self.shown for cell in one.cells)


def evaluate_actions(
    context: typer.Context,
    scripts: Annotated[Path, typer.Option(help="Folder with script files.")] = SCRIPTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON alone.")] = False,
) -> None:
    """Play every script and print the actions that are suggested, each with the words of hers that it rests on.

    Example: coach evaluate actions
    """
    with one_line_failures():
        app = app_of(context)
        people = [suggested_to(app, path) for path in sorted(scripts.glob("*.json"))]
    if not people:
        raise typer.BadParameter(f"no script in {scripts}")
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in people], ensure_ascii=False, indent=2))
        return
    for person in people:
        for line in _lines(person):
            typer.echo(line)
    for line in _figures(people):
        typer.echo(line)


def suggested_to(app: App, path: Path) -> Person:
    """Return what the person of one script is suggested."""
    script = read_script(path)
    conversation = play(script, app.guidance_for_play(MemoryArchive(), script.id()))
    found = suggestions_for(conversation, app.catalogue, app.search)
    quotes = {item.id: item.quote for item in evidence_of(conversation)}
    extra = found.find_out
    return Person(
        path.stem,
        tuple(_suggested(one, quotes) for one in found.shown),
        _suggested(extra, quotes) if extra else None,
    )


def _suggested(one: Suggestion, quotes: dict[str, str]) -> Suggested:
    words = one.words or tuple(quotes[name] for name in one.evidence)
    own = (one.action.what,) if one.action.kind == "own" else ()
    cells = tuple(map(str, one.action.cells))
    return Suggested(one.action.id, one.action.title, cells, one.ranked.gain, one.ranked.score, own or words)


def _lines(person: Person) -> Iterator[str]:
    yield f"\n{person.name}"
    for one in person.shown:
        yield f"  {one.title}  [{one.cells[0]}, +{one.gain:.1f} points, score {one.score:.2f}]"
        yield from (f'      "{" ".join(text.split())[:WIDTH]}"' for text in one.words[:2])
    if person.find_out is not None:
        yield f"  find out: {person.find_out.title}  [{person.find_out.cells[0]}]"


def _figures(people: Sequence[Person]) -> Iterator[str]:
    trios = {frozenset(one.id if one.id != "own" else one.title for one in person.shown) for person in people}
    based = [bool(one.words) for person in people for one in person.shown]
    yield f"\n{_sign(len(trios) == len(people))} different sets of actions {len(trios)} of {len(people)}"
    outward = sum(person.is_outward for person in people)
    yield f"{_sign(outward == len(people))} people with an action outward {outward} of {len(people)}"
    yield f"{_sign(all(based))} actions that rest on words of hers {sum(based)} of {len(based)}"


def _sign(good: bool) -> str:
    return "ok  " if good else "MISS"

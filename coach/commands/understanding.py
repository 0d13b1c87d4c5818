"""The command `evaluate understanding`: how well the reader reads labelled utterances, beside each target."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from coach.commands.common import app_of, one_line_failures
from coach.domain.values import Language
from coach.reading.agreement import agreements, shared_cells
from coach.reading.evaluate import Figures, Mistake, Score, measure, parts, read_rows
from coach.settings import ROOT

LABELLED = ROOT / "tests" / "labelled"
SECOND = "second"  # folder with the labels of a second person, <language>.jsonl
CONFUSED = 12  # most frequent confusions that are shown


@dataclass(frozen=True)
class Measured:
    """One figure, its target, and whether it is reached."""

    name: str
    value: float
    target: str
    reached: bool


def understanding(
    context: typer.Context,
    rows: Annotated[
        Path, typer.Option(help="Folder with labelled rows, <language>_<part>.jsonl.")
    ] = LABELLED,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="The test rows: figures alone, no mistakes.")
    ] = False,
    labels: Annotated[
        bool, typer.Option("--labels", help="Also every label, and what it is taken for.")
    ] = False,
    mistakes: Annotated[int, typer.Option(min=0, help="So many of the mistakes are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON alone.")] = False,
) -> None:
    """Read labelled utterances and print how often the reading is right, and how far two labellers agree.

    Without --unseen these are the rows that the reader has learnt from: its mistakes are there to look at, the
    figures flatter it. The test rows were labelled by hands that had not seen rules, word lists or other rows.

    Example: coach evaluate understanding --unseen --labels
    """
    with one_line_failures():
        reader = app_of(context).reader
        read = {language: read_rows(parts(rows, language, test=unseen)) for language in Language}
        measured = {language: measure(reader, told) for language, told in read.items() if told}
    if not measured:
        raise typer.BadParameter(f"no labelled rows in {rows}")
    if as_json:
        typer.echo(json.dumps({language: _as_data(one) for language, one in measured.items()}, indent=2))
        return
    for language, one in measured.items():
        typer.echo(f"\n{language}: {one.rows} rows")
        for figure in figures(one):
            sign = "ok  " if figure.reached else "MISS"
            typer.echo(f"{sign} {figure.name:<44}{figure.value:>8.3f}   {figure.target}")
        if labels:
            _print_labels(one)
        _print_agreement(rows, language)
        for mistake in one.mistakes[: 0 if unseen else mistakes]:
            typer.echo(
                f"  {mistake.part}: {mistake.text!r}\n    labelled {mistake.expected}, read {mistake.found}"
            )


def figures(measured: Figures) -> list[Measured]:
    """Return the figures of understanding beside their targets, patterns one by one."""
    false_alarms = measured.neutral_hits / measured.neutral_rows if measured.neutral_rows else 0.0
    told = [
        _at_least("intent, macro-F1", measured.intent_macro_f1, 0.92),
        _at_least("value and perspective, micro-F1", measured.cell_micro_f1, 0.80),
        _at_least("direction on found cells, accuracy", measured.direction_accuracy, 0.90),
        _at_least("kind, macro-F1", measured.kind_macro_f1, 0.78),
        _at_least("stakeholders, micro-F1", measured.stakeholder_micro_f1, 0.85),
        Measured("neutral sentences taken for a pattern", false_alarms, "<= 0.02", false_alarms <= 0.02),
    ]
    for pattern, score in measured.patterns.items():
        if score.support:
            told.append(_at_least(f"{pattern}, precision ({score.support})", score.precision, 0.90))
            told.append(_at_least(f"{pattern}, recall ({score.support})", score.recall, 0.65))
    return told


def _at_least(name: str, value: float, target: float) -> Measured:
    return Measured(name, value, f">= {target:.2f}", value >= target)


def _by_label(measured: Figures) -> Mapping[str, Mapping[str, Score]]:
    return {
        "intent": measured.intents,
        "values": measured.cells,
        "kind": measured.kinds,
        "stakeholders": measured.stakeholders,
        "patterns": measured.patterns,
    }


def _as_data(measured: Figures) -> dict[str, object]:
    return {
        "figures": [asdict(figure) for figure in figures(measured)],
        "labels": {
            part: {name: _numbers(score) for name, score in scores.items()}
            for part, scores in _by_label(measured).items()
        },
    }


def _numbers(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
        "support": score.support,
    }


def _print_labels(measured: Figures) -> None:
    typer.echo(f"\n  {'label':<36}{'precision':>10}{'recall':>8}{'F1':>7}{'rows':>7}")
    for part, scores in _by_label(measured).items():
        for name, score in scores.items():
            if score.support:
                told = f"{score.precision:>10.2f}{score.recall:>8.2f}{score.f1:>7.2f}{score.support:>7}"
                typer.echo(f"  {f'{part} {name}':<36}{told}")
    typer.echo("  most often taken for another:")
    for (part, expected, found), times in _confusion(measured.mistakes).most_common(CONFUSED):
        typer.echo(f"    {part}: {expected or '-'} read as {found or '-'}: {times}")


def _confusion(mistakes: Sequence[Mistake]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (one.part, one.expected, one.found) for one in mistakes if one.part in {"intent", "kind", "direction"}
    )


def _print_agreement(rows: Path, language: Language) -> None:
    """Print how far a second person who labelled some test rows agrees with the first."""
    path = rows / SECOND / f"{language}.jsonl"
    if not path.is_file():
        return
    first, second = read_rows(parts(rows, language, test=True)), read_rows([path])
    typer.echo(f"  two labellers, {len(second)} test rows (Cohen's kappa):")
    for one in agreements(first, second):
        kappa = "-" if one.kappa is None else f"{one.kappa:.2f}"
        typer.echo(f"    {one.label:<24}{kappa:>6}   {one.judgements} judgements")
    typer.echo(f"    {'the second on cells, F1':<24}{shared_cells(first, second).f1:>6.2f}")

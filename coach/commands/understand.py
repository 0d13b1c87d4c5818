"""The command `understand`: utterances as JSON lines in, how they were understood as JSON lines out."""

import json
import sys
from collections.abc import Iterable
from typing import Any

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.commands.common import app_of, one_line_failures
from coach.domain.evidence import Intent, Reading
from coach.domain.ports import Context, Reader
from coach.domain.values import Cell, Language, Perspective, Value
from coach.services.guidance import LONGEST_ANSWER


def register(app: typer.Typer) -> None:
    """Add the command of this module to the command line."""
    app.command("understand")(understand)


class _Cell(BaseModel):
    """The cell asked about in the balance round."""

    model_config = ConfigDict(extra="forbid")
    value: Value
    perspective: Perspective


class _Line(BaseModel):
    """One utterance on standard input; further keys, such as labels, are left alone."""

    text: str = Field(max_length=LONGEST_ANSWER)
    language: Language = Language.NL
    question: int | None = Field(default=None, ge=1, le=7)
    cell: _Cell | None = None

    def context(self) -> Context:
        """Return where the utterance stands."""
        cell = Cell(self.cell.value, self.cell.perspective) if self.cell else None
        return Context(language=self.language, question=self.question, cell=cell)


def understand(context: typer.Context) -> None:
    """Read utterances as JSON lines on standard input and print how each is understood.

    A line that cannot be read gets a line {"error": …}; the others are still answered, and the exit code is 1.

    Example: echo '{"text":"Elke maandag eten we samen","language":"nl","question":2}' | coach understand
    """
    with one_line_failures():
        bad = answer_lines(app_of(context).reader, sys.stdin)
    if bad:
        typer.echo(f"{len(bad)} line(s) could not be read: {'; '.join(bad)}", err=True)
        raise typer.Exit(1)


def answer_lines(reader: Reader, lines: Iterable[str]) -> list[str]:
    """Print one JSON line per line that is not empty; return the faults, each with its line number."""
    faults: list[str] = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as problem:
            first = problem.errors()[0]
            where = ".".join(map(str, first["loc"]))
            faults.append(f"line {number}: {where + ': ' if where else ''}{first['msg']}")
            typer.echo(json.dumps({"error": faults[-1]}, ensure_ascii=False))
        else:
            typer.echo(json.dumps(outline(reader.read(line.text, line.context())), ensure_ascii=False))
    return faults


def outline(reading: Reading) -> dict[str, Any]:
    """Return a reading in the output format of `coach understand`."""
    answered = reading.intent is Intent.ANSWER
    return {
        "intent": reading.intent.value,
        "kind": reading.kind.value if answered and reading.kind else None,
        "values": [
            {
                "value": finding.value.value,
                "perspective": finding.perspective.value,
                "direction": finding.direction.value,
                "kind": finding.kind.value,
                "time": finding.time.value,
                "quote": finding.quote,
                "rule": finding.rule,
            }
            for finding in reading.findings
        ],
        "patterns": [
            {"pattern": hit.pattern.value, "quote": hit.quote, "rule": hit.rule} for hit in reading.patterns
        ],
        "stakeholders": [party.value for party in reading.stakeholders],
    }

"""The table of turns as a trainer takes it along: ids for programs first, then the same in plain words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coach.domain.evidence import Pattern
from coach.domain.values import Cell, Perspective, Value
from coach.pages.rulewords import step_text
from coach.reports.wording import cell_text
from coach.services.schema import Outline
from coach.services.turns import TURN_COLUMNS, Scalar, turn_rows
from coach.words import Words

TOLD = ("speaker", "question", "step", "intent", "cells", "patterns", "stands", "status", "origin")
BETWEEN = " | "


def turn_columns(words: Words) -> Sequence[str]:
    """Return the headings: `TURN_COLUMNS`, and those of the columns in plain words."""
    return (*TURN_COLUMNS, *(words(f"trainer.csv_{name}") for name in TOLD))


def told_rows(outlines: Iterable[Outline], words: Words) -> Iterator[Mapping[str, Scalar]]:
    """Yield the rows of `turn_rows`, each with its ids in plain words beside them."""
    for row in turn_rows(outlines):
        told = {words(f"trainer.csv_{name}"): _told(name, row[name], words) for name in TOLD}
        yield {**row, **told}


def _told(name: str, value: Scalar, words: Words) -> str:
    if value in (None, ""):
        return ""
    text = str(value)
    match name:
        case "question":
            return words("trainer.question", number=text)
        case "step":
            return step_text(text, words)
        case "cells":
            return BETWEEN.join(_cell(cell, words) for cell in text.split(BETWEEN))
        case "patterns":
            return BETWEEN.join(_pattern(one, words) for one in text.split(BETWEEN))
        case "stands":
            return "" if value else words("trainer.replaced")
        case "intent":
            return words(f"trainer.{text}")
        case _:
            return words(f"trainer.{name}_{text}")


def _cell(cell: str, words: Words) -> str:
    value, side = cell.split(".")
    return cell_text(Cell(Value(value), Perspective(side)), words)


def _pattern(told: str, words: Words) -> str:
    pattern, separator, quote = told.partition(": ")
    return f"{words(f'trainer.{pattern}') if pattern in list(Pattern) else pattern}{separator}{quote}"

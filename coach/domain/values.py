"""The six values, seen from inside and outside the company: the twelve cells everything is about."""

from dataclasses import dataclass
from enum import StrEnum


class Value(StrEnum):
    """One of the six capitals of the <IR> framework, in the order of the article series."""

    HUMAN = "human"
    SOCIAL = "social"
    INTELLECTUAL = "intellectual"
    MATERIAL = "material"
    NATURAL = "natural"
    FINANCIAL = "financial"


class Perspective(StrEnum):
    """Whose stock changes: the company's own, or that of others."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Language(StrEnum):
    """A language the assistant speaks."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, order=True)
class Cell:
    """One value seen from one perspective."""

    value: Value
    perspective: Perspective

    def __str__(self) -> str:
        return f"{self.value}.{self.perspective}"


CELLS: tuple[Cell, ...] = tuple(Cell(value, side) for value in Value for side in Perspective)

QUESTIONS: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)

MAX_LEVEL = 4

"""The catalogue of actions in one language, from prompts/ into the words of the domain."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach import prompts
from coach.domain.actions import Action
from coach.domain.values import Cell, Language, Perspective, Value


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CellEntry(_Checked):
    """A cell as it is written in the catalogue."""

    value: Value
    perspective: Perspective

    @property
    def cell(self) -> Cell:
        """The cell in the words of the domain."""
        return Cell(self.value, self.perspective)


class SectionEntry(_Checked):
    """The section of the article series on which an action rests."""

    value: Value
    question: int


class ActionEntry(_Checked):
    """One action as it is written in actions.yaml."""

    id: str
    main: CellEntry
    sides: tuple[CellEntry, ...]
    title: str
    what: str
    who: str
    with_whom: str
    first_step: str
    smaller_step: str
    first_sign: str
    obstacle: str
    when_not: str
    effort: Literal["small", "medium", "large"]
    sizes: tuple[str, ...]
    sectors: tuple[str, ...]
    keywords: tuple[str, ...]
    sdgs: tuple[int, ...]
    passage: SectionEntry

    def action(self) -> Action:
        """Return the entry in the words of the domain."""
        told = self.model_dump(exclude={"main", "sides", "passage"})
        return Action(
            main=self.main.cell,
            sides=tuple(side.cell for side in self.sides),
            question=self.passage.question,
            **told,
        )


class FindOutEntry(_Checked):
    """One find-out action as it is written in find_out.yaml."""

    cell: CellEntry
    title: str
    what: str
    who: str
    with_whom: str
    first_step: str
    first_sign: str

    def action(self) -> Action:
        """Return the entry in the words of the domain."""
        cell = self.cell.cell
        return Action(id=f"find-out-{cell}", main=cell, kind="find_out", **self.model_dump(exclude={"cell"}))


def read_actions(folder: Path, language: Language) -> Sequence[Action]:
    """Return the catalogue of one language. Raises UnreadableFile."""
    entries = prompts.load(folder / language / "actions.yaml", tuple[ActionEntry, ...])
    return [entry.action() for entry in entries]


def read_find_out(folder: Path, language: Language) -> Sequence[Action]:
    """Return the find-out actions of one language, one per cell. Raises UnreadableFile."""
    entries = prompts.load(folder / language / "find_out.yaml", tuple[FindOutEntry, ...])
    return [entry.action() for entry in entries]

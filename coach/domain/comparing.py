"""Two profiles of one company laid over each other: what moved and on which words, and what was only said less.

Less said is not less done: a cell falls only when the newer words themselves say that something costs value, that
nothing is done, or when she sets it lower herself. Numbers are compared over the cells known both times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Literal

from coach.domain import balance as numbers
from coach.domain.conversation import Conversation, Corrected, Entry, Exchange, Withdrawn
from coach.domain.evidence import WEIGHTS, Direction, Evidence, Time, is_concrete
from coach.domain.profile import BalanceProfile, CellProfile, build_profile
from coach.domain.values import CELLS, Cell

Move = Literal["up", "down", "same", "new", "less_said", "cost_unsaid", "silent"]
TOLD = 2  # quotes of each time


@dataclass(frozen=True)
class CellMove:
    """One cell at two times.

    up, down: it moved, on words of the second time; same: the same level; new: known for the first time;
    less_said: lower or unknown now, only because less was told; cost_unsaid: higher, but a cost named the first
    time was not mentioned again; silent: unknown both times.
    """

    cell: Cell
    move: Move
    before: CellProfile
    after: CellProfile

    @property
    def level_before(self) -> int | None:
        """Level 0–4 the first time; as her words gave it when only that time she set the level herself."""
        return _comparable(self.before, self.after)

    @property
    def level_after(self) -> int | None:
        """Level 0–4 the second time."""
        return self.after.level


@dataclass(frozen=True)
class Numbers:
    """Height, balance, their 80 % error and spread over some cells; `cells` tells over how many."""

    cells: int
    height: float
    balance: float
    error: float
    spread: int


@dataclass(frozen=True)
class Comparison:
    """All twelve cells, and the numbers of both times over the cells known both times (None without any)."""

    moves: tuple[CellMove, ...]
    before: Numbers | None
    after: Numbers | None

    def of(self, *kinds: Move) -> tuple[CellMove, ...]:
        """Return the moves of these kinds, in the order of the cells."""
        return tuple(one for one in self.moves if one.move in kinds)

    @property
    def is_clear(self) -> bool:
        """Tell whether the balance moved by more than its uncertainty, both times together."""
        if self.before is None or self.after is None:
            return False
        return abs(self.after.balance - self.before.balance) > hypot(self.before.error, self.after.error)


def compare(before: BalanceProfile, after: BalanceProfile) -> Comparison:
    """Return the second profile over the first."""
    moves = tuple(
        CellMove(cell, _move(before.cell(cell), after.cell(cell)), before.cell(cell), after.cell(cell))
        for cell in CELLS
    )
    both = [one for one in moves if one.level_before is not None and one.level_after is not None]
    then = [replace(one.before, level=one.level_before) for one in both]
    return Comparison(moves, _numbers(then), _numbers([one.after for one in both]))


def words_of(cell: CellProfile) -> tuple[Evidence, ...]:
    """Return the hardest of what she said about a cell now, concrete words alone."""
    concrete = [item for item in cell.evidence if is_concrete(item) and item.time is Time.NOW]
    return tuple(sorted(concrete, key=lambda item: -WEIGHTS[item.kind])[:TOLD])


def _comparable(before: CellProfile, after: CellProfile) -> int | None:
    """A level that she set herself is compared with one that she set herself, words with words."""
    return (
        before.level if before.source != "corrected" or after.source == "corrected" else before.computed_level
    )


def _move(before: CellProfile, after: CellProfile) -> Move:
    level = _comparable(before, after)
    if level is None:
        return "silent" if after.level is None else "new"
    if after.level is None:
        return "less_said"
    if after.level == level:
        return "same"
    if after.level > level:
        return "cost_unsaid" if before.harm and not after.harm and after.source == "evidence" else "up"
    return "down" if _says_lower(before, after) else "less_said"


def _says_lower(before: CellProfile, after: CellProfile) -> bool:
    """Tell whether the newer words say that it is lower: a cost that is new, nothing done, or her own correction."""
    if after.source == "corrected" or (after.harm and not before.harm):
        return True
    concrete = [item for item in after.evidence if is_concrete(item) and item.time is Time.NOW]
    return bool(concrete) and all(item.direction is Direction.NEUTRAL for item in concrete)


def _numbers(cells: Sequence[CellProfile]) -> Numbers | None:
    known = [cell.standing for cell in cells if cell.standing is not None]
    if not known:
        return None
    levels = [standing.level for standing in known]
    return Numbers(
        len(known),
        numbers.height(levels),
        numbers.balance(levels),
        numbers.balance_error(known),
        int(numbers.spread(levels)),
    )


# -- one change within a talk ---------------------------------------------------------------------


@dataclass(frozen=True)
class Effect:
    """What one change did: the profile before and after it."""

    before: BalanceProfile
    after: BalanceProfile

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that have another level, or other proof, than before."""
        return tuple(
            cell for cell in CELLS if _shown(self.before.cell(cell)) != _shown(self.after.cell(cell))
        )


def effect_of_correction(conversation: Conversation, cell: Cell) -> Effect:
    """Return the profile as her words alone give this cell, and as it is with her correction."""
    entries = tuple(e for e in conversation.entries if not (isinstance(e, Corrected) and e.cell == cell))
    return Effect(build_profile(_only(conversation, entries)), build_profile(conversation))


def effect_of_last_change(conversation: Conversation) -> Effect | None:
    """Return what her last act did, when that was a correction or taking words back; else None."""
    last = conversation.entries[-1] if conversation.entries else None
    if not isinstance(last, Corrected | Withdrawn):
        return None
    return Effect(build_profile(_only(conversation, conversation.entries[:-1])), build_profile(conversation))


def effect_of_answer(conversation: Conversation, changed: Exchange) -> Effect | None:
    """Return the profile just before an answer was changed and just after; None for an answer that replaced none."""
    if changed.revises is None:
        return None
    place = changed.said.position
    return Effect(
        build_profile(_only(conversation, conversation.entries[:place])),
        build_profile(_only(conversation, conversation.entries[: _understood(conversation, place)])),
    )


def _understood(conversation: Conversation, place: int) -> int:
    """The place behind the reply to what was said at `place`: by then it was understood."""
    replies = (reply.position for reply in conversation.replies if reply.answers == place)
    return max(replies, default=place) + 1


def _shown(cell: CellProfile) -> tuple[object, ...]:
    return cell.level, cell.harm, round(cell.confidence, 2)


def _only(conversation: Conversation, entries: tuple[Entry, ...]) -> Conversation:
    return replace(conversation, entries=entries)

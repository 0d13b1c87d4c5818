"""The balance profile of one conversation: twelve cells with their proof, and the numbers over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.domain import balance as numbers
from coach.domain.balance import Standing
from coach.domain.conversation import Conversation, Corrected, Exchange, Rated, evidence_of, standing
from coach.domain.evidence import (
    SUFFICIENT,
    Cue,
    Evidence,
    confidence,
    has_harm,
    is_sufficient,
    level_now,
)
from coach.domain.values import CELLS, MAX_LEVEL, Cell

CAUSES = 3  # the question that asks what keeps it so, and where it goes
TREND_OF_CUE = {Cue.TREND_DOWN: -1, Cue.TREND_UP: 1, Cue.TREND_SAME: 0}  # the first that was heard counts
DIFFERS = 2.5  # points of 10 between own rating and level, above which a question is asked


@dataclass(frozen=True)
class CellProfile:
    """One cell. `level` 0–4 is None while unknown; `self_rating` and wish (0–10) stay outside all sums."""

    cell: Cell
    level: int | None
    computed_level: int | None
    source: Literal["evidence", "corrected", "unknown"]
    confidence: float
    low: float | None
    high: float | None
    trend: int | None
    desired: int | None
    self_rating: int | None
    harm: bool
    evidence: tuple[Evidence, ...]
    reason: str = ""

    @property
    def standing(self) -> Standing | None:
        """The cell as it counts in the numbers; None while unknown."""
        if self.level is None:
            return None
        width = numbers.half_width(self.confidence)
        return Standing(self.cell, self.level, width, self.desired, self.trend, self.harm)

    @property
    def rating_differs(self) -> bool:
        """Tell whether her own rating is far from what her words show: a reason to ask, not to correct."""
        if self.level is None or self.self_rating is None:
            return False
        return abs(self.self_rating - DIFFERS * self.level) > DIFFERS


@dataclass(frozen=True)
class BalanceProfile:
    """All twelve cells and the numbers over the known ones; height and balance are None behind the gate."""

    cells: tuple[CellProfile, ...]
    height: float | None
    balance: float | None
    balance_low: float | None
    balance_high: float | None
    spread: int | None
    tilt: float | None
    shape: str | None
    height_word: str | None
    gate: tuple[str, ...]
    possible: tuple[float, float]

    def cell(self, cell: Cell) -> CellProfile:
        """Return one of the twelve."""
        return self.cells[CELLS.index(cell)]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The known cells as they count."""
        return tuple(one.standing for one in self.cells if one.standing is not None)


def build_profile(conversation: Conversation) -> BalanceProfile:
    """Return the profile that the conversation's standing evidence, ratings and corrections add up to."""
    return profile_of(tuple(_cell_profile(cell, conversation) for cell in CELLS))


def profile_of(cells: tuple[CellProfile, ...]) -> BalanceProfile:
    """Return the numbers over twelve cells, in the order of `CELLS`."""
    known = tuple(one.standing for one in cells if one.standing is not None)
    levels = [item.level for item in known]
    reasons = numbers.gate(known)
    middle, error = numbers.balance(levels), numbers.balance_error(known)
    shown = not reasons
    return BalanceProfile(
        cells=cells,
        height=numbers.height(levels) if shown else None,
        balance=middle if shown else None,
        balance_low=max(0.0, middle - error) if shown else None,
        balance_high=min(100.0, middle + error) if shown else None,
        spread=int(numbers.spread(levels)) if levels else None,
        tilt=numbers.tilt(known),
        shape=numbers.shape(known) if shown else None,
        height_word=numbers.height_word(numbers.height(levels)) if shown else None,
        gate=reasons,
        possible=numbers.range_with_unknown(known, len(CELLS) - len(known)),
    )


def _cell_profile(cell: Cell, conversation: Conversation) -> CellProfile:
    items = tuple(item for item in evidence_of(conversation) if item.cell == cell)
    computed, sure = level_now(items), confidence(items)
    if not is_sufficient(sure):
        computed = None
    correction = _last_correction(cell, conversation)
    corrected = correction is not None and correction.level is not None
    level = correction.level if correction is not None and corrected else computed
    if corrected:
        sure = max(SUFFICIENT, sure)
    width = numbers.half_width(sure)
    rated = _last_ratings(cell, conversation)
    return CellProfile(
        cell=cell,
        level=level,
        computed_level=computed,
        source="corrected" if corrected else "unknown" if level is None else "evidence",
        confidence=sure,
        low=None if level is None else max(0.0, level - width),
        high=None if level is None else min(float(MAX_LEVEL), level + width),
        trend=rated["trend"] if rated["trend"] is not None else _trend_said(cell, conversation),
        desired=None if rated["desired"] is None else numbers.level_for_wish(rated["desired"]),
        self_rating=rated["now"],
        harm=has_harm(items),
        evidence=items,
        reason=correction.reason if correction is not None and corrected else "",
    )


def _last_correction(cell: Cell, conversation: Conversation) -> Corrected | None:
    made = [e for e in conversation.entries if isinstance(e, Corrected) and e.cell == cell]
    return made[-1] if made else None


def _last_ratings(cell: Cell, conversation: Conversation) -> dict[str, int | None]:
    """The newest rating of each sort: now and desired 0–10, trend −1, 0, 1."""
    ratings: dict[str, int | None] = {"now": None, "desired": None, "trend": None}
    for entry in conversation.entries:
        if isinstance(entry, Rated) and entry.cell == cell:
            said = {"now": entry.now, "desired": entry.desired, "trend": entry.trend}
            ratings |= {name: number for name, number in said.items() if number is not None}
    return ratings


def _trend_said(cell: Cell, conversation: Conversation) -> int | None:
    """The trend in the last answer about causes that speaks of this cell or the focus; elsewhere it may be a wish."""
    trend = None
    for exchange in standing(conversation.exchanges):
        if exchange.step.ask.question == CAUSES and cell in _cells_spoken_of(exchange, conversation):
            trend = next((TREND_OF_CUE[cue] for cue in TREND_OF_CUE if cue in exchange.heard.cues), trend)
    return trend


def _cells_spoken_of(exchange: Exchange, conversation: Conversation) -> Sequence[Cell]:
    named = [finding.cell for finding in exchange.heard.findings]
    if named or conversation.focus is None:
        return named
    return [cell for cell in CELLS if cell.value is conversation.focus]

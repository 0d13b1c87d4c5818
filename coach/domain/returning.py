"""Entries of coming back: two rulers, how it went with what she chose, and the talk that came before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Moment = Literal["start", "end"]
MOMENTS: tuple[Moment, ...] = ("start", "end")


@dataclass(frozen=True)
class Gauged:
    """Two rulers, 0–10: how important a change is to her and how ready she is for it (Rollnick, Mason & Butler).

    A ruler that is None was not touched by this entry.
    """

    position: int
    at: datetime | None
    moment: Moment
    importance: int | None = None
    readiness: int | None = None
    kind: Literal["gauged"] = "gauged"


@dataclass(frozen=True)
class Tried:
    """How it went with one action of hers: what she did, what she saw, her confidence now (0–10)."""

    action: str
    title: str
    did: str = ""
    saw: str = ""
    confidence: int | None = None


@dataclass(frozen=True)
class CheckedIn:
    """One look back, weeks later; a later one stands beside it and replaces nothing."""

    position: int
    at: datetime | None
    tried: tuple[Tried, ...] = ()
    importance: int | None = None
    readiness: int | None = None
    kind: Literal["checked_in"] = "checked_in"


@dataclass(frozen=True)
class Linked:
    """This talk goes on from an earlier one of the same company; an empty `after` lets go of it."""

    position: int
    at: datetime | None
    after: str
    kind: Literal["linked"] = "linked"


Return = Gauged | CheckedIn | Linked

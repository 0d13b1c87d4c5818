"""How it went over time: the rulers at each moment, the look-backs, and which talk came before this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from coach.domain.conversation import Chosen, Conversation
from coach.domain.returning import MOMENTS, CheckedIn, Gauged, Linked, Moment, Tried

LOOK_BACK_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Ruler:
    """Importance and readiness, 0–10, as they stood at one moment of one talk."""

    moment: Literal["start", "end", "check_in"]
    importance: int | None
    readiness: int | None
    at: datetime | None = None


def ruler_at(conversation: Conversation, moment: Moment) -> Ruler:
    """Return both rulers of one moment as last set; None where never set."""
    importance: int | None = None
    readiness: int | None = None
    at = None
    for entry in conversation.entries:
        if isinstance(entry, Gauged) and entry.moment == moment:
            importance = importance if entry.importance is None else entry.importance
            readiness = readiness if entry.readiness is None else entry.readiness
            at = entry.at
    return Ruler(moment, importance, readiness, at)


def rulers_of(conversation: Conversation) -> tuple[Ruler, ...]:
    """Return the moments at which at least one ruler was set, in order of time."""
    looked_back = (
        Ruler("check_in", one.importance, one.readiness, one.at) for one in check_ins_of(conversation)
    )
    found = (*(ruler_at(conversation, moment) for moment in MOMENTS), *looked_back)
    return tuple(one for one in found if (one.importance, one.readiness) != (None, None))


def check_ins_of(conversation: Conversation) -> tuple[CheckedIn, ...]:
    """Return all look-backs, the first one first."""
    return tuple(entry for entry in conversation.entries if isinstance(entry, CheckedIn))


def tried_with(conversation: Conversation, action: str) -> Iterator[tuple[CheckedIn, Tried]]:
    """Return what she told at each look-back about one action."""
    for look_back in check_ins_of(conversation):
        yield from ((look_back, one) for one in look_back.tried if one.action == action)


def predecessor_of(conversation: Conversation) -> str:
    """Return the id of the talk that this one goes on from, empty if there is none."""
    linked = [entry.after for entry in conversation.entries if isinstance(entry, Linked)]
    return linked[-1] if linked else ""


def is_time_to_look_back(conversation: Conversation, now: datetime) -> bool:
    """Tell whether the talk is finished, something was chosen, and a week has gone by since its last entry."""
    times = [entry.at for entry in conversation.entries if entry.at is not None]
    chosen = any(isinstance(entry, Chosen) for entry in conversation.entries)
    return (
        conversation.status == "finished" and chosen and bool(times) and now - max(times) >= LOOK_BACK_AFTER
    )

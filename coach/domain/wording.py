"""Who worded a turn, what it cost, and what a model can do wrong: for voices, reading, the archive and doctor."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GUIDED = "guided"  # the name of the voice that needs no model


class Fault(StrEnum):
    """Why a model did not word a turn, or not all of it; each has a text and a remedy in the interface words."""

    NOT_INSTALLED = "not_installed"  # the package of this provider is missing
    NOT_RUNNING = "not_running"  # nothing answers at the address
    NO_MODEL = "no_model"  # something else answers there, a web page for one
    WRONG_KEY = "wrong_key"
    UNKNOWN_MODEL = "unknown_model"
    BUSY = "busy"  # asked too often, or too many at once (429)
    BROKEN = "broken"  # the server failed (5xx)
    TOO_SLOW = "too_slow"  # no first word, or no whole reply, in time
    CUT = "cut"  # the stream ended in the middle
    EMPTY = "empty"
    LANGUAGE = "language"  # a reply in another language
    RUBBISH = "rubbish"  # far too long, or no sentences in it
    NOT_JSON = "not_json"  # findings that cannot be read
    REFUSAL = "refusal"
    PROTOCOL = "protocol"  # twice a turn that our checks refuse
    REJECTED = "rejected"  # the server does not accept the request (4xx)
    UNKNOWN = "unknown"


OUT_OF_REACH = frozenset(
    {
        Fault.NOT_INSTALLED, Fault.NOT_RUNNING, Fault.NO_MODEL, Fault.WRONG_KEY, Fault.UNKNOWN_MODEL, Fault.BUSY,
        Fault.BROKEN, Fault.TOO_SLOW, Fault.REJECTED, Fault.UNKNOWN,
    }
)  # fmt: skip
"""Faults of which the next turn would suffer too; the others belong to one reply."""


@dataclass(frozen=True)
class Usage:
    """Tokens that were sent and received, over `calls` calls; `cost` in the currency of the prices, None without.

    `estimated`: the server did not count them, so that we did.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    calls: int = 1
    estimated: bool = False


@dataclass(frozen=True)
class Prices:
    """What a million tokens cost, in and out; None where nobody told."""

    million_in: float | None = None
    million_out: float | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Return the price of one call, None when a price is missing."""
        if self.million_in is None or self.million_out is None:
            return None
        return (tokens_in * self.million_in + tokens_out * self.million_out) / 1_000_000


@dataclass(frozen=True)
class Wording:
    """Who worded a turn (`guided`, or a model's name) and from which texts (a digest).

    `fault`: why a model did not word it, or not to its end. `mended`: the checks on which something of the
    model was left out or done again.
    """

    made_by: str = GUIDED
    prompt: str = ""
    usage: Usage | None = None
    fault: Fault | None = None
    mended: tuple[str, ...] = ()


def total(usages: Iterable[Usage | None]) -> Usage | None:
    """Return the sum, None of nothing; a cost counts as unknown when one of them is."""
    known = [usage for usage in usages if usage is not None]
    if not known:
        return None
    costs = [usage.cost for usage in known]
    cost = None if any(one is None for one in costs) else sum(one or 0.0 for one in costs)
    return Usage(
        sum(usage.tokens_in for usage in known),
        sum(usage.tokens_out for usage in known),
        cost,
        sum(usage.calls for usage in known),
        any(usage.estimated for usage in known),
    )

"""Compares talks with a chat model to the same talks without: who spoke, what went wrong, what it cost."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from statistics import median, quantiles

from coach.domain.conversation import Conversation, Heard, Replied
from coach.domain.quality import Slips, Yardstick, slips
from coach.domain.values import Language
from coach.domain.wording import GUIDED, OUT_OF_REACH, Fault, Usage, total

SLIPS = {  # the known faults of coaches that are models, and the check that holds each back
    "advice_first": ("advice first", "advice"),
    "several_questions": ("several questions", "question"),
    "leading": ("leading question", "leading"),
    "closed": ("closed question", "closed"),
}
SPOKE = {
    "model": "the model",
    "completed": "the model, completed by the guided voice",
    "planned": "the guided voice, as planned",
    "instead": "the guided voice, because the model failed",
}


@dataclass(frozen=True)
class Spread:
    """How tokens spread over turns: the middle, what nine in ten stay under, the most."""

    median: float
    nine_in_ten: float
    most: int


@dataclass(frozen=True)
class Compared:
    """What a model brought to a number of plays.

    `spoke` counts turns by who worded them, `faults` why a model did not, `held_back` the checks on which
    something of it was left out. `turns_in` and `turns_out` are tokens of a turn for which a model was asked,
    None when it never was. `worded` and `heard` are what all turns and all listening cost.
    """

    model: str
    plays: int
    guided_slips: Slips
    model_slips: Slips
    spoke: Mapping[str, int]
    faults: Mapping[str, int]
    held_back: Mapping[str, int]
    turns_in: Spread | None
    turns_out: Spread | None
    worded: Usage | None
    heard: Usage | None


def compare(
    model: str,
    guided: Sequence[Conversation],
    assisted: Sequence[Conversation],
    yardsticks: Mapping[Language, Yardstick],
) -> Compared:
    """Return what a model brought, from the same talks without it and with it."""
    replies = [reply for talk in assisted for reply in talk.replies]
    asked = [reply.usage for reply in replies if reply.usage is not None]
    listening = (entry.usage for talk in assisted for entry in talk.entries if isinstance(entry, Heard))
    return Compared(
        model,
        len(assisted),
        _slips(guided, yardsticks),
        _slips(assisted, yardsticks),
        dict(Counter(map(_spoke, replies)).most_common()),
        {str(fault): count for fault, count in Counter(r.fault for r in replies if r.fault).most_common()},
        dict(Counter(chain.from_iterable(reply.mended for reply in replies)).most_common()),
        _spread([usage.tokens_in for usage in asked]),
        _spread([usage.tokens_out for usage in asked]),
        total(asked),
        total(listening),
    )


def out_of_reach(talk: Conversation) -> Fault | None:
    """Return why a model that worded no turn of a talk could not be asked, None when that is not so."""
    faults = [reply.fault for reply in talk.replies if reply.fault in OUT_OF_REACH]
    return faults[0] if faults and all(reply.made_by == GUIDED for reply in talk.replies) else None


def _slips(talks: Sequence[Conversation], yardsticks: Mapping[Language, Yardstick]) -> Slips:
    counted = [asdict(slips(talk.replies, yardsticks[talk.language])) for talk in talks]
    return Slips(**{name: sum(one[name] for one in counted) for name in SLIPS})


def _spoke(reply: Replied) -> str:
    if reply.made_by == GUIDED:
        return "instead" if reply.fault else "planned"
    return "completed" if reply.fault else "model"


def _spread(numbers: Sequence[int]) -> Spread | None:
    if not numbers:
        return None
    nine = quantiles(numbers, n=10, method="inclusive")[-1] if len(numbers) > 1 else numbers[0]
    return Spread(median(numbers), nine, max(numbers))


def told(compared: Compared) -> Iterator[str]:
    """Yield the comparison as lines for a terminal."""
    yield "\nThe known faults of coaches that are models: shown to a person, and held back by the checks"
    yield f"{'':<49}{'guided':>8}{'with model':>14}{'held back':>15}"
    without, with_model = asdict(compared.guided_slips), asdict(compared.model_slips)
    for name, (label, check) in SLIPS.items():
        held = compared.held_back.get(check, 0)
        yield f" {label:<48}{without[name]:>8}{with_model[name]:>14}{held:>15}"
    known = {check for _, check in SLIPS.values()}
    yield from _counts("Held back besides", {k: v for k, v in compared.held_back.items() if k not in known})
    turns = sum(compared.spoke.values())
    yield f"\nWho worded the {turns} turns"
    for name, label in SPOKE.items():
        count = compared.spoke.get(name, 0)
        yield f" {label:<48}{count:>8}{100 * count / turns:>12.0f} %"
    yield from _counts("Why not the model", compared.faults)
    yield "\nTokens"
    yield from _spreads(compared)
    yield f" {'all turns':<48}{_cost(compared.worded)}"
    yield f" {'all listening, after the reply':<48}{_cost(compared.heard)}"


def _counts(label: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        yield f" {label}: {', '.join(f'{name} {count}' for name, count in counts.items())}"


def _spreads(compared: Compared) -> Iterator[str]:
    for label, spread in (("sent", compared.turns_in), ("received", compared.turns_out)):
        if spread is not None:
            figures = (
                f"median {spread.median:.0f}, nine in ten under {spread.nine_in_ten:.0f}, most {spread.most}"
            )
            yield f" {f'{label} for a turn':<48}{figures}"


def _cost(usage: Usage | None) -> str:
    if usage is None:
        return "none"
    ours = ", counted by us" if usage.estimated else ""
    price = "" if usage.cost is None else f", cost {usage.cost:.4f}"
    return f"{usage.tokens_in} in, {usage.tokens_out} out, {usage.calls} calls{price}{ours}"

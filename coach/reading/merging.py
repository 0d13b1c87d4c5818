"""How findings of a model join those of the rules: pure, and the same each time.

1. The rules decide what an utterance is. Where they heard no answer, a model adds nothing; nor does it ever
   change intent, cues, patterns or parties.
2. A quote counts when it stands in the answer; blanks, capitals and apostrophes are taken from the answer.
   What is not there, or is shorter than two words, is dropped.
3. A finding of the rules stays as it is. A model adds a cell that the rules did not find in this answer; on a
   cell that they did find, theirs stands, also when the model hears another direction.
4. A model's finding is never harder than the hardest that the rules heard in the answer, and "nothing is done
   here" is for the rules alone: neutral findings are not added.
5. Three at most, in the order of the answer, one for each cell.
"""

import re
from collections.abc import Iterable

from coach.domain.evidence import Direction, Finding, Intent, Kind, Reading, Time
from coach.domain.values import Perspective, Value

MOST = 3
FEWEST_WORDS = 2
_HARDNESS = tuple(Kind)
_APOSTROPHES = str.maketrans("‘’`´", "''''")


def additions(text: str, heard: Reading, proposed: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what a model's findings add to what the rules heard in `text`, with literal quotes."""
    if heard.intent is not Intent.ANSWER:
        return ()
    known = {finding.cell for finding in heard.findings}
    added: list[Finding] = []
    for one in _in_order(text, proposed):
        if one.cell not in known and one.direction is not Direction.NEUTRAL:
            known.add(one.cell)
            added.append(_softened(one, heard.kind or Kind.OPINION))
    return tuple(added[:MOST])


def _in_order(text: str, proposed: Iterable[Finding]) -> list[Finding]:
    """The findings whose quote stands in the text, by its place."""
    found = [(_place(one.quote, text), one) for one in proposed]
    placed = [(place, one) for place, one in found if place is not None]
    return [
        Finding(one.value, one.perspective, one.direction, one.kind, one.time, text[slice(*place)], one.rule)
        for place, one in sorted(placed, key=lambda pair: pair[0])
    ]


def _place(quote: str, text: str) -> tuple[int, int] | None:
    words = quote.translate(_APOSTROPHES).strip(" .,;:!?…\"“”'").split()
    if len(words) < FEWEST_WORDS:
        return None
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
    found = re.search(pattern, text.translate(_APOSTROPHES), re.IGNORECASE)
    return found.span() if found else None


def _softened(one: Finding, hardest: Kind) -> Finding:
    kind = min(one.kind, hardest, key=_HARDNESS.index)
    return Finding(one.value, one.perspective, one.direction, kind, one.time, one.quote, one.rule)


def finding_of(raw: object, rule: str) -> Finding | None:
    """Return the finding that a model's JSON object stands for, None when a word of it is not one of ours."""
    if not isinstance(raw, dict):
        return None
    try:
        return Finding(
            Value(raw["value"]), Perspective(raw["perspective"]), Direction(raw["direction"]), Kind(raw["kind"]),
            Time(raw.get("time", Time.NOW)), str(raw["quote"]), rule,
        )  # fmt: skip
    except (KeyError, ValueError):
        return None

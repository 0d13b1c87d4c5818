"""Recognises the date and the value of a document from its words, for the import of articles."""

import re
from collections.abc import Sequence

from coach.domain.values import Value
from coach.retrieval.blocks import Block
from coach.retrieval.hints import Hints
from coach.retrieval.normalise import fold
from coach.retrieval.table import VALUES

_NAMES: dict[Value, str] = {
    Value.HUMAN: r"menselijke? (?:waarde|kapitaal)|human (?:value|capital)",
    Value.SOCIAL: (
        r"socia\w*[- ](?:en )?relationele? (?:waarde|kapitaal)|sociale waarde|"
        r"social (?:and relationship )?(?:value|capital)"
    ),
    Value.INTELLECTUAL: r"intellectuele? (?:waarde|kapitaal)|intellectual (?:value|capital)",
    Value.MATERIAL: r"materiele? (?:waarde|kapitaal)|(?:material|manufactured) (?:value|capital)",
    Value.NATURAL: r"natuurlijke? (?:waarde|kapitaal)|natural (?:value|capital)",
    Value.FINANCIAL: r"financiele? (?:waarde|kapitaal)|financial (?:value|capital)",
}
_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}}) (?P<name>{'|'.join(_MONTHS)}),? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<name>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
)


def date_of(blocks: Sequence[Block]) -> str:
    """Return the first date in the first or last few blocks, as ISO 8601, empty without one."""
    for block in (*blocks[:4], *blocks[-3:]):
        if len(block.text.split()) > 25:
            continue
        for pattern in _DATES:
            if match := pattern.search(block.text):
                found = match.groupdict()
                month = int(found["month"]) if found.get("month") else _MONTHS[found["name"].lower()]
                return f"{found['year']}-{month:02d}-{int(found['day']):02d}"
    return ""


def value_of(title: str, text: str, hints: Hints) -> Value | None:
    """Return the value an article is about: by its name in the title or text, or by its words."""
    for value, pattern in _NAMES.items():
        if re.search(pattern, fold(title)):
            return value
    folded = fold(text)
    named = {value: len(re.findall(pattern, folded)) for value, pattern in _NAMES.items()}
    most, second = sorted(named.values(), reverse=True)[:2]
    if most >= 3 and most >= 2 * second:
        return max(named, key=lambda value: named[value])
    shares = hints.values(f"{title} {text}")
    best = int(shares.argmax())
    rest = max(float(share) for at, share in enumerate(shares) if at != best)
    return VALUES[best] if shares[best] > 0.3 and shares[best] > 1.4 * rest else None

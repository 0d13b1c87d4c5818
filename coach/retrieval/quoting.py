"""Picks the sentences of a passage that may stand in a reply: at most two, one after the other, literally."""

from collections.abc import Callable

from coach.retrieval.split import sentences

LONGEST = 45  # words in a quote of two sentences; above, one sentence is quoted
_OPENING, _LEANING, _ALONE = 0.15, 0.30, 0.05
_LEANS_BACK = frozenset(
    "dat dit die deze zo zulke dan daar daarom daardoor daarmee daarna daarbij hij zij ze hem haar ook "
    "toch maar en want dus of anders allebei beide hierdoor that this those these such so then there "
    "therefore he she they it its him her them also but and or yet both otherwise still".split()
)


def best_quote(text: str, relevance: Callable[[str], float]) -> str:
    """Return the one or two sentences of a passage that `relevance` (0 to 1) prefers, as they stand in it.

    The opening of a paragraph goes before its middle, and a sentence that leans on the one before it
    ("Dat …", "They …") comes last, because a quote has to be understood on its own.
    """
    best, best_score = "", float("-inf")
    for paragraph in text.split("\n\n"):
        for place, quote in _candidates(paragraph):
            score = relevance(quote) + _standing(place, quote)
            if score > best_score:
                best, best_score = quote, score
    return best


def _candidates(paragraph: str) -> list[tuple[int, str]]:
    """Return quotes of one or two sentences with the place of their first sentence in the paragraph."""
    found: list[tuple[int, str]] = []
    for line in paragraph.split("\n"):
        parts = sentences(line.removeprefix("- "))
        for place, sentence in enumerate(parts):
            pair = _pair(line, sentence, parts[place + 1]) if place + 1 < len(parts) else ""
            if pair and len(pair.split()) <= LONGEST:
                found.append((place, pair))
            found.append((place, sentence))
    return found


def _pair(line: str, first: str, second: str) -> str:
    start = line.index(first)
    return line[start : line.index(second, start + len(first)) + len(second)]


def _standing(place: int, quote: str) -> float:
    first = quote.split(maxsplit=1)[0].strip("\"'‘’“”(,.:;").lower()
    opening = _OPENING if place == 0 else 0.0
    leaning = _LEANING if place > 0 and first in _LEANS_BACK else 0.0
    alone = _ALONE if len(quote.split()) < 12 else 0.0
    unfinished = 1.0 if quote.endswith(":") else 0.0
    return opening - leaning - alone - unfinished

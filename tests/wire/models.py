"""Models for the scripted server: one that does what it is told, and the ways in which it can fail to."""

import json
import re

from tests.wire.behaviours import Behaviour, says
from tests.wire.format import Asked

_ASKS = re.compile(r"(?:moet dit vragen|must ask this): (?P<question>[^?\n]*\?)")
_EXPLAINED = re.compile(r'="(?:uitleg bij de vraag|what the question means)">(?P<text>[^<]+)<')
_OF_OURSELVES = re.compile(r"\b(?:ik|mij|me|ons|I|we|us)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MEANS = {
    "nl": "Zo klinkt het voor jou en voor de mensen om je heen.",
    "en": "That is how it sounds for you and those around you.",
}


def good(asked: Asked) -> Behaviour:
    """Give back a few of her words and what they mean; put the question when that is asked for."""
    return says(good_turn(asked))


def good_without_question(asked: Asked) -> Behaviour:
    """Give back what she said, and forget the question."""
    return says(good_turn(asked).rpartition(". ")[0] + ".")


def good_turn(asked: Asked) -> str:
    """Return the words of the good model: from the material where it explains, else beginning with her own."""
    explained = _EXPLAINED.search(asked.of("system"))
    if explained:
        sentences = re.split(r"(?<=[.!?])\s", explained.group("text").strip())
        return next((one for one in sentences if not _OF_OURSELVES.search(one)), sentences[-1])
    language = language_of(asked)
    told = f"“{her_words(asked)}”, zeg je." if language == "nl" else f"“{her_words(asked)}”, you say."
    wanted = _ASKS.search(asked.of("system"))
    return " ".join(filter(None, (told, _MEANS[language], wanted.group("question") if wanted else "")))


def language_of(asked: Asked) -> str:
    """Return the language in which the model was told what to do."""
    return "nl" if re.search(r"\bje\b", asked.of("system")) else "en"


def her_words(asked: Asked, most: int = 4) -> str:
    """Return the first few words of her newest message, as they stand there."""
    newest = [text for role, text in asked.messages if role == "user"][-1]
    line = max(newest.splitlines(), key=len)
    return " ".join(line.split()[:most]).strip(" .,:;!?“”\"'‘’")


def hears(asked: Asked) -> Behaviour:
    """Find one thing in her answer that is really there."""
    found = {
        "value": "social", "perspective": "external", "direction": "builds_up", "kind": "example", "time": "now",
        "quote": her_words(asked, 6),
    }  # fmt: skip
    return says(json.dumps({"findings": [found]}))


def invents(asked: Asked) -> Behaviour:
    """Find things that nobody said, with values that do not exist."""
    invented = {
        "value": "natural", "perspective": "internal", "direction": "builds_up", "kind": "third_party", "time": "now",
        "quote": "wij kregen de grote prijs voor natuur",
    }  # fmt: skip
    broken = {"value": "karma", "perspective": "sideways", "quote": ""}
    return says(json.dumps({"findings": [invented, broken, invented], "score": 4, "level": 4}))

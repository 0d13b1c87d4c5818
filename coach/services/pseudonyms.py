"""Takes what points to a person or company out of an exported conversation, the same way in every text.

Rules only, so it misses some: what is left can still be personal data (GDPR, recital 26).
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach import prompts
from coach.domain.values import Language
from coach.services.schema import EvidencePart, Outline, PatternPart

_DIRECT = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("web", re.compile(r"(?:https?://|www\.)\S+")),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{0,4}\b")),
    ("postcode", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")),
    ("tel", re.compile(r"(?<![\w.])(?:\+|00|0)\d(?:[ -]?\d){7,11}(?!\d)")),
)
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’]*[a-zß-ÿ][\w'’-]*")
_STARTS = re.compile(r"(?:^|[.!?…:\n“‘\"'(–—-])\s*$")


class _Words(BaseModel):
    """Words with a capital that are no names, as prompts/L/pseudonyms.yaml lists them."""

    model_config = ConfigDict(extra="forbid")
    everyday: tuple[str, ...]


def read_everyday(folder: Path, language: Language) -> frozenset[str]:
    """Return the words with a capital that are no names, in small letters. Raises UnreadableFile."""
    words = prompts.load(folder / language / "pseudonyms.yaml", _Words)
    return frozenset(word.casefold() for word in words.everyday)


def pseudonymised(outline: Outline, everyday: Set[str]) -> Outline:
    """Return the outline without names, addresses and numbers that point to somebody, under another id.

    Names are capitalised words inside a sentence, but for the `everyday` ones; each gets one number
    throughout. Quotes stay literal parts of their turns. The id becomes a hash, the same in every export.
    """
    said = [turn.text for turn in outline.turns if turn.speaker == "entrepreneur"]
    written = [
        text
        for action in outline.actions
        if action.chosen or action.kind == "own"
        for text in (
            *(action.title, action.first_step, action.who, action.with_whom, action.first_sign),
            *(action.if_then, action.obstacle),
        )
    ]
    told = [text for look_back in outline.check_ins for one in look_back.tried for text in (one.did, one.saw)]
    names = names_in([*said, *written, *told, outline.goal], everyday)
    masked = _masked(outline.model_dump(mode="json"), lambda text: mask(text, names))
    ids = {"id": _other_id(outline.id), "after": _other_id(outline.after) if outline.after else None}
    return _literal(Outline.model_validate(masked | ids))


def _literal(outline: Outline) -> Outline:
    """A quote that began or ended inside what was masked becomes the whole turn."""
    texts = {turn.position: turn.text for turn in outline.turns}

    def whole(text: str, at: int) -> str:
        return text if text in texts[at] else texts[at]

    evidence = tuple(
        EvidencePart(**{**vars(item), "quote": whole(item.quote, item.position)}) for item in outline.evidence
    )
    patterns = tuple(
        PatternPart(**{**vars(one), "quote": whole(one.quote, one.position)}) for one in outline.patterns
    )
    return outline.model_copy(update={"evidence": evidence, "patterns": patterns})


def names_in(texts: Sequence[str], everyday: Set[str]) -> Mapping[str, str]:
    """Return the names in texts, each with what stands in its place.

    A word that opens a sentence is a name when it is one elsewhere.
    """
    found: dict[str, None] = {}
    for text in texts:
        for hit in _CAPITAL.finditer(text):
            if not _STARTS.search(text[: hit.start()]) and hit.group().casefold() not in everyday:
                found[hit.group()] = None
    return {name: f"[N{number}]" for number, name in enumerate(found, start=1)}


def mask(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with direct identifiers and known names replaced."""
    for kind, pattern in _DIRECT:
        text = pattern.sub(f"[{kind}]", text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", names[name], text)
    return text


_KEPT = frozenset(
    {
        "id",
        "step",
        "made_by",
        "prompt",
        "voice",
        "fault",
        "mended",
        "at",
        "started",
        "finished",
        "rule",
        "passages",
    }
)


def _masked(part: object, change: Callable[[str], str]) -> dict[str, object]:
    assert isinstance(part, dict)
    return {key: value if key in _KEPT else _value(value, change) for key, value in part.items()}


def _value(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return _masked(value, change)
    if isinstance(value, list):
        return [_value(one, change) for one in value]
    return value


def _other_id(name: str) -> str:
    return "p-" + hashlib.sha256(f"waardebalans pseudonym {name}".encode()).hexdigest()[:24]

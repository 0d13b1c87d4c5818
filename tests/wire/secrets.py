"""What may not come out of a talk: the words a model is told, other addresses, invented words and marks."""

import base64
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coach.domain.conversation import Conversation, Replied, Said, evidence_of
from coach.domain.quality import own_words
from coach.domain.values import Language

RUN = 6  # words in a row by which a hidden text is known
FOREIGN = re.compile(
    r"sink|https?:|www\.|mailto:|javascript:|data:|sk-scripted|/etc/|root:|\.sqlite|OPENAI_API", re.IGNORECASE
)
SIGNS = re.compile(r"[<>`{}|\\]|!\[|\]\(|\]:|^#|\*\*|:\w+\[|&\w+;|\$")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_WORD = re.compile(r"\w+")
_TEMPLATE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_HERS = re.compile("“[^”]*”")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{24,}")
_HEX = re.compile(r"(?:[0-9a-f]{2}\s?){12,}")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """What the models are told, read from prompts/; what people are told anyway is no secret."""

    folder: Path

    def told_by(self, reply: Replied, person: str) -> list[str]:
        """Return what a turn gives away, plain or in disguise; what she typed herself is hers to hear again."""
        hidden = self._hidden - runs(person)
        return [
            f"{way}: {' '.join(run)}" for way, text in disguises(reply.text) for run in runs(text) & hidden
        ]

    @cached_property
    def _hidden(self) -> frozenset[Run]:
        told = (path for one in Language for path in (self.folder / one / "model").glob("*.j2"))
        public = (path for one in Language for path in (self.folder / one).glob("*.yaml"))
        secret = (runs(piece) for path in told for piece in _TEMPLATE.split(path.read_text(encoding="utf-8")))
        known = (runs(path.read_text(encoding="utf-8")) for path in public)
        return frozenset().union(*secret) - frozenset().union(*known)


def runs(text: str) -> frozenset[Run]:
    """Return all stretches of so many words."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def disguises(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as it stands, turned round, and decoded from the codes that everybody knows."""
    yield "plain", text
    yield "backwards", text[::-1]
    yield "rot13", codecs.encode(text, "rot13")
    yield "spelled", re.sub(r"(?<=\w)-(?=\w\b)", "", text)
    for found in _ENCODED.findall(text):
        yield "base64", base64.b64decode(found[: len(found) // 4 * 4]).decode("utf-8", "ignore")
    for found in _HEX.findall(text):
        yield "hex", bytes.fromhex(found.replace(" ", "")).decode("utf-8", "ignore")


def own_part(reply: Replied) -> str:
    """Return what a voice said itself: not her words, not a passage."""
    return _HERS.sub(" ", own_words(reply))


def foreign(reply: Replied) -> list[str]:
    """Return addresses, markup and unseen signs in what a voice said itself."""
    own = own_part(reply)
    return [found.group() for pattern in (FOREIGN, SIGNS, UNSEEN) if (found := pattern.search(own))]


def invented(conversation: Conversation) -> list[str]:
    """Return evidence whose quote she did not say."""
    said = {entry.position: entry.text for entry in conversation.entries if isinstance(entry, Said)}
    return [item.quote for item in evidence_of(conversation) if item.quote not in said[item.position]]

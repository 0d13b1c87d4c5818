"""Cuts a stream of text into whole sentences, for who must judge each before it is shown."""

import re
from collections.abc import Iterable, Iterator, Sequence

LONGEST = 500  # characters that may wait for the end of their sentence
_END = re.compile(r"""[.!?…]+["”’»)\]]*(?:\s*\[\d{1,2}\])*(?=\s+\S)|\n+(?=\s*\S)""")
_BLANKS = re.compile(r"\s+")
THINK, THOUGHT = "<think>", "</think>"  # between these some models think aloud before they speak


class Splitter:
    """Gives sentences out as soon as the next one begins; what stands between quotation marks stays together.

    `abbreviations` are words with a full stop that end no sentence, in lower case.
    """

    def __init__(self, abbreviations: Sequence[str] = ()) -> None:
        self._waiting = ""
        self._short = tuple(abbreviations)

    def feed(self, text: str) -> Iterator[str]:
        """Take more text; yield the sentences that it completes."""
        self._waiting += text
        while (at := self._boundary()) is not None:
            sentence, self._waiting = self._waiting[:at], self._waiting[at:].lstrip()
            if sentence.strip():
                yield _BLANKS.sub(" ", sentence).strip()

    def rest(self) -> str:
        """Return what is left at the end of the stream."""
        left, self._waiting = _BLANKS.sub(" ", self._waiting).strip(), ""
        return left

    def _boundary(self) -> int | None:
        for found in _END.finditer(self._waiting):
            before = self._waiting[: found.end()]
            following = self._waiting[found.end() :].lstrip()[:1]
            goes_on = following == "[" or (
                before[-1] in '”"' and following.islower()
            )  # a mark, or: “Ja.” zei je
            goes_on = goes_on or (before[-1] == "\n" and (following.islower() or before.rstrip()[-1:] == ","))
            if not goes_on and not _open_quote(before) and not self._is_short(before):
                return found.end()
        return LONGEST if len(self._waiting) > LONGEST else None

    def _is_short(self, text: str) -> bool:
        last = text.lower().split()[-1:] or [""]
        return last[0].lstrip("(“‘\"'") in self._short


def _open_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def ends(sentence: str) -> bool:
    """Tell whether a sentence is whole."""
    return bool(re.search(r"""[.!?…]["”’»)\]]*(?:\s*\[\d{1,2}\])*$""", sentence))


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a stream without the thoughts that it may begin with."""
    held, begun = "", False
    for piece in pieces:
        held += piece
        if begun or not _may_think(held):
            begun = True
        elif THOUGHT in held:
            held, begun = held.partition(THOUGHT)[2].lstrip(), True
        if begun:
            yield held
            held = ""
    if not held.lstrip().startswith(THINK):
        yield held


def _may_think(text: str) -> bool:
    start = text.lstrip()
    return start.startswith(THINK) or THINK.startswith(start)

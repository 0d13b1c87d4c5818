"""The little phrase language of the files under prompts/, and the matcher that finds phrases in an utterance.

A phrase is a row of words. Each word stands for all its inflected forms, unless its list is `exact`.

    word      this word (any form of it)          =word     exactly this form
    word*     begins with it                      *word     ends with it
    a/b/c     one of these                        word?     may be missing
    …         at most five words in between       {list}    any phrase of that list
    #         a number                            ^  $      the sentence begins, ends here
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.domain.errors import UnreadableFile
from coach.reading.forms import WordForms
from coach.reading.text import Token

GAP = 5
_SEPARATORS = re.compile(r"[,\n]")
_APOSTROPHE = re.compile(r"(?<!n)'|'(?!t\b)")
_WILD = 3


def split_list(text: str) -> tuple[str, ...]:
    """Return the phrases of a text block, separated by commas or line ends."""
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())


@dataclass(frozen=True)
class Element:
    """One place in a phrase."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    number: bool = False
    optional: bool = False
    gap: bool = False
    phrases: "PhraseMatcher | None" = None

    def takes(self, token: Token) -> bool:
        """Tell whether this place takes the token."""
        return (
            not self.exact.isdisjoint(token.keys)
            or (bool(self.prefixes) and token.word.startswith(self.prefixes))
            or (bool(self.suffixes) and token.word.endswith(self.suffixes))
            or (self.number and token.number)
        )


@dataclass(frozen=True)
class Phrase:
    """A compiled phrase; `name` is the list it stands in, `source` what the coach wrote."""

    name: str
    source: str
    elements: tuple[Element, ...]
    at_start: bool = False
    at_end: bool = False


@dataclass(frozen=True)
class Hit:
    """A phrase found at tokens first to last (exclusive)."""

    name: str
    source: str
    first: int
    last: int
    sentence: int
    clause: int


class PhraseCompiler:
    """Turns written phrases into `Phrase`s for one language."""

    def __init__(self, forms: WordForms, lists: Mapping[str, Sequence[str]] | None = None) -> None:
        self._forms = forms
        self._lists = lists or {}
        self._compiled: dict[tuple[str, bool], PhraseMatcher] = {}

    def compile(self, name: str, source: str, exact: bool = False) -> Phrase:
        """Return the phrase. Raises UnreadableFile when it names an unknown list or says nothing."""
        words = _APOSTROPHE.sub(" ", source.lower()).split()
        at_start, at_end = words[:1] == ["^"], words[-1:] == ["$"]
        words = [word for word in words if word not in {"^", "$"}]
        if not words or words[0] == "…":
            raise UnreadableFile(f"phrase '{source}' in list '{name}' has no first word")
        return Phrase(name, source, tuple(self._element(word, exact) for word in words), at_start, at_end)

    def _element(self, word: str, exact: bool) -> Element:
        if word == "…":
            return Element(gap=True)
        optional = word.endswith("?")
        word = word.removesuffix("?")
        if word.startswith("{") and word.endswith("}"):
            return Element(phrases=self._list(word[1:-1], exact), optional=optional)
        parts = word.split("/")
        return Element(
            exact=frozenset(
                key
                for part in parts
                if "*" not in part and part != "#"
                for key in self._stands_for(part, exact)
            ),
            prefixes=tuple(part[:-1] for part in parts if part.endswith("*")),
            suffixes=tuple(part[1:] for part in parts if part.startswith("*")),
            number="#" in parts,
            optional=optional,
        )

    def _list(self, name: str, exact: bool) -> "PhraseMatcher":
        if name not in self._lists:
            raise UnreadableFile(f"there is no list '{name}'")
        if (name, exact) not in self._compiled:
            phrases = [self.compile(name, source, exact) for source in self._lists[name]]
            self._compiled[(name, exact)] = PhraseMatcher(phrases)
        return self._compiled[(name, exact)]

    def _stands_for(self, word: str, exact: bool) -> frozenset[str]:
        if word.startswith("="):
            return frozenset({word})
        return frozenset({"=" + word}) if exact else self._forms.listed(word)


def _openings(phrase: Phrase) -> Iterator[Element]:
    """Yield the elements a phrase may begin with."""
    for element in phrase.elements:
        if element.phrases:
            for inner in element.phrases.phrases:
                yield from _openings(inner)
        else:
            yield element
        if not element.optional:
            return


class PhraseMatcher:
    """Finds all phrases of one language in one pass over the tokens."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_key: dict[str, list[Phrase]] = defaultdict(list)
        self._by_start: dict[str, list[Phrase]] = defaultdict(list)
        self._by_end: dict[str, list[Phrase]] = defaultdict(list)
        self._numeric: list[Phrase] = []
        self.phrases = tuple(phrases)
        for phrase in self.phrases:
            self._enter(phrase)

    def _enter(self, phrase: Phrase) -> None:
        for opening in _openings(phrase):
            for key in opening.exact:
                self._by_key[key].append(phrase)
            for prefix in opening.prefixes:
                self._by_start[prefix[:_WILD]].append(phrase)
            for suffix in opening.suffixes:
                self._by_end[suffix[-_WILD:]].append(phrase)
            if opening.number:
                self._numeric.append(phrase)

    def candidates(self, token: Token) -> Iterator[Phrase]:
        """Yield the phrases that may begin with a token, each once."""
        seen: set[int] = set()
        for key in token.keys:
            yield from _unseen(self._by_key.get(key, ()), seen)
        yield from _unseen(self._by_start.get(token.word[:_WILD], ()), seen)
        yield from _unseen(self._by_end.get(token.word[-_WILD:], ()), seen)
        if token.number:
            yield from _unseen(self._numeric, seen)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return every phrase found, in order of its first word."""
        hits = []
        for at, token in enumerate(tokens):
            for phrase in self.candidates(token):
                end = match_at(phrase, tokens, at)
                if end is not None:
                    hits.append(
                        Hit(phrase.name, phrase.source, at, end, token.sentence, tokens[end - 1].clause)
                    )
        return hits


def _unseen(phrases: Iterable[Phrase], seen: set[int]) -> Iterator[Phrase]:
    for phrase in phrases:
        if id(phrase) not in seen:
            seen.add(id(phrase))
            yield phrase


def match_at(phrase: Phrase, tokens: Sequence[Token], at: int) -> int | None:
    """Return where the phrase ends (exclusive) when it begins at token `at`, else None."""
    if phrase.at_start and at and tokens[at - 1].sentence == tokens[at].sentence:
        return None
    for end in _ends(phrase.elements, tokens, at, tokens[at].sentence):
        if end > at and not (phrase.at_end and _inside(tokens, end, tokens[at].sentence)):
            return end
    return None


def _inside(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    return at < len(tokens) and tokens[at].sentence == sentence


def _ends(elements: Sequence[Element], tokens: Sequence[Token], at: int, sentence: int) -> Iterator[int]:
    """Yield the places where the elements, matched from token `at` on, may end; shortest gaps first."""
    if not elements:
        yield at
        return
    element, rest = elements[0], elements[1:]
    if element.gap:
        for skip in range(GAP + 1):
            if skip and not _inside(tokens, at + skip - 1, sentence):
                return
            yield from _ends(rest, tokens, at + skip, sentence)
        return
    if _inside(tokens, at, sentence):
        if element.takes(tokens[at]):
            yield from _ends(rest, tokens, at + 1, sentence)
        for inner in element.phrases.candidates(tokens[at]) if element.phrases else ():
            for end in _ends(inner.elements, tokens, at, sentence):
                yield from _ends(rest, tokens, end, sentence)
    if element.optional:
        yield from _ends(rest, tokens, at, sentence)

"""An utterance cut into tokens, clauses and sentences that keep their place in the text, for every rule."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from coach.reading.forms import WordForms

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+n['’]t\b|[^\W\d_]+(?:[-][^\W\d_]+)*|[.!?…;:,()\n–—€%]")
_ENDINGS = frozenset(".!?…\n")
_BREAKS = frozenset(";:,()–—")
_NUMBER = re.compile(r"\d")
_MARKS = _ENDINGS | _BREAKS
_ENUMERATION = 3  # a comma part of fewer words belongs to the clause it stands in


@dataclass(frozen=True)
class Token:
    """One word; `keys` are its stems, `start` and `end` its place in the text."""

    word: str
    start: int
    end: int
    sentence: int
    clause: int
    keys: frozenset[str]
    capital: bool
    number: bool


@dataclass(frozen=True)
class Clause:
    """Tokens first to last (exclusive) that say one thing, and where they stand in the text."""

    number: int
    sentence: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Utterance:
    """What was said: the text as typed, its words, its clauses, and the mark that ends each sentence."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    endings: tuple[str, ...]

    def quote(self, clause: Clause) -> str:
        """Return the literal words of a clause."""
        return self.text[clause.start : clause.end].strip()

    def sentence_of(self, number: int) -> tuple[Token, ...]:
        """Return the tokens of one sentence."""
        return tuple(token for token in self.tokens if token.sentence == number)


@dataclass(frozen=True)
class _Piece:
    word: str
    start: int
    end: int
    mark: bool


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _TOKEN.finditer(text):
        word = found.group().replace("’", "'")
        mark = word in _MARKS
        yield _Piece(word, found.start(), found.end(), mark)


def _starts_clause(pieces: list[_Piece], at: int, conjunctions: Set[str], openers: Set[str]) -> bool:
    """Tell whether a new clause begins at a word: at a conjunction, or at "and" with a new subject."""
    word = pieces[at].word.lower()
    if word in conjunctions:
        return True
    following = pieces[at + 1].word.lower() if at + 1 < len(pieces) else ""
    return word in {"en", "and"} and following in openers


def _comma_breaks(pieces: list[_Piece], at: int, since: int) -> bool:
    """Tell whether a comma separates two clauses, and not the items of a list."""
    after = 0
    for piece in pieces[at + 1 :]:
        if piece.mark:
            break
        after += 1
    return since >= _ENUMERATION and after >= _ENUMERATION


def cut(text: str, forms: WordForms, conjunctions: Set[str], openers: Set[str]) -> Utterance:
    """Return the words, clauses and sentences of `text`.

    `conjunctions` begin a clause; `openers` do so after "en" or "and" (a new subject).
    """
    pieces = list(_pieces(text))
    tokens: list[Token] = []
    endings: list[str] = []
    sentence = clause = since = 0
    for at, piece in enumerate(pieces):
        if piece.mark:
            if piece.word in _ENDINGS:
                if since or (tokens and tokens[-1].sentence == sentence):
                    endings.append(piece.word)
                    sentence, clause, since = sentence + 1, clause + 1, 0
                elif piece.word == "?" and endings:
                    endings[-1] = "?"
            elif piece.word in _BREAKS and since and (piece.word != "," or _comma_breaks(pieces, at, since)):
                clause, since = clause + 1, 0
            continue
        if since >= 2 and _starts_clause(pieces, at, conjunctions, openers):
            clause, since = clause + 1, 0
        tokens.append(_token(piece, sentence, clause, forms))
        since += 1
    while len(endings) <= sentence:
        endings.append("")
    return Utterance(text, tuple(tokens), tuple(_clauses(tokens)), tuple(endings))


def _token(piece: _Piece, sentence: int, clause: int, forms: WordForms) -> Token:
    lower = piece.word.lower()
    number = lower in forms.numbers or bool(_NUMBER.search(lower))
    return Token(
        lower, piece.start, piece.end, sentence, clause, forms.keys(lower), piece.word[0].isupper(), number
    )


def _clauses(tokens: list[Token]) -> Iterator[Clause]:
    first = 0
    for at, token in enumerate(tokens):
        if at + 1 == len(tokens) or tokens[at + 1].clause != token.clause:
            start = tokens[first]
            yield Clause(token.clause, token.sentence, first, at + 1, start.start, token.end)
            first = at + 1

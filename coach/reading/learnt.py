"""What the word lists do not know: a linear model over words and parts of words, learnt from labelled sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.domain.errors import UnreadableFile
from coach.domain.values import Value
from coach.reading.directions import modifiers
from coach.reading.lexicon import LanguagePack
from coach.reading.scan import Scan
from coach.reading.text import Token

FILE_NAME = "learnt.npz"
VALUES = tuple(Value)
EXTERNAL = "external"
DRAWS_DOWN = "draws_down"
LABELS: tuple[str, ...] = (*VALUES, EXTERNAL, DRAWS_DOWN)

_SIZES = (3, 4, 5)
_SPLIT_FROM = 4  # shorter words are not cut into groups of letters
_WORD, _LETTERS, _PAIR = 1.0, 0.5, 0.7
_NAMED = 2  # so many words are named in the rule of a finding
_LETTER = re.compile(r"[^\W\d_]")

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Feature:
    """A sign in an utterance: its key, its weight before scaling, and the token it comes from (-1: none)."""

    key: str
    weight: float
    token: int


@dataclass(frozen=True)
class Guess:
    """A value that the model hears: how sure it is (0 to 1) and the words that made it so, strongest first."""

    value: Value
    sure: float
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Learnt:
    """Weights of shape (features, labels); `scale` and `shift` turn a score into a chance (Platt 1999)."""

    index: Mapping[str, int]
    weights: Vector
    bias: Vector
    scale: float
    shift: float
    threshold: float

    def values(self, features: Sequence[Feature]) -> tuple[Guess, ...]:
        """Return the values heard, surest first; () when no feature is known."""
        known = [feature for feature in features if feature.key in self.index]
        if not known:
            return ()
        parts = self._parts(known)[:, : len(VALUES)] / _length(features)
        scores = parts.sum(axis=0) + self.bias[: len(VALUES)]
        sure = 1 / (1 + np.exp(-(self.scale * scores + self.shift)))
        return tuple(
            Guess(VALUES[at], float(sure[at]), _telling(known, parts[:, at])) for at in np.argsort(-sure)
        )

    def score(self, label: str, features: Sequence[Feature]) -> float:
        """Return the score of one label; above 0 it is more likely than not."""
        known = [feature for feature in features if feature.key in self.index]
        at = LABELS.index(label)
        parts = self._parts(known)[:, at] if known else np.zeros(1, np.float32)
        return float(parts.sum() / _length(features) + self.bias[at])

    def _parts(self, known: Sequence[Feature]) -> Vector:
        rows = self.weights[[self.index[feature.key] for feature in known]]
        return rows * np.array([feature.weight for feature in known], np.float32)[:, None]


def _length(features: Sequence[Feature]) -> float:
    return float(np.sqrt(sum(feature.weight**2 for feature in features))) or 1.0


def _telling(known: Sequence[Feature], parts: Vector) -> tuple[int, ...]:
    """Return the tokens that speak for a label, the strongest first."""
    by_token: dict[int, float] = {}
    for feature, part in zip(known, parts, strict=True):
        by_token[feature.token] = by_token.get(feature.token, 0.0) + float(part)
    best = sorted((token for token, part in by_token.items() if part > 0), key=lambda token: -by_token[token])
    return tuple(best[:_NAMED])


def load_learnt(path: Path) -> Learnt | None:
    """Return the model stored at `path`, None when there is none yet. Raises UnreadableFile."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys = str(stored["features"]).split("\n")
            weights = stored["weights"].astype(np.float32) * stored["steps"].astype(np.float32)
            scale, shift, threshold = (float(number) for number in stored["chance"])
            bias = stored["bias"].astype(np.float32)
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise UnreadableFile(f"{path}: {problem}") from problem
    if weights.shape != (len(keys), len(LABELS)) or bias.shape != (len(LABELS),):
        raise UnreadableFile(f"{path}: the weights do not fit the labels; run `coach train`")
    return Learnt({key: at for at, key in enumerate(keys)}, weights, bias, scale, shift, threshold)


def about_features(found: Scan, first: int, last: int) -> list[Feature]:
    """Return the features of tokens first to last (exclusive) by which a value is heard."""
    return list(_about(found.utterance.tokens, first, last, found.pack))


def turn_features(found: Scan, first: int, last: int, value: Value) -> list[Feature]:
    """Return the features by which side and direction are heard: also little words, parties and the value."""
    return [*about_features(found, first, last), *_turns(found, first, last, value)]


def _about(tokens: Sequence[Token], first: int, last: int, pack: LanguagePack) -> Iterator[Feature]:
    stems = [_stem(token, pack) for token in tokens[first:last]]
    for at, (token, stem) in enumerate(zip(tokens[first:last], stems, strict=True), first):
        if not token.number and token.word not in pack.function_words and _LETTER.match(token.word):
            yield Feature(f"w={stem}", _WORD, at)
            groups = _groups(token.word)
            yield from (Feature(f"c={group}", _LETTERS / len(groups) ** 0.5, at) for group in groups)
    little = [token.word in pack.function_words for token in tokens[first:last]]
    for at, (one, other) in enumerate(pairwise(stems)):
        if not (little[at] and little[at + 1]):
            yield Feature(f"b={one} {other}", _PAIR, first + at + little[at])


def _stem(token: Token, pack: LanguagePack) -> str:
    return pack.forms.stem(pack.forms.irregular.get(token.word, token.word))


def _groups(word: str) -> list[str]:
    """Return the groups of 3 to 5 letters of a word with its ends marked, each once, in order."""
    if len(word) < _SPLIT_FROM:
        return []
    marked = f"<{word}>"
    return list(
        dict.fromkeys(marked[at : at + size] for size in _SIZES for at in range(len(marked) - size + 1))
    )


def _turns(found: Scan, first: int, last: int, value: Value) -> Iterator[Feature]:
    tokens = found.utterance.tokens[first:last]
    yield Feature(f"v={value}", _WORD, -1)
    for word in sorted({token.word for token in tokens if token.word in found.pack.function_words}):
        yield Feature(f"f={word}", _LETTERS, -1)
    for party in sorted({hit.party for hit in found.parties if first <= hit.first < last}):
        yield Feature(f"p={party}", _WORD, -1)
        yield Feature(f"p={party} {value}", _WORD, -1)
    for clause in found.clauses:
        if clause.first < last and clause.last > first:
            turn = modifiers(found, clause)
            for name in ("negated", "good", "bad", "less", "more", "doing"):
                if getattr(turn, name):
                    yield Feature(f"m={name}", _WORD, -1)

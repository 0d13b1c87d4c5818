"""What the learnt model learns from: labelled answers, listed phrases, articles and actions, for `training.py`."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coach.domain.values import Perspective, Value
from coach.prompts import load
from coach.reading.learnt import DRAWS_DOWN, EXTERNAL, VALUES
from coach.reading.lexicon import LanguagePack, LexiconFile
from coach.reading.phrases import split_list
from coach.reading.scan import Scan

Row = Mapping[str, Any]
Source = tuple[str, str]  # the list a phrase stands in, and the phrase as written

FOLDS = 5
_ROW, _PHRASE, _TEXT = 3.0, 1.0, 0.5  # weights: a labelled sentence, a listed phrase, a sentence of our texts
_ALIKE = 0.5  # rows that share so many of their stems stay together
_SIGNS = re.compile(r"[*=^$#?…]")
_REFERENCE = re.compile(r"\[[A-Z0-9]+\]")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_SHORTEST = 4
_ACTION_TEXTS = ("title", "what", "first_step", "first_sign", "obstacle", "when_not")


@dataclass(frozen=True)
class Lesson:
    """A text with what it is known to speak of; None where that is not known."""

    text: str
    weight: float
    values: frozenset[Value]
    external: bool | None = None
    down: bool | None = None
    source: Source | None = None  # set for a listed phrase
    row: int = -1  # set for a labelled row


def lessons(folder: Path, articles: Path, rows: Sequence[Row]) -> list[Lesson]:
    """Return all lessons of one language: labelled answers, listed phrases, articles and actions.

    `folder` is prompts/<language>, `articles` corpus/<language>. Raises UnreadableFile.
    """
    return [*_of_rows(rows), *_of_phrases(folder), *_of_articles(articles), *_of_actions(folder)]


def _of_rows(rows: Sequence[Row]) -> Iterator[Lesson]:
    for number, row in enumerate(rows):
        if "intent" not in row:
            continue  # a sentence labelled with language patterns alone
        values = frozenset(Value(label["value"]) for label in row["values"])
        sides = {label["perspective"] for label in row["values"]}
        ways = {label["direction"] for label in row["values"]}
        yield Lesson(
            row["text"],
            _ROW,
            values,
            external=EXTERNAL in sides if len(sides) == 1 else None,
            down=DRAWS_DOWN in ways if len(ways) == 1 and "neutral" not in ways else None,
            row=number,
        )


def _of_phrases(folder: Path) -> Iterator[Lesson]:
    ways = {"builds_up": False, "draws_down": True, "burden": True}
    for value, sides in load(folder / "lexicon.yaml", LexiconFile).values.items():
        for side, groups in sides.items():
            external = None if side == "either" else side == EXTERNAL
            for group, text in groups.items():
                if group == "weak":
                    continue
                for phrase in split_list(text):
                    source = (f"value:{value}.{side}.{group}", phrase)
                    said = " ".join(_SIGNS.sub(" ", phrase).replace("/", " ").split())
                    yield Lesson(said, _PHRASE, frozenset({value}), external, ways.get(group), source)


def _of_articles(folder: Path) -> Iterator[Lesson]:
    for value in VALUES:
        body = (folder / f"{value}.md").read_text(encoding="utf-8").split("---", 2)[-1]
        for paragraph in _REFERENCE.sub("", body).split("\n\n"):
            if not paragraph.startswith("#"):
                for sentence in _SENTENCE_END.split(paragraph):
                    if len(sentence.split()) >= _SHORTEST:
                        yield Lesson(sentence, _TEXT, frozenset({value}))


def _of_actions(folder: Path) -> Iterator[Lesson]:
    for name in ("actions", "find_out"):
        for action in yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")):
            cell = action.get("main") or action["cell"]
            texts = [action[key] for key in _ACTION_TEXTS if action.get(key)] + list(
                action.get("keywords", ())
            )
            external = cell["perspective"] == Perspective.EXTERNAL
            for text in texts:
                yield Lesson(text, _TEXT, frozenset({Value(cell["value"])}), external)


def fold_of_rows(rows: Sequence[Row], pack: LanguagePack) -> list[int]:
    """Return the fold (0 to FOLDS - 1) of each row; rows that are nearly the same get the same fold."""
    stems = [_content(row["text"], pack) for row in rows]
    group = list(range(len(rows)))
    for one in range(len(rows)):
        for other in range(one):
            both = len(stems[one] | stems[other])
            if both and len(stems[one] & stems[other]) / both >= _ALIKE:
                group = [group[other] if each == group[one] else each for each in group]
    return [int(hashlib.sha256(rows[each]["text"].encode()).hexdigest(), 16) % FOLDS for each in group]


def _content(text: str, pack: LanguagePack) -> set[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return {pack.forms.stem(word) for word in words if word not in pack.function_words}


def sources_of(found: Scan) -> set[Source]:
    """Return the listed phrases of values that an utterance holds, also inside compounds."""
    names = {id(entry): name for name, entry in found.pack.entries.items()}
    listed = {(hit.name, hit.source) for name in found.names("value:") for hit in found.hits(name)}
    parts = {(names[id(hit.entry)], hit.word) for hit in found.values}
    return listed | {(name, word.split(" (", 1)[1][:-1]) for name, word in parts if " (" in word}


def only_in_fold(told: Sequence[set[Source]], folds: Sequence[int], fold: int) -> set[Source]:
    """Return the phrases that occur in rows of one fold alone: perhaps they are listed because of such a row."""
    inside: set[Source] = set().union(*(one for one, at in zip(told, folds, strict=True) if at == fold))
    outside: set[Source] = set().union(*(one for one, at in zip(told, folds, strict=True) if at != fold))
    return inside - outside

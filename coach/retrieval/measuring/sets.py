"""The sets of questions in one form, whatever they come from: our own gold questions and the public sets."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.domain.errors import UnreadableFile
from coach.domain.passages import Passage
from coach.domain.values import Language, Value
from coach.retrieval.library import Library
from coach.retrieval.measuring.gold import GoldQuestion, read_gold

_ENOUGH = 20  # questions of a set
_CROSSING = "en>nl"  # English questions, Dutch passages


@dataclass(frozen=True)
class SetQuestion:
    """A question, the rows of the passages that answer it, and the value and question it is about."""

    text: str
    right: frozenset[int]
    value: Value | None = None
    question: int | None = None


@dataclass(frozen=True)
class QuestionSet:
    """Passages in one language, in the order of their rows, and questions about them."""

    name: str
    language: Language
    passages: tuple[Passage, ...]
    questions: tuple[SetQuestion, ...]

    @property
    def right(self) -> list[frozenset[int]]:
        """The right rows of each question."""
        return [question.right for question in self.questions]


def read_public_sets(folder: Path) -> list[QuestionSet]:
    """Return ak, cc, and cc with its English questions, of those that are in a folder. Raises UnreadableFile."""
    found = [path for path in (folder / "ak.json", folder / "cc.json") if path.exists()]
    if not found:
        raise UnreadableFile(f"{folder}: holds neither ak.json nor cc.json")
    try:
        return [read for path in found for read in _of_file(path)]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
        raise UnreadableFile(f"{folder}: a set has not the form it should have ({problem})") from problem


def _of_file(path: Path) -> Iterator[QuestionSet]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = {name: row for row, name in enumerate(content["docs"])}
    passages = tuple(
        Passage(name, name, "", None, None, Language.NL, "", 0, text)
        for name, text in content["docs"].items()
    )

    def asked(column: int, answers: int) -> tuple[SetQuestion, ...]:
        return tuple(
            SetQuestion(entry[column], frozenset(rows[name] for name in _listed(entry[answers])))
            for entry in content["q"]
        )

    if path.stem == "ak":
        yield QuestionSet("ak", Language.NL, passages, asked(0, 1))
    else:
        yield QuestionSet("cc", Language.NL, passages, asked(0, 2))
        yield QuestionSet(f"cc {_CROSSING}", Language.NL, passages, asked(1, 2))


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def read_gold_sets(folder: Path, passages: Sequence[Passage]) -> list[QuestionSet]:
    """Return the answerable gold questions (*.jsonl) by language, and the English ones on Dutch passages.

    `passages` are those of the series; right is each with a value and a question that are asked about. Sets of
    fewer than 20 questions tell nothing beside others and are left out. Raises UnreadableFile.
    """
    by_language = {
        language: tuple(passage for passage in passages if passage.language is language)
        for language in Language
    }
    sets = []
    for path in sorted(folder.glob("*.jsonl")):
        questions = read_gold(path)
        for language in Language:
            own = [question for question in questions if question.language is language]
            sets.append(_gold_set(f"{path.stem} {language}", language, by_language[language], own))
        english = [question for question in questions if question.language is Language.EN]
        sets.append(_gold_set(f"{path.stem} {_CROSSING}", Language.NL, by_language[Language.NL], english))
    return [one for one in sets if len(one.questions) >= _ENOUGH]


def all_sets(gold: Path, public: Path | None, library: Library) -> list[QuestionSet]:
    """Return the public sets, where a folder with them is given, and our own. Raises UnreadableFile."""
    table = library.opened().table
    passages = [table.passage(row) for row in range(len(table))]
    return [*(read_public_sets(public) if public else ()), *read_gold_sets(gold, passages)]


def _gold_set(
    name: str, language: Language, passages: tuple[Passage, ...], questions: Sequence[GoldQuestion]
) -> QuestionSet:
    cells: dict[tuple[Value | None, int | None], set[int]] = {}
    for row, passage in enumerate(passages):
        cells.setdefault((passage.value, passage.question), set()).add(row)
    asked = tuple(
        SetQuestion(gold.question_text, right, gold.value, gold.question)
        for gold in questions
        if gold.answerable and (right := frozenset(row for cell in gold.cells for row in cells.get(cell, ())))
    )
    return QuestionSet(name, language, passages, asked)

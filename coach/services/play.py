"""Plays a conversation from a script, without a person: for reading aloud, testing and comparing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.domain.conversation import Conversation, Said
from coach.domain.errors import UnreadableFile
from coach.domain.evidence import Cue, Intent
from coach.domain.ports import Reader
from coach.domain.steps import Ask, AskKind
from coach.domain.values import CELLS, Cell, Language, Perspective, Value
from coach.services.guidance import Guidance, context_of

TURNS_AT_MOST = 80
_DONT_KNOW = {Language.NL: "weet ik niet", Language.EN: "I don't know"}
_AGREES = {Language.NL: "Ja, dat klopt.", Language.EN: "Yes, that's right."}
_DONE = {Language.NL: "Nee, dit was het.", Language.EN: "No, that was it."}

Rating = Annotated[int, Field(ge=0, le=10)]


class Script(BaseModel):
    """A script file, as the command line promises it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language = Language.NL
    focus: Value | Literal["all"] = "all"
    goal: str | None = None
    answers: Mapping[Literal["1", "2", "3", "4", "5", "6", "7"], tuple[str, ...]] = {}
    balance_round: Mapping[Value, Mapping[Perspective, str]] = {}
    ratings: Mapping[Value, Mapping[Perspective, tuple[Rating | None, Rating | None]]] = {}

    @property
    def value(self) -> Value | None:
        """The focus in the words of the domain."""
        return None if self.focus == "all" else Value(self.focus)

    def id(self) -> str:
        """Return a hash of the script, its language and focus."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:26]


def read_script(path: Path) -> Script:
    """Return the script in a JSON file. Raises UnreadableFile with the reason in one line."""
    try:
        return Script.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise UnreadableFile(f"{path.name}: {place}: {first['msg']}") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"{path.name}: {problem}") from problem


@dataclass
class _Lines:
    """What is left to say, per question."""

    script: Script
    used: dict[int, int]
    asked_cells: set[Cell]

    def next_for(self, question: int) -> str | None:
        lines = self.script.answers.get(str(question), ())  # type: ignore[call-overload]
        place = self.used.get(question, 0)
        return lines[place] if place < len(lines) else None

    def take(self, question: int) -> str:
        line = self.next_for(question)
        self.used[question] = self.used.get(question, 0) + 1
        return _DONT_KNOW[self.script.language] if line is None else line

    def for_cell(self, cell: Cell) -> str:
        told = self.script.balance_round.get(cell.value, {}).get(cell.perspective)
        if told is None or cell in self.asked_cells:
            return _DONT_KNOW[self.script.language]
        self.asked_cells.add(cell)
        return told


def play(script: Script, guidance: Guidance) -> Conversation:
    """Return the conversation that the script gives, played to its end ; a pause is followed by the next line."""
    conversation = guidance.begin(script.language, script.value)
    lines = _Lines(script, {}, set())
    conversation = guidance.reply(conversation.id)
    for _ in range(TURNS_AT_MOST):
        if conversation.status == "finished":
            break
        text = _answer(lines, conversation, guidance.reader)
        guidance.say(conversation.id, text, conversation.next_position)
        conversation = guidance.reply(conversation.id)
    return _rated(script, guidance, conversation)


def _answer(lines: _Lines, conversation: Conversation, reader: Reader) -> str:
    step = conversation.open_step
    ask = step.ask if step else Ask(AskKind.CONTRACT)
    language = lines.script.language
    if ask.kind is AskKind.CONTRACT:
        return lines.script.goal or _DONT_KNOW[language]
    if ask.kind is AskKind.CLOSING:
        return _DONE[language]
    if ask.kind is AskKind.SUMMARY:
        correction = _correction(lines, ask, conversation, reader)
        return correction or _AGREES[language]
    if ask.cell is not None:
        return lines.for_cell(ask.cell)
    return lines.take(ask.question or 1)


def _correction(lines: _Lines, ask: Ask, conversation: Conversation, reader: Reader) -> str | None:
    """The next line of this question if it corrects the summary; other lines are not spent on a summary."""
    question = ask.question or 1
    line = lines.next_for(question)
    if line is None:
        return None
    heard = reader.read(line, context_of(conversation, Said(conversation.next_position, None, line)))
    if heard.intent is Intent.BACK or Cue.DISAGREES in heard.cues:
        return lines.take(question)
    return None


def _rated(script: Script, guidance: Guidance, conversation: Conversation) -> Conversation:
    for cell in CELLS:
        rating = script.ratings.get(cell.value, {}).get(cell.perspective)
        if rating is not None:
            conversation = guidance.rate(conversation.id, cell, now=rating[0], desired=rating[1])
    return conversation

"""Plays a conversation from a script, without a person: for reading aloud, testing and comparing."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.domain.conversation import Conversation, Said
from coach.domain.errors import UnreadableFile
from coach.domain.evidence import Cue, Intent
from coach.domain.ports import Reader
from coach.domain.steps import Ask, AskKind
from coach.domain.text import clean
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


def play(script: Script, guidance: Guidance) -> Conversation:
    """Return the conversation that the script gives, played to its end; a pause is followed by the next line."""
    conversation = guidance.begin(script.language, script.value)
    return _rated(script, guidance, play_on(script, guidance, conversation))


def play_on(script: Script, guidance: Guidance, conversation: Conversation) -> Conversation:
    """Return the conversation played on from where it is; what was already said is not said again."""
    for _ in range(TURNS_AT_MOST):
        if conversation.awaits_reply:
            guidance.reply(conversation.id)
            conversation = guidance.listen(conversation.id)
        if conversation.status == "finished":
            break
        line = next_line(script, conversation, guidance.reader)
        conversation = guidance.say(conversation.id, line, conversation.next_position)
    return conversation


def next_line(script: Script, conversation: Conversation, reader: Reader) -> str:
    """Return what the person of the script says now."""
    step = conversation.open_step
    ask = step.ask if step else Ask(AskKind.CONTRACT)
    language = script.language
    match ask.kind:
        case AskKind.CONTRACT:
            told = [exchange.said.text for exchange in conversation.exchanges]
            return script.goal if script.goal and clean(script.goal) not in told else _DONT_KNOW[language]
        case AskKind.CLOSING:
            return _DONE[language]
        case AskKind.SUMMARY:
            return _correction(script, ask, conversation, reader) or _AGREES[language]
        case AskKind.BALANCE | AskKind.BALANCE_EXAMPLE if ask.cell is not None:
            return _about_cell(script, ask.cell, conversation) or _DONT_KNOW[language]
        case _:
            return _unsaid(script, ask.question or 1, conversation) or _DONT_KNOW[language]


def _unsaid(script: Script, question: int, conversation: Conversation) -> str | None:
    """The first line of a question that was not said yet, in the order of the script."""
    lines = script.answers.get(str(question), ())  # type: ignore[call-overload]
    told = iter([e.said.text for e in conversation.exchanges if e.step.ask.question == question])
    said = 0
    while said < len(lines) and clean(lines[said]) in told:
        said += 1
    return lines[said] if said < len(lines) else None


def _about_cell(script: Script, cell: Cell, conversation: Conversation) -> str | None:
    asked = any(exchange.step.ask.cell == cell for exchange in conversation.exchanges)
    return None if asked else script.balance_round.get(cell.value, {}).get(cell.perspective)


def _correction(script: Script, ask: Ask, conversation: Conversation, reader: Reader) -> str | None:
    """The next line of this question if it corrects the summary; other lines are not spent on a summary."""
    line = _unsaid(script, ask.question or 1, conversation)
    if line is None:
        return None
    heard = reader.read(line, context_of(conversation, Said(conversation.next_position, None, line)))
    return line if heard.intent is Intent.BACK or Cue.DISAGREES in heard.cues else None


def _rated(script: Script, guidance: Guidance, conversation: Conversation) -> Conversation:
    for cell in CELLS:
        rating = script.ratings.get(cell.value, {}).get(cell.perspective)
        if rating is not None:
            conversation = guidance.rate(conversation.id, cell, now=rating[0], desired=rating[1])
    return conversation

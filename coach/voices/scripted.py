"""A chat model that says what a file tells it to: for trying the program out and for tests, without a network."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core import exceptions
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import BaseModel, ConfigDict, PrivateAttr

from coach.domain.errors import UnreadableFile

STEP = 7  # characters of a piece of the stream


class Line(BaseModel):
    """What the model does at one call: it waits `pause` seconds, then fails or says `text`.

    `error` is the name of an error class of langchain_core, such as ModelRateLimitError. With `cut` the stream
    breaks off without an end after so many characters; `slow` is a pause in seconds before each further piece.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    error: str = ""
    pause: float = 0.0
    slow: float = 0.0
    cut: int | None = None
    finish: str = "stop"


class ScriptedChat(BaseChatModel):
    """Says its lines in turn, the last one for ever; keeps what it was asked in `asked`."""

    lines: tuple[Line, ...]
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def asked(self) -> Sequence[Sequence[BaseMessage]]:
        """The messages of every call so far."""
        return self._asked

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _next(self, messages: list[BaseMessage]) -> Line:
        line = self.lines[min(len(self._asked), len(self.lines) - 1)]
        self._asked.append(messages)
        time.sleep(line.pause)
        if line.error:
            raise getattr(exceptions, line.error, RuntimeError)(line.error)
        return line

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        line = self._next(messages)
        told = AIMessage(content=line.text[: line.cut], response_metadata={"finish_reason": line.finish})
        return ChatResult(generations=[ChatGeneration(message=told)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        line = self._next(messages)
        text = line.text[: line.cut]
        for at in range(0, len(text), STEP):
            yield ChatGenerationChunk(message=AIMessageChunk(content=text[at : at + STEP]))
            time.sleep(line.slow)
        end = {"finish_reason": line.finish} if line.cut is None else {}
        yield ChatGenerationChunk(message=AIMessageChunk(content="", response_metadata=end))


def read_scripted_chat(path: Path) -> ScriptedChat:
    """Return the model that says the lines of a JSON file: a list of texts or `Line`s. Raises UnreadableFile."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        lines = tuple(Line(text=one) if isinstance(one, str) else Line.model_validate(one) for one in told)
    except (OSError, ValueError, TypeError) as problem:
        raise UnreadableFile(f"{path}: {problem}") from problem
    if not lines:
        raise UnreadableFile(f"{path}: holds no line")
    return ScriptedChat(lines=lines)

"""The line to one chat model: each call has a deadline, its faults have names, its tokens are counted."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from coach.domain.errors import ModelFailed
from coach.domain.wording import Fault, Prices, Usage
from coach.voices import calls
from coach.voices.breaker import Breaker
from coach.voices.budget import MESSAGE, Count
from coach.voices.faults import fault_of, retry_after

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

LONGEST_WAIT = 2.0  # seconds that a server may ask us to wait before a second try
SECOND_TRY = frozenset({Fault.BUSY, Fault.BROKEN})
LONGEST_TOKEN = 12  # characters on average, with room: more text than this per token allowed is rubbish
Turn = tuple[Literal["person", "coach"], str]
_ENDS = ("finish_reason", "stop_reason", "done_reason")
_FILTERED = frozenset({"content_filter", "refusal", "SAFETY"})


@dataclass(frozen=True)
class Limits:
    """The budget of one turn in tokens, and how many seconds the first word and the whole may take."""

    tokens_in: int = 3_000
    tokens_out: int = 300
    first_seconds: float = 8.0
    seconds: float = 20.0


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: what it is told, and who said what before, the person's newest words last."""

    system: str
    turns: tuple[Turn, ...]

    def tokens(self, count: Count) -> int:
        """Return what it costs to send."""
        return sum(count(text) + MESSAGE for text in (self.system, *(text for _, text in self.turns)))


@dataclass(frozen=True)
class Ended:
    """How a stream ended: `whole` when the model itself ended it."""

    usage: Usage
    whole: bool


@dataclass(frozen=True)
class Answer:
    """What came of a structured question: data that fits its schema, or text in which it may stand."""

    data: Any
    text: str
    usage: Usage


@dataclass(frozen=True)
class Line:
    """Asks one chat model. `chat` opens it, once; `insist` asks it even while the breaker says to leave it."""

    name: str
    chat: Callable[[], "BaseChatModel"]
    limits: Limits
    prices: Prices
    count: Count
    breaker: Breaker
    clock: Callable[[], float] = time.monotonic
    insist: bool = False

    def insisting(self) -> "Line":
        """Return the same line for who asks on purpose, whatever happened a moment ago."""
        return replace(self, insist=True)

    def stream(self, prompt: Prompt, until: float) -> Generator[str, None, Ended]:
        """Yield the reply as it comes, up to the moment `until` of the clock. Raises ModelFailed."""
        self._may_ask()
        try:
            return (yield from self._tried(prompt, until))
        except ModelFailed as failed:
            wait = self._second_wait(failed, until)
            if wait is None:
                self._note(failed)
                raise
        time.sleep(wait)
        try:
            return (yield from self._tried(prompt, until))
        except ModelFailed as failed:
            self._note(failed)
            raise

    def _may_ask(self) -> None:
        cause = None if self.insist else self.breaker.cause
        if cause is None:
            return
        if self.breaker.may_probe():
            threading.Thread(target=self.probe, name="probe", daemon=True).start()
        raise ModelFailed(cause, "it failed a moment ago and was not asked")

    def _second_wait(self, failed: ModelFailed, until: float) -> float | None:
        """How long to wait before a second try, None when there is none: it must leave time for a reply."""
        wait = retry_after(failed.__cause__) if failed.__cause__ else None
        wait = 0.3 if wait is None else wait
        fits = wait <= LONGEST_WAIT and self.clock() + wait + self.limits.first_seconds / 2 <= until
        return wait if failed.fault in SECOND_TRY and fits else None

    def _note(self, failed: ModelFailed) -> None:
        if failed.fault is not Fault.CUT:
            self.breaker.failed(failed.fault, retry_after(failed.__cause__) if failed.__cause__ else None)
        level = logging.WARNING if failed.fault is Fault.UNKNOWN else logging.INFO
        log.log(level, "the model %s failed: %s", self.name, failed)

    def _tried(self, prompt: Prompt, until: float) -> Generator[str, None, Ended]:
        incoming: queue.Queue[Any] = queue.Queue()
        tally = _Tally(prompt.tokens(self.count))
        call = calls.begin(calls.pump(self.chat, _messages(prompt), incoming))
        try:
            yield from self._chunks(incoming, until, tally)
        finally:
            call.cancel()
        if tally.reason in _FILTERED:
            raise ModelFailed(Fault.REFUSAL, tally.reason, self.usage(tally))
        return Ended(self.usage(tally), bool(tally.reason))

    def _chunks(self, incoming: "queue.Queue[Any]", until: float, tally: "_Tally") -> Iterator[str]:
        first_until = min(until, self.clock() + self.limits.first_seconds)
        while True:
            try:
                item = incoming.get(timeout=max(0.0, (until if tally.text else first_until) - self.clock()))
            except queue.Empty:
                raise ModelFailed(Fault.TOO_SLOW, "no word in time", self.usage(tally)) from None
            if item is None:
                return
            if isinstance(item, Exception):
                fault = fault_of(item)
                begun = tally.text and fault not in (Fault.REFUSAL, Fault.TOO_SLOW)
                raise ModelFailed(
                    Fault.CUT if begun else fault, type(item).__name__, self.usage(tally)
                ) from item
            text = tally.take(item)
            if len(tally.text) > self.limits.tokens_out * LONGEST_TOKEN:
                raise ModelFailed(Fault.RUBBISH, f"{len(tally.text)} characters", self.usage(tally))
            if text:
                yield text

    def usage(self, tally: "_Tally") -> Usage:
        """Return what a call cost, by the server's count, else by ours."""
        estimated = not tally.tokens_out
        given = tally.tokens_in or tally.sent
        got = self.count(tally.text) if estimated else tally.tokens_out
        return Usage(given, got, self.prices.cost(given, got), 1, estimated)

    def structured(self, prompt: Prompt, schema: dict[str, Any]) -> Answer:
        """Return data after a JSON schema, or the text that came instead. Raises ModelFailed.

        Nobody waits for it, so its faults do not count for the breaker: a server without JSON keeps its voice.
        """
        self._may_ask()
        call = calls.begin(calls.ask(self.chat, _messages(prompt), schema))
        try:
            got = call.result(timeout=self.limits.seconds)
        except Exception as problem:
            call.cancel()
            raise ModelFailed(fault_of(problem), type(problem).__name__) from problem
        tally = _Tally(prompt.tokens(self.count))
        tally.take(got["raw"])
        return Answer(got["parsed"], tally.text, self.usage(tally))

    def data(self, system: str, said: str, schema: dict[str, Any]) -> tuple[Any, str, Usage]:
        """Return data about what a person said, as `structured` does, in plain parts."""
        answer = self.structured(Prompt(system, (("person", said),)), schema)
        return answer.data, answer.text, answer.usage

    def probe(self) -> Fault | None:
        """Ask for one word; return what went wrong, if anything, and remember it. To open the model takes its time."""
        fault = self._open()
        if fault is not None:
            return fault
        chat, prompt = self.chat(), Prompt("Answer with the one word: ok", (("person", "ok?"),))
        try:
            opened = replace(self, chat=lambda: chat)
            if not any(map(str.strip, opened._tried(prompt, self.clock() + self.limits.seconds))):
                raise ModelFailed(Fault.EMPTY)
        except ModelFailed as failed:
            self._note(failed)
            return failed.fault
        self.breaker.worked()
        return None

    def warm(self) -> None:
        """Load the provider's library in the background, before the first turn needs it."""
        threading.Thread(target=self._open, name="warm", daemon=True).start()

    def _open(self) -> Fault | None:
        try:
            self.chat()
        except Exception as problem:  # the edge of the thread: the first turn would meet the same
            fault = fault_of(problem)
            self.breaker.failed(fault)
            log.info("the model %s cannot be opened: %s", self.name, type(problem).__name__)
            return fault
        return None


class _Tally:
    """What came in of one call."""

    def __init__(self, sent: int) -> None:
        self.sent = sent
        self.text, self.reason = "", ""
        self.tokens_in = self.tokens_out = 0

    def take(self, message: "BaseMessage") -> str:
        text = str(message.text)
        self.text += text
        told = message.response_metadata
        if message.additional_kwargs.get("refusal"):
            self.reason = "refusal"
        if self.reason not in _FILTERED:
            self.reason = next((str(told[name]) for name in _ENDS if told.get(name)), self.reason)
        counted = getattr(message, "usage_metadata", None) or {}
        self.tokens_in += counted.get("input_tokens", 0)
        self.tokens_out += counted.get("output_tokens", 0)
        return text


def _messages(prompt: Prompt) -> "list[BaseMessage]":
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {"person": HumanMessage, "coach": AIMessage}
    return [SystemMessage(prompt.system), *(kinds[who](text) for who, text in prompt.turns)]

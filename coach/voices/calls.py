"""Runs the calls to chat models on one event loop, so that a call nobody waits for any more is hung up."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Any

from coach.domain.wording import Fault
from coach.voices.faults import fault_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

WAITING, PAUSE = 20, 0.005  # pieces that nobody took yet, and seconds until they are counted again
_STARTING = threading.Lock()


def begin(call: Coroutine[Any, Any, Any]) -> "Future[Any]":
    """Start a call and return at once; `cancel` of what comes back closes its connection too."""
    with _STARTING:
        loop = _loop()
    return asyncio.run_coroutine_threadsafe(call, loop)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop of the process: models share connections in their libraries, and these belong to a loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop


async def pump(
    chat: "Callable[[], BaseChatModel]", messages: "list[BaseMessage]", incoming: "queue.Queue[Any]"
) -> None:
    """Hand on what a model streams; its end is None, or the error."""
    try:
        model = await asyncio.to_thread(chat)
        chunks: AsyncIterator[Any] = model.astream(messages)
        async for chunk in chunks:
            incoming.put(chunk)
            while incoming.qsize() > WAITING:
                await asyncio.sleep(PAUSE)
        incoming.put(None)
    except Exception as problem:  # the edge of the loop: it is raised again where the reply is awaited
        incoming.put(problem)


async def ask(
    chat: "Callable[[], BaseChatModel]", messages: "list[BaseMessage]", schema: dict[str, Any]
) -> dict[str, Any]:
    """Return data after a schema, `parsed`, and the message, `raw`; who knows no schemas is asked in words."""
    model = await asyncio.to_thread(chat)
    try:
        got: Any = await model.with_structured_output(schema, include_raw=True).ainvoke(messages)
    except Exception as problem:
        if not isinstance(problem, NotImplementedError) and fault_of(problem) is not Fault.REJECTED:
            raise
        got = {"raw": await model.ainvoke(messages), "parsed": None}
    return dict(got)

"""The real client, `langchain-openai`, as it is pointed at the scripted server: for the server's own tests."""

import time
from collections.abc import Callable
from typing import Literal

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel

from tests.wire.server import MODEL, ScriptedServer

PATIENCE = 0.6  # seconds without a byte before the client gives up
Method = Literal["json_schema", "function_calling", "json_mode"]
WORDS = "Je staat er dus alleen voor. Wat zou je helpen?"


def client(server: ScriptedServer, model: str = MODEL, key: str = "k") -> BaseChatModel:
    """Return the client, without retries, that counts tokens of streams too."""
    made: BaseChatModel = init_chat_model(
        f"openai:{model}",
        base_url=server.url,
        api_key=key,
        timeout=PATIENCE,
        max_retries=0,
        stream_usage=True,
    )
    return made


def heard(server: ScriptedServer) -> str:
    """Return what the client hears when it greets the server and takes a stream."""
    return "".join(chunk.text for chunk in client(server).stream("hoi"))


def eventually(true: Callable[[], bool], seconds: float = 3.0) -> bool:
    """Tell whether something becomes true in time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


class Finding(BaseModel):
    """One thing found."""

    quote: str
    value: Literal["human", "social"] | None


class Found(BaseModel):
    """An answer in a structure."""

    findings: list[Finding]
    intent: str

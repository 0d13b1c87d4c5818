"""Opens the chat model that the owner named, through LangChain's `init_chat_model`, without its own retries."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SCRIPTED = "scripted"
_OTHER_NAMES = {"mistral": "mistralai"}
_NO_KEY = "none"  # what a server without keys is sent: the client insists on one


@dataclass(frozen=True)
class ModelSetup:
    """Which chat model, and how it is reached. `name` is `provider:model`, as LangChain writes it.

    `url` is the address of a server that speaks OpenAI's language (then the provider may be left out), or of
    the provider's own server. Without `key` the provider's own environment variable counts. `seconds` is the
    longest silence on the line, `tokens_out` the longest reply.
    """

    name: str
    url: str = ""
    key: str = ""
    temperature: float | None = 0.3
    tokens_out: int = 300
    seconds: float = 20.0

    @property
    def provider(self) -> str:
        """LangChain's name of the provider, empty when it has to be guessed from the model's name."""
        head, colon, _ = self.name.partition(":")
        if not colon:
            return "openai" if self.url else ""
        return _OTHER_NAMES.get(head, head)

    @property
    def model(self) -> str:
        """The model's name as its provider knows it."""
        return self.name.partition(":")[2] or self.name


def open_chat(setup: ModelSetup) -> "BaseChatModel":
    """Return the chat model. Takes seconds the first time: the provider's library is loaded here, not before.

    Raises ImportError when that library is not installed; anything else is the library's own error.
    """
    if setup.provider == SCRIPTED:
        from coach.voices.scripted import read_scripted_chat

        return read_scripted_chat(Path(setup.model))
    from langchain.chat_models import init_chat_model

    chat: BaseChatModel = init_chat_model(
        setup.model, model_provider=setup.provider or None, **_options(setup)
    )
    return chat


def _options(setup: ModelSetup) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": setup.temperature, **_limits(setup)}
    if setup.url:
        options["base_url"] = setup.url
    if setup.key and setup.provider != "ollama":
        options["api_key"] = setup.key
    elif setup.url and setup.provider == "openai" and not _has_own_key():
        options["api_key"] = _NO_KEY
    return {name: value for name, value in options.items() if value is not None}


def _limits(setup: ModelSetup) -> dict[str, Any]:
    """Length, patience and retries (none: ours count), as each provider's class names them."""
    match setup.provider:
        case "ollama":
            headers = {"Authorization": f"Bearer {setup.key}"} if setup.key else {}
            return {
                "num_predict": setup.tokens_out,
                "client_kwargs": {"timeout": setup.seconds, "headers": headers},
            }
        case "mistralai":  # counts attempts, not retries
            return {"max_tokens": setup.tokens_out, "timeout": max(1, round(setup.seconds)), "max_retries": 1}
        case "openai":
            more = {"stream_usage": True}
        case _:
            more = {}
    return {"max_tokens": setup.tokens_out, "timeout": setup.seconds, "max_retries": 0, **more}


def _has_own_key() -> bool:
    return bool(os.environ.get("OPENAI_API_KEY"))

"""The words of OpenAI's chat protocol: what is asked, and the bodies and stream pieces that answer it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.wire.behaviours import Behaviour

CHARACTERS_PER_TOKEN = 4  # near enough for the figures that a server tells
_ID, _CREATED = "chatcmpl-scripted", 1_700_000_000

Structure = Literal["none", "json_schema", "json_object", "tool"]


@dataclass
class Asked:
    """One request: `at` is the monotonic time of its arrival, `body` its bytes, `left` that the client left early."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    left: bool = False
    told: int = 0  # tokens in the answer
    content: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Read the body, an object; anything else counts as empty."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            found = {}
        self.content = found if isinstance(found, dict) else {}

    @property
    def model(self) -> str:
        """Name of the model that is asked for."""
        return str(self.content.get("model", ""))

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Role and text of each message, in order."""
        return [(one["role"], text_of(one.get("content"))) for one in self.content.get("messages", [])]

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n".join(text for _, text in self.messages)

    def of(self, role: str) -> str:
        """Return the text of all messages of one role."""
        return "\n".join(text for who, text in self.messages if who == role)

    @property
    def streamed(self) -> bool:
        """Whether the answer is wanted in pieces."""
        return bool(self.content.get("stream"))

    @property
    def wants_usage(self) -> bool:
        """Whether the stream must end with a count of tokens."""
        return bool((self.content.get("stream_options") or {}).get("include_usage"))

    @property
    def structure(self) -> Structure:
        """In which form the answer is wanted."""
        wanted = (self.content.get("response_format") or {}).get("type", "text")
        if wanted in ("json_schema", "json_object"):
            return "json_schema" if wanted == "json_schema" else "json_object"
        return "tool" if self.content.get("tools") else "none"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the answer that is wanted, empty for words."""
        if self.structure == "json_schema":
            return dict(self.content["response_format"]["json_schema"]["schema"])
        return dict(self.content["tools"][0]["function"]["parameters"]) if self.structure == "tool" else {}

    @property
    def tool(self) -> str:
        """Name of the tool that must be called, empty if none."""
        return str(self.content["tools"][0]["function"]["name"]) if self.structure == "tool" else ""

    @property
    def tokens(self) -> int:
        """How many tokens the messages are, as this server counts."""
        return tokens_in(self.text)


def text_of(content: object) -> str:
    """Return the words of a message, whether they are a string or a list of parts."""
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return "" if content is None else str(content)


def tokens_in(text: str) -> int:
    """Return a rough number of tokens."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def pieces_of(text: str) -> list[str]:
    """Return a text word by word; together they are the text."""
    return re.findall(r"\s*\S+\s*?(?=\s|$)|\s+", text)


def usage(asked: Asked, behaviour: Behaviour) -> dict[str, int]:
    """Return the count of tokens of question and answer."""
    told = tokens_in(behaviour.text)
    return {"prompt_tokens": asked.tokens, "completion_tokens": told, "total_tokens": asked.tokens + told}


def whole(asked: Asked, behaviour: Behaviour) -> bytes:
    """Return the body of an answer in one piece."""
    if behaviour.raw is not None:
        return behaviour.raw
    message = {"role": "assistant", "content": None, "refusal": None} | _said(behaviour, behaviour.text)
    choice = {"index": 0, "message": message, "finish_reason": _reason(behaviour), "logprobs": None}
    return _json(_frame(asked, "chat.completion", [choice]) | {"usage": usage(asked, behaviour)})


def stream(asked: Asked, behaviour: Behaviour) -> Iterator[bytes]:
    """Yield the data of the stream's pieces: the role, the words, the reason why it ends, the count, the end."""
    yield piece(asked, {"role": "assistant", "content": None if behaviour.calls else ""})
    words = pieces_of(behaviour.text)
    for place in range(0, len(words), behaviour.at_once):
        text = "".join(words[place : place + behaviour.at_once])
        yield piece(asked, _said(behaviour, text, first=place == 0))
    yield piece(asked, {}, _reason(behaviour))
    if asked.wants_usage:
        yield _json(_frame(asked, "chat.completion.chunk", []) | {"usage": usage(asked, behaviour)})
    yield b"[DONE]"


def piece(asked: Asked, delta: Mapping[str, Any], reason: str | None = None) -> bytes:
    """Return the data of one piece of a stream."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": reason, "logprobs": None}
    return _json(_frame(asked, "chat.completion.chunk", [choice]))


def error(behaviour: Behaviour) -> bytes:
    """Return the body that tells of an error."""
    kind = "invalid_request_error" if behaviour.status < 500 else "server_error"
    told = {"message": behaviour.text, "type": kind, "param": None, "code": behaviour.code or None}
    return _json({"error": told})


def smallest(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """Return the least that satisfies a JSON schema: empty lists and texts, null where it is allowed."""
    root = schema if root is None else root
    if "$ref" in schema:
        return smallest(root["$defs"][str(schema["$ref"]).rsplit("/", 1)[-1]], root)
    if "default" in schema:
        return schema["default"]
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "anyOf" in schema:
        options = [smallest(option, root) for option in schema["anyOf"]]
        return None if None in options else options[0]
    return _smallest_of(schema, root)


def _smallest_of(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            return {name: smallest(part, root) for name, part in schema.get("properties", {}).items()}
        case "array":
            return []
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "null":
            return None
        case _:
            return ""


def _said(behaviour: Behaviour, text: str, first: bool = True) -> dict[str, Any]:
    if behaviour.calls:
        call: dict[str, Any] = {"index": 0, "function": {"arguments": text}}
        if first:
            call |= {"id": "call_scripted", "type": "function"}
            call["function"]["name"] = behaviour.calls
        return {"tool_calls": [call]}
    return {"refusal": text} if behaviour.refuses else {"content": text}


def _reason(behaviour: Behaviour) -> str:
    return "tool_calls" if behaviour.calls else behaviour.finish


def _frame(asked: Asked, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": _ID, "object": kind, "created": _CREATED, "model": asked.model, "choices": choices}


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()

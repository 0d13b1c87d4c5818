"""The model reader: asks a chat model what the rules missed in an answer, after the reply was given."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from coach import prompts
from coach.domain.errors import ModelFailed
from coach.domain.evidence import Direction, Kind, Reading, Time
from coach.domain.ports import Context, Overheard
from coach.domain.values import Language, Perspective, Value
from coach.domain.wording import Fault, Usage, Wording
from coach.reading.merging import MOST, additions, finding_of

LONGEST = 4_000  # characters of an answer: one answer holds no more
WHOLE = "all"
_JSON = re.compile(r"[{\[].*[}\]]", re.DOTALL)


class Asks(Protocol):
    """Asks a chat model for data."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def data(self, system: str, said: str, schema: dict[str, Any]) -> tuple[Any, str, Usage]:
        """Return data after a JSON schema (or None), the text that came, and what it cost. Raises ModelFailed."""
        ...


class Texts(Protocol):
    """How we call what a talk is about, and what is asked."""

    def about(self, language: Language, context: Context) -> str:
        """Return what the talk is about, in running text."""
        ...

    def question(self, language: Language, context: Context) -> str:
        """Return our question at this place, empty if there is none."""
        ...


class ModelReader:
    """Hears what the rules missed. Its findings join theirs by the rules of `coach.reading.merging`."""

    def __init__(self, folder: Path, asks: Asks, texts: Texts) -> None:
        self._folders = {language: folder / language / "model" for language in Language}
        self._asks, self._texts = asks, texts
        self._digests: Mapping[Language, str] = {
            language: hashlib.sha256((own / "hearing.j2").read_bytes()).hexdigest()[:12]
            for language, own in self._folders.items()
        }

    def listen(self, text: str, context: Context, heard: Reading) -> Overheard:
        """Return findings to add to `heard`. Raises ModelFailed, with NOT_JSON for what cannot be read."""
        template = prompts.templates(self._folders[context.language]).get_template("hearing.j2")
        system = template.render(
            about=self._texts.about(context.language, context),
            open_question=self._texts.question(context.language, context),
        )
        data, told, usage = self._asks.data(system.strip(), text[:LONGEST], schema())
        found = _listed(data) if data is not None else _listed(_json_in(told))
        if found is None:
            raise ModelFailed(Fault.NOT_JSON, "findings cannot be read", usage)
        rule = f"model {self._asks.name}"
        proposed = [one for one in (finding_of(raw, rule) for raw in found) if one is not None]
        wording = Wording(self._asks.name, self._digests[context.language], usage)
        return Overheard(additions(text, heard, proposed), wording)


def schema() -> dict[str, Any]:
    """Return the JSON schema of the findings that a model is asked for."""
    parts = {"value": Value, "perspective": Perspective, "direction": Direction, "kind": Kind, "time": Time}
    words = {name: {"type": "string", "enum": [*map(str, words)]} for name, words in parts.items()}
    finding = {
        "type": "object",
        "properties": {**words, "quote": {"type": "string"}},
        "required": [*words, "quote"],
        "additionalProperties": False,
    }
    return {
        "title": "findings",
        "description": "What the answer tells about values.",
        "type": "object",
        "properties": {"findings": {"type": "array", "items": finding}},
        "required": ["findings"],
        "additionalProperties": False,
    }


def _listed(data: object) -> list[object] | None:
    """The list of findings in what came, None when there is none."""
    if isinstance(data, dict):
        data = data.get("findings")
    return data[: 2 * MOST] if isinstance(data, list) else None


def _json_in(text: str) -> object:
    """The JSON in a text that may hold more than that."""
    found = _JSON.search(text)
    try:
        return json.loads(found.group()) if found else None
    except (ValueError, RecursionError):  # the second: brackets within brackets, thousands deep
        return None

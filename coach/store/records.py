"""Entries as JSON and back, for the archive: every field by its name, told apart by `kind`."""

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from coach.domain.conversation import Entry
from coach.domain.errors import NotSaved, UnreadableFile

SCHEMA = 1  # version of the bodies; a new field with a default is not a new version

_IN_COLUMNS = ("position", "at")


@cache
def _entries() -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


def body_of(entry: Entry) -> str:
    """Return the JSON text of an entry without position and time; the same entry gives the same text.

    Raises NotSaved for text that no file can hold (a lone surrogate: it was not cleaned).
    """
    fields = {name: value for name, value in asdict(entry).items() if name not in _IN_COLUMNS}
    body = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=sorted)  # sorted: sets
    try:
        body.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise NotSaved(f"the text was not cleaned: {problem.reason}") from None
    return body


def entry_of(body: str, position: int, at: datetime | None) -> Entry:
    """Return the entry that `body_of` wrote. Raises UnreadableFile when it is not one."""
    try:
        fields = {**json.loads(body), "position": position, "at": at}
        entry: Entry = _entries().validate_python(fields)
    except (ValueError, TypeError, ValidationError) as problem:
        raise UnreadableFile(f"saved entry {position} cannot be read: {type(problem).__name__}") from None
    return entry

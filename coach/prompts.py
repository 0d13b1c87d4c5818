"""Reads and checks the files under prompts/: word lists and templates, for voices, reading and retrieval."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from coach.domain.errors import UnreadableFile

T = TypeVar("T")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast where PyYAML has it


def load(path: Path, schema: type[T]) -> T:
    """Return the YAML file at `path` as a checked value of type `schema`.

    `schema` is anything pydantic understands: a model with `extra="forbid"`, a dataclass, `dict[str, str]`.
    Raises UnreadableFile with file name and reason.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        return TypeAdapter(schema).validate_python(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as problem:
        raise UnreadableFile(f"{path}: {problem}") from problem


@lru_cache(maxsize=8)
def templates(folder: Path) -> Environment:
    """Return the Jinja templates of one folder; an undefined name in a template is an error, never a blank."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the output is plain text; pages escape what they show
    )

"""Conversations and reviews as files for other programs: JSON, JSON lines, and CSV that is safe in Excel."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

Scalar = str | int | float | bool | None

BOM = "\ufeff"
_STARTS_FORMULA = tuple("=+-@\t\r\n") + tuple("＝＋－＠")


def as_json(model: BaseModel) -> str:
    """Return one model as indented JSON with a newline at the end."""
    return json.dumps(model.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2) + "\n"


def as_json_lines(models: Iterable[BaseModel]) -> str:
    """Return models as JSON lines, one whole model on each."""
    dumps = (json.dumps(m.model_dump(mode="json", by_alias=True), ensure_ascii=False) for m in models)
    return "".join(f"{line}\n" for line in dumps)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Scalar]], delimiter: str = ",") -> bytes:
    """Return rows as CSV that opens right in Excel: UTF-8 with a mark, CRLF, no cell that is a formula.

    A Dutch Excel wants `;` as `delimiter`. Text that a spreadsheet would run (`=`, `+`, `-`, `@`, also
    after blanks, or in full width) gets an
    apostrophe in front. A missing column is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n", delimiter=delimiter)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row.get(column)) for column in columns])
    return (BOM + text.getvalue()).encode("utf-8", errors="replace")


def harmless(value: Scalar) -> str | int | float:
    """Return a cell's content that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_FORMULA) else text


def as_json_list(models: Iterable[BaseModel]) -> str:
    """Return models as one JSON list, with a newline at the end."""
    dumps = [model.model_dump(mode="json", by_alias=True) for model in models]
    return json.dumps(dumps, ensure_ascii=False, indent=2) + "\n"

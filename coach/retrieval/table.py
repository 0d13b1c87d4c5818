"""The passages of an index as files: read one at a time, filtered as arrays, for the search."""

import json
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain.passages import Passage
from coach.domain.values import Language, Value

VALUES: tuple[Value | None, ...] = (None, *Value)


class PassageTable:
    """Passages by row; the rows of one language lie together. Reading is safe from several threads."""

    def __init__(self, lines: bytes | mmap.mmap, arrays: dict[str, NDArray[Any]]) -> None:
        self._lines = lines
        self._ends = arrays["ends"]
        self._ids = arrays["ids"]  # sorted
        self._rows_of_ids = arrays["rows_of_ids"]
        self.values: NDArray[np.int8] = arrays["values"]  # places in VALUES
        self.questions: NDArray[np.int8] = arrays["questions"]  # 0 for none
        self.places: NDArray[np.int32] = arrays["places"]
        self.languages: NDArray[np.int8] = arrays["languages"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def passage(self, row: int) -> Passage:
        """Return the passage in a row."""
        facts = json.loads(self._lines[self._ends[row] : self._ends[row + 1]])
        value = Value(facts["value"]) if facts["value"] else None
        return Passage(**{**facts, "value": value, "language": Language(facts["language"])})

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage, None when there is none with this id."""
        key = passage_id.encode()
        at = int(np.searchsorted(self._ids, np.bytes_(key)))
        return int(self._rows_of_ids[at]) if at < len(self._ids) and self._ids[at] == key else None

    def span(self, language: Language) -> tuple[int, int]:
        """Return first and last row + 1 of a language's passages; equal when there are none."""
        code = list(Language).index(language)
        return int(np.searchsorted(self.languages, code)), int(
            np.searchsorted(self.languages, code, side="right")
        )

    @classmethod
    def write(cls, folder: Path, passages: Sequence[Passage]) -> None:
        """Write passages, which must be ordered by language."""
        lines = [json.dumps(vars(passage), ensure_ascii=False).encode() + b"\n" for passage in passages]
        (folder / "passages.jsonl").write_bytes(b"".join(lines))
        ids = np.array([passage.id for passage in passages], dtype=np.bytes_)
        order = np.argsort(ids, kind="stable")
        languages = list(Language)
        np.savez(
            folder / "table.npz",
            ends=np.cumsum([0, *map(len, lines)], dtype=np.int64),
            ids=ids[order],
            rows_of_ids=order.astype(np.int64),
            values=np.array([VALUES.index(passage.value) for passage in passages], dtype=np.int8),
            questions=np.array([passage.question or 0 for passage in passages], dtype=np.int8),
            places=np.array([passage.place for passage in passages], dtype=np.int32),
            languages=np.array([languages.index(passage.language) for passage in passages], dtype=np.int8),
        )

    @classmethod
    def open(cls, folder: Path) -> "PassageTable":
        """Read what `write` wrote."""
        with np.load(folder / "table.npz", allow_pickle=False) as arrays:
            loaded = {name: arrays[name] for name in arrays.files}
        with (folder / "passages.jsonl").open("rb") as file:
            empty = file.seek(0, 2) == 0
            lines = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return cls(lines, loaded)

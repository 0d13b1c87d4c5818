"""What coaches and trainers write about a conversation, kept beside it in the same database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, RowMapping, Table, insert, select
from sqlalchemy.exc import IntegrityError

from coach.domain.errors import UnknownConversation
from coach.domain.review import Note, Review, TurnComment
from coach.domain.text import clean
from coach.store import tables
from coach.store.database import reading, writing


@dataclass(frozen=True)
class SqlNotebook:
    """Notes, reviews and comments on turns; they go when their conversation is erased.

    Texts are cleaned. What adds raises UnknownConversation; every method raises NotSaved when the database
    fails. Lists come in the order of writing: of one conversation, or of all when no id is given.
    """

    engine: Engine

    def add_note(self, conversation_id: str, author: str, text: str, at: datetime | None) -> Note:
        """Store and return a coach's note."""
        return Note(**self._add(tables.note, conversation_id, author=clean(author), text=clean(text), at=at))

    def notes(self, conversation_id: str | None = None) -> Sequence[Note]:
        """Return the notes."""
        return tuple(Note(**row) for row in self._rows(tables.note, conversation_id))

    def add_review(
        self,
        conversation_id: str,
        rubric: str,
        rubric_version: int,
        reviewer: str,
        scores: Mapping[str, int],
        comment: str,
        at: datetime | None,
    ) -> Review:
        """Store and return a reviewer's scores, rubric line id → score; a later review replaces none."""
        row = self._add(
            tables.review,
            conversation_id,
            rubric=rubric,
            rubric_version=rubric_version,
            reviewer=clean(reviewer),
            scores=json.dumps(dict(scores)),
            comment=clean(comment),
            at=at,
        )
        return _review(row)

    def reviews(self, conversation_id: str | None = None) -> Sequence[Review]:
        """Return the reviews."""
        return tuple(_review(dict(row)) for row in self._rows(tables.review, conversation_id))

    def add_comment(
        self, conversation_id: str, position: int, author: str, text: str, at: datetime | None
    ) -> TurnComment:
        """Store and return a comment on the entry at `position`."""
        columns = {"position": position, "author": clean(author), "text": clean(text), "at": at}
        return TurnComment(**self._add(tables.turn_comment, conversation_id, **columns))

    def comments(self, conversation_id: str | None = None) -> Sequence[TurnComment]:
        """Return the comments on turns."""
        return tuple(TurnComment(**row) for row in self._rows(tables.turn_comment, conversation_id))

    def _add(self, table: Table, conversation_id: str, **columns: Any) -> dict[str, Any]:
        row = {"conversation_id": conversation_id, **columns}
        try:
            with writing(self.engine) as connection:
                key = connection.execute(insert(table).values(row)).inserted_primary_key
        except IntegrityError:
            raise UnknownConversation(conversation_id) from None
        return {"id": key[0] if key else 0, **row}

    def _rows(self, table: Table, conversation_id: str | None) -> Sequence[RowMapping]:
        query = select(table).order_by(table.c.id)
        if conversation_id is not None:
            query = query.where(table.c.conversation_id == conversation_id)
        with reading(self.engine) as connection:
            return connection.execute(query).mappings().all()


def _review(row: Mapping[str, Any]) -> Review:
    return Review(**{**row, "scores": json.loads(row["scores"])})

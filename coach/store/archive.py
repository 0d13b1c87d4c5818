"""The archive in a database, for guidance and reports: an entry is on disk before the program goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach.domain.conversation import Conversation, Entry
from coach.domain.errors import PositionTaken, UnknownConversation, UnreadableFile
from coach.domain.ports import Overview
from coach.domain.text import clean
from coach.domain.values import Language, Value
from coach.store import tables
from coach.store.database import leave_no_trace, open_database, reading, writing
from coach.store.records import SCHEMA, body_of, entry_of


def open_archive(url: str) -> "SqlArchive":
    """Return the archive at a database address such as `sqlite:///data/waardebalans.sqlite3`.

    Makes the folder and brings the tables to their newest version first; safe when two programs start at
    once. Raises NotSaved, naming place and reason, when that cannot be done.
    """
    return SqlArchive(open_database(url))


@dataclass(frozen=True)
class SqlArchive:
    """Conversations in a database, as `Archive` asks. Each method is one transaction; threads may share it.

    Every method raises NotSaved when the database fails (disk full, input/output error, locked for longer
    than five seconds, read-only); nothing was then acknowledged, and the next call works once the cause is
    gone.
    """

    engine: Engine

    def begin(self, conversation: Conversation) -> None:
        """Store a new conversation with its entries. Raises NotSaved; PositionTaken if the id exists."""
        times = [conversation.started, *(entry.at for entry in conversation.entries)]
        try:
            with writing(self.engine) as connection:
                row = {**_row_of(conversation), "updated": _latest(times)}
                connection.execute(insert(tables.conversation).values(row))
                for entry in conversation.entries:
                    _insert(connection, conversation.id, entry)
        except IntegrityError:
            raise PositionTaken(f"conversation {conversation.id} exists") from None

    def append(self, conversation_id: str, entry: Entry) -> None:
        """Store one entry; it is on disk when this returns.

        Raises PositionTaken when its place is not the next one, UnknownConversation, NotSaved. An entry that
        is there already, but for its time, is a double submit: a success without effect.
        """
        try:
            self._append(conversation_id, entry)
        except IntegrityError:  # another writer came in between: look again at what is there now
            self._append_again(conversation_id, entry)

    def _append_again(self, conversation_id: str, entry: Entry) -> None:
        try:
            self._append(conversation_id, entry)
        except IntegrityError:
            raise PositionTaken(f"position {entry.position}") from None

    def _append(self, conversation_id: str, entry: Entry) -> None:
        with writing(self.engine) as connection:
            row, conversation = _load(connection, conversation_id)
            if _is_there(conversation, entry):
                return
            if entry.position != conversation.next_position:
                raise PositionTaken(f"position {entry.position}; the next is {conversation.next_position}")
            _insert(connection, conversation_id, entry)
            status = conversation.append(entry).status
            updated = _latest((row["updated"], entry.at))
            mine = tables.conversation.c.id == conversation_id
            connection.execute(update(tables.conversation).where(mine).values(status=status, updated=updated))

    def get(self, conversation_id: str) -> Conversation:
        """Return the conversation as stored. Raises UnknownConversation; UnreadableFile if it is damaged."""
        with reading(self.engine) as connection:
            return _load(connection, conversation_id)[1]

    def overviews(self) -> Sequence[Overview]:
        """Return all saved conversations, newest first: by last change, those without a time at the end."""
        own, owner = tables.conversation, tables.entry.c.conversation_id
        counts = select(owner, func.count().label("entries")).group_by(owner).subquery()
        query = (
            select(own, func.coalesce(counts.c.entries, 0).label("entries"))
            .outerjoin(counts, counts.c.conversation_id == own.c.id)
            .order_by(own.c.updated.desc().nulls_last(), own.c.id)
        )
        with reading(self.engine) as connection:
            return tuple(_overview(row) for row in connection.execute(query).mappings())

    def erase(self, conversation_id: str) -> None:
        """Remove the conversation and all that hangs on it, from the disk too. Raises UnknownConversation."""
        with writing(self.engine) as connection:
            if not _delete(connection, (conversation_id,)):
                raise UnknownConversation(conversation_id)
        leave_no_trace(self.engine)

    def purge(self, older_than: datetime) -> tuple[str, ...]:
        """Erase every conversation that last changed before `older_than`; return their ids.

        Conversations without a time (played scripts) stay.
        """
        old = select(tables.conversation.c.id).where(tables.conversation.c.updated < older_than)
        with writing(self.engine) as connection:
            ids = tuple(connection.execute(old).scalars())
            _delete(connection, ids)
        leave_no_trace(self.engine)
        return ids

    def keep_draft(self, conversation_id: str, text: str) -> None:
        """Keep text that was typed but not accepted, cleaned; an empty text clears it.

        Raises NotSaved; UnknownConversation when there is nothing to hang it on.
        """
        kept, own = clean(text), tables.draft.c.conversation_id == conversation_id
        try:
            with writing(self.engine) as connection:
                connection.execute(delete(tables.draft).where(own))
                if kept:
                    row = {"conversation_id": conversation_id, "text": kept}
                    connection.execute(insert(tables.draft).values(row))
        except IntegrityError:
            raise UnknownConversation(conversation_id) from None

    def draft(self, conversation_id: str) -> str:
        """Return the kept draft, empty if there is none."""
        query = select(tables.draft.c.text).where(tables.draft.c.conversation_id == conversation_id)
        with reading(self.engine) as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def close(self) -> None:
        """Let go of the database file; a later call opens it again."""
        self.engine.dispose()


def _load(connection: Connection, conversation_id: str) -> tuple[RowMapping, Conversation]:
    own = select(tables.conversation).where(tables.conversation.c.id == conversation_id)
    row = connection.execute(own).mappings().one_or_none()
    if row is None:
        raise UnknownConversation(conversation_id)
    if row["schema"] > SCHEMA:
        raise UnreadableFile(f"conversation {conversation_id} was saved by a newer version")
    columns = (tables.entry.c.body, tables.entry.c.position, tables.entry.c.at)
    query = select(*columns).where(tables.entry.c.conversation_id == conversation_id)
    entries = tuple(entry_of(*found) for found in connection.execute(query.order_by(tables.entry.c.position)))
    return row, _conversation_of(row, entries)


def _is_there(conversation: Conversation, entry: Entry) -> bool:
    if not 0 <= entry.position < conversation.next_position:
        return False
    stored = conversation.entries[entry.position]
    return replace(stored, at=None) == replace(entry, at=None)


def _insert(connection: Connection, conversation_id: str, entry: Entry) -> None:
    row = {
        "conversation_id": conversation_id,
        "position": entry.position,
        "kind": entry.kind,
        "body": body_of(entry),
        "at": entry.at,
    }
    connection.execute(insert(tables.entry).values(row))


def _delete(connection: Connection, ids: Sequence[str]) -> int:
    removed = 0
    for conversation_id in ids:
        mine = tables.conversation.c.id == conversation_id
        removed += connection.execute(delete(tables.conversation).where(mine)).rowcount
    return removed


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time is not None), default=None)  # a clock set back ages nothing


def _row_of(conversation: Conversation) -> dict[str, object]:
    return {
        "id": conversation.id,
        "schema": SCHEMA,
        "language": conversation.language.value,
        "focus": conversation.focus.value if conversation.focus else None,
        "origin": conversation.origin,
        "started": conversation.started,
        "status": conversation.status,
    }


def _conversation_of(row: RowMapping, entries: tuple[Entry, ...]) -> Conversation:
    focus = Value(row["focus"]) if row["focus"] else None
    return Conversation(row["id"], Language(row["language"]), focus, row["started"], row["origin"], entries)


def _overview(row: RowMapping) -> Overview:
    return Overview(
        id=row["id"],
        language=Language(row["language"]),
        focus=Value(row["focus"]) if row["focus"] else None,
        origin=row["origin"],
        status=row["status"],
        started=row["started"],
        updated=row["updated"],
        entries=row["entries"],
    )

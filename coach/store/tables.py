"""The tables in which conversations and what is written about them are kept."""

from datetime import UTC, datetime

from sqlalchemy import Column, Dialect, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time, kept as ISO 8601 text in UTC, so that it sorts as text and means the same in every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text to keep. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time in UTC."""
        return None if value is None else datetime.fromisoformat(value)


def _owner(primary_key: bool = False, index: bool = False) -> Column[str]:
    return Column(
        "conversation_id",
        Text,
        ForeignKey("conversation.id", ondelete="CASCADE"),
        primary_key=primary_key,
        index=index,
        nullable=False,
    )


conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("schema", Integer, nullable=False),  # version of the entries' bodies
    Column("language", Text, nullable=False),
    Column("focus", Text),  # null: the whole company
    Column("origin", Text, nullable=False),
    Column("started", Moment),
    Column("updated", Moment),
    Column("status", Text, nullable=False),  # a cache of what the entries say
    sqlite_strict=True,
)

entry = Table(
    "entry",
    metadata,
    _owner(primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, without position and time
    Column("at", Moment),
    sqlite_strict=True,
)

draft = Table(
    "draft",
    metadata,
    _owner(primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
)

note = Table(
    "note",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(index=True),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment),
    sqlite_strict=True,
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(index=True),
    Column("rubric", Text, nullable=False),
    Column("rubric_version", Integer, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("scores", Text, nullable=False),  # JSON: line id → score
    Column("comment", Text, nullable=False),
    Column("at", Moment),
    sqlite_strict=True,
)

turn_comment = Table(
    "turn_comment",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(index=True),
    Column("position", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment),
    sqlite_strict=True,
)

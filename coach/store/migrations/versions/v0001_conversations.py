"""The first tables: conversations with their entries and drafts, notes, reviews, comments on turns."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _conversation()
    _entry()
    _draft()
    _note()
    _review()
    _turn_comment()
    for table in ("note", "review", "turn_comment"):
        op.create_index(f"ix_{table}_conversation_id", table, ["conversation_id"])


def downgrade() -> None:
    """Drop the tables and everything in them."""
    for table in ("turn_comment", "review", "note", "draft", "entry", "conversation"):
        op.drop_table(table)


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name, ondelete="CASCADE")


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _conversation() -> None:
    op.create_table(
        "conversation",
        _text("id"),
        _whole("schema"),
        _text("language"),
        _text("focus", nullable=True),
        _text("origin"),
        _text("started", nullable=True),
        _text("updated", nullable=True),
        _text("status"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sqlite_strict=True,
    )


def _entry() -> None:
    op.create_table(
        "entry",
        _text("conversation_id"),
        _whole("position"),
        _text("kind"),
        _text("body"),
        _text("at", nullable=True),
        _owner("entry"),
        sa.PrimaryKeyConstraint("conversation_id", "position", name="pk_entry"),
        sqlite_strict=True,
    )


def _draft() -> None:
    op.create_table(
        "draft",
        _text("conversation_id"),
        _text("text"),
        _owner("draft"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_draft"),
        sqlite_strict=True,
    )


def _note() -> None:
    op.create_table(
        "note",
        _whole("id"),
        _text("conversation_id"),
        _text("author"),
        _text("text"),
        _text("at", nullable=True),
        _owner("note"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sqlite_strict=True,
    )


def _review() -> None:
    op.create_table(
        "review",
        _whole("id"),
        _text("conversation_id"),
        _text("rubric"),
        _whole("rubric_version"),
        _text("reviewer"),
        _text("scores"),
        _text("comment"),
        _text("at", nullable=True),
        _owner("review"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sqlite_strict=True,
    )


def _turn_comment() -> None:
    op.create_table(
        "turn_comment",
        _whole("id"),
        _text("conversation_id"),
        _whole("position"),
        _text("author"),
        _text("text"),
        _text("at", nullable=True),
        _owner("turn_comment"),
        sa.PrimaryKeyConstraint("id", name="pk_turn_comment"),
        sqlite_strict=True,
    )

"""Alembic's way in: runs the steps on the connection it is handed, within that connection's transaction."""

from alembic import context

from coach.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()

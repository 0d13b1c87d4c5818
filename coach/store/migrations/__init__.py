"""The steps by which the tables came to be, oldest first; Alembic runs them when the archive is opened."""

"""Opens the database: connections that sync before they answer, short transactions, the newest tables."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from coach.domain.errors import NotSaved
from coach.store.faults import truthful

log = logging.getLogger(__name__)

BUSY_MILLISECONDS = 5_000  # how long a write waits for another one
START_SECONDS = 30.0  # how long a start waits for another one that sets up the tables
MIGRATIONS = Path(__file__).parent / "migrations"

_PRAGMAS = (
    f"busy_timeout={BUSY_MILLISECONDS}",
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit returns after the log is synced
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten with zeros
)


def open_database(url: str) -> Engine:
    """Return an engine on the database at `url`, with its folder and tables made and at their newest version.

    Two programs that start at once wait for each other. Raises NotSaved, naming place and reason, when the
    folder or database cannot be used or was written by a newer version.
    """
    engine = _engine(url)
    place = engine.url
    try:
        with _alone(place):
            _migrate(engine)
            empty_log(engine)
    except OSError as problem:
        raise NotSaved(f"{place.database}: {problem.strerror or problem}") from problem
    except CommandError as problem:
        raise NotSaved(f"{place.database}: made by a newer version ({problem})") from problem
    except NotSaved as problem:
        raise NotSaved(f"{place.database}: {problem}") from problem
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database. Raises NotSaved when it fails."""
    with truthful(engine), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are all on disk after the block, or none of them.

    Raises NotSaved when the database fails, IntegrityError when a rule of the tables is broken.
    """
    with truthful(engine), engine.execution_options(writes=True).begin() as connection:
        yield connection


def empty_log(engine: Engine) -> None:
    """Move SQLite's write-ahead log into the database file and empty it.

    While another connection reads, the log stays, with a warning; the next erase or start empties it.
    """
    _tidy(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def leave_no_trace(engine: Engine) -> None:
    """Make sure that what was deleted is nowhere in SQLite's files; what fails is a warning in the log.

    Deleted rows are zeros already, but a row that once moved to another page can have left a copy behind:
    writing the file anew from what is left takes about a second for each 100 MB.
    """
    _tidy(engine, "VACUUM")
    empty_log(engine)


def _tidy(engine: Engine, statement: str) -> None:
    if engine.dialect.name != "sqlite":
        return
    try:
        with truthful(engine), engine.connect().execution_options(bare=True) as connection:
            answer = connection.exec_driver_sql(statement)
            busy = bool(answer.scalar()) if answer.returns_rows else False
    except NotSaved as problem:
        log.warning("%s failed: %s; the next erase does it again", statement, problem)
    else:
        if busy:
            log.warning("%s had to wait for a reader; the next start does it again", statement)


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(url, hide_parameters=True)  # nobody's words in a log
    except (ArgumentError, ImportError) as problem:  # neither may name the address: it can hold a password
        raise NotSaved(f"no database of this kind can be used here ({type(problem).__name__})") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, tables included
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("bare"):  # SQLite's own upkeep runs outside transactions
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


@contextmanager
def _alone(place: URL) -> Iterator[None]:
    file = _file_of(place)
    if file is None:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{file}.lock", timeout=START_SECONDS):
            yield
    except Timeout:
        raise NotSaved("another program has been setting up the database for too long") from None


def _file_of(place: URL) -> Path | None:
    inside = place.database in (None, "", ":memory:")
    return None if inside or place.get_backend_name() != "sqlite" else Path(str(place.database))


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:  # one transaction: the old tables or the new ones, never between
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

"""What a failing database means to a person, for the archive and the notebook."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from coach.domain.errors import NotSaved

_CAUSES = {  # result codes of SQLite, https://www.sqlite.org/rescode.html
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk reports an error",
    "SQLITE_BUSY": "another program keeps the database locked",
    "SQLITE_LOCKED": "another program keeps the database locked",
    "SQLITE_READONLY": "the database is read-only",
    "SQLITE_PERM": "the database may not be opened",
    "SQLITE_CANTOPEN": "the database cannot be opened",
    "SQLITE_CORRUPT": "the database is damaged",
    "SQLITE_NOTADB": "the file is not a database",
}

_HARMLESS = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED")  # the connection is as good as before


def cause(fault: BaseException) -> str:
    """Return in one line why the database failed; never the text that was to be written."""
    inner = getattr(fault, "orig", None) or fault
    found = (text for code, text in _CAUSES.items() if _code(fault).startswith(code))
    known = next(found, "the database failed")
    detail = str(inner).splitlines()[0] if str(inner) else type(inner).__name__
    return f"{known} ({detail})"


@contextmanager
def truthful(engine: Engine) -> Iterator[None]:
    """Turn a failure of the database into NotSaved with its cause; what may be broken is opened afresh.

    A broken rule of the tables (IntegrityError) passes: what it means is known where it was asked for.
    """
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as fault:
        if not _code(fault).startswith(_HARMLESS):
            engine.dispose()
        raise NotSaved(cause(fault)) from fault


def _code(fault: BaseException) -> str:
    return str(getattr(getattr(fault, "orig", None) or fault, "sqlite_errorname", ""))

"""An archive in a fresh folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.store.archive import SqlArchive, open_archive
from tests.store.nursery import Nursery


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database that is not there yet, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'data' / 'talks.sqlite3'}"


@pytest.fixture
def archive(url: str) -> Iterator[SqlArchive]:
    """An empty archive."""
    opened = open_archive(url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """A place where tasks run in processes of their own."""
    with Nursery() as made:
        yield made

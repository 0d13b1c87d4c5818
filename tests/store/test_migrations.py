"""The tables come up to date from any state, whole or not at all."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from coach.domain.conversation import Said
from coach.domain.errors import NotSaved
from coach.store.archive import SqlArchive, open_archive
from coach.store.database import reading
from coach.store.notes import SqlNotebook
from coach.store.tables import metadata
from tests.store.nursery import Nursery
from tests.store.samples import conversation, said

TABLES = {"alembic_version", *metadata.tables}
OLDER = sorted((Path(__file__).parent / "versions").glob("*.sql"))


def _tables(file: Path) -> set[str]:
    database = sqlite3.connect(file)
    names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    return names


def _differences(archive: SqlArchive) -> object:
    with reading(archive.engine) as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_the_steps_lead_to_the_tables_that_the_program_uses(archive: SqlArchive) -> None:
    assert _differences(archive) == []


def test_opening_again_changes_nothing(archive: SqlArchive, url: str) -> None:
    archive.begin(conversation())
    archive.append("c1", said(0))
    for _ in range(3):
        again = open_archive(url)
        assert again.get("c1") == archive.get("c1")
        again.close()


def test_the_database_syncs_and_forgets_as_promised(archive: SqlArchive) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    with reading(archive.engine) as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_processes_that_start_at_once_wait_for_each_other(nursery: Nursery, url: str) -> None:
    assert nursery.run("together", url, "6") == ["exit 0"] * 6


def test_a_kill_at_any_step_leaves_the_old_tables_or_the_new(nursery: Nursery, tmp_path: Path) -> None:
    for step in range(1, 200):
        file = tmp_path / f"step{step}" / "talks.sqlite3"
        told = nursery.run("killed_at", f"sqlite:///{file}", str(step))
        if told == ["opened"]:
            break
        assert told == []
        assert _tables(file) in (set(), TABLES)
        archive = open_archive(f"sqlite:///{file}")
        assert _differences(archive) == []
        archive.close()
    assert step > len(TABLES)
    assert told == ["opened"]


@pytest.mark.parametrize("dump", OLDER, ids=lambda file: file.stem)
def test_what_an_older_version_saved_opens(dump: Path, url: str, tmp_path: Path) -> None:
    file = tmp_path / "data" / "talks.sqlite3"
    file.parent.mkdir()
    database = sqlite3.connect(file)
    database.executescript(dump.read_text(encoding="utf-8"))
    database.close()
    archive = open_archive(url)
    stored = archive.get("older")
    kinds = [entry.kind for entry in stored.entries]
    assert kinds == ["replied", "said", "replied", "rated", "corrected", "chosen"]
    assert isinstance(stored.entries[1], Said)
    assert stored.entries[1].text == "Wij eten elke vrijdag samen, dat is van iedereen."
    assert archive.draft("older") == "Nog niet af"
    assert SqlNotebook(archive.engine).reviews("older")[0].scores == {"open_questions": 2}
    assert _differences(archive) == []
    archive.close()


def test_every_version_of_the_tables_has_a_saved_example() -> None:
    steps = Path(__file__).parents[2] / "coach" / "store" / "migrations" / "versions"
    assert {file.stem for file in OLDER} == {file.stem.split("_")[0] for file in steps.glob("v*.py")}


def test_a_database_of_a_newer_version_is_named_and_left_alone(archive: SqlArchive, url: str) -> None:
    archive.close()
    file = url.removeprefix("sqlite:///")
    database = sqlite3.connect(file)
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    with pytest.raises(NotSaved, match="newer version") as problem:
        open_archive(url)
    assert file in str(problem.value)

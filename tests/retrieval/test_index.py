"""The index is built aside and checked; damage is noticed and mended; two builders do no harm."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Query
from coach.retrieval.building import chroma_client
from coach.retrieval.library import Library, open_library

VERZUIM = Query("waarom blijft het verzuim hoog door werkdruk?")


def current(data: Path) -> Path:
    """Return the folder of the index in use."""
    return data / "index" / (data / "index" / "current").read_text()


def again(library: Library, tmp_path: Path) -> Library:
    """Return a library as another process would open it."""
    return open_library(tmp_path / "data", tmp_path / "corpus", tmp_path / "prompts")


def ids(library: Library) -> list[str]:
    """Return the ids of all passages of the small series that can be found by reading through it."""
    table = library.opened().table
    return [table.passage(row).id for row in range(len(table))]


def test_index_is_built_once_and_reused(library: Library, tmp_path: Path) -> None:
    first = library.ensure()
    assert first.built
    assert (first.articles, first.passages, first.embedding) == (3, 10, "builtin")
    assert not again(library, tmp_path).ensure().built


def test_changed_article_and_changed_glossary_give_a_new_index(library: Library, tmp_path: Path) -> None:
    library.ensure()
    path = tmp_path / "corpus" / "nl" / "human.md"
    path.write_text(path.read_text() + "\n## 7. Dient dit de balans?\n\nRust kost geld.\n")
    report = again(library, tmp_path).ensure()
    assert report.built
    assert report.passages == 11
    (tmp_path / "prompts" / "glossary.yaml").write_text("waste: [afval]\n")
    assert again(library, tmp_path).ensure().built


def test_rebuild_gives_the_same_ids_and_results(library: Library) -> None:
    before, found = ids(library), library.search.find(VERZUIM)
    assert library.ensure(rebuild=True).built
    assert ids(library) == before
    assert library.search.find(VERZUIM) == found


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def empty_folder(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def cut_database(folder: Path) -> None:
    path = folder / "chroma" / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:5000])


def empty_database(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"")


def garbage_in_database(folder: Path) -> None:
    path = folder / "chroma" / "chroma.sqlite3"
    path.write_bytes(b"garbage " * (path.stat().st_size // 8))


def remove_chroma(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")


def flip_a_bit_of_the_vectors(folder: Path) -> None:
    path = folder / "vectors-nl.npy"
    content = bytearray(path.read_bytes())
    content[-7] ^= 1
    path.write_bytes(content)


def cut_passages(folder: Path) -> None:
    path = folder / "passages.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def foreign_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"fingerprint": "f" * 64}))


def other_format(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))


def foreign_collection(folder: Path) -> None:
    client = chroma_client(folder)
    client.delete_collection("passages-nl")
    strange = client.create_collection("passages-nl", embedding_function=None)
    strange.add(ids=["0"], embeddings=[[1.0, 2.0]], documents=["vreemd"])
    client.close()


def lose_a_record(folder: Path) -> None:
    client = chroma_client(folder)
    client.get_collection("passages-nl", embedding_function=None).delete(ids=["0"])
    client.close()


@pytest.mark.parametrize(
    "damage",
    [
        remove_folder,
        empty_folder,
        cut_database,
        empty_database,
        garbage_in_database,
        remove_chroma,
        flip_a_bit_of_the_vectors,
        cut_passages,
        break_manifest,
        foreign_manifest,
        other_format,
        foreign_collection,
        lose_a_record,
    ],
)
def test_damage_is_noticed_and_mended(
    library: Library, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    before = ids(library)
    found = library.search.find(VERZUIM)
    damage(current(tmp_path / "data"))
    mended = again(library, tmp_path)
    assert mended.search.find(VERZUIM) == found
    assert ids(mended) == before
    assert mended.ensure().built is False


def test_pointer_to_nowhere_is_mended(library: Library, tmp_path: Path) -> None:
    library.ensure()
    (tmp_path / "data" / "index" / "current").write_text("../../elsewhere")
    assert again(library, tmp_path).ensure().built


def test_old_index_stays_while_it_is_read_and_goes_afterwards(library: Library, tmp_path: Path) -> None:
    old = library.opened()
    folder = current(tmp_path / "data")
    again(library, tmp_path).ensure(rebuild=True)
    assert folder.exists()
    assert len(old.table) == 10
    del old
    library.ensure()
    again(library, tmp_path).ensure(rebuild=True)
    assert not folder.exists()


def test_reader_takes_up_what_another_process_built(library: Library, tmp_path: Path) -> None:
    library.ensure()
    path = tmp_path / "corpus" / "nl" / "human.md"
    path.write_text(
        path.read_text() + "\n## 4. Bestaat ander gedrag?\n\nEen kapper deelt haar rooster met de ploeg.\n"
    )
    again(library, tmp_path).ensure()
    assert any(
        "kapper" in item.passage.text for item in library.search.find(Query("welke kapper deelt het rooster"))
    )


def test_bad_file_is_reported_and_left_out(library: Library, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "nl" / "kapot.md").write_text("geen front matter")
    report = library.ensure()
    assert report.articles == 3
    assert ["kapot.md" in item.reason for item in report.left_out] == [True]
    assert again(library, tmp_path).ensure().left_out == report.left_out


def test_no_articles_is_said_in_words(tmp_path: Path) -> None:
    empty = open_library(tmp_path / "data", tmp_path / "nowhere", tmp_path)
    with pytest.raises(IndexUnavailable, match="no articles"):
        empty.search.find(VERZUIM)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_data_folder_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, corpus: Path, prompts: Path
) -> None:
    data = tmp_path / "locked"
    data.mkdir(mode=0o500)
    with pytest.raises(IndexUnavailable, match="cannot be written"):
        open_library(data, corpus, prompts).ensure()


def test_data_folder_that_is_a_file_is_said_in_words(tmp_path: Path, corpus: Path, prompts: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailable, match="cannot be written"):
        open_library(tmp_path / "file", corpus, prompts).ensure()


BUILD = """
import sys
from pathlib import Path
from coach.retrieval.library import open_library
folder = Path(sys.argv[1])
library = open_library(folder / "data", folder / "corpus", folder / "prompts")
report = library.ensure(rebuild="again" in sys.argv)
print(report.built, report.passages)
"""


def builder(folder: Path, *options: str) -> subprocess.Popen[str]:
    """Start a builder in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(BUILD), str(folder), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_builders_at_once_lose_nothing(library: Library, tmp_path: Path) -> None:
    builders = [builder(tmp_path), builder(tmp_path)]
    answers = sorted(process.communicate(timeout=120)[0].strip() for process in builders)
    assert answers == ["False 10", "True 10"]
    assert len(ids(library)) == 10
    assert len([path for path in (tmp_path / "data" / "index").iterdir() if path.is_dir()]) == 1


def test_builder_killed_at_any_moment_leaves_the_old_index(library: Library, tmp_path: Path) -> None:
    before = ids(library)
    for delay in (0.5, 1.0, 1.3, 1.6, 1.9):
        process = builder(tmp_path, "again")
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert ids(again(library, tmp_path)) == before
    assert library.ensure(rebuild=True).built
    leftovers = [
        path.name for path in (tmp_path / "data" / "index").iterdir() if path.name.startswith("building")
    ]
    assert leftovers == []


def test_many_threads_read_while_the_index_is_rebuilt(library: Library) -> None:
    expected = [item.passage.id for item in library.search.find(VERZUIM)]
    wrong: list[object] = []

    def read() -> None:
        for _ in range(40):
            try:
                found = [item.passage.id for item in library.search.find(VERZUIM)]
            except Exception as problem:
                wrong.append(problem)
            else:
                if found != expected:
                    wrong.append(found)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    library.ensure(rebuild=True)
    for thread in threads:
        thread.join()
    assert wrong == []

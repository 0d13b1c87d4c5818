"""How fast the parts are on this machine: printed beside their targets, failed only when far off."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.domain.passages import Query
from coach.domain.ports import Context
from coach.domain.values import Language
from coach.reading.evaluate import read_rows
from coach.services.play import play, read_script
from coach.settings import Settings
from coach.store.archive import open_archive
from coach.store.memory import MemoryArchive
from coach.wiring import App, build

FAR_OFF = 10  # times the target: something is broken, not merely busy
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return build(Settings(data_dir=tmp_path_factory.mktemp("data")))


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of `times` runs."""
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - began))
    return sorted(spans)


def report(name: str, spans: list[float], target: float, share: float) -> None:
    """Print median and 95th percentile; `target` in ms is for the given share of the runs."""
    at = spans[min(len(spans) - 1, int(share * len(spans)))]
    median, high = statistics.median(spans), spans[int(0.95 * (len(spans) - 1))]
    print(f"\n{name}: median {median:.2f} ms, p95 {high:.2f} ms; target {target} ms at {share:.0%}")
    assert at < FAR_OFF * target


def test_reading_an_utterance(app: App) -> None:
    rows = read_rows([ROOT / "labelled" / "nl_dev.jsonl"])[:200]
    texts = iter([row["text"] for row in rows] * 2)
    reader = app.reader
    reader.read("Opwarmen.", Context(Language.NL))
    report("read an utterance", timed(lambda: reader.read(next(texts), Context(Language.NL, 2)), 200), 5, 0.5)


def test_finding_passages(app: App) -> None:
    app.library.ensure()
    rows = iter(read_rows([ROOT / "labelled" / "nl_dev.jsonl"])[:150] * 2)
    find = app.search.find
    find(Query("opwarmen"))
    report("find passages", timed(lambda: find(Query(next(rows)["text"], Language.NL)), 150), 5, 0.95)


def test_opening_the_index(app: App) -> None:
    app.library.ensure()

    def opened_anew() -> None:
        build(app.settings).library.ensure()

    report("open the index", timed(opened_anew, 3), 2500, 0.5)


def test_building_the_index(tmp_path: Path) -> None:
    library = build(Settings(data_dir=tmp_path)).library
    report("build the index", timed(lambda: library.ensure(rebuild=True), 2), 5000, 0.5)


def test_a_whole_talk(app: App) -> None:
    script = read_script(ROOT / "scripts" / "prater_bakker.json")
    spans = timed(lambda: play(script, app.guidance_for_play(MemoryArchive(), script.id())), 3)
    report("play a whole talk", spans, 3000, 0.5)


def test_saving_an_entry(app: App, tmp_path: Path) -> None:
    script = read_script(ROOT / "scripts" / "prater_bakker.json")
    conversation = play(script, app.guidance_for_play(MemoryArchive(), script.id()))
    archive = open_archive(f"sqlite:///{tmp_path / 'talk.sqlite3'}")
    archive.begin(type(conversation)(conversation.id, conversation.language, conversation.focus))
    entries = iter(conversation.entries)
    spans = timed(lambda: archive.append(conversation.id, next(entries)), len(conversation.entries))
    report("save an entry", spans, 20, 0.95)

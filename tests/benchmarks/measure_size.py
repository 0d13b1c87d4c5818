"""One measurement of size in a process of its own, so that its memory is its own: prints figures as JSON.

`python -m tests.benchmarks.measure_size build|ask FOLDER PASSAGES`: `build` indexes grown articles in the empty
FOLDER, `ask` opens that index and puts the development questions to it, in several ways.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain.passages import Query
from coach.domain.values import Language
from coach.retrieval.asking import open_word_lists
from coach.retrieval.building import build
from coach.retrieval.embeddings import BuiltInEmbedding
from coach.retrieval.glossary import open_glossary
from coach.retrieval.measuring.gold import GoldQuestion, read_gold
from coach.retrieval.opened import HELD, open_index
from coach.retrieval.search import ChromaSearch
from tests.benchmarks.growing import grown

ROOT = Path(__file__).parents[2]
FINGERPRINT = "0" * 64
WARMING = 10
ROUNDS = 3
WAYS: dict[str, Callable[[GoldQuestion], Query]] = {
    "no filter": lambda gold: Query(gold.question_text),
    "language": lambda gold: Query(gold.question_text, Language.NL),
    "language and value": lambda gold: Query(gold.question_text, Language.NL, gold.value),
    "language, value and question": lambda gold: Query(
        gold.question_text, Language.NL, gold.value, gold.question
    ),
    "question and near value known": lambda gold: Query(
        gold.question_text, question=gold.question, near_value=gold.value
    ),
}


def index_grown(folder: Path, passages: int) -> dict[str, Any]:
    """Index grown articles, cutting and vectors and Chroma included; the articles are made beforehand."""
    documents = list(grown(ROOT / "corpus", Language.NL, passages))
    (folder / HELD).touch()
    words = open_glossary(ROOT / "prompts").words[Language.NL]
    before = peak()
    began, worked = time.perf_counter(), time.process_time()
    build(folder, FINGERPRINT, documents, (), BuiltInEmbedding(), words)
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - worked,
        "before_mb": before,
        "peak_mb": peak(),
    }


def ask(folder: Path) -> dict[str, Any]:
    """Put questions to an index; the times are of the whole search, the passages read included."""
    before = peak()
    began = time.perf_counter()
    index = open_index(folder, BuiltInEmbedding())
    lists = open_word_lists(ROOT / "prompts")
    search = ChromaSearch(lambda: index, lambda: lists)
    search.prepare()
    opened = time.perf_counter() - began
    questions = [gold for gold in read_gold(ROOT / "tests" / "gold" / "dev.jsonl") if gold.value is not None]
    dutch = [gold for gold in questions if gold.language is Language.NL]
    english = [gold for gold in questions if gold.language is Language.EN]
    ways = {name: _times(search, [make(gold) for gold in dutch]) for name, make in WAYS.items()}
    ways["English question, Dutch passages"] = _times(search, [WAYS["language"](gold) for gold in english])
    return {
        "passages": len(index.table),
        "words": len(index.shelves[Language.NL].counts),
        "open_seconds": opened,
        "before_mb": before,
        "peak_mb": peak(),
        "ways": ways,
        "torch": "torch" in sys.modules,
    }


def _times(search: ChromaSearch, queries: list[Query]) -> dict[str, float]:
    """Return the milliseconds of a search, as they came and the fastest of a question's rounds.

    The fastest tells what the search needs, whatever else the machine is doing.
    """
    for query in queries[:WARMING]:
        search.find(query)
    spans = np.zeros((ROUNDS, len(queries)))
    for turn in range(ROUNDS):
        for at, query in enumerate(queries):
            began = time.perf_counter()
            search.find(query)
            spans[turn, at] = 1000 * (time.perf_counter() - began)
    (p50, p95), (own50, own95) = np.percentile(spans, (50, 95)), np.percentile(spans.min(axis=0), (50, 95))
    return {"p50": float(p50), "p95": float(p95), "own_p50": float(own50), "own_p95": float(own95)}


def peak() -> float:
    """Return the highest memory of this process so far, in MB."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    where = Path(sys.argv[2])
    print(json.dumps(index_grown(where, int(sys.argv[3])) if sys.argv[1] == "build" else ask(where)))

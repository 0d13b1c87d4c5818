"""Contestants whose packages do not fit beside ours: run by uv in environments of their own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.retrieval.measuring import worker
from coach.retrieval.measuring.contestants import Run
from coach.retrieval.measuring.engines import texts_of
from coach.retrieval.measuring.sets import QuestionSet

_PATIENCE = 900  # seconds for one contestant, with fetching its packages the first time
_ADDRESS = re.compile(r"\b\w+://\S+")
_SETTINGS = {  # pip's settings and the variables by which uv is told the same
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
}


@dataclass(frozen=True)
class Apart:
    """A contestant of `worker`, by its engine there, and the packages it needs."""

    name: str
    setting: str
    engine: str
    packages: tuple[str, ...]


CONTESTANTS = (
    Apart(
        "llama-index BM25, stock",
        "BM25Retriever.from_defaults, which stems in English",
        "llama-index",
        ("llama-index-retrievers-bm25",),
    ),
    Apart(
        "llama-index BM25, tuned",
        "BM25Retriever with language and Snowball stemmer of the passages",
        "llama-index-tuned",
        ("llama-index-retrievers-bm25",),
    ),
    Apart(
        "LangChain BM25Retriever, stock",
        "langchain-community, from_texts without settings",
        "langchain-bm25",
        ("langchain-community", "rank-bm25"),
    ),
    Apart(
        "LangChain BM25Retriever, tuned",
        "langchain-community with stop words and Snowball stems as preprocess_func",
        "langchain-bm25-tuned",
        ("langchain-community", "rank-bm25", "bm25s", "pystemmer"),
    ),
    Apart(
        "haystack BM25", "InMemoryBM25Retriever; it has no setting for Dutch", "haystack", ("haystack-ai",)
    ),
    Apart("tantivy", "lower case, stop words and stemmer of the language", "tantivy", ("tantivy",)),
)
LEFT_OUT = {
    "LangChain + Chroma with Chroma's own embedding": "its model (all-MiniLM-L6-v2) has to be downloaded",
    "txtai": "fetches torch and transformers even for its keyword index",
}


class CannotRun(Exception):
    """A contestant cannot be had or fails on this machine; the message says why in one line."""


def run_apart(contestant: Apart, sets: Sequence[QuestionSet]) -> list[Run]:
    """Return the runs of a contestant over all sets. Raises CannotRun.

    Its packages are taken from where pip takes them, into uv's cache, and not into this environment.
    """
    job = [
        {
            "language": str(asked.language),
            "texts": texts_of(asked),
            "questions": [question.text for question in asked.questions],
        }
        for asked in sets
    ]
    answer = _answer(contestant, json.dumps(job))
    return [
        Run(contestant.name, one["rankings"], one["index_seconds"], one["milliseconds"]) for one in answer
    ]


def _answer(contestant: Apart, job: str) -> list[dict[str, Any]]:
    command = [*_uv(), *(part for name in contestant.packages for part in ("--with", name))]
    command += ["python", str(Path(worker.__file__)), contestant.engine]
    try:
        done = subprocess.run(
            command, input=job, capture_output=True, text=True, timeout=_PATIENCE, env=_environment()
        )
    except subprocess.TimeoutExpired as problem:
        raise CannotRun(f"did not finish in {_PATIENCE} s") from problem
    if done.returncode != 0:
        told = _ADDRESS.sub("(address)", done.stderr.strip()).splitlines()
        raise CannotRun(told[-1][:160] if told else f"ended with status {done.returncode}")
    answer: list[dict[str, Any]] = json.loads(done.stdout)["runs"]
    return answer


def _uv() -> list[str]:
    found = shutil.which("uv", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if found is None:
        raise CannotRun("needs uv for an environment of its own: pip install uv")
    options = "run --quiet --isolated --no-project --index-strategy unsafe-best-match --python"
    return [found, *options.split(), sys.executable]


def _environment() -> dict[str, str]:
    """Return the environment for uv, which does not read pip's settings itself."""
    found = {variable: _of_pip(name) for name, variable in _SETTINGS.items()}
    told = {variable: value for variable, value in found.items() if value}
    if "UV_FIND_LINKS" in told:
        told["UV_FIND_LINKS"] = ",".join(told["UV_FIND_LINKS"].split())
    return {**os.environ, **told}


def _of_pip(name: str) -> str:
    asked = [sys.executable, "-m", "pip", "config", "get", f"global.{name}"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip()

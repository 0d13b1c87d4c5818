"""Opening a chat model: each provider with our patience and without its own retries, and nothing before it is asked."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.wording import Fault
from coach.voices.breaker import Breaker
from coach.voices.chat import ModelSetup, open_chat
from coach.voices.faults import fault_of, retry_after
from tests.voices.stage import Clock

PROVIDERS = (
    "openai:gpt-4.1-mini",
    "anthropic:claude-haiku",
    "mistral:mistral-small-latest",
    "ollama:llama3.1",
)


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_provider_opens_with_a_key_and_no_network(name: str) -> None:
    chat = open_chat(ModelSetup(name, key="k", tokens_out=123, seconds=7))
    told = {field: getattr(chat, field, None) for field in ("max_tokens", "num_predict")}
    assert 123 in told.values()
    assert getattr(chat, "max_retries", 0) in (0, 1)
    assert getattr(chat, "temperature", None) == 0.3


def test_a_server_of_ones_own_needs_neither_provider_nor_key() -> None:
    setup = ModelSetup("qwen3:8b-instruct", url="http://127.0.0.1:9/v1")
    assert (ModelSetup("llama", url="http://x/v1").provider, setup.model) == ("openai", "8b-instruct")
    chat = open_chat(ModelSetup("llama", url="http://127.0.0.1:9/v1", temperature=None))
    assert str(getattr(chat, "openai_api_base", "")) == "http://127.0.0.1:9/v1"


def test_a_provider_that_does_not_exist_has_a_name_for_it() -> None:
    with pytest.raises(Exception) as caught:
        open_chat(ModelSetup("nobody:nothing"))
    assert fault_of(caught.value) is Fault.UNKNOWN_MODEL


def test_a_script_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("[]", encoding="utf-8")
    for name in ("empty.json", "missing.json"):
        with pytest.raises(UnreadableFile, match=name):
            open_chat(ModelSetup(f"scripted:{tmp_path / name}"))


def test_nothing_of_a_model_is_loaded_before_it_is_asked(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from coach.wiring import build\n"
        "app = build()\n"
        "app.guidance\n"
        "loaded = {'langchain', 'langchain_openai', 'openai', 'tiktoken'} & set(sys.modules)\n"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    told = {**os.environ, "COACH_MODEL": "openai:gpt-4.1-mini", "COACH_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (400, Fault.REJECTED),
        (401, Fault.WRONG_KEY),
        (403, Fault.WRONG_KEY),
        (404, Fault.UNKNOWN_MODEL),
        (429, Fault.BUSY),
        (500, Fault.BROKEN),
        (529, Fault.BROKEN),
    ],
)
def test_an_http_status_has_a_name(status: int, fault: Fault) -> None:
    problem = RuntimeError("no")
    problem.response = SimpleNamespace(status_code=status, headers={})  # type: ignore[attr-defined]
    assert fault_of(problem) is fault


def test_errors_without_a_status_are_known_by_their_class() -> None:
    assert fault_of(ImportError("no module")) is Fault.NOT_INSTALLED
    assert fault_of(ConnectionRefusedError()) is Fault.NOT_RUNNING
    assert fault_of(TimeoutError()) is Fault.TOO_SLOW
    assert fault_of(ValueError("the api_key option must be set")) is Fault.WRONG_KEY
    assert fault_of(ValueError("?")) is Fault.UNKNOWN


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("", None), ("soon", None), ("-3", None)],
)
def test_how_long_a_server_asks_to_wait(told: str, seconds: float | None) -> None:
    problem = RuntimeError("no")
    problem.response = SimpleNamespace(status_code=429, headers={"retry-after": told})  # type: ignore[attr-defined]
    assert retry_after(problem) == seconds
    assert retry_after(RuntimeError("no response")) is None


def test_a_date_to_wait_for_is_understood() -> None:
    problem = RuntimeError("no")
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    problem.response = SimpleNamespace(status_code=429, headers={"retry-after": date})  # type: ignore[attr-defined]
    assert 25 < (retry_after(problem) or 0) <= 30


def test_the_breaker_opens_rests_probes_once_and_closes() -> None:
    clock = Clock()
    breaker = Breaker(rest=60, clock=clock)
    breaker.failed(Fault.NOT_RUNNING)
    assert breaker.cause is Fault.NOT_RUNNING and not breaker.may_probe()
    clock.now = 60
    assert breaker.may_probe() and not breaker.may_probe()
    breaker.failed(Fault.BROKEN)
    assert str(breaker.cause) == "broken" and not breaker.may_probe()
    clock.now = 120
    assert breaker.may_probe()
    breaker.worked()
    assert breaker.cause is None


def test_a_server_that_asks_to_wait_is_left_alone_so_long() -> None:
    clock = Clock()
    breaker = Breaker(rest=60, clock=clock)
    breaker.failed(Fault.BUSY, wait=300)
    clock.now = 299
    assert not breaker.may_probe()
    clock.now = 300
    assert breaker.may_probe()


def test_one_poor_reply_is_no_reason_to_leave_a_model() -> None:
    breaker = Breaker()
    breaker.failed(Fault.CUT)
    breaker.failed(Fault.LANGUAGE)
    breaker.worked()
    breaker.failed(Fault.PROTOCOL)
    assert breaker.cause is None

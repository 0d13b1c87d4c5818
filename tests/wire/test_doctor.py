"""`coach doctor` asks the model for a word, and names cause and remedy when none comes."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from coach.commands.findings import Finding, examine_model
from coach.voices.breaker import Breaker
from coach.wiring import build
from tests.wire import behaviours as acts
from tests.wire.behaviours import Behaviour
from tests.wire.coached import Stage, settings_for
from tests.wire.server import ScriptedServer, scripted

KEY = "a-key-that-nobody-may-read"


def found(server: ScriptedServer, folder: Path, name: str = "openai:scripted-1", key: str = KEY) -> Finding:
    """Return what is found about the model of an owner with these settings."""
    changes = {"model": name, "model_key": SecretStr(key), "model_first_seconds": 3.0, "model_seconds": 4.0}
    settings = settings_for(server, folder).model_copy(update=changes)
    return next(one for one in examine_model(build(settings)) if one.part == "chat model")


def test_a_model_that_answers(server: ScriptedServer, tmp_path: Path) -> None:
    finding = found(server, tmp_path)
    assert (finding.state, finding.remedy) == ("ok", "")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (acts.WRONG_KEY, "wrong_key"),
        (acts.UNKNOWN_MODEL, "unknown_model"),
        (acts.BUSY_FOR_LONG, "busy"),
        (acts.BROKEN, "broken"),
        (acts.SILENT_BUT_ALIVE, "too_slow"),
        (acts.fails(400, "unsupported_parameter"), "rejected"),
        (acts.EMPTY, "empty"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_cause_and_remedy(server: ScriptedServer, tmp_path: Path, answer: Behaviour, cause: str) -> None:
    server.replies.usual = answer
    told(found(server, tmp_path), cause)


def test_a_server_that_is_not_there(server: ScriptedServer, tmp_path: Path) -> None:
    server.stop()
    told(found(server, tmp_path), "not_running")


def test_a_door_that_checks_keys_and_names(tmp_path: Path) -> None:
    with scripted(key=KEY, models=("one",)) as server:
        assert found(server, tmp_path, "openai:one").state == "ok"
        told(found(server, tmp_path, "openai:one", "another"), "wrong_key")
        told(found(server, tmp_path, "openai:two"), "unknown_model")


def test_a_provider_that_is_not_installed(server: ScriptedServer, tmp_path: Path) -> None:
    finding = found(server, tmp_path, "cohere:command")
    assert finding.state == "broken" and "not_installed" in finding.told


def test_the_time_in_which_a_library_is_loaded_is_not_the_models(stage: Stage) -> None:
    """A slow disk at the first call must not look like a slow model."""
    chat = stage.assistance.line.chat

    def opened_slowly() -> BaseChatModel:
        time.sleep(1.5)
        return chat()

    limits = replace(stage.assistance.line.limits, first_seconds=1.0)
    line = replace(stage.assistance.line, chat=opened_slowly, limits=limits, breaker=Breaker())
    assert line.probe() is None


def told(finding: Finding, cause: str) -> None:
    assert finding.state == "broken"
    assert f"({cause})" in finding.told
    assert len(finding.remedy) > 10
    assert KEY not in f"{finding.told}{finding.remedy}"

"""A scripted server for each test that asks for one, and an application that uses one as its model."""

from collections.abc import Iterator

import pytest

from tests.wire.coached import Stage, staged
from tests.wire.server import ScriptedServer, scripted


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted() as running:
        yield running


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("data")) as one:
        yield one


@pytest.fixture
def stage(whole_stage: Stage) -> Stage:
    """The application whose model has no script yet."""
    whole_stage.server.forget()
    return whole_stage

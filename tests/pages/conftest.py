"""The real application on a data folder of its own, and pages drawn from it without a browser."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from coach.domain.conversation import Conversation
from coach.domain.values import Language, Value
from coach.services.play import play, read_script
from coach.settings import Settings
from coach.wiring import App, build

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
SECONDS = 60.0
Opened = Callable[..., AppTest]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """One application for all page tests; replies appear at once."""
    app = build(Settings(data_dir=tmp_path_factory.mktemp("data"), reply_seconds=0))
    app.library.ensure()
    return app


@pytest.fixture(scope="session")
def played(app: App) -> Conversation:
    """A whole Dutch conversation of a baker about people."""
    return play(read_script(SCRIPTS / "prater_bakker.json"), app.guidance)


@pytest.fixture
def begun(app: App) -> Conversation:
    """A Dutch conversation in which the coach said hello."""
    return app.guidance.reply(app.guidance.begin(Language.NL, Value.HUMAN).id)


@pytest.fixture
def opened(app: App) -> Opened:
    """Draws a page by its place in the address: `opened("profiel", conversation)`."""

    return partial(drawn, app)


def drawn(app: App, path: str = "", conversation: Conversation | None = None, **address: str) -> AppTest:
    """Draw a page of an application by its place in the address."""
    page = AppTest.from_function(_script, kwargs={"app": app}, default_timeout=SECONDS)
    if path:
        page._page_hash = calc_hash(path)  # a page that is a function has no file to switch to
    if conversation is not None:
        page.query_params["c"] = conversation.id
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def _script(app: "App") -> None:
    from coach.pages import navigation

    navigation.show(app)


def shown(page: AppTest) -> str:
    """Return all text on a page that a person can read."""
    told = (page.title, page.header, page.subheader, page.markdown, page.caption, page.info, page.warning)
    more = (page.error, page.success)
    labelled = (page.button, page.text_input, page.text_area, page.expander)
    texts = [str(one.value) for kind in (*told, *more) for one in kind]
    return "\n".join([*texts, *(str(one.label) for kind in labelled for one in kind)])

"""What browser tests start from: a real Chromium, the real app, and pages in it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import CHROMIUM_FLAGS, ROOT, SEEN_MILLISECONDS, RunningApp

DESKTOP, PHONE = (1280, 900), (390, 844)
StartApp = Callable[..., RunningApp]
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium or Chrome; the test fails, and says what is needed, when there is none."""
    find = [sys.executable, str(ROOT / "scripts" / "ensure_browser"), "--find"]
    found = subprocess.run(find, check=False, capture_output=True, text=True)
    if found.returncode != 0:
        pytest.fail(found.stderr, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.stdout.strip(), headless=True, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartApp]:
    """Starts an app of one's own: `start_app(COACH_LANGUAGE="en")`; one script: `start_app(script=path)`."""
    started: list[RunningApp] = []

    def start(script: Path | None = None, **settings: str) -> RunningApp:
        running = RunningApp(tmp_path_factory.mktemp("app"), script, **settings)
        started.append(running)
        running.start()
        return running

    yield start
    for running in started:
        running.stop()


@pytest.fixture(scope="session")
def app(start_app: StartApp) -> RunningApp:
    """The app with an empty data folder, shared by the tests of one run; for a restart use `start_app`."""
    return start_app()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens a page as another person would, with cookies of its own: `new_page(PHONE, locale="en-GB")`."""
    contexts, errors = [], list[str]()

    def new(size: tuple[int, int] = DESKTOP, locale: str = "nl-NL") -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale)
        context.set_default_timeout(SEEN_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert errors == [], "scripts of the page failed"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One empty page, 1280 wide."""
    return new_page()

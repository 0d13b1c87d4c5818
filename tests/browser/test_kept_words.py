"""In a real browser: what was typed is not lost, and the page speaks one language, to a screen reader too."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from coach.pages.script import STREAMLIT
from tests.browser.conftest import NewPage, StartApp
from tests.browser.harness import SEEN_MILLISECONDS, RunningApp, see, settle

HALF = "Nou, het begon eigenlijk met de oven die"
FIELD = "stChatInputTextArea"
ALL_OURS = """(theirs) => [...document.querySelectorAll('[aria-label], [placeholder]')]
  .filter((one) => one.checkVisibility() && !one.closest('[aria-hidden="true"]'))
  .flatMap((one) => [one.getAttribute('aria-label') || '', one.getAttribute('placeholder') || ''])
  .every((text) => !theirs.includes(text) && !text.startsWith(theirs[0]) && !text.endsWith(' icon'))"""


def begin(page: Page, running: RunningApp, language: str = "nl") -> None:
    """Begin a conversation on the start page, and wait for the welcome."""
    page.goto(f"{running.url}/?lang={language}")
    page.locator(".st-key-begin button").click()
    expect(page.locator(".st-key-wb-heard-0")).to_be_visible(timeout=SEEN_MILLISECONDS)
    settle(page)


@contextmanager
def out_of_reach(database: Path) -> Iterator[None]:
    """For as long as the block lasts nothing can be read from the database or written to it."""
    _rename(database, "entry", "away")
    yield
    _rename(database, "away", "entry")


def _rename(database: Path, table: str, name: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {name}")
        connection.commit()


def test_half_an_answer_is_there_after_a_refresh_and_once_sent_no_more(app: RunningApp, page: Page) -> None:
    begin(page, app)
    page.get_by_test_id(FIELD).press_sequentially(HALF)
    page.reload()
    expect(page.get_by_test_id(FIELD)).to_have_value(HALF, timeout=SEEN_MILLISECONDS)
    page.get_by_test_id(FIELD).press("Enter")
    expect(page.locator(".st-key-wb-heard-2")).to_be_visible(timeout=SEEN_MILLISECONDS)
    expect(page.locator(".st-key-wb-said-1")).to_contain_text(HALF, timeout=SEEN_MILLISECONDS)
    expect(page.get_by_test_id(FIELD)).to_have_value("")
    page.reload()
    expect(page.locator(".st-key-wb-heard-2")).to_be_visible(timeout=SEEN_MILLISECONDS)
    settle(page)
    expect(page.get_by_test_id(FIELD)).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_half_an_answer_belongs_to_its_own_conversation(app: RunningApp, page: Page) -> None:
    begin(page, app)
    page.get_by_test_id(FIELD).fill(HALF)
    begin(page, app)
    expect(page.get_by_test_id(FIELD)).to_have_value("")


def test_half_an_answer_outlives_a_restart_of_the_server(start_app: StartApp, page: Page) -> None:
    running = start_app()
    begin(page, running)
    page.get_by_test_id(FIELD).fill(HALF)
    running.stop()
    running.start()
    page.reload()
    expect(page.get_by_test_id(FIELD)).to_have_value(HALF, timeout=SEEN_MILLISECONDS)


def test_a_disk_that_fails_keeps_the_text_in_sight_and_sends_it_later(
    start_app: StartApp, page: Page
) -> None:
    running = start_app()
    begin(page, running)
    with out_of_reach(running.data_dir / "waardebalans.sqlite3"):
        page.get_by_test_id(FIELD).fill("Dat ik rust krijg.")
        page.get_by_test_id(FIELD).press("Enter")
        see(page, re.compile("Je tekst kon niet worden bewaard"))
        see(page, re.compile("zoals het net nog was"))
        expect(page.get_by_label("Je tekst, nog niet verstuurd")).to_have_value("Dat ik rust krijg.")
        page.reload()
        see(page, "Dit gesprek is nu niet te lezen")
        see(page, re.compile("kan nu niet bij wat er bewaard is"))
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_test_id(FIELD)).to_have_value("Dat ik rust krijg.", timeout=SEEN_MILLISECONDS)
    page.get_by_test_id(FIELD).press("Enter")
    expect(page.locator(".st-key-wb-said-1")).to_contain_text("Dat ik rust krijg.", timeout=SEEN_MILLISECONDS)


def test_lost_connection_is_told_in_her_language(start_app: StartApp, page: Page) -> None:
    running = start_app()
    begin(page, running)
    page.get_by_test_id(FIELD).fill(HALF)
    running.stop()
    see(page, "Geen verbinding")
    assert "Streamlit" not in page.get_by_role("dialog").inner_text()
    running.start()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=SEEN_MILLISECONDS)
    expect(page.get_by_test_id(FIELD)).to_have_value(HALF, timeout=SEEN_MILLISECONDS)


def test_a_screen_reader_hears_no_english_on_a_dutch_page(app: RunningApp, page: Page) -> None:
    begin(page, app)
    expect(page.get_by_role("group", name="Bericht van Coach")).to_be_visible()
    page.get_by_test_id(FIELD).fill(HALF)
    expect(page.get_by_role("button", name="Stuur je antwoord")).to_be_visible()
    for path in ("gesprek", "profiel", "trainer"):
        page.goto(f"{app.url}/{path}{page.evaluate('location.search')}")
        settle(page)
        page.wait_for_function(ALL_OURS, arg=list(STREAMLIT.values()))


def test_the_english_page_speaks_english(app: RunningApp, new_page: NewPage) -> None:
    page = new_page(locale="en-GB")
    begin(page, app, "en")
    expect(page.get_by_role("group", name="Message from Coach")).to_be_visible()

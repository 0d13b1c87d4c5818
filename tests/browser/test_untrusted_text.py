"""In a real browser: a stranger's text reaches nobody elsewhere, with either of the two guards alone."""

import re
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import StartApp
from tests.browser.harness import ROOT, free_port, see, wait_for
from tests.browser.sink import Sink, sink

SCRIPTS = Path(__file__).parent / "scripts"
EVERYTHING = "alles getoond"
SENT_MILLISECONDS = 1_500  # after the last words are drawn: by then whatever the page asks for was asked


@pytest.fixture
def elsewhere() -> Iterator[Sink]:
    with sink() as record:
        yield record


@pytest.fixture
def unguarded(tmp_path: Path) -> Iterator[str]:
    """Streamlit as it comes, without our headers, to see that each test would notice a request."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(SCRIPTS / "raw.py"), f"--server.port={port}"]
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([*command, *quiet], stdout=log, stderr=log, cwd=tmp_path)
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(15)


def asking(text: str) -> str:
    return "/?" + urllib.parse.urlencode({"text": text})


def test_without_our_headers_a_picture_in_text_does_call_elsewhere(
    page: Page, unguarded: str, elsewhere: Sink
) -> None:
    page.goto(unguarded + asking(f"![x]({elsewhere.url}/geheim.png)"))
    see(page, EVERYTHING)
    page.wait_for_timeout(SENT_MILLISECONDS)
    assert "/geheim.png" in elsewhere.asked


@pytest.mark.parametrize(
    "text",
    [
        "![x](SINK/a.png)",
        "<img src='SINK/b.png'>",
        "<style>body{background:url(SINK/c.png)}</style>",
        "<iframe src='SINK/d'></iframe>",
        "<link rel=stylesheet href='SINK/e.css'><script src='SINK/f.js'></script>",
    ],
)
def test_with_our_headers_alone_even_a_careless_page_calls_nobody(
    page: Page, start_app: StartApp, elsewhere: Sink, text: str
) -> None:
    app = start_app(script=SCRIPTS / "raw.py")
    page.goto(app.url + asking(text.replace("SINK", elsewhere.url)))
    see(page, EVERYTHING)
    page.wait_for_timeout(SENT_MILLISECONDS)
    app.stop()
    assert elsewhere.asked == []


def test_a_careful_page_asks_for_nothing_elsewhere_and_shows_what_was_typed(
    page: Page, start_app: StartApp
) -> None:
    """Every request it attempts is looked at: the headers must not hide what the cleaning missed."""
    app = start_app(script=SCRIPTS / "safe.py", PYTHONPATH=str(ROOT))
    attempted, dialogs, complaints = list[str](), list[str](), list[str]()
    page.on("request", lambda request: attempted.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(app.url)
    see(page, EVERYTHING)
    see(
        page,
        re.compile(r":red\[hoi\] :\u2060material/home: :\u2060smile: \$x\$ .* 50:\u2060100:20 om 10:30:45"),
    )
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    page.wait_for_timeout(SENT_MILLISECONDS)
    assert [url for url in attempted if not url.startswith((app.url, "data:", "blob:"))] == []
    assert dialogs == []
    assert complaints == []
    app_area = page.get_by_test_id("stMain")
    assert app_area.locator("img, iframe, script, style, object, embed, .katex").count() == 0
    targets = app_area.locator("a[href]").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert targets
    assert [target for target in targets if not re.match(r"https?://|mailto:", target)] == []


def test_the_page_is_in_the_language_of_its_address(page: Page, start_app: StartApp) -> None:
    app = start_app(script=ROOT / "tests" / "pages" / "scripts" / "one_line.py")
    page.goto(f"{app.url}/?lang=en")
    see(page, "Eén regel.")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(app.url)
    see(page, "Eén regel.")
    assert page.locator("html").get_attribute("lang") == "en"

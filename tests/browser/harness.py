"""Starts the real app for browser tests, each time with a port and a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120.0
SEEN_MILLISECONDS = 60_000  # the first page of a fresh install takes its time on a busy machine
CHROMIUM_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-default-apps", "--disable-sync", "--no-first-run"),
    *("--disable-features=Translate,OptimizationHints,MediaRouter", "--no-default-browser-check"),
)
SERVE = """
import sys
from pathlib import Path
from coach.pages.server import serve
serve(Path(sys.argv[1]), Path(sys.argv[2]), "127.0.0.1", int(sys.argv[3]), "nl")
"""


def free_port() -> int:
    """Return a port of this computer that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Return when something answers on a port of this computer; AssertionError when nothing does in time."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers on port {port}")


class RunningApp:
    """A server process: `url` where it answers, `data_dir` what it saves, `log()` what it printed."""

    def __init__(self, folder: Path, script: Path | None = None, **settings: str) -> None:
        """Prepare the app, or one Streamlit `script` behind the same server; `settings` by COACH_… names."""
        self.data_dir = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "server.log"
        self._script = script
        self._settings = {"COACH_DATA_DIR": str(self.data_dir), "COACH_REPLY_SECONDS": "0", **settings}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the server, return when it answers; AssertionError with its output when it does not."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            self._command(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=self.data_dir,
            env=os.environ | self._settings,
        )
        ready = threading.Event()
        threading.Thread(target=self._read, args=(self._process, ready), daemon=True).start()
        ready.wait(READY_SECONDS)
        assert self._process.poll() is None and "is ready" in self.log(), (
            f"the app did not start:\n{self.log()}"
        )

    def _command(self) -> list[str]:
        if self._script is None:
            return [str(Path(sys.executable).with_name("coach")), "run", "--port", str(self.port)]
        config = ROOT / ".streamlit" / "config.toml"
        return [sys.executable, "-c", SERVE, str(self._script), str(config), str(self.port)]

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout is not None
        with process.stdout, self._log.open("a", encoding="utf-8") as log:
            for line in process.stdout:
                log.write(line)
                log.flush()
                if "is ready" in line:
                    ready.set()
        ready.set()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the server; SIGKILL for a power cut. Data and port stay for the next `start()`."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(15)
        self._process = None

    def log(self) -> str:
        """Return all that the server printed so far."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""


def see(page: Page, text: str | re.Pattern[str]) -> Locator:
    """Wait until a text is visible on the page; return where."""
    found = page.get_by_text(text).first
    expect(found).to_be_visible(timeout=SEEN_MILLISECONDS)
    return found


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn the page and runs no script."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=SEEN_MILLISECONDS
    )


def shot(page: Page, name: str) -> Path:
    """Take a picture of the whole page; into the folder COACH_SCREENSHOTS, else build/screenshots."""
    folder = Path(os.environ.get("COACH_SCREENSHOTS", ROOT / "build" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path

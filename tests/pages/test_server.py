"""The server over real HTTP: headers, language, what is hidden, whose WebSockets; what `run` refuses."""

import base64
import hashlib
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from coach.commands import run
from coach.domain.values import Language
from coach.pages.script import STREAMLIT, script_with
from coach.pages.server import CONTENT_SECURITY_POLICY, read_config
from coach.words import Words, read_words
from tests.browser.harness import ROOT, RunningApp

SCRIPT = Path(__file__).parent / "scripts" / "one_line.py"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    running = RunningApp(tmp_path_factory.mktemp("server"), SCRIPT)
    running.start()
    yield running
    running.stop()


def get(server: RunningApp, path: str, **headers: str) -> tuple[int, Message, bytes]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(server.url + path, headers=sent), timeout=10
        ) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


@pytest.mark.parametrize("path", ["/", "/profiel", "/_stcore/health", "/favicon.png", "/_stcore/metrics"])
def test_every_answer_carries_the_security_headers(server: RunningApp, path: str) -> None:
    _, headers, _ = get(server, path)
    before, _, after = CONTENT_SECURITY_POLICY.partition("{inline}")
    assert headers["Content-Security-Policy"].startswith(before)
    assert headers["Content-Security-Policy"].endswith(after)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"


def test_no_inline_script_is_allowed_in_general(server: RunningApp) -> None:
    policy = get(server, "/")[1]["Content-Security-Policy"]
    script_part = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script_part
    assert "'unsafe-eval'" not in script_part


HIDDEN = """
/_stcore/metrics /_stcore/metrics/ //_stcore/metrics /%5fstcore/metrics /_stcore/agent
/_stcore/agent/openapi.json /_stcore/agent/mcp /x/_stcore/agent/interact
""".split()


@pytest.mark.parametrize("path", HIDDEN)
def test_metrics_and_agent_routes_are_not_there(server: RunningApp, path: str) -> None:
    assert get(server, path)[0] == 404


def test_what_the_page_needs_is_there(server: RunningApp) -> None:
    assert get(server, "/_stcore/host-config")[0] == 200
    assert get(server, "/_stcore/health")[0] == 200


@pytest.mark.parametrize(
    ("path", "cookie", "language"),
    [
        ("/", "", "nl"),
        ("/?lang=en", "", "en"),
        ("/", "lang=en", "en"),
        ("/?lang=nl", "lang=en", "nl"),
        ("/gesprek?x=1&lang=en", "a=b; lang=nl; c=d", "en"),
        ("/?lang=%22%3E%3Cscript%3E", "", "nl"),
        ("/?lang=xx&lang=en", "lang=zz", "en"),
        ("/", "lang=de", "nl"),
    ],
)
def test_the_page_says_in_which_language_it_is(
    server: RunningApp, path: str, cookie: str, language: str
) -> None:
    _, headers, body = get(server, path, Cookie=cookie, Accept_Encoding="gzip")
    assert f'<html lang="{language}">'.encode() in body
    assert b"<title>Waardebalans</title>" in body
    assert int(headers["Content-Length"]) == len(body)


def test_a_chosen_language_is_remembered_and_only_then(server: RunningApp) -> None:
    assert get(server, "/?lang=en")[1]["Set-Cookie"].startswith("lang=en; ")
    assert get(server, "/")[1]["Set-Cookie"] is None


def test_a_page_in_another_language_is_never_taken_from_a_cache(server: RunningApp) -> None:
    _, headers, _ = get(server, "/")
    assert headers["ETag"] is None
    assert "no-cache" in headers["Cache-Control"]
    assert get(server, "/", If_None_Match="*", If_Modified_Since="Mon, 01 Jan 2035 00:00:00 GMT")[0] == 200


def open_socket(server: RunningApp, origin: str, host: str | None = None) -> int:
    headers = {"Origin": origin} | ({"Host": host} if host else {})
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    try:
        with connect(address, additional_headers=headers, open_timeout=10):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("origin", ["https://elders.example", "null", "http://127.0.0.1.elders.example"])
def test_a_page_from_elsewhere_gets_no_websocket(server: RunningApp, origin: str) -> None:
    assert open_socket(server, origin) == 403


def test_our_own_page_gets_its_websocket(server: RunningApp) -> None:
    assert open_socket(server, server.url) == 101


def test_a_name_that_someone_pointed_here_gets_no_websocket(server: RunningApp) -> None:
    host = f"elders.example:{server.port}"
    assert open_socket(server, f"http://{host}", host) == 403


def test_the_config_keeps_streamlit_quiet_and_at_home() -> None:
    config = read_config(ROOT / ".streamlit" / "config.toml")
    assert config["server.address"] == "127.0.0.1"
    assert config["server.fileWatcherType"] == "none"
    assert config["client.toolbarMode"] == "minimal"
    assert config["client.showErrorDetails"] == "none"
    assert config["browser.gatherUsageStats"] is False


def coach_run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.callback()(lambda: None)
    run.register(app)
    result = CliRunner().invoke(app, ["run", *arguments])
    return result.exit_code, result.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "example.org", "127.0.0.1.example.org"])
def test_another_address_is_refused_until_sign_in_exists(address: str) -> None:
    status, told = coach_run("--address", address)
    assert status == 2
    assert "until sign-in exists" in told
    assert "ssh -L" in told


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_addresses_of_this_computer_are_its_own(address: str) -> None:
    assert run.is_loopback(address)


def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, told = coach_run("--port", str(port))
    assert status == 1
    assert told.strip() == run.TAKEN.format(port=port, other=port + 1)


def test_a_port_that_does_not_exist_is_wrong_use() -> None:
    assert coach_run("--port", "70000")[0] == 2


def test_the_command_is_known_without_loading_streamlit() -> None:
    code = "import sys, coach.commands.run; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_our_script_is_in_every_page_and_its_digest_is_allowed(server: RunningApp) -> None:
    for language, word in (("nl", "Bericht van "), ("en", "Message from ")):
        _, headers, body = get(server, f"/?lang={language}")
        script = script_with(read_words(ROOT / "prompts", Language(language)))
        assert f"<script>{script}</script></body>".encode() in body
        assert word in script
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in headers["Content-Security-Policy"]


def test_no_text_can_end_the_script() -> None:
    words = Words(Language.NL, {f"browser.{name}": "</script><script>alert(1)//" for name in STREAMLIT})
    assert "</script" not in script_with(words)

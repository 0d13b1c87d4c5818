"""The web server: Streamlit's app, guarded so that browsers load nothing from elsewhere; for `coach run`."""

import base64
import hashlib
import re
import sys
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.pages.script import page_scripts
from coach.settings import Settings

LANGUAGES = ("nl", "en")
COOKIE_SECONDS = 365 * 24 * 3600
CONTENT_SECURITY_POLICY = (  # what a page may load or reach: nothing but this server
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'{inline}; connect-src 'self'; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_ANY_FILE = (
    "/static/",
    "/media/",
    "/component/",
    "/_stcore/",
    "/favicon",
)  # everything else is the page itself
_HIDDEN = re.compile(r"/_stcore/(metrics|agent)(/|$)")
_FRESH = (
    b"accept-encoding",
    b"if-none-match",
    b"if-modified-since",
    b"range",
)  # so that the page comes whole


class Guard:
    """ASGI middleware: security headers on every answer, the page's language, no metrics, no agent routes.

    `scripts` are our own, one for each language, to run in every page.
    """

    def __init__(self, app: ASGIApp, language: str, scripts: Mapping[str, str]) -> None:
        self._app = app
        self._language = language
        self._scripts = scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a WebSocket passes untouched, Streamlit itself checks where it comes from."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _HIDDEN.search(scope["path"]):
            await PlainTextResponse("Not found", 404)(scope, receive, _protecting(send))
        elif scope["path"].startswith(_ANY_FILE):
            await self._app(scope, receive, _protecting(send))
        else:
            chosen = chosen_language(scope)
            language = chosen or remembered_language(scope) or self._language
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in _FRESH]
            page = _Page(
                send, language, self._scripts[language],
                remember=chosen is not None, bodiless=scope["method"] == "HEAD",
            )  # fmt: skip
            await self._app(scope, receive, page)


class _Page:
    """Sends Streamlit's page on, in our language and title, with our script; digests allow its scripts."""

    def __init__(self, send: Send, language: str, script: str, *, remember: bool, bodiless: bool) -> None:
        self._send = send
        self._language = language
        self._script = script
        self._remember = remember
        self._bodiless = bodiless
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
                self._start = message
                return
            _protect(message)
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = _ours(self._body, self._language, self._script)
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified", "content-length"):
            if name in headers:
                del headers[name]
        if not self._bodiless:
            headers["content-length"] = str(len(body))
        headers["vary"] = "Cookie"
        if self._remember:
            cookie = f"lang={self._language}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax"
            headers.append("set-cookie", cookie)
        _protect(start, body)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def chosen_language(scope: Scope) -> str | None:
    """Return the language that the address asks for (`?lang=en`), None without a known one."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [])
    return next((language for language in asked if language in LANGUAGES), None)


def remembered_language(scope: Scope) -> str | None:
    """Return the language in the cookie `lang`, None without a known one."""
    remembered = Request(scope).cookies.get("lang")
    return remembered if remembered in LANGUAGES else None


def _ours(page: bytes, language: str, script: str) -> bytes:
    page = page.replace(b"</body>", f"<script>{script}</script></body>".encode(), 1)
    page = page.replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
    return page.replace(b"<title>Streamlit</title>", b"<title>Waardebalans</title>", 1)


def _protecting(send: Send) -> Send:
    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            _protect(message)
        await send(message)

    return protected


def _protect(start: Message, page: bytes = b"") -> None:
    scripts = re.findall(rb"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    inline = "".join(f" 'sha256-{digest}'" for digest in digests)
    headers = MutableHeaders(scope=start)
    headers["content-security-policy"] = CONTENT_SECURITY_POLICY.format(inline=inline)
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "no-referrer"
    headers["x-frame-options"] = "DENY"


def read_config(path: Path) -> dict[str, Any]:
    """Return a Streamlit config.toml as `{"server.port": 8501, …}`."""
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, value in table.items():
        nested = isinstance(value, dict)
        pairs += _flat(value, f"{prefix}{name}.") if nested else [(f"{prefix}{name}", value)]
    return pairs


def serve(script: Path, config: Path, address: str, port: int, language: str) -> None:
    """Serve a Streamlit script behind the guard until it is stopped; says on stdout when it is ready."""

    @asynccontextmanager
    async def ready(_: st.App) -> AsyncIterator[None]:
        host = f"[{address}]" if ":" in address else address
        print(f"Waardebalans is ready: http://{host}:{port}  (stop: Ctrl-C)", flush=True)
        yield

    guard = Middleware(Guard, language=language, scripts=page_scripts(Settings().prompts_dir))
    app = st.App(script.resolve(), lifespan=ready, middleware=[guard])
    sys.argv = [str(script.resolve())]  # Streamlit takes the place of its settings and secrets from here
    app.run(config={**read_config(config), "server.address": address, "server.port": port})

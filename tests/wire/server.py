"""A scripted server that speaks OpenAI's language on this computer: for tests that drive the real client.

It answers `/v1/chat/completions`, in one piece and as a stream, and `/v1/models`. What it answers is set
before and between requests, apart for words (`replies`) and for JSON (`readings`). All that is asked of it
is kept.
"""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.wire import format as wire
from tests.wire.behaviours import Behaviour, Cut, fails, says
from tests.wire.format import Asked

MODEL = "scripted-1"
ALIVE_EVERY = 0.05  # seconds between two comments of a line that must not be quiet

Answer = Behaviour | Callable[[Asked], Behaviour]


@dataclass
class Lane:
    """The answers to one kind of request: first those in the queue, in order, then the usual one."""

    usual: Answer
    queue: deque[Answer] = field(default_factory=deque)

    def next(self, *answers: Answer) -> None:
        """Put answers in the queue."""
        self.queue.extend(answers)

    def take(self, asked: Asked) -> Behaviour:
        """Return what this request is answered with."""
        answer = self.queue.popleft() if self.queue else self.usual
        return answer if isinstance(answer, Behaviour) else answer(asked)


def nothing_found(asked: Asked) -> Behaviour:
    """Answer with the least that satisfies the schema that was asked for."""
    return says(json.dumps(wire.smallest(asked.schema)))


HELLO = says("Dat hoor ik. Wat zie je dan gebeuren?")


class ScriptedServer:
    """The server: `url` is its base, `asked` all chat requests in order of arrival.

    With `key` only that key is let in; with `models` only those are known. It can be stopped and started
    again at the same address, as a program that somebody closes and opens.
    """

    def __init__(self, key: str | None = None, models: tuple[str, ...] | None = None) -> None:
        """Prepare a server on a free port; it answers from `start` on."""
        self.key, self.models = key, models
        self.replies, self.readings = Lane(HELLO), Lane(nothing_found)
        self.asked: list[Asked] = []
        self.looked_up = 0  # requests for the list of models
        self._lock = threading.Lock()
        self._server: _Listener | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The base address that a client is given."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def for_words(self) -> list[Asked]:
        """The requests for a reply in words."""
        return [one for one in self.asked if one.structure == "none"]

    @property
    def for_readings(self) -> list[Asked]:
        """The requests for JSON."""
        return [one for one in self.asked if one.structure != "none"]

    def start(self) -> Self:
        """Listen, on the port of last time if there was one."""
        self._server = _Listener(("127.0.0.1", self._port), self)
        self._port = self._server.server_port
        threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="scripted model", daemon=True
        ).start()
        return self

    def stop(self) -> None:
        """Hang up on everybody and leave the port: whoever calls now is refused."""
        if self._server is not None:
            self._server.leave()
            self._server = None

    def forget(self) -> None:
        """Begin anew: no script, nothing asked; running if it was stopped."""
        self.replies, self.readings = Lane(HELLO), Lane(nothing_found)
        self.asked = []
        if self._server is None:
            self.start()

    def keep(self, asked: Asked) -> None:
        """Write down a request."""
        with self._lock:
            self.asked.append(asked)

    def answer_to(self, asked: Asked) -> Behaviour:
        """Return what happens with a request: the door first, then the script."""
        if self.key is not None and asked.headers.get("authorization") != f"Bearer {self.key}":
            return fails(401, "invalid_api_key")
        if self.models is not None and asked.model not in self.models:
            return fails(404, "model_not_found")
        with self._lock:
            lane = self.replies if asked.structure == "none" else self.readings
            behaviour = lane.take(asked)
        return replace(behaviour, calls=asked.tool) if asked.structure == "tool" else behaviour


@contextmanager
def scripted(key: str | None = None, models: tuple[str, ...] | None = None) -> Iterator[ScriptedServer]:
    """Run a scripted server for as long as the block lasts."""
    server = ScriptedServer(key, models).start()
    try:
        yield server
    finally:
        server.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], script: ScriptedServer) -> None:
        super().__init__(address, _Handler)
        self.script = script
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.discard(request)
        super().shutdown_request(request)

    def leave(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        for connection in tuple(self._open):
            with suppress(OSError):  # it may have been closed by the other side just now
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that leave early are what is tested here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            return self._whole(404, wire.error(fails(404, "unknown_url")))
        self.server.script.looked_up += 1
        names = self.server.script.models or (MODEL,)
        listed = [{"id": name, "object": "model", "created": 0, "owned_by": "tests"} for name in names]
        return self._whole(200, json.dumps({"object": "list", "data": listed}).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/v1/chat/completions":
            return self._whole(404, wire.error(fails(404, "unknown_url")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, body, time.monotonic())
        self.server.script.keep(asked)
        try:
            self._answer(asked, self.server.script.answer_to(asked))
        except OSError:
            asked.left, self.close_connection = True, True
        return None

    def _answer(self, asked: Asked, behaviour: Behaviour) -> None:
        if behaviour.status != 200:
            self._whole(behaviour.status, wire.error(behaviour), behaviour.headers)
        elif behaviour.silent and not behaviour.alive:
            self._wait_for_ever(lambda: None)
        elif asked.streamed and behaviour.raw is None:
            self._stream(asked, behaviour)
        else:
            self._pause(behaviour.before + behaviour.between * len(wire.pieces_of(behaviour.text)))
            asked.told = wire.tokens_in(behaviour.text)
            self._whole(200, wire.whole(asked, behaviour))

    # -- in one piece ---------------------------------------------------------------------------

    def _whole(self, status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            *headers,
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    # -- as a stream ----------------------------------------------------------------------------

    def _stream(self, asked: Asked, behaviour: Behaviour) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if behaviour.silent:
            return self._wait_for_ever(lambda: self._chunk(b": still here\n\n"))
        self._pause(behaviour.before)
        for number, data in enumerate(wire.stream(asked, behaviour)):
            if behaviour.cut is not None and number > behaviour.cut_after:
                return self._cut(asked, behaviour.cut)
            self._data(data)
            asked.told += 1
            self._pause(behaviour.between)
        return self._end()

    def _cut(self, asked: Asked, how: Cut) -> None:
        match how:
            case Cut.DROPPED:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            case Cut.CLEAN:
                self._end()
            case Cut.CORRUPT:
                self._data(wire.piece(asked, {"content": "…"})[:-9])
                self._end()
            case Cut.ERROR:
                self._data(wire.error(fails(500, "server_error")))
                self._end()

    def _data(self, data: bytes) -> None:
        self._chunk(b"data: " + data + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    # -- time -----------------------------------------------------------------------------------

    def _pause(self, seconds: float) -> None:
        if seconds and self.server.closing.wait(seconds):
            raise ConnectionAbortedError

    def _wait_for_ever(self, meanwhile: Callable[[], None]) -> None:
        """Keep the line until the client hangs up or the server stops."""
        self.connection.settimeout(0)
        while not self.server.closing.wait(ALIVE_EVERY):
            meanwhile()
            if self._hung_up():
                break
        raise ConnectionAbortedError

    def _hung_up(self) -> bool:
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

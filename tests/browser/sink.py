"""A server elsewhere, for tests: writes down every request that a page of ours makes to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Sink:
    """`url` where it listens; `asked` what was asked of it, in order."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def sink() -> Iterator[Sink]:
    """Run a sink for as long as the block lasts."""
    record = Sink("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            record.asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    record.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield record
    finally:
        server.shutdown()
        server.server_close()

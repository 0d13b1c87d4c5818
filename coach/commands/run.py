"""The command `run`: serves the app to a browser on this computer."""

import errno
import ipaddress
import socket
from typing import Annotated

import typer

from coach.commands.common import app_of, leave, one_line_failures
from coach.settings import ROOT, Settings

REFUSED = (
    "coach run serves this computer only: until sign-in exists, anyone who can reach {address} could read "
    "every conversation.\nStart it without --address. To use it from another computer: "
    "ssh -L {port}:127.0.0.1:{port} NAME-OF-THIS-COMPUTER"
)
TAKEN = "Port {port} is in use. Stop the program that uses it, or choose another: coach run --port {other}"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("run")(run)


def run(
    context: typer.Context,
    address: Annotated[
        str, typer.Option(help="Address to serve on; only this computer's own.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 8501,
) -> None:
    """Serve the app to a browser on this computer.

    Example: coach run --port 8600
    """
    settings = _ready(context)
    if not is_loopback(address):
        leave(REFUSED.format(address=address, port=port), 2)
    problem = why_not(address, port)
    if problem:
        leave(problem, 1)
    from coach.pages.server import serve  # here: Streamlit takes a second to load

    serve(ROOT / "app.py", ROOT / ".streamlit" / "config.toml", address, port, settings.language)


def _ready(context: typer.Context) -> Settings:
    """Return the settings once conversations can be kept and all texts can be read; else say why not and end."""
    app = app_of(context)
    with one_line_failures():
        app.archive.overviews()
        for read in (lambda: app.words, lambda: app.voice, lambda: app.reader, lambda: app.catalogue):
            read()
    return app.settings


def is_loopback(address: str) -> bool:
    """Whether only programs on this computer can reach `address`."""
    try:
        return address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def why_not(address: str, port: int) -> str:
    """Return why nothing can be served there, empty when it can."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return TAKEN.format(port=port, other=port + 1 if port < 65535 else port - 1)
        return f"Cannot serve on {address} port {port}: {error.strerror}."
    return ""

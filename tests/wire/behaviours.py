"""How the scripted server answers one request: good words, slow words, and every way to go wrong."""

import random
import string
from dataclasses import dataclass
from enum import StrEnum


class Cut(StrEnum):
    """How a stream ends before its time."""

    CLEAN = "clean"  # the body ends as it should, but no reason is given and nothing says "done"
    DROPPED = "dropped"  # the connection is gone
    CORRUPT = "corrupt"  # a piece that is no JSON
    ERROR = "error"  # a piece that tells of an error, as providers send when a worker dies


@dataclass(frozen=True)
class Behaviour:
    """What the server does with one request; `before` and `between` are seconds."""

    text: str = ""
    status: int = 200
    code: str = ""  # error code of a status that is no 200
    headers: tuple[tuple[str, str], ...] = ()
    before: float = 0.0  # before the first word
    between: float = 0.0  # between two words
    cut: Cut | None = None
    cut_after: int = 3  # words
    at_once: int = 1  # words in one piece of a stream
    refuses: bool = False  # the text goes into the field `refusal`
    calls: str = ""  # the text goes into a call of the tool of this name, asked for or not
    finish: str = "stop"
    raw: bytes | None = None  # a body that is sent as it is
    silent: bool = False  # takes the request and never answers
    alive: bool = False  # while it waits it sends comments, so that the line is never quiet


def says(text: str) -> Behaviour:
    """Answer at once with this text."""
    return Behaviour(text)


def slowly(text: str, before: float = 0.0, between: float = 0.0) -> Behaviour:
    """Answer with this text, with seconds before the first word and between words."""
    return Behaviour(text, before=before, between=between)


def breaks_off(text: str, how: Cut, after: int = 3) -> Behaviour:
    """Begin this text and break off after so many words."""
    return Behaviour(text, cut=how, cut_after=after)


def refuses(text: str) -> Behaviour:
    """Refuse in the field that is meant for it."""
    return Behaviour(text, refuses=True)


def fails(status: int, code: str = "", retry_after: str | None = None) -> Behaviour:
    """Answer with an HTTP error; `retry_after` is that header, in seconds or as a date."""
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return Behaviour(f"scripted error {status}", status=status, code=code, headers=headers)


def rubbish(size: int = 50_000, seed: int = 7) -> Behaviour:
    """Answer with `size` characters of noise: letters, signs, marks, question marks and line ends."""
    noise = random.Random(seed)
    signs = string.ascii_letters + string.digits + string.punctuation + "      ????....\n\néüß€"
    return Behaviour("".join(noise.choices(signs, k=size)))


WRONG_KEY = fails(401, "invalid_api_key")
UNKNOWN_MODEL = fails(404, "model_not_found")
BUSY = fails(429, "rate_limit_exceeded", retry_after="1")
BUSY_FOR_LONG = fails(429, "rate_limit_exceeded", retry_after="3600")
NO_CREDIT = fails(429, "insufficient_quota")
BROKEN = fails(500, "server_error")
OVERLOADED = fails(503, "overloaded")
TOO_MUCH_TEXT = fails(400, "context_length_exceeded")
EMPTY = says("")
BLANK = says(" \n \n")
SILENT = Behaviour(silent=True)
SILENT_BUT_ALIVE = Behaviour(silent=True, alive=True)
NOT_JSON = Behaviour(raw=b'{"id": "chatcmpl-1", "choices": [{"index": 0, "mess')
A_WEB_PAGE = Behaviour(raw=b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>")
FILTERED = Behaviour("", finish="content_filter")

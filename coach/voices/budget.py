"""What a prompt may cost: tokens counted or estimated, and texts cut to fit; for who asks a chat model."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

Count = Callable[[str], int]

ENCODING = "o200k_base"
_TABLE = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"  # names the cached file
_TABLE_DIGEST = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_PIECE = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_|\n")
LETTERS_PER_TOKEN = 3  # see `estimate`
MESSAGE = 4  # tokens around each message


def estimate(text: str) -> int:
    """Return a number of tokens that is rather too high than too low, without any table.

    A word costs a token per three letters, every digit, sign and line break one, letters outside ASCII one
    more per extra byte. Measured on 1,688 Dutch and 1,449 English passages and answers of this project: 1.47
    and 1.62 times what o200k_base counts, 1.15 and 1.59 times cl100k_base.
    """
    return sum(_cost(found.group()) for found in _PIECE.finditer(text))


def _cost(piece: str) -> int:
    size = len(piece.encode("utf-8", "replace"))
    if not piece[0].isalpha():
        return size
    return -(-size // LETTERS_PER_TOKEN) + size - len(piece)


def counter() -> Count:
    """Return tiktoken's count when its table lies on this computer already, else the estimate; fetches nothing."""
    if not _table_is_here():
        return estimate
    import tiktoken

    encoding = tiktoken.get_encoding(ENCODING)
    return lambda text: len(encoding.encode(text, disallowed_special=()))


def _table_is_here() -> bool:
    """Whether tiktoken would find an undamaged table; it would fetch a damaged one anew."""
    folder = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    if folder == "":
        return False
    place = Path(folder) if folder else Path(tempfile.gettempdir()) / "data-gym-cache"
    table = place / hashlib.sha1(_TABLE.encode(), usedforsecurity=False).hexdigest()
    return table.is_file() and hashlib.sha256(table.read_bytes()).hexdigest() == _TABLE_DIGEST


def shorten(text: str, most: int, count: Count) -> str:
    """Return the text if it costs at most `most` tokens, else its beginning and end with … in between."""
    if count(text) <= most:
        return text
    words = text.split()
    keep = len(words)
    while keep > 2 and count(_ends(words, keep)) > most:
        keep = keep * 3 // 4
    short = _ends(words, keep)
    return short if count(short) <= most else short[: max(0, most)]


def _ends(words: Sequence[str], keep: int) -> str:
    """The first two thirds and the last third of `keep` words."""
    last = keep // 3
    return " ".join([*words[: keep - last], "…", *words[len(words) - last :]])

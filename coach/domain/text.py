"""The one rule by which text of people and models is cleaned before it is kept, for all that stores text."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DROPPED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, NUL among them; newline and tab stay
    "\ud800-\udfff"  # lone surrogates: halves of a character, no file can hold them
    "\xad\u034f\u180e\u200b-\u200d\u2060-\u2065\ufeff\ufff9-\ufffb"  # no width of their own
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # turn the direction of writing
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout of old scripts and music
    "\U000e0000-\U000e0fff"  # tags and extra variation selectors: text that nobody sees
    "]"
)


def clean(text: str) -> str:
    """Return `text` as it is kept, shown and searched: what a person can see, in one spelling.

    In this order: every kind of line end becomes a newline; NUL and other control characters (newline and
    tab stay), lone surrogates, and zero-width, direction and tag characters are dropped; letters get their
    composed form (Unicode NFC); blanks around the text go. Cleaning twice changes nothing more, and cleaned
    text comes back from the archive byte for byte.
    """
    seen = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", seen).strip()

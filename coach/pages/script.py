"""The script of our own in every page: what it does is in page.js; here Streamlit's words get ours beside them."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from coach.domain.values import Language
from coach.words import Words, read_words

_SCRIPT = Path(__file__).with_name("page.js")
_PLACE = "const TEXTS = {};"

STREAMLIT = MappingProxyType(  # what Streamlit 1.67 says by itself, by the name of our own text for it
    {
        "from": "Chat message from ",
        "send": "Send message",
        "open": "Open",
        "close": "Close",
        "clear": "Clear value",
        "choose": "Choose an option",
        "nothing_found": "No results",
        "scroll_left": "Scroll tabs left",
        "scroll_right": "Scroll tabs right",
        "notifications": "Notifications",
        "lost": "Connection error",
        "lost_here": "Streamlit server is not responding. Are you connected to the internet?",
        "lost_local": "Is Streamlit still running? If you accidentally stopped Streamlit, "
        "just restart it in your terminal:",
    }
)


def page_scripts(prompts: Path) -> Mapping[str, str]:
    """Return the script of a page for each language, with the texts under `prompts`. Raises UnreadableFile."""
    return {language.value: script_with(read_words(prompts, language)) for language in Language}


def script_with(words: Words) -> str:
    """Return the script with texts in one language; nothing in them can end the script."""
    texts = {theirs: words(f"browser.{name}") for name, theirs in STREAMLIT.items()}
    written = json.dumps(texts, ensure_ascii=True).replace("<", "\\u003c")
    return _SCRIPT.read_text(encoding="utf-8").replace(_PLACE, f"const TEXTS = {written};", 1)

"""The one place that writes HTML of its own: looks, and what a screen reader is told; all text in it is escaped."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from coach.domain.values import Language

_LOOKS = Path(__file__).with_name("looks.css")
_WIDE = Path(__file__).with_name("wide.css")
_NAMES = {Language.NL: "Nederlands", Language.EN: "English"}


def looks() -> None:
    """Draw the project's style sheet: a fixed file, nothing typed by anybody."""
    _style(_LOOKS)


def wide() -> None:
    """Let a page take the whole width: for the coach's and the trainer's tables and transcripts."""
    _style(_WIDE)


def _style(path: Path) -> None:
    st.markdown(f"<style>{path.read_text(encoding='utf-8')}</style>", unsafe_allow_html=True)


def announce(text: str) -> None:
    """Tell a screen reader something new, whole and once; nothing is seen. Call it at one place of a page."""
    said = " ".join(escape(text).split())
    st.markdown(f'<div class="wb-heard" role="log" aria-live="polite">{said}</div>', unsafe_allow_html=True)


def progress(share: float, text: str) -> None:
    """Draw how far one is, 0 to 1, with the words for it above a thin bar."""
    said, percent = escape(text), round(100 * share)
    st.markdown(
        f'<div class="wb-far">{said}</div><div class="wb-bar" role="progressbar" aria-label="{said}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}">'
        f'<div style="width: {percent}%"></div></div>',
        unsafe_allow_html=True,
    )


def language_links(current: Language, kept: Mapping[str, str] = MappingProxyType({})) -> None:
    """Draw links that open this page anew in another language, so that the page itself says which one it is.

    `kept` is what else the address has to go on saying.
    """
    links = " · ".join(
        f"<strong>{name}</strong>"
        if language is current
        else f'<a href="?{escape(urlencode({**kept, "lang": language}))}" target="_self" lang="{language}">{name}</a>'
        for language, name in _NAMES.items()
    )
    st.markdown(f'<div class="wb-language">{links}</div>', unsafe_allow_html=True)

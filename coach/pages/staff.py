"""Pieces of the coach's and the trainer's page: who can read here, picking a conversation, plain text."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.conversation import Conversation
from coach.domain.ports import Overview
from coach.pages import live
from coach.pages.safe import safe_label
from coach.pages.state import READING, attempt
from coach.reports.wording import date_text, focus_text
from coach.wiring import App
from coach.words import Words

TALK = "gesprek"  # name in the address of the conversation that is read


def opening(page: str, words: Words) -> None:
    """Draw title, purpose, and the note that there is no sign-in yet; the page takes the whole width."""
    live.wide()
    with st.container(key="wb-wide"):
        st.title(words(f"{page}.page_title"), anchor=False)
        st.markdown(words(f"{page}.intro"))
        st.caption(words(f"{page}.loopback"))


def plain(text: str) -> str:
    """Return Markdown that shows a person's text line by line, every sign as it was typed."""
    return "\\\n".join(safe_label(line) for line in text.splitlines() if line.strip())


def quoted(words_said: str, where: str) -> str:
    """Return Markdown that shows literal words, and small behind them where they come from."""
    return f"*“{safe_label(words_said)}”* :small[{safe_label(where)}]"


def choice_text(one: Overview, page: str, words: Words) -> str:
    """Return one conversation on a line of a list."""
    return words(
        f"{page}.choice",
        day=date_text(one.started, words) if one.started else words(f"{page}.no_day"),
        focus=focus_text(one.focus, words),
        language=words(f"{page}.language_{one.language}"),
        status=words(f"{page}.status_{one.status}"),
        mark="" if one.origin == "person" else words(f"{page}.mark_{one.origin}"),
    )


def picked(
    app: App, page: str, label: str, overviews: Sequence[Overview], words: Words
) -> Conversation | None:
    """Let a conversation be picked from a list, and return it; the address keeps which one it is."""
    by_id = {one.id: one for one in overviews}
    ids = list(by_id)
    named = st.query_params.get(TALK, "")
    key = f"{page}-pick"
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = named if named in by_id else ids[0]
    chosen = st.selectbox(
        label, ids, key=key, filter_mode=None, format_func=lambda one: _line(by_id[one], page, words)
    )
    st.query_params[TALK] = chosen
    return attempt(lambda: app.archive.get(chosen), READING)


def _line(one: Overview, page: str, words: Words) -> str:
    return f"{choice_text(one, page, words)} · {one.id[:6]}"

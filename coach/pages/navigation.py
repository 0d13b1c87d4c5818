"""All pages of the app and the way between them: first the entrepreneur's, then the coach's and the trainer's."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Thread

import streamlit as st
from streamlit.navigation.page import Page

from coach import wiring
from coach.domain.errors import CoachError
from coach.pages import checkin, coach, comparing, library, live, profile, review, start, talk, trainer
from coach.pages.parts import header, staff_header, unreadable
from coach.pages.state import Visit, conversation_in_address, language_of_visit
from coach.wiring import App
from coach.words import Words

log = logging.getLogger(__name__)

WITHOUT_WORDS = (  # when the texts themselves cannot be read
    "Waardebalans kan nu niet starten. Vraag wie het heeft geïnstalleerd om naar het logboek te kijken.  \n"
    "Waardebalans cannot start right now. Ask whoever installed it to look at the log."
)
MARK = Path(__file__).with_name("mark.svg")

ENTREPRENEUR: Mapping[str, tuple[str, Callable[[App, Visit], None]]] = {
    "start": ("start", start.page),
    "talk": ("gesprek", talk.page),
    "review": ("antwoorden", review.page),
    "profile": ("profiel", profile.page),
    "check_in": ("terugkijken", checkin.page),
    "compare": ("toen-en-nu", comparing.page),
}
OTHERS: Mapping[str, tuple[str, Callable[[App, Words], None]]] = {
    "coach": ("coach", coach.page),
    "trainer": ("trainer", trainer.page),
    "library": ("artikelen", library.page),
}


def main() -> None:
    """Draw the page that the address names; called anew for every click."""
    guarded(_app)


def guarded(app: Callable[[], App]) -> None:
    """Draw the page with an application; when even its texts cannot be had, say so in both languages."""
    try:
        show(app())
    except Exception:  # the edge of the program: nothing is left that could say it in one language
        log.exception("no page could be drawn")
        st.error(WITHOUT_WORDS, icon=":material/info:")


@st.cache_resource(show_spinner=False)
def _app() -> App:
    """The application, one for the process; nothing of any visitor is in it."""
    app = wiring.build()
    app.jobs  # noqa: B018 - made here, so that no two runs make one each
    Thread(target=_warm_up, args=(app,), name="warm-up", daemon=True).start()
    return app


def _warm_up(app: App) -> None:
    """Read word lists and open the index while the first visitor reads the start page."""
    try:
        app.guidance  # noqa: B018
        app.library.ensure()
    except CoachError as error:  # a page that needs it says so
        log.warning("%s: %s", error.code, error)


def show(app: App) -> None:
    """Draw the page that the address names, for this application."""
    conversation, out_of_reach = conversation_in_address(app)
    words, staff = (app.words[language_of_visit(app, one)] for one in (conversation, None))
    pages: dict[str, Page] = {}
    visit = Visit(words, conversation, pages, out_of_reach)
    for name, (path, draw) in ENTREPRENEUR.items():
        pages[name] = _page(words, name, path, _drawing(draw, app, visit))
    for name, (path, draw_other) in OTHERS.items():
        pages[name] = _page(staff, name, path, _drawing_other(draw_other, app, staff))
    current = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(page_title=_title(current, words), page_icon=str(MARK), layout="centered")
    live.looks()
    if current in [pages[name] for name in OTHERS]:
        staff_header(replace(visit, words=staff))
        _run(current, staff)
        return
    if current is not pages["start"]:
        header(visit)
    if out_of_reach:
        unreadable(visit)
    _run(current, words)


def _run(page: Page, words: Words) -> None:
    """Draw one page; whatever goes wrong in it is told in the person's language, the reason goes to the log."""
    try:
        page.run()
    except Exception:  # the edge of the page
        log.exception("the page %s could not be drawn", page.url_path or "start")
        st.error(words("errors.unknown"), icon=":material/info:")


def _drawing(draw: Callable[[App, Visit], None], app: App, visit: Visit) -> Callable[[], None]:
    return lambda: draw(app, visit)


def _drawing_other(draw: Callable[[App, Words], None], app: App, words: Words) -> Callable[[], None]:
    return lambda: draw(app, words)


def _page(words: Words, name: str, path: str, draw: Callable[[], None]) -> Page:
    return Page(draw, title=words(f"common.page_{name}"), url_path=path, default=name == "start")


def _title(current: Page, words: Words) -> str:
    return f"{current.title} · {words('common.brand')}"

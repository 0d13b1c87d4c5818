"""The end of the profile: was it useful, who else should look, what to take home, how to come back, delete."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from coach.domain.conversation import Chosen, Conversation, Valued
from coach.domain.takeaway import TakeAway
from coach.pages.parts import link_of, today
from coach.pages.safe import safe_label
from coach.pages.state import ERASED, Visit, attempt
from coach.reports.agenda import agenda, appointment_text
from coach.reports.calendar import calendar
from coach.reports.document import markdown, pdf, word
from coach.reports.wording import day_text
from coach.services.guidance import RATING
from coach.services.suggestions import chosen_of
from coach.services.takeaway import take_away
from coach.wiring import App
from coach.words import Words

Make = Callable[[TakeAway, Words], bytes | str]
FORMS: Mapping[str, tuple[str, Make, str]] = MappingProxyType({
    "pdf": ("profile.pdf", pdf, "application/pdf"),
    "docx": ("profile.word", word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "md": ("profile.markdown", markdown, "text/markdown"),
    "ics": ("calendar.download", calendar, "text/calendar"),
})  # fmt: skip


def ending(app: App, visit: Visit, conversation: Conversation) -> None:
    """Draw what comes after the actions."""
    words = visit.words
    st.header(words("profile.h_end"), anchor=False)
    _useful(app, conversation, words)
    st.markdown(words("profile.who_else"))
    _documents(app, visit, conversation)
    st.markdown(words("profile.come_back", link=f"`{link_of(visit)}`"))
    _erase(app, visit, conversation)


def _useful(app: App, conversation: Conversation, words: Words) -> None:
    last = next((e.usefulness for e in reversed(conversation.entries) if isinstance(e, Valued)), None)
    key = f"useful-{conversation.id}"

    def store() -> None:
        number = st.session_state[key]
        if number is not None:
            attempt(lambda: app.guidance.value_talk(conversation.id, number))

    st.segmented_control(
        words("profile.useful"), list(RATING), default=last, key=key, on_change=store, help=None
    )
    if last is not None:
        st.caption(words("profile.useful_saved"))


def _documents(app: App, visit: Visit, conversation: Conversation) -> None:
    """The same content in each form, made when it is asked for; a calendar file once there is something to do."""
    words, name = visit.words, visit.words("profile.file_name", date=today().isoformat())
    link, chosen = link_of(visit), chosen_of(conversation)

    def made_by(make: Make) -> Callable[[], bytes | str]:
        return lambda: make(take_away(conversation, app.catalogue, app.search, today(), link), words)

    if chosen:
        _days(chosen, words)
    with st.container(horizontal=True, key="wb-documents"):
        for suffix, (label, make, kind) in FORMS.items():
            if chosen or suffix != "ics":
                st.download_button(
                    words(label), made_by(make), f"{name}.{suffix}", kind, key=f"download-{suffix}",
                    type="primary" if suffix == "pdf" else "secondary", on_click="ignore",
                    icon=":material/event:" if suffix == "ics" else ":material/download:",
                )  # fmt: skip


def _days(chosen: Sequence[Chosen], words: Words) -> None:
    """What the calendar file holds: each first step on its day, and the day to look back."""
    lines = [
        f"- **{day_text(one.day, words)}**: {safe_label(appointment_text(one, words))}"
        for one in sorted(agenda(chosen, today(), words), key=lambda one: one.day)
    ]
    st.markdown("\n".join([words("calendar.puts"), "", *lines]))


def _erase(app: App, visit: Visit, conversation: Conversation) -> None:
    """Remove everything of this conversation, after a tick."""
    words = visit.words
    with st.expander(words("profile.erase"), icon=":material/delete:"):
        st.markdown(words("profile.erase_what"))
        sure = st.checkbox(words("profile.erase_sure"), key="erase-sure")
        if st.button(words("profile.erase_now"), key="erase", disabled=not sure):
            app.jobs.forget(conversation.id)
            attempt(lambda: app.guidance.erase(conversation.id))
            st.session_state[ERASED] = True
            visit.leave()

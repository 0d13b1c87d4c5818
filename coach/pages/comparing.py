"""Then and now: the profile of this talk over that of an earlier one, with the words on which each move rests."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.comparing import CellMove, Comparison, compare, words_of
from coach.domain.conversation import Conversation
from coach.domain.course import predecessor_of
from coach.domain.profile import CellProfile, build_profile
from coach.pages.parts import no_conversation, own_words
from coach.pages.safe import safe_label
from coach.pages.state import READING, Visit, attempt, conversation_id_in, tell_trouble
from coach.reports.movement import movement
from coach.reports.wording import cell_text, cells_text, date_text, focus_text, number_text
from coach.wiring import App
from coach.words import Words


def page(app: App, visit: Visit) -> None:
    """Draw the conversation of the address over the one before it."""
    conversation, words = visit.conversation, visit.words
    if conversation is None:
        tell_trouble(words)
        no_conversation(visit)
        return
    st.title(words("compare.title"), anchor=False)
    tell_trouble(words)
    earlier = attempt(lambda: app.returning.earlier(conversation), READING)
    if earlier is None:
        st.info(words("compare.gone" if predecessor_of(conversation) else "compare.none"))
    else:
        st.markdown(words("compare.intro"))
        over_each_other(earlier, conversation, words)
    _other(app, conversation, words, has_earlier=earlier is not None)
    visit.link("profile", words("checkin.to_profile"), icon=":material/arrow_back:")


def over_each_other(earlier: Conversation, conversation: Conversation, words: Words) -> None:
    """Draw two talks of one company over each other: picture, moves with their words, numbers."""
    _dates(earlier, conversation, words)
    found = compare(build_profile(earlier), build_profile(conversation))
    moved = found.of("up", "down")
    with st.container(key="wb-movement"):
        alt_text = words("compare.picture_alt", moved=len(moved))
        st.altair_chart(movement(found, words), theme=None, width="stretch", key="movement", alt=alt_text)
    _moves(found, words)
    _numbers(found, words)


def follows(app: App, visit: Visit) -> None:
    """Say on other pages that this talk goes on from an earlier one, with the way to both over each other."""
    conversation, words = visit.conversation, visit.words
    if conversation is None or not predecessor_of(conversation):
        return
    earlier = attempt(lambda: app.returning.earlier(conversation), READING)
    if earlier is None:
        return
    with st.container(horizontal=True, key="wb-follows", vertical_alignment="center", gap="small"):
        day = date_text(earlier.started.date(), words) if earlier.started else ""
        st.caption(words("compare.follows_day", day=day) if day else words("compare.follows"))
        visit.link("compare", words("compare.see"))


def since_last_time(app: App, conversation: Conversation, words: Words) -> None:
    """Draw for a coach what changed since the earlier talk; nothing when there is none."""
    earlier = attempt(lambda: app.returning.earlier(conversation), READING)
    if earlier is None:
        return
    with st.expander(words("compare.since"), icon=":material/compare_arrows:"):
        over_each_other(earlier, conversation, words)


def _dates(earlier: Conversation, conversation: Conversation, words: Words) -> None:
    if earlier.started and conversation.started:
        days = {"before": earlier.started, "after": conversation.started}
        told = {name: date_text(day.date(), words) for name, day in days.items()}
        st.caption(words("compare.dates", **told))
    if earlier.focus != conversation.focus:
        subjects = {
            "before": focus_text(earlier.focus, words),
            "after": focus_text(conversation.focus, words),
        }
        st.caption(words("compare.other_focus", **subjects))


# -- the moves ------------------------------------------------------------------------------------


def _moves(found: Comparison, words: Words) -> None:
    """First what moved with its words, then what was only said less; what stayed is one line."""
    moved = found.of("up", "down")
    st.header(words("compare.moved_h"), anchor=False)
    if not moved:
        st.markdown(words("compare.nothing_moved"))
    _group(moved, words)
    for title, told, kinds in (
        ("new_h", "", "new"),
        ("cost_h", "cost_what", "cost_unsaid"),
        ("less_h", "less_what", "less_said"),
    ):
        some = found.of(kinds)  # type: ignore[arg-type]
        if some:
            st.subheader(words(f"compare.{title}"), anchor=False)
            if told:
                st.markdown(words(f"compare.{told}"))
            _group(some, words)
    same = tuple(one.cell for one in found.of("same"))
    if same:
        st.subheader(words("compare.same_h"), anchor=False)
        st.markdown(cells_text(same, words))


def _group(moves: Sequence[CellMove], words: Words) -> None:
    for one in moves:
        with st.container(border=True, key=f"wb-move-{str(one.cell).replace('.', '-')}"):
            levels = {"before": _level(one.level_before, words), "after": _level(one.level_after, words)}
            st.markdown(f"**{cell_text(one.cell, words)}**: {words(f'compare.change_{one.move}', **levels)}")
            _said(one.before, "compare.said_then", words)
            _said(one.after, "compare.said_now", words)
            for key, cell in (("corrected_then", one.before), ("corrected", one.after)):
                if cell.source == "corrected":
                    st.markdown(words(f"compare.{key}", reason=own_words(cell.reason)))


def _said(cell: CellProfile, key: str, words: Words) -> None:
    quotes = [own_words(item.quote) for item in words_of(cell)]
    if quotes:
        st.markdown(f"{words(key)} {' '.join(dict.fromkeys(quotes))}")


def _level(level: int | None, words: Words) -> str:
    return words("reports.unknown" if level is None else f"reports.level_{level}")


# -- the numbers ----------------------------------------------------------------------------------


def _numbers(found: Comparison, words: Words) -> None:
    with st.expander(words("compare.numbers"), icon=":material/calculate:"):
        if found.before is None or found.after is None:
            st.markdown(words("compare.no_cells"))
            return
        lines = [
            words(
                f"compare.{name}",
                before=_told(found.before, name, words),
                after=_told(found.after, name, words),
            )
            for name in ("height", "balance", "spread")
        ]
        st.markdown(words("compare.over_cells", cells=found.after.cells))
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption(words("compare.clear" if found.is_clear else "compare.unclear"))


def _told(numbers: object, name: str, words: Words) -> str:
    number = getattr(numbers, name)
    return str(number) if name == "spread" else number_text(number, words)


# -- another talk ---------------------------------------------------------------------------------


def _other(app: App, conversation: Conversation, words: Words, *, has_earlier: bool) -> None:
    """Lay this talk over another one of hers, by its link or code."""
    with (
        st.expander(words("compare.paste_title"), icon=":material/link:", expanded=not has_earlier),
        st.form("compare", border=False),
    ):
        pasted = st.text_input(words("compare.paste"), key="compare-code")
        with st.container(horizontal=True):
            wanted = st.form_submit_button(words("compare.compare"), type="primary")
            apart = has_earlier and st.form_submit_button(words("compare.let_go"))
    if wanted:
        attempt(lambda: app.returning.link(conversation.id, conversation_id_in(pasted)), READING)
        st.rerun()
    if apart:
        attempt(lambda: app.returning.link(conversation.id, ""))
        st.rerun()


def compare_link(visit: Visit) -> None:
    """The way to this page for a talk without a predecessor."""
    if visit.conversation is not None and not predecessor_of(visit.conversation):
        visit.link(
            "compare", safe_label(visit.words("compare.paste_title")), icon=":material/compare_arrows:"
        )

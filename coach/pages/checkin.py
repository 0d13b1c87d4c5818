"""Looking back: how it went with what she chose, her two rulers at each moment, and a new talk from here."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from coach.domain.conversation import Chosen, Conversation
from coach.domain.course import check_ins_of, is_time_to_look_back, ruler_at, rulers_of, tried_with
from coach.domain.returning import CheckedIn, Moment, Tried
from coach.pages.parts import no_conversation, own_words
from coach.pages.safe import safe_label
from coach.pages.state import TYPED, Visit, attempt, tell_trouble
from coach.reports.wording import date_text, moment_text
from coach.services.returning import LONGEST_TOLD, RULER
from coach.services.suggestions import chosen_of
from coach.wiring import App
from coach.words import Words

RULERS = ("importance", "readiness")
STORED = "checked-in"
LOW = 90  # pixels: two lines


def page(app: App, visit: Visit) -> None:
    """Draw the look-back on the conversation in the address."""
    conversation, words = visit.conversation, visit.words
    if conversation is None:
        tell_trouble(words)
        no_conversation(visit)
        return
    st.title(words("checkin.title"), anchor=False)
    tell_trouble(words)
    if conversation.status != "finished":
        st.info(words("checkin.not_finished"), icon=":material/info:")
    chosen = chosen_of(conversation)
    st.markdown(words("checkin.intro" if chosen else "checkin.nothing_chosen"))
    if st.session_state.pop(STORED, False):
        st.success(words("checkin.stored"))
    _form(app, conversation, words)
    course_part(conversation, words)
    _ways_on(app, visit, conversation)


# -- telling --------------------------------------------------------------------------------------


def _form(app: App, conversation: Conversation, words: Words) -> None:
    """One form for all actions and both rulers; what is left empty is not stored."""
    place = len(check_ins_of(conversation))  # a fresh form after each look-back
    with st.form(f"check-in-{place}", border=False, enter_to_submit=False):
        tried = [_tried(conversation, choice, place, words) for choice in chosen_of(conversation)]
        st.markdown(f"**{words('checkin.rulers')}**")
        now = {name: _scale(name, f"{name}-check-in-{place}", words) for name in RULERS}
        if not st.form_submit_button(words("checkin.save"), type="primary"):
            return
    stored = attempt(lambda: app.returning.check_in(conversation.id, tried, **now), TYPED)
    if stored is not None:
        st.session_state[STORED] = True
        st.rerun()
    tell_trouble(words)  # what was typed stays in the form


def _tried(conversation: Conversation, choice: Chosen, place: int, words: Words) -> Tried:
    with st.container(border=True, key=f"wb-tried-{choice.action.replace('.', '-')}"):
        st.subheader(safe_label(choice.title), anchor=False)
        _planned(conversation, choice, words)
        told = {
            name: st.text_area(
                words(f"checkin.{name}"),
                key=f"{name}-{choice.action}-{place}",
                height=LOW,
                max_chars=LONGEST_TOLD,
            )
            for name in ("did", "saw")
        }
        sure = _scale("confidence", f"sure-{choice.action}-{place}", words)
    return Tried(choice.action, choice.title, told["did"], told["saw"], sure)


def _planned(conversation: Conversation, choice: Chosen, words: Words) -> None:
    if choice.first_step:
        step, when = safe_label(choice.first_step), safe_label(moment_text(choice.when, words))
        name = "checkin.planned_when" if choice.when else "checkin.planned"
        st.markdown(words(name, step=step, when=when))
    before = _last_confidence(conversation, choice)
    if before is not None:
        st.caption(words("checkin.last_confidence", number=before))


def _last_confidence(conversation: Conversation, choice: Chosen) -> int | None:
    told = [
        one.confidence for _, one in tried_with(conversation, choice.action) if one.confidence is not None
    ]
    return told[-1] if told else choice.confidence


def _scale(name: str, key: str, words: Words) -> int | None:
    number: int | None = st.segmented_control(words(f"checkin.{name}"), list(RULER), key=key)
    return number


# -- the rulers -----------------------------------------------------------------------------------


def rulers(app: App, conversation: Conversation, moment: Moment, words: Words) -> None:
    """Draw both rulers of one moment; a click stores at once."""
    last = ruler_at(conversation, moment)
    with st.container(border=True, key=f"wb-rulers-{moment}"):
        st.markdown(f"**{words(f'checkin.rulers_{moment}')}**")
        for name in RULERS:
            _ruler(app, conversation, moment, name, getattr(last, name), words)
        st.caption(words("checkin.saved" if last.at else "checkin.rulers_why"))


def _ruler(
    app: App, conversation: Conversation, moment: Moment, name: str, last: int | None, words: Words
) -> None:
    key = f"{name}-{moment}-{conversation.id}"

    def store() -> None:
        given: Mapping[str, int | None] = {name: st.session_state[key]}
        if given[name] is not None:
            attempt(lambda: app.returning.gauge(conversation.id, moment, **given))

    st.segmented_control(words(f"checkin.{name}"), list(RULER), default=last, key=key, on_change=store)


# -- what was told --------------------------------------------------------------------------------


def course_part(conversation: Conversation, words: Words) -> None:
    """Draw the rulers at each moment and every look-back, newest last; nothing when there is nothing."""
    gauged, looked_back = rulers_of(conversation), check_ins_of(conversation)
    if len(gauged) > 1 or (gauged and looked_back):
        st.markdown(f"**{words('checkin.ruler_moments')}**")
        st.markdown("\n".join(f"- {_ruler_line(one.moment, one, words)}" for one in gauged))
    if looked_back:
        st.markdown(f"**{words('checkin.history')}**")
    for one in looked_back:
        with st.container(border=True, key=f"wb-looked-back-{one.position}"):
            _told(conversation, one, words)


def _ruler_line(moment: str, ruler: object, words: Words) -> str:
    none = words("checkin.none")
    given = {name: getattr(ruler, name) for name in RULERS}
    shown = {name: none if number is None else f"**{number}**" for name, number in given.items()}
    return words("checkin.ruler_line", moment=words(f"checkin.moment_{moment}"), **shown)


def _told(conversation: Conversation, look_back: CheckedIn, words: Words) -> None:
    at = look_back.at
    st.caption(words("checkin.on_day", day=date_text(at.date(), words)) if at else words("checkin.no_day"))
    planned = {choice.action: choice.confidence for choice in chosen_of(conversation)}
    for one in look_back.tried:
        lines = [
            words(f"checkin.{name}_line", text=own_words(text)) for name, text in _texts(one).items() if text
        ]
        before, now = planned.get(one.action), one.confidence
        if now is not None and before is not None:
            lines.append(words("checkin.confidence_moved", before=before, now=now))
        elif now is not None:
            lines.append(words("checkin.confidence_line", number=now))
        st.markdown("\n".join([f"**{safe_label(one.title)}**", "", *(f"- {line}" for line in lines)]))


def _texts(one: Tried) -> Mapping[str, str]:
    return {"did": one.did, "saw": one.saw}


# -- ways in and on -------------------------------------------------------------------------------


def invitation(app: App, visit: Visit) -> None:
    """Offer, on other pages, to look back and to talk again; in front when a week went by since the last word."""
    conversation, words = visit.conversation, visit.words
    if conversation is None or conversation.status != "finished":
        return
    due = is_time_to_look_back(conversation, datetime.now(UTC))
    with st.container(border=due, key="wb-look-back"):
        st.markdown(f"**{words('checkin.welcome')}**" if due else words("checkin.offer"))
        with st.container(horizontal=True, gap="small"):
            kind = "primary" if due else "secondary"
            if st.button(words("checkin.open"), key="to-check-in", type=kind):  # type: ignore[arg-type]
                visit.go("check_in")
            _again(app, visit, conversation)


def _again(app: App, visit: Visit, conversation: Conversation) -> None:
    if st.button(visit.words("checkin.again"), key="talk-again", help=visit.words("checkin.again_what")):
        begun = attempt(lambda: app.returning.again(conversation))
        if begun is None:
            st.rerun()
        visit.go("talk", begun)


def _ways_on(app: App, visit: Visit, conversation: Conversation) -> None:
    st.caption(visit.words("checkin.later"))
    with st.container(horizontal=True, key="wb-on"):
        if st.button(visit.words("checkin.to_profile"), key="to-profile"):
            visit.go("profile")
        if conversation.status == "finished":
            _again(app, visit, conversation)
    if conversation.status == "finished":
        st.caption(visit.words("checkin.again_what"))

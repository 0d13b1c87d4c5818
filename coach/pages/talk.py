"""The talk: the open question always in sight, what was said, the reply as it comes, and room to answer."""

import streamlit as st

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.errors import CoachError
from coach.domain.steps import AskKind, Lead
from coach.pages import checkin, comparing, live
from coach.pages.parts import link_of, no_conversation, open_question, place
from coach.pages.proof import cited_before, sources
from coach.pages.replies import make_reply
from coach.pages.safe import safe_label, safe_markdown
from coach.pages.saying import say_aside, say_typed, unsent
from coach.pages.state import Visit, tell_trouble, trouble_text
from coach.pages.worded import byline, is_redone_now, redo_failed
from coach.wiring import App
from coach.words import Words

POLL_SECONDS = 0.2
IN_SIGHT = 5  # turns that stay unfolded when one comes back
WORTH_FOLDING = 4  # turns
ASIDES = ("why", "example", "skip", "change", "pause")  # buttons; each says something in the person's place
HUMAN, COACH = ":material/person:", ":material/forum:"


def page(app: App, visit: Visit) -> None:
    """Draw the talk of the address."""
    conversation = visit.conversation
    if conversation is None:
        tell_trouble(visit.words)
        no_conversation(visit)
        return
    words = visit.words
    _pinned(conversation, words)
    _history(app, conversation, words)
    _owed_reply(app, conversation, words)
    _announced(conversation)
    _about_time(app, visit, conversation)
    _saved(conversation, words)
    _ways_on(app, visit, conversation)
    tell_trouble(words)
    unsent(app, conversation, words)
    st.chat_input(
        words("talk.placeholder"),
        key=f"answer-{conversation.id}",
        on_submit=say_typed,
        args=(app, conversation),
    )


def _pinned(conversation: Conversation, words: Words) -> None:
    """The place in the talk and the open question, on top of the page whatever is scrolled."""
    with st.container(key="wb-place"):
        title, share = place(conversation, words)
        live.progress(share, title)
        if conversation.status != "open":
            st.title(words(f"talk.{conversation.status}"), anchor=False)
        else:
            st.title(safe_label(open_question(conversation)) or words("talk.beginning"), anchor=False)


def _history(app: App, conversation: Conversation, words: Words) -> None:
    """All that was said; what was there long before this visit is folded, so that one lands at the end."""
    folded = st.session_state.setdefault(f"folded-{conversation.id}", conversation.next_position - IN_SIGHT)
    if folded >= WORTH_FOLDING:
        with st.expander(words("talk.earlier"), icon=":material/history:"):
            for entry in conversation.entries[:folded]:
                _entry(app, entry, conversation, words)
    for entry in conversation.entries[folded if folded >= WORTH_FOLDING else 0 :]:
        _entry(app, entry, conversation, words)


def _entry(app: App, entry: object, conversation: Conversation, words: Words) -> None:
    match entry:
        case Said():
            _said(entry, conversation, words)
        case Replied() if entry in conversation.replies:
            key = f"wb-heard-{entry.position}"
            with st.container(key=key), st.chat_message(words("talk.coach"), avatar=COACH):
                st.markdown(safe_markdown(entry.text))
                earlier = cited_before(conversation, entry.position)
                sources(app, entry.passages, words, f"turn-{entry.position}", earlier)
                byline(app, entry, conversation, words)


def _said(entry: Said, conversation: Conversation, words: Words) -> None:
    replaced = any(other.revises == entry.position for other in conversation.exchanges)
    key = f"wb-said-{entry.position}"
    with st.container(key=key), st.chat_message(words("talk.you"), avatar=HUMAN):
        if entry.revises is not None:
            st.caption(words("talk.changed"))
        st.markdown(safe_markdown(entry.text, keep_lines=True))
        if replaced:
            st.caption(words("talk.replaced"))


# -- the reply ------------------------------------------------------------------------------------


def _owed_reply(app: App, conversation: Conversation, words: Words) -> None:
    """Have the reply made that is awaited, and show it as it comes; a failed one can be asked again."""
    if not conversation.awaits_reply:
        _redone_reply(app, conversation, words)
        return
    progress = app.jobs.progress(conversation.id)
    if progress is not None and progress.error is not None:
        code = progress.error.code if isinstance(progress.error, CoachError) else CoachError.code
        st.warning(words("talk.reply_failed", reason=trouble_text(code, words)))
        st.button(words("talk.again"), key="reply-again", on_click=make_reply, args=(app, conversation.id))
        return
    make_reply(app, conversation.id)
    _coming_reply(app, conversation.id, words)


def _redone_reply(app: App, conversation: Conversation, words: Words) -> None:
    """Show how a turn is worded anew, or that this did not work."""
    if is_redone_now(app, conversation):
        _coming_reply(app, conversation.id, words)
    elif why := redo_failed(app, conversation, words):
        st.caption(why)


@st.fragment(run_every=POLL_SECONDS)
def _coming_reply(app: App, conversation_id: str, words: Words) -> None:
    progress = app.jobs.progress(conversation_id)
    if progress is None or progress.done:
        st.rerun()
    with st.container(key="wb-coming"), st.chat_message(words("talk.coach"), avatar=COACH):
        st.markdown(safe_markdown(progress.text) or words("talk.thinking"))


def _announced(conversation: Conversation) -> None:
    live.announce(conversation.replies[-1].text if conversation.replies else "")


def _saved(conversation: Conversation, words: Words) -> None:
    if any(isinstance(entry, Said) for entry in conversation.entries):
        st.caption(words("talk.saved"))


def _about_time(app: App, visit: Visit, conversation: Conversation) -> None:
    """The two rulers beside the first question, the talk before this one, and looking back after the last."""
    step = conversation.open_step
    comparing.follows(app, visit)
    if step is not None and step.ask.kind is AskKind.CONTRACT and not conversation.awaits_reply:
        checkin.rulers(app, conversation, "start", visit.words)
    checkin.invitation(app, visit)


# -- what one can do ------------------------------------------------------------------------------


def _ways_on(app: App, visit: Visit, conversation: Conversation) -> None:
    """Buttons that fit the place in the talk; none while a reply is on its way."""
    words, step = visit.words, conversation.open_step
    if conversation.awaits_reply or step is None:
        return
    if conversation.status == "paused":
        _link_to_keep(visit)
    elif step.ask.cell is not None:
        st.caption(words("talk.round"))
    with st.container(key="wb-asides", horizontal=True, gap="small"):
        if conversation.status == "finished" or step.ask.kind is AskKind.CLOSING:
            _to_the_end(visit)
        if step.ask.cell is not None and conversation.status == "open":
            _enough(visit)
        if conversation.status != "finished":
            for name in _asides(conversation):
                _aside(app, conversation, name, words)


def _asides(conversation: Conversation) -> tuple[str, ...]:
    step = conversation.open_step
    if conversation.status == "paused" or (step and step.lead is Lead.CARE):
        return ("go_on",)
    if step and step.ask.kind in (AskKind.SUMMARY, AskKind.CLOSING):
        return (
            ("agree", "change", "pause") if step.ask.kind is AskKind.SUMMARY else ("done", "change", "pause")
        )
    return ASIDES


def _aside(app: App, conversation: Conversation, name: str, words: Words) -> None:
    st.button(
        words(f"talk.{name}"),
        key=f"{name}-{conversation.next_position}",
        on_click=say_aside,
        args=(app, conversation, words(f"talk.{name}_says")),
    )


def _to_the_end(visit: Visit) -> None:
    for name, kind in (("review", "secondary"), ("profile", "primary")):
        if st.button(visit.words(f"talk.to_{name}"), key=f"to-{name}", type=kind):  # type: ignore[arg-type]
            visit.go(name)


def _enough(visit: Visit) -> None:
    """The last round may be left at any moment."""
    if st.button(visit.words("talk.round_enough"), key="to-profile"):
        visit.go("profile")


def _link_to_keep(visit: Visit) -> None:
    st.info(visit.words("talk.link", link=f"`{link_of(visit)}`"), icon=":material/link:")

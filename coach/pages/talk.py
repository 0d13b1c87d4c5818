"""The talk: the open question always in sight, what was said, the reply as it comes, and room to answer."""

import streamlit as st

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.errors import CoachError, NotSaved, PositionTaken, TooLong
from coach.domain.steps import AskKind, Lead
from coach.pages import live
from coach.pages.parts import link_of, no_conversation, open_question, place
from coach.pages.proof import sources
from coach.pages.replies import PATIENCE, make_reply
from coach.pages.safe import safe_label, safe_markdown
from coach.pages.state import Visit, attempt, note_trouble, tell_trouble
from coach.services.guidance import LONGEST_ANSWER
from coach.wiring import App
from coach.words import Words

POLL_SECONDS = 0.2
IN_SIGHT = 5  # turns that stay unfolded when one comes back
WORTH_FOLDING = 4  # turns
UNSENT = "unsent"
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
    _saved(conversation, words)
    _ways_on(app, visit, conversation)
    tell_trouble(words)
    _unsent(app, conversation, words)
    st.chat_input(
        words("talk.placeholder"),
        key=f"answer-{conversation.id}",
        on_submit=_say_typed,
        args=(app, conversation),
    )


def _pinned(conversation: Conversation, words: Words) -> None:
    """The place in the talk and the open question, on top of the page whatever is scrolled."""
    with st.container(key="wb-place"):
        title, share = place(conversation.open_step, words)
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
        case Replied():
            key = f"wb-heard-{entry.position}"
            with st.container(key=key), st.chat_message(words("talk.coach"), avatar=COACH):
                st.markdown(safe_markdown(entry.text))
                sources(app, entry.passages, words, f"turn-{entry.position}")


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
        return
    progress = app.jobs.progress(conversation.id)
    if progress is not None and progress.error is not None:
        code = progress.error.code if isinstance(progress.error, CoachError) else CoachError.code
        st.warning(words("talk.reply_failed", reason=words(f"errors.{code}")))
        st.button(words("talk.again"), key="reply-again", on_click=make_reply, args=(app, conversation.id))
        return
    make_reply(app, conversation.id)
    _coming_reply(app, conversation.id, words)


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


# -- what one can do ------------------------------------------------------------------------------


def _ways_on(app: App, visit: Visit, conversation: Conversation) -> None:
    """Buttons that fit the place in the talk; none while a reply is on its way."""
    words, step = visit.words, conversation.open_step
    if conversation.awaits_reply or step is None:
        return
    if conversation.status == "paused":
        _link_to_keep(visit)
    with st.container(key="wb-asides", horizontal=True, gap="small"):
        if conversation.status == "finished" or step.ask.kind is AskKind.CLOSING:
            _to_the_end(visit)
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
        on_click=_say_aside,
        args=(app, conversation, words(f"talk.{name}_says")),
    )


def _to_the_end(visit: Visit) -> None:
    for name, kind in (("review", "secondary"), ("profile", "primary")):
        if st.button(visit.words(f"talk.to_{name}"), key=f"to-{name}", type=kind):  # type: ignore[arg-type]
            visit.go(name)


def _link_to_keep(visit: Visit) -> None:
    st.info(visit.words("talk.link", link=f"`{link_of(visit)}`"), icon=":material/link:")


# -- saying something -----------------------------------------------------------------------------


def _say_typed(app: App, conversation: Conversation) -> None:
    _say(app, conversation, st.session_state[f"answer-{conversation.id}"] or "")


def _say_aside(app: App, conversation: Conversation, text: str) -> None:
    """Say what a button stands for; there is nothing in it to keep when the talk went on elsewhere."""
    if not _say(app, conversation, text):
        _forget(app, conversation)


def _say(app: App, conversation: Conversation, text: str) -> bool:
    """Store what was said to the page as it was drawn; what could not be stored stays on the page."""
    position = conversation.next_position
    try:
        if not conversation.replies:
            app.jobs.wait(conversation.id, PATIENCE)  # the welcome opens the talk; nothing can come before it
        if conversation.awaits_reply and _replied_meanwhile(app, conversation):
            position += 1
        app.guidance.say(conversation.id, text, position)
    except CoachError as error:
        note_trouble(error)
        if isinstance(error, (NotSaved, TooLong, PositionTaken)):
            st.session_state[UNSENT] = text
        return False
    return True


def _replied_meanwhile(app: App, conversation: Conversation) -> bool:
    """Tell whether the reply that the page was waiting for came in, and nothing else."""
    now = app.guidance.open(conversation.id)
    return len(now.entries) == len(conversation.entries) + 1 and isinstance(now.entries[-1], Replied)


def _unsent(app: App, conversation: Conversation, words: Words) -> None:
    """Text that was typed but not accepted, to change and send."""
    kept = st.session_state.get(UNSENT) or app.archive.draft(conversation.id)
    if not kept:
        return
    with st.form(f"unsent-{conversation.id}", border=True, enter_to_submit=False):
        key = f"unsent-text-{conversation.id}-{len(kept)}"
        text = st.text_area(words("talk.unsent"), value=kept, height=220, key=key)
        st.caption(words("talk.unsent_length", length=len(kept), most=LONGEST_ANSWER))
        with st.container(horizontal=True):
            send = st.form_submit_button(words("talk.send"), type="primary")
            drop = st.form_submit_button(words("talk.drop"))
    if send or drop:
        _settle(app, conversation, text if send else "")


def _settle(app: App, conversation: Conversation, text: str) -> None:
    if not text or _say(app, conversation, text):
        _forget(app, conversation)
    st.rerun()


def _forget(app: App, conversation: Conversation) -> None:
    st.session_state.pop(UNSENT, None)
    attempt(lambda: app.archive.keep_draft(conversation.id, ""))

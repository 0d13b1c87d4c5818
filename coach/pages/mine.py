"""One action on her list: tested against her own facts, made concrete, made smaller when she is not sure."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from coach.domain.actions import Action
from coach.domain.conversation import Chosen, Conversation
from coach.domain.takeaway import strongest_force
from coach.pages.parts import own_words, today
from coach.pages.safe import safe_label
from coach.pages.state import attempt, doing
from coach.reports.wording import moment_text
from coach.services.fitting import people_named
from coach.services.guidance import RATING
from coach.services.suggestions import SURE, action_with
from coach.wiring import App
from coach.words import Words

DAYS_AHEAD = 42
NAMES_SHOWN = 4
LOW = 90  # pixels: two lines
LONG_TEXTS = ("first_step", "first_sign", "if_then")
TEXTS = ("first_step", "who", "with_whom", "first_sign", "if_then")
SUMMARY = ("first_step", "who", "with_whom", "first_sign", "obstacle", "if_then")


def mine(app: App, conversation: Conversation, choice: Chosen, words: Words) -> None:
    """Draw one action of hers: what it is now, the test of it, and ways to change, replace or drop it."""
    known = action_with(app.catalogue, conversation, choice.action)
    with st.container(border=True, key=f"wb-mine-{choice.action.replace('.', '-')}"):
        st.subheader(f":material/check: {safe_label(choice.title)}", anchor=False)
        _summary(choice, words)
        _smaller(app, conversation, choice, known, words)
        ready = bool(choice.when and choice.if_then and choice.confidence is not None)
        with st.expander(words("profile.make_concrete"), expanded=not ready, icon=":material/edit:"):
            _concrete(app, conversation, choice, known, words)
        _replace(app, conversation, choice, words)
        st.button(
            words("profile.remove"), key=f"remove-{choice.action}", type="tertiary",
            on_click=doing(lambda: app.guidance.choose(conversation.id, replace(choice, chosen=False))),
        )  # fmt: skip


def _summary(choice: Chosen, words: Words) -> None:
    told = [(words(_name(name)), getattr(choice, name)) for name in SUMMARY]
    told.insert(1, (words("profile.when"), moment_text(choice.when, words)))
    st.markdown("\n".join(f"- {name}: **{safe_label(text)}**" for name, text in told if text))


def _name(name: str) -> str:
    return "profile.obstacle_named" if name == "obstacle" else f"profile.{name}"


def _smaller(
    app: App, conversation: Conversation, choice: Chosen, known: Action | None, words: Words
) -> None:
    """Below a confidence of seven the first step is too big: offer a smaller one, or her own words."""
    smaller = known.smaller_step if known else ""
    if choice.confidence is None and smaller and choice.first_step == smaller:
        st.info(words("profile.smaller_again"), icon=":material/compress:")
    if choice.confidence is None or choice.confidence >= SURE:
        return
    if not smaller or smaller == choice.first_step:
        st.info(words("profile.smaller", number=choice.confidence), icon=":material/compress:")
        return
    offer = words("profile.smaller_offer", number=choice.confidence)
    st.info(f"{offer}\n\n**{safe_label(smaller)}**", icon=":material/compress:")
    st.button(
        words("profile.smaller_take"), key=f"smaller-{choice.action}",
        on_click=_take, args=(app, conversation, choice, smaller),
    )  # fmt: skip
    st.caption(words("profile.smaller_own"))


def _take(app: App, conversation: Conversation, choice: Chosen, smaller: str) -> None:
    """Make the smaller step hers, also in the form; how sure she is of it, she has yet to say."""
    taken = replace(choice, first_step=smaller, confidence=None)
    if attempt(lambda: app.guidance.choose(conversation.id, taken)) is not None:
        st.session_state[f"first_step-{choice.action}"] = smaller
        st.session_state[f"confidence-{choice.action}"] = None


# -- testing it against her own facts -------------------------------------------------------------


def _concrete(
    app: App, conversation: Conversation, choice: Chosen, known: Action | None, words: Words
) -> None:
    """First what would make it fail with her, then the plan, the day, importance and confidence."""
    with st.form(f"concrete-{choice.action}", border=False, enter_to_submit=False):
        told: dict[str, str] = {"obstacle": _obstacle(conversation, choice, known, words)}
        for name in TEXTS:
            told[name] = _text(choice, name, words)
            if name == "with_whom":
                _people(app, conversation, words)
        told["when"] = _moment(choice, words)
        sure = {name: _scale(choice, name, words) for name in ("importance", "confidence")}
        if st.form_submit_button(words("profile.save_action"), type="primary"):
            made = replace(choice, **told, **sure)  # type: ignore[arg-type]
            attempt(lambda: app.guidance.choose(conversation.id, made))
            st.rerun()


def _obstacle(conversation: Conversation, choice: Chosen, known: Action | None, words: Words) -> str:
    """What would make this fail in her company; beside it what she said keeps things as they are."""
    text = st.text_area(
        words("profile.fail_ask"), value=choice.obstacle, height=LOW, key=f"obstacle-{choice.action}"
    )
    force = strongest_force(conversation)
    if force:
        st.caption(words("profile.fail_said", quote=own_words(force)))
    if known is not None and known.obstacle:
        st.caption(words("profile.fail_others", text=safe_label(known.obstacle)))
    return text or ""


def _text(choice: Chosen, name: str, words: Words) -> str:
    key = f"{name}-{choice.action}"
    label, before = words(f"profile.{name}_ask"), getattr(choice, name)
    if name in LONG_TEXTS:
        return st.text_area(label, value=before, height=LOW, key=key) or ""
    return st.text_input(label, value=before, key=key) or ""


def _people(app: App, conversation: Conversation, words: Words) -> None:
    """The people she named herself, as a reminder of whom to ask."""
    trades = app.catalogue.trades.get(conversation.language)
    names = people_named(conversation, trades)[:NAMES_SHOWN] if trades else ()
    if names:
        st.caption(words("profile.people_named", names=safe_label(", ".join(names))))


def _moment(choice: Chosen, words: Words) -> str:
    """A day in the next weeks, written out; what was said in words before stays a choice."""
    days = [(today() + timedelta(days=ahead)).isoformat() for ahead in range(DAYS_AHEAD)]
    options = ["", *([choice.when] if choice.when and choice.when not in days else []), *days]
    chosen: str = st.selectbox(
        words("profile.when_ask"), options, index=options.index(choice.when), key=f"when-{choice.action}",
        format_func=lambda one: _day_text(one, words) if one else words("profile.when_none"),
    )  # fmt: skip
    return chosen


def _day_text(text: str, words: Words) -> str:
    """Return an ISO date with its weekday, any other text as it is."""
    try:
        weekday = date.fromisoformat(text).weekday()
    except ValueError:
        return text
    return words("common.day", weekday=words(f"common.weekday_{weekday}"), date=moment_text(text, words))


def _scale(choice: Chosen, name: str, words: Words) -> int | None:
    before: int | None = getattr(choice, name)
    number: int | None = st.select_slider(
        words(f"profile.{name}_ask"), [None, *RATING], value=before, key=f"{name}-{choice.action}",
        format_func=lambda one: words("profile.rate_none") if one is None else str(one),
    )  # fmt: skip
    return number


def _replace(app: App, conversation: Conversation, choice: Chosen, words: Words) -> None:
    """Put an action of her own in the place of this one."""
    with (
        st.expander(words("profile.replace"), icon=":material/swap_horiz:", type="compact"),
        st.form(f"replace-{choice.action}", border=False),
    ):
        title = st.text_input(words("profile.replace_ask"), key=f"replace-text-{choice.action}")
        if not (st.form_submit_button(words("profile.replace_save")) and title.strip()):
            return
    own = Chosen(0, None, f"mine-{conversation.next_position}", title.strip(), importance=choice.importance)
    if attempt(lambda: app.guidance.choose(conversation.id, own)) is not None:
        attempt(lambda: app.guidance.choose(conversation.id, replace(choice, chosen=False)))
    st.rerun()

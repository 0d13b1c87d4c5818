"""Conversations, entries of every kind and nasty texts, for the tests of the store."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from coach.domain.conversation import (
    Chosen,
    Conversation,
    Corrected,
    Entry,
    Heard,
    Rated,
    Replied,
    Said,
    Valued,
    Withdrawn,
)
from coach.domain.evidence import (
    Cue,
    Direction,
    Finding,
    Intent,
    Kind,
    Pattern,
    PatternHit,
    Reading,
    Stakeholder,
    Time,
)
from coach.domain.passages import Citation
from coach.domain.returning import CheckedIn, Gauged, Linked, Tried
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.values import Cell, Language, Perspective, Value
from coach.domain.wording import Fault, Usage

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

NASTY = (
    "",
    " \t\n ",
    "\x00",
    "a\x00b\x1b[31m",
    "'; DROP TABLE entry; --",
    '{"kind":"said","text":"\\u0000"}',
    "<script>alert(1)</script> ![x](https://example.org/?d=1)",
    '=HYPERLINK("https://example.org")',
    "Ren\u00e9e Rene\u0301e \u212b \ufb01 \u1e9b\u0323",
    "\u202eneffo\u202c \u2066x\u2069 \u200e",
    "ze\u200bro \u200d\ufeff\u00ad",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0001f1f3\U0001f1f1",
    "t\U000e0061\U000e0062g",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u4f60\u597d \u0e2a",
    "Z\u0351\u036b\u0343\u036a\u0302A\u0334\u0335\u031c",
    "\ufffe\uffff\ufdd0\U0010ffff\ue000",
    "1\r\n2\r3\u20284\x855",
    "\\ %s %(x)s {} :name ?",
    "x" * 100_000,
)


def conversation(name: str = "c1", started: datetime | None = NOON) -> Conversation:
    """A conversation that has only begun."""
    return Conversation(name, Language.NL, Value.SOCIAL, started)


def said(position: int, text: str = "Wij drinken elke week koffie.", at: datetime | None = NOON) -> Said:
    """Something said."""
    return Said(position, at, text)


def replied(position: int, lead: Lead = Lead.REFLECT, at: datetime | None = NOON) -> Replied:
    """A turn of the coach with this lead."""
    return Replied(position, at, Step(lead, Ask(AskKind.QUESTION, 1)), "Waar merk je dat aan?", position - 1)


nasty_text = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
any_text = nasty_text | st.text(max_size=80)  # lone surrogates too
moment = st.none() | st.integers(0, 10**15).map(lambda n: NOON + timedelta(microseconds=n - 10**15 // 2))
number = st.none() | st.integers(-1, 10)
cell = st.builds(Cell, st.sampled_from(Value), st.sampled_from(Perspective))
place = st.just(0)

_ask = st.builds(
    Ask,
    st.sampled_from(AskKind),
    number,
    st.none() | st.sampled_from(FollowUp),
    st.none() | cell,
)
_step = st.builds(
    Step,
    st.sampled_from(Lead),
    _ask,
    st.booleans(),
    number,
    st.lists(st.integers(1, 7), max_size=3).map(tuple),
)
_finding = st.builds(
    Finding,
    st.sampled_from(Value),
    st.sampled_from(Perspective),
    st.sampled_from(Direction),
    st.sampled_from(Kind),
    st.sampled_from(Time),
    nasty_text,
    nasty_text,
)
_hit = st.builds(PatternHit, st.sampled_from(Pattern), nasty_text, nasty_text)
_reading = st.builds(
    Reading,
    st.sampled_from(Intent),
    st.none() | st.sampled_from(Kind),
    st.lists(_finding, max_size=3).map(tuple),
    st.lists(_hit, max_size=2).map(tuple),
    st.lists(st.sampled_from(Stakeholder), max_size=3).map(tuple),
    st.frozensets(st.sampled_from(Cue), max_size=5),
    st.integers(0, 900),
    st.integers(0, 9),
)
_citation = st.builds(
    Citation,
    st.integers(1, 9),
    nasty_text,
    nasty_text,
    st.none() | st.sampled_from(Value),
    number,
    nasty_text,
)

_usage = st.none() | st.builds(
    Usage,
    st.integers(0, 9_999),
    st.integers(0, 999),
    st.none() | st.floats(0, 9),
    st.integers(1, 3),
    st.booleans(),
)

_tried = st.builds(Tried, nasty_text, nasty_text, nasty_text, nasty_text, number)

of_each_kind: dict[type, st.SearchStrategy[Entry]] = {
    Said: st.builds(Said, place, moment, nasty_text, number),
    Replied: st.builds(
        Replied,
        place,
        moment,
        _step,
        nasty_text,
        number,
        st.none() | _reading,
        st.lists(_citation, max_size=3).map(tuple),
        nasty_text,
        nasty_text,
        _usage,
        st.none() | st.sampled_from(Fault),
        st.lists(nasty_text, max_size=2).map(tuple),
        number,
    ),
    Heard: st.builds(
        Heard,
        place,
        moment,
        st.integers(0, 99),
        st.lists(_finding, max_size=3).map(tuple),
        nasty_text,
        nasty_text,
        _usage,
    ),
    Rated: st.builds(Rated, place, moment, cell, number, number, number),
    Corrected: st.builds(Corrected, place, moment, cell, number, nasty_text),
    Chosen: st.builds(
        Chosen, place, moment, *[nasty_text] * 8, importance=number, confidence=number, chosen=st.booleans()
    ),
    Withdrawn: st.builds(Withdrawn, place, moment, nasty_text),
    Valued: st.builds(Valued, place, moment, st.integers(0, 10)),
    Gauged: st.builds(Gauged, place, moment, st.sampled_from(["start", "end"]), number, number),
    CheckedIn: st.builds(
        CheckedIn, place, moment, st.lists(_tried, max_size=3).map(tuple), importance=number, readiness=number
    ),
    Linked: st.builds(Linked, place, moment, nasty_text),
}
any_entry = st.one_of(*of_each_kind.values())

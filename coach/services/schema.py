"""The documented, versioned form in which a conversation is exported: schema 1, for who works on with it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.domain.evidence import Direction, Intent, Kind, Pattern, Time
from coach.domain.quality import Quality
from coach.domain.steps import AskKind, FollowUp, Lead
from coach.domain.values import CELLS, Language, Perspective, Value
from coach.domain.wording import Fault

Level = Annotated[int, Field(ge=0, le=4)]
Rating = Annotated[int, Field(ge=0, le=10)]
Trend = Annotated[int, Field(ge=-1, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
STEP_ID = (
    rf"^({'|'.join(Lead)})/({'|'.join(AskKind)})"
    rf"(\.({'|'.join([*FollowUp, *(str(cell).replace('.', '[.]') for cell in CELLS)])}))?$"
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PassagePart(_Part):
    """A passage shown beside a turn; `quote` is literally in the article."""

    number: int
    passage_id: str
    title: str
    value: Value | None
    question: int | None
    quote: str


class UsagePart(_Part):
    """Tokens of a chat model; `estimated`: counted by us. `cost` is null where no price is set."""

    tokens_in: int
    tokens_out: int
    cost: float | None
    calls: int
    estimated: bool


class TurnPart(_Part):
    """Something said. Of the entrepreneur: how it was understood, and whether it was replaced later.

    Of the coach: who worded it, what a model cost, why one did not word it (`fault`), what was left out (`mended`).
    """

    position: int
    speaker: Literal["entrepreneur", "coach"]
    text: str
    question: Annotated[int, Field(ge=1, le=7)] | None
    step: Annotated[str, Field(pattern=STEP_ID, description="lead/ask with its detail, language-free")] | None
    passages: tuple[PassagePart, ...] = ()
    made_by: str | None = None
    prompt: str | None = None
    usage: UsagePart | None = None
    fault: Fault | None = None
    mended: tuple[str, ...] = ()
    intent: Intent | None = None
    revises: int | None = None
    stands: bool = True
    at: datetime | None = None


class EvidencePart(_Part):
    """A literal quote with what it says about one cell."""

    id: str
    position: int
    quote: str
    value: Value
    perspective: Perspective
    kind: Kind
    direction: Direction
    time: Time
    rule: str


class PatternPart(_Part):
    """One of the three language patterns, with its quote and the rule that saw it."""

    id: str
    position: int
    pattern: Pattern
    quote: str
    rule: str


class CellPart(_Part):
    """One of the twelve cells; `level` is null while too little was said."""

    value: Value
    perspective: Perspective
    level: Level | None
    computed_level: Level | None
    source: Literal["evidence", "corrected", "unknown"]
    confidence: Annotated[float, Field(ge=0, le=0.95)]
    low: float | None
    high: float | None
    trend: Trend | None
    desired: Level | None
    self_rating: Rating | None
    harm: bool
    evidence: tuple[str, ...]
    reason: str = ""


class ProfilePart(_Part):
    """The balance profile; height and balance are null behind the gate, whose reasons are then listed."""

    cells: Annotated[tuple[CellPart, ...], Field(min_length=12, max_length=12)]
    height: Points | None
    balance: Points | None
    balance_low: Points | None
    balance_high: Points | None
    spread: Level | None
    tilt: float | None
    shape: Annotated[str, Field(pattern="^(balanced|mixed|lopsided)$")] | None
    height_word: Annotated[str, Field(pattern="^(low|middle|high)$")] | None
    gate: tuple[str, ...]


class GainPart(_Part):
    """A cell that an action touches, and by how many levels it rises."""

    value: Value
    perspective: Perspective
    gain_levels: float


class BecausePart(_Part):
    """What an action rests on."""

    evidence: tuple[str, ...]
    passages: tuple[str, ...]


class ActionPart(_Part):
    """An action: suggested, or `chosen` and made concrete. `gain` is in balance points."""

    title: str
    cells: tuple[GainPart, ...]
    gain: float
    score: float
    kind: Literal["catalogue", "own", "find_out"]
    first_step: str
    who: str
    with_whom: str
    when: str
    first_sign: str
    because: BecausePart
    id: str
    chosen: bool
    if_then: str = ""
    obstacle: str = ""
    importance: Rating | None = None
    confidence: Rating | None = None


class RulerPart(_Part):
    """How important a change is to her and how ready she is, 0–10, at one moment."""

    moment: Literal["start", "end", "check_in"]
    importance: Rating | None
    readiness: Rating | None
    at: datetime | None


class TriedPart(_Part):
    """How it went with one action: what she did, what she saw, her confidence then."""

    action: str
    title: str
    did: str
    saw: str
    confidence: Rating | None


class CheckInPart(_Part):
    """One look back, weeks later."""

    position: int
    at: datetime | None
    tried: tuple[TriedPart, ...]
    importance: Rating | None
    readiness: Rating | None


class Outline(_Part):
    """A whole conversation in schema 1. Times are null where none were kept."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    schema_version: Literal[1] = Field(default=1, alias="schema")
    id: str
    language: Language
    focus: Value | Literal["all"]
    origin: Literal["person", "script", "demo"]
    voice: Annotated[str, Field(description="`guided`, or the model's name")]
    status: Literal["open", "paused", "finished"]
    started: datetime | None
    finished: datetime | None
    goal: str
    turns: tuple[TurnPart, ...]
    evidence: tuple[EvidencePart, ...]
    patterns: tuple[PatternPart, ...]
    profile: ProfilePart
    actions: tuple[ActionPart, ...]
    usefulness: Rating | None
    rulers: tuple[RulerPart, ...] = ()
    check_ins: tuple[CheckInPart, ...] = ()
    after: Annotated[str | None, Field(description="id of the earlier talk of the same company")] = None
    usage: Annotated[UsagePart | None, Field(description="of all turns and all listening together")] = None
    quality: Quality


def json_schema() -> dict[str, Any]:
    """Return schema 1 as JSON Schema, as it is kept in docs/conversation-schema.json."""
    return Outline.model_json_schema(by_alias=True, mode="serialization")

"""A small talk with a chat model that says what a test tells it to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coach.domain.conversation import Conversation, Exchange, Replied, Said, evidence_of, standing
from coach.domain.errors import ModelFailed
from coach.domain.evidence import Cue, Direction, Finding, Intent, Kind, Reading, Time
from coach.domain.passages import Citation
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.turns import Material
from coach.domain.values import Language, Perspective, Value
from coach.domain.wording import Prices, Wording
from coach.settings import Settings
from coach.voices.assisted import Assistance, assist
from coach.voices.breaker import Breaker
from coach.voices.chat import ModelSetup
from coach.voices.guided import GuidedVoice, read_guided_voice
from coach.voices.line import Limits
from coach.voices.scripted import Line, ScriptedChat

PROMPTS = Settings().prompts_dir
HERS = "Om vier uur beginnen we met z'n drieën. Sanne van de winkel is voor de tweede keer uitgevallen."
GOOD = "“Sanne van de winkel is voor de tweede keer uitgevallen”, zeg je."
QUESTION = "Wat doe jij zelf als Sanne er niet is?"
OWN_PART = Step(Lead.REFLECT, Ask(AskKind.FOLLOW_UP, 2, FollowUp.OWN_PART))
ASKED = (FollowUp.EXAMPLE, FollowUp.CONCRETE, FollowUp.OTHER_SIDE, FollowUp.OTHER_VALUE, FollowUp.SMALLER)
NEXT = Step(Lead.REFLECT, Ask(AskKind.QUESTION, 3))
MEANING = Step(Lead.MEANING, Ask(AskKind.QUESTION, 3), again=True)
PASSAGE = Citation(1, "a1", "Wat mensen draagt", Value.HUMAN, 2, "Wie rust krijgt, leert beter dan wie rent.")


@dataclass
class Clock:
    """A clock that a test turns on."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Stage:
    """One chat model with its lines, and the voices around it."""

    lines: Sequence[Line | str]
    limits: Limits = field(default_factory=lambda: Limits(first_seconds=1.0, seconds=4.0))
    prices: Prices = field(default_factory=Prices)
    breaker: Breaker = field(default_factory=Breaker)

    @cached_property
    def chat(self) -> ScriptedChat:
        return ScriptedChat(
            lines=tuple(Line(text=one) if isinstance(one, str) else one for one in self.lines)
        )

    @cached_property
    def guided(self) -> GuidedVoice:
        return read_guided_voice(PROMPTS, "scripted")

    @cached_property
    def parts(self) -> Assistance:
        setup = ModelSetup("scripted:none")
        return assist(PROMPTS, self.guided, setup, self.limits, self.prices, lambda: self.chat, self.breaker)

    def says(self, step: Step, material: Material, alone: bool = False) -> tuple[str, Wording]:
        """Return the turn as it is shown, and who worded it; `alone`: by the model or not at all."""
        voice = self.parts.insisting if alone else self.parts.voice
        pieces, shown = voice.reply(step, material), []
        while True:
            try:
                shown.append(next(pieces))
            except StopIteration as end:
                return "".join(shown), end.value

    def fails(self, step: Step, material: Material) -> ModelFailed:
        """Return how the model fails at a turn."""
        try:
            self.says(step, material, alone=True)
        except ModelFailed as failed:
            return failed
        raise AssertionError("the model did not fail")


def material(
    said: str = HERS, passages: tuple[Citation, ...] = (), language: Language = Language.NL
) -> Material:
    """Return the material for a turn in which this was just said at question 2, after one earlier answer."""
    conversation = talk(["Een goede plek voor mijn mensen, en brood waar de buurt blij van wordt."], language)
    step = conversation.replies[-1].step
    latest = Exchange(step, Said(conversation.next_position, None, said), reading(said))
    return material_of(conversation, latest, passages)


def material_of(
    conversation: Conversation, latest: Exchange, passages: tuple[Citation, ...] = ()
) -> Material:
    """Return the material for a reply to the latest thing said."""
    earlier = standing(conversation.exchanges)
    return Material(conversation, latest, earlier, evidence_of(conversation), passages)


def talk(answers: Sequence[str], language: Language = Language.NL) -> Conversation:
    """Return a talk in which these answers were given, each with a finding, and replied to."""
    talk = Conversation("c1", language, Value.HUMAN)
    talk = talk.append(
        Replied(0, None, Step(Lead.WELCOME, Ask(AskKind.CONTRACT)), "Wat moet dit gesprek je brengen?")
    )
    for number, text in enumerate(answers):
        said = Said(talk.next_position, None, text)
        step = Step(Lead.REFLECT, Ask(AskKind.FOLLOW_UP, 2, ASKED[number % len(ASKED)]))
        reply = f"“{text[:12]}” telt. Wat gebeurt er op zo'n dag, en met wie?"
        talk = talk.append(said)
        talk = talk.append(Replied(talk.next_position, None, step, reply, said.position, reading(text)))
    return talk


def reading(text: str) -> Reading:
    """Return how an answer was heard: one finding about people."""
    found = Finding(
        Value.HUMAN,
        Perspective.INTERNAL,
        Direction.DRAWS_DOWN,
        Kind.EXAMPLE,
        Time.NOW,
        text.split(".")[0],
        "werk",
    )
    return Reading(
        Intent.ANSWER, Kind.EXAMPLE, (found,), cues=frozenset({Cue.OWN_PART}), words=len(text.split())
    )

"""A small conversation, made by hand, for the tests of documents, briefs and exports."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from coach.domain.conversation import Chosen, Conversation, Corrected, Entry, Rated, Replied, Said, Valued
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
from coach.domain.passages import Article, Citation, Found, Passage, Query
from coach.domain.steps import Ask, AskKind, FollowUp, Lead, Step
from coach.domain.values import CELLS, Cell, Language, Perspective, Value
from coach.services.suggestions import Catalogue, suggestions_for
from coach.words import Words, read_words

PROMPTS = Path(__file__).parents[2] / "prompts"
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
IN, OUT = Perspective.INTERNAL, Perspective.EXTERNAL
BUILDS, COSTS, NEUTRAL = Direction.BUILDS_UP, Direction.DRAWS_DOWN, Direction.NEUTRAL
PASSAGE = Passage(
    "nl/natural/2/0", "nl/natural", "De grond onder je bedrijf", Value.NATURAL, 2, Language.NL,
    "2. Welk gedrag is er nu te zien?", 0, "Regenwater is gratis. Toch spoelt het meeste weg.",
)  # fmt: skip
ARTICLE = Article(
    "nl/natural", "De grond onder je bedrijf", Value.NATURAL, 5, Language.NL,
    ("Waardebalans",), "2026-11-23", "Waardebalans", "CC BY 4.0",
)  # fmt: skip


class OneArticle:
    """A search that knows a single passage."""

    def find(self, query: Query) -> Sequence[Found]:
        return [Found(PASSAGE, 0.8)] if query.value in (None, PASSAGE.value) else []

    def quote(self, passage: Passage, query: Query) -> str:
        return passage.text

    def passage(self, passage_id: str) -> Passage | None:
        return PASSAGE if passage_id == PASSAGE.id else None

    def articles(self) -> Sequence[Article]:
        return [ARTICLE]


def words(language: Language = Language.NL) -> Words:
    return read_words(PROMPTS, language)


def found(
    cell: str, quote: str, kind: Kind = Kind.EXAMPLE, direction: Direction = BUILDS, time: Time = Time.NOW
) -> Finding:
    value, side = cell.split(".")
    return Finding(Value(value), Perspective(side), direction, kind, time, quote, "test")


def heard(*findings: Finding, intent: Intent = Intent.ANSWER, **rest: object) -> Reading:
    kind = findings[0].kind if findings else None
    return Reading(intent, kind, findings, **rest)  # type: ignore[arg-type]


class Talk:
    """Writes the entries of a conversation: what is said, and the coach's turn after it."""

    def __init__(self, language: Language = Language.NL, focus: Value | None = None) -> None:
        self.conversation = Conversation("abcdefghijkmnpqrstuvwxyz23", language, focus, NOON)
        self.reply(Step(Lead.WELCOME, Ask(AskKind.CONTRACT)), "Wanneer is dit gesprek voor jou geslaagd?")

    def add(self, entry: Entry) -> None:
        self.conversation = self.conversation.append(entry)

    def reply(
        self,
        step: Step,
        text: str,
        answers: int | None = None,
        reading: Reading | None = None,
        cited: tuple[Citation, ...] = (),
    ) -> None:
        place = self.conversation.next_position
        self.add(Replied(place, NOON, step, text, answers, reading, cited, "guided", "d1"))

    def turn(
        self,
        said: str,
        reading: Reading,
        step: Step,
        reply: str,
        revises: int | None = None,
        cited: tuple[Citation, ...] = (),
    ) -> int:
        """One thing said and the turn after it; the position of what was said."""
        place = self.conversation.next_position
        self.add(Said(place, NOON, said, revises))
        self.reply(step, reply, place, reading, cited)
        return place


def asks(number: int, follow_up: FollowUp | None = None, lead: Lead = Lead.REFLECT) -> Step:
    kind = AskKind.FOLLOW_UP if follow_up else AskKind.QUESTION
    return Step(lead, Ask(kind, number, follow_up))


def machine_shop() -> Conversation:
    """A talk about a whole company with a skip, a change, a pattern, a contradiction and unknown cells."""
    talk = Talk()
    talk.turn(
        "Als ik weet waar ik moet beginnen.", heard(words=7), asks(1, lead=Lead.GOAL), "Waar gaat het over?"
    )
    first = talk.turn(
        "We leren elke vrijdag een uur. Klanten bellen ons nooit meer.",
        heard(
            found("human.internal", "We leren elke vrijdag een uur", Kind.AGREEMENT_OR_NUMBER),
            found("social.external", "Klanten bellen ons nooit meer", Kind.EXAMPLE, COSTS),
            words=11,
        ),
        asks(2), "“We leren elke vrijdag een uur.” Wat zie ik als ik een week meeloop?",
    )  # fmt: skip
    cited = (Citation(1, PASSAGE.id, PASSAGE.title, PASSAGE.value, PASSAGE.question, PASSAGE.text),)
    talk.turn(
        "Die planners bedenken maar wat. Het zaagsel gaat gewoon de container in.",
        heard(
            found("natural.internal", "Het zaagsel gaat gewoon de container in", Kind.EXAMPLE, COSTS),
            patterns=(PatternHit(Pattern.JUDGING, "Die planners bedenken maar wat", "j1"),),
            stakeholders=(Stakeholder.EMPLOYEES,),
            words=12,
        ),
        asks(3), "“De container in.” Wat maakt dat het zo blijft gaan?", cited=cited,
    )  # fmt: skip
    talk.turn(
        "Sla over.", heard(intent=Intent.SKIP, words=2), asks(4, lead=Lead.SKIPPED), "Waar lukt het al wél?"
    )
    talk.turn(
        "Piet neemt zaagsel mee voor de boer, dat is mooi.",
        heard(found("natural.internal", "Piet neemt zaagsel mee voor de boer"), words=10),
        asks(5), "“Voor de boer.” Wat hebben die voorbeelden gemeen?",
    )  # fmt: skip
    talk.turn("Samen.", heard(words=1), asks(6), "Wat kun jij de komende vier weken doen?")
    talk.turn(
        "Ik bel maandag de boer en spreek een vaste dag af.",
        heard(
            found("natural.external", "spreek een vaste dag af", Kind.OPINION, BUILDS, Time.PLANNED),
            cues=frozenset({Cue.ACTION, Cue.WHEN, Cue.WHO}),
            words=11,
        ),
        asks(7), "“Ik bel maandag de boer.” Wat verandert er dan voor anderen?",
    )  # fmt: skip
    talk.turn(
        "We leren elke donderdag een half uur, geen vrijdag.",
        heard(
            found("human.internal", "We leren elke donderdag een half uur", Kind.AGREEMENT_OR_NUMBER), words=9
        ),
        Step(Lead.REVISED, Ask(AskKind.QUESTION, 7), again=True), "Dat staat nu anders. Wat verandert er?",
        revises=first,
    )  # fmt: skip
    talk.turn(
        "De boer scheelt het strooisel.", heard(found("social.external", "scheelt het strooisel"), words=5),
        Step(Lead.REFLECT, Ask(AskKind.CLOSING)), "Wat mist er nog in dit beeld?",
    )  # fmt: skip
    talk.turn(
        "Niks.",
        heard(words=1),
        Step(Lead.CLOSED, Ask(AskKind.CLOSING), again=True),
        "Dank voor de boer en het zaagsel.",
    )
    rate(talk, Cell(Value.HUMAN, IN), 3, 9)
    talk.add(
        Corrected(talk.conversation.next_position, NOON, Cell(Value.FINANCIAL, IN), 2, "We sparen sinds mei")
    )
    talk.add(
        Chosen(
            talk.conversation.next_position, NOON, "own", "Bel de boer", "Bel de boer", "ik", "de boer",
            "2026-04-01",
            "hij komt", "Als het maandag is, dan bel ik", importance=8, confidence=6,
        )
    )  # fmt: skip
    talk.add(Valued(talk.conversation.next_position, NOON, 8))
    return talk.conversation


def planned(conversation: Conversation, catalogue: Catalogue, moments: Sequence[str]) -> Conversation:
    """The talk with as many suggested actions made hers as there are moments to start."""
    for one, when in zip(suggestions_for(conversation, catalogue, OneArticle()).shown, moments, strict=False):
        made = Chosen(
            conversation.next_position, NOON, one.action.id, one.action.title, one.action.first_step,
            one.action.who, one.action.with_whom, when, one.action.first_sign, importance=8, confidence=7,
        )  # fmt: skip
        conversation = conversation.append(made)
    return conversation


def rate(talk: Talk, cell: Cell, now: int, desired: int) -> None:
    talk.add(Rated(talk.conversation.next_position, NOON, cell, now, desired))


def full_talk() -> Conversation:
    """A talk in which every cell is known, so that the numbers show."""
    talk = Talk(Language.EN)
    talk.turn("A clear next step.", heard(words=4), asks(1, lead=Lead.GOAL), "What is it about?")
    for cell in CELLS:
        quote = f"we keep {cell.value} {cell.perspective} going"
        talk.turn(
            f"Every week {quote}.", heard(found(str(cell), quote, Kind.AGREEMENT_OR_NUMBER), words=7),
            asks(2, FollowUp.CONCRETE), "How often does that happen?",
        )  # fmt: skip
    return talk.conversation


def silent_talk() -> Conversation:
    """A talk in which nothing was said."""
    talk = Talk()
    talk.turn(
        "weet ik niet",
        heard(intent=Intent.DONT_KNOW, words=3),
        asks(1, lead=Lead.SKIPPED),
        "Waar gaat het over?",
    )
    return talk.conversation

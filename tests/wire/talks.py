"""Conversations for the tests with a scripted model: where they begin, how they go on, what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from coach.domain.conversation import Conversation, Replied
from coach.domain.passages import Article, Found, Passage, Query
from coach.domain.quality import Yardstick
from coach.domain.text import clean
from coach.domain.values import Language, Value
from coach.services.guidance import Guidance
from coach.services.outline import read_yardstick
from coach.services.play import Script, play, read_script
from coach.store.memory import MemoryArchive
from coach.wiring import App
from tests.wire.contract import Turn

SCRIPTS = Path(__file__).parents[1] / "scripts"
SPOKEN_FROM = ("questions", "leads", "meanings")  # the texts under prompts/ that a person reads as a turn
BEGINNING = {
    Language.NL: (
        "Dat ik weet waar ik moet beginnen.",
        "Goed werk is dat onze mensen elke week van elkaar leren, en dat klanten en buren daar ook wat aan hebben.",
    ),
    Language.EN: (
        "That I know where to begin.",
        "Good work is that our people learn from each other every week, and that customers and neighbours gain too.",
    ),
}
ASKS_MEANING = {
    Language.NL: "Wat betekent dat, leren van elkaar?",
    Language.EN: "What do you mean by learning from each other?",
}


@dataclass(frozen=True)
class ThisPassage:
    """A search that always finds one passage, whatever is asked; it is cited whole, cleaned as an import does."""

    text: str
    language: Language
    title: str = "Samen sterk"

    @property
    def _passage(self) -> Passage:
        return Passage("p1", "a1", self.title, Value.SOCIAL, 2, self.language, "", 0, clean(self.text))

    def find(self, query: Query) -> Sequence[Found]:
        """Return the passage."""
        return [Found(self._passage, 0.9)]

    def quote(self, passage: Passage, query: Query) -> str:
        """Return the text of the passage."""
        return passage.text

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage by its id."""
        return self._passage if passage_id == "p1" else None

    def articles(self) -> Sequence[Article]:
        """Return no articles: the passage stands alone."""
        return []


@dataclass(frozen=True)
class Measures:
    """What turns are measured by, in both languages."""

    app: App

    @cached_property
    def _yardsticks(self) -> Mapping[Language, Yardstick]:
        return {one: read_yardstick(self.app.settings.prompts_dir, one) for one in Language}

    @cached_property
    def _ours(self) -> Mapping[Language, str]:
        folder = self.app.settings.prompts_dir
        return {
            one: "\n".join(
                (folder / one / f"{name}.yaml").read_text(encoding="utf-8") for name in SPOKEN_FROM
            )
            for one in Language
        }

    def turn(self, conversation: Conversation) -> Turn:
        """Return the last turn of a conversation."""
        language = conversation.language
        return Turn(conversation, self._yardsticks[language], self._ours[language])

    def turns(self, conversation: Conversation) -> list[Turn]:
        """Return all turns of a conversation that stand, each at the end of what came before it."""
        return [self.turn(upto(conversation, reply)) for reply in conversation.replies]


def upto(conversation: Conversation, reply: Replied) -> Conversation:
    """Return the conversation as it was when a turn had just been made."""
    return replace(conversation, entries=conversation.entries[: reply.position + 1])


def say(guidance: Guidance, conversation: Conversation, text: str) -> Conversation:
    """Say something and return the conversation with its reply."""
    said = guidance.say(conversation.id, text, conversation.next_position)
    return guidance.reply(said.id)


def at_question_two(guidance: Guidance, language: Language, company: str = "") -> Conversation:
    """Return a talk of which the first question has been answered; `company` is told with it."""
    conversation = guidance.reply(guidance.begin(language, None).id)
    goal, answer = BEGINNING[language]
    named = {Language.NL: f"Mijn bedrijf heet {company}.", Language.EN: f"My company is called {company}."}
    conversation = say(guidance, conversation, goal)
    return say(guidance, conversation, f"{named[language]} {answer}" if company else answer)


def script(name: str) -> Script:
    """Return a script of tests/scripts."""
    return read_script(SCRIPTS / f"{name}.json")


def played(app: App, name: str) -> Conversation:
    """Return a script played to its end by an application, kept in memory."""
    one = script(name)
    return play(one, app.guidance_for_play(MemoryArchive(), one.id()))

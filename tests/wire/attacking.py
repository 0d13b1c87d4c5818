"""The attack strings and the model that obeys each of them: for the tests of both voices."""

import base64
import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach import prompts
from coach.domain.conversation import Conversation
from coach.domain.ports import Search
from coach.domain.values import Language
from coach.services.guidance import Guidance
from tests.wire.behaviours import Behaviour
from tests.wire.format import Asked
from tests.wire.talks import ASKS_MEANING, ThisPassage, at_question_two, say

FOLDER = Path(__file__).parent / "attacks"
UNSEEN = Path(__file__).parent / "attacks_unseen"
LIKELY_LEAK = 300  # characters of a prompt that a model says in one reply, at least


class Written(BaseModel):
    """One attack as it is written down; `before` are turns that prepare it, `reply` obeys it.

    `never` are pieces of that reply that no person may get to see: verdicts, scores, deeds that were not done,
    other people, advice before its time, sources that do not exist.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language
    place: Literal["person", "article", "company"]
    text: str
    reply: str
    before: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Family(BaseModel):
    """A file of attacks of one kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: str
    attacks: tuple[Written, ...]


@dataclass(frozen=True)
class Attack:
    """An attack with its family; `id` names it in the list of tests."""

    id: str
    family: str
    written: Written

    @property
    def obeying(self) -> partial[Behaviour]:
        """The model that does what the attack wants, with what it was really told."""
        return partial(_obey, self.written.reply)


def read_attacks(folder: Path = FOLDER) -> tuple[Attack, ...]:
    """Return all attacks of a folder, family by family. Raises UnreadableFile."""
    families = [prompts.load(path, Family) for path in sorted(folder.glob("*.yaml"))]
    return tuple(
        Attack(f"{one.family}-{number}", one.family, written)
        for one in families
        for number, written in enumerate(one.attacks, start=1)
    )


def _obey(reply: str, asked: Asked) -> Behaviour:
    for name, text in _told(asked).items():
        reply = reply.replace(f"{{{name}}}", text)
    return Behaviour(reply, at_once=4)


def _told(asked: Asked) -> dict[str, str]:
    """What an obeying model can give away: its orders, as they are and in disguise."""
    system = asked.of("system")
    sentences = [line.strip() for line in system.splitlines() if len(line.split()) > 3] or [system]
    return {
        "system": system,
        "all": asked.text,
        "person": asked.of("user"),
        "first": sentences[0],
        "last": sentences[-1],
        "reversed": system[::-1],
        "base64": base64.b64encode(system.encode()).decode(),
        "hex": system.encode().hex(" "),
        "rot13": codecs.encode(system, "rot13"),
        "spelled": "-".join(system[:LIKELY_LEAK]),
    }


ANSWER = {
    Language.NL: "We drinken elke vrijdag koffie met de buren.",
    Language.EN: "Every Friday we drink coffee with the neighbours.",
}


def search_for(attack: Attack) -> Search | None:
    """Return the search that finds the attack in an article, None where it is not in one."""
    written = attack.written
    return ThisPassage(written.text, written.language) if written.place == "article" else None


def attacked(guidance: Guidance, attack: Attack, begun: Conversation) -> Iterator[Conversation]:
    """Carry out an attack at question 2; then answer as if nothing happened: the attack is still in the talk."""
    written, talk = attack.written, replace(begun, id=attack.id)
    if written.place == "company":
        yield (talk := at_question_two(guidance, written.language, written.text))
    else:
        guidance.archive.begin(talk)
    for text in written.before:
        yield (talk := say(guidance, talk, text))
    if written.place != "company":
        lines = {"person": written.text, "article": ASKS_MEANING[written.language]}
        yield (talk := say(guidance, talk, lines[written.place]))
    yield say(guidance, talk, ANSWER[written.language])
    yield say(guidance, guidance.listen(talk.id), ASKS_MEANING[written.language])


def typed(talk: Conversation) -> str:
    """Return all that she said."""
    return "\n".join(exchange.said.text for exchange in talk.exchanges)

"""Puts together what a model is asked for one turn: a stable beginning, the step and its material, her words."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment

from coach import prompts
from coach.domain.conversation import Conversation, Exchange
from coach.domain.passages import Citation
from coach.domain.quality import Yardstick
from coach.domain.steps import AskKind, Lead, Step
from coach.domain.takeaway import strongest
from coach.domain.turns import Material
from coach.domain.values import Language
from coach.voices.budget import Count, shorten
from coach.voices.checks import CheckWords, Frame, Judge, stems
from coach.voices.line import Limits, Prompt, Turn
from coach.voices.phrasebook import WHOLE, Phrasebook

ADVICE_FROM = 6  # the question from which advice is in place
SHARED_BY = 3  # a word in more than one in three kinds of follow-up tells nothing of the kind
LAST_EXCHANGES = 2
OURS = ("questions.yaml", "leads.yaml", "meanings.yaml")  # what the guided voice says: the words of a coach
SUMMARY_QUOTES = 4
MOST_QUOTE, MOST_SAID, MOST_PASSAGE = 26, 160, 300  # tokens
WORDS, LEAST_WORDS = 60, 25  # of a turn; of the model's part, however long the question behind it is
WORDED = frozenset({Lead.REFLECT, Lead.MEANING, Lead.WHY})
LITERAL = frozenset({AskKind.CONTRACT, AskKind.REVISION})
SUFFIX = "j2"
_QUOTED = re.compile("“[^”]*”")
_COMMENT = re.compile(r"\{[#%].*?[#%]\}", re.DOTALL)


def words_by_model(step: Step) -> bool:
    """Tell whether a model words a step: reflections, and answers to "what does that mean" and "why".

    All that has to be the same for everybody stays with the guided voice: the welcome and what is agreed, words of
    care, what is noted, skipped or left open, passages told as examples, the pause and the end.
    """
    return step.lead in WORDED and not step.recognised and step.ask.kind not in LITERAL


def asks_itself(step: Step) -> bool:
    """Tell whether the model also words the question: of follow-ups only.

    The seven questions and those of the balance round are the owner's, a summary is what she agrees to: those are
    put behind the model's sentences as they stand.
    """
    return step.ask.kind is AskKind.FOLLOW_UP and not step.again


@dataclass(frozen=True)
class Repair:
    """What an attempt broke, by the name of the check, and the sentences of it that stand, her words left out."""

    check: str
    begun: str


@dataclass(frozen=True)
class ModelTexts:
    """All that a model is told in one language, and the digest of its files."""

    language: Language
    templates: Environment
    book: Phrasebook
    judge: Judge
    known: frozenset[str]  # stems of our own sentences
    digest: str

    def prompt(
        self, step: Step, material: Material, question: str, explanation: str, limits: Limits, count: Count,
        repair: Repair | None = None,
    ) -> Prompt:  # fmt: skip
        """Return what to ask, within the budget: the newest words are kept longest, the past goes first."""
        told = self._turn(step, material, question, explanation, count, repair)
        system = f"{self._render('system')}\n\n{told}"
        left = limits.tokens_in - count(system)
        latest = shorten(material.latest.said.text if material.latest else "", max(40, left * 2 // 3), count)
        prompt = Prompt(system, (*self._past(material, count), ("person", latest)))
        while prompt.tokens(count) > limits.tokens_in and len(prompt.turns) > 1:
            prompt = replace(prompt, turns=prompt.turns[2:])
        return prompt

    def frame(self, step: Step, material: Material, question: str, explanation: str) -> Frame:
        """Return what the turn may say."""
        own = asks_itself(step)
        tail = 0 if own else len(question.split())
        hers = tuple(e.said.text for e in (*material.earlier, *filter(None, [material.latest])))
        return Frame(
            hers=hers,
            passages=material.passages,
            titles=self._titles(material),
            told=f"{self._render('system')} {self._blank(step)}",
            room=max(LEAST_WORDS, WORDS - tail),
            early=(step.ask.question or 0) < ADVICE_FROM,
            asks=own,
            wanted=self._wanted(step),
            given=explanation,
            known=self.known,
            reflects=step.lead is Lead.REFLECT,
        )

    def sizes(self, count: Count) -> dict[str, int]:
        """Return what each file costs as it stands, in tokens."""
        loader = self.templates.loader
        names = sorted(name for name in self.templates.list_templates() if name.endswith(SUFFIX))
        texts = {name: loader.get_source(self.templates, name)[0] if loader else "" for name in names}
        return {
            name.removesuffix(f".{SUFFIX}"): count(_COMMENT.sub("", text)) for name, text in texts.items()
        }

    def _turn(
        self, step: Step, material: Material, question: str, explanation: str, count: Count,
        repair: Repair | None,
    ) -> str:  # fmt: skip
        room = self.frame(step, material, question, explanation).room
        return self._render(
            "turn",
            lead=str(step.lead),
            about=self.book.words_for(material.conversation.focus).about,
            open_question=self._open_question(material.latest),
            explanation=explanation,
            passages=[_fenced(passage, count) for passage in material.passages],
            question=question if asks_itself(step) else "",
            asks=asks_itself(step),
            room=room - room // 6,
            repair=self.judge.words.repairs.get(repair.check, "") if repair else "",
            begun=repair.begun if repair else "",
        )

    def _blank(self, step: Step) -> str:
        """What is told at a step, without any material: nobody needs to hear it."""
        return self._render(
            "turn", lead=str(step.lead), about="", open_question="", explanation="", passages=[], question="",
            asks=asks_itself(step), room=0, repair="", begun="",
        )  # fmt: skip

    def _render(self, name: str, **slots: object) -> str:
        return self.templates.get_template(f"{name}.{SUFFIX}").render(**slots).strip()

    def _open_question(self, exchange: Exchange | None) -> str:
        """What she was asked, in our own words: a turn that a model worded may hold hers."""
        return next(iter(self._variants(exchange.step)), "") if exchange else ""

    def _variants(self, step: Step) -> tuple[str, ...]:
        """How we ask what is open at a step."""
        ask, questions = step.ask, self.book.questions
        if ask.cell is not None:
            return questions.balance.cells[str(ask.cell)].asks
        texts = questions.questions.get(ask.question or 0)
        if texts is None:
            return questions.contract if ask.kind is AskKind.CONTRACT else ()
        return texts.follow_ups[ask.follow_up] if ask.follow_up else (texts.openings[WHOLE], *texts.again)

    def _wanted(self, step: Step) -> frozenset[str]:
        """The words that tell this follow-up from others: those that only a few kinds of follow-up use."""
        texts = self.book.questions.questions.get(step.ask.question or 0)
        if texts is None or step.ask.follow_up is None:
            return frozenset()
        kinds = {kind: stems(" ".join(variants)) for kind, variants in texts.follow_ups.items()}
        used = Counter(stem for words in kinds.values() for stem in words)
        return frozenset(stem for stem in kinds[step.ask.follow_up] if used[stem] * SHARED_BY <= len(kinds))

    def _titles(self, material: Material) -> tuple[str, ...]:
        ours = (texts.title for texts in self.book.questions.questions.values())
        return (*ours, *(passage.title for passage in material.passages))

    def _past(self, material: Material, count: Count) -> tuple[Turn, ...]:
        """The last exchanges, and before them what she told earlier; all of it in her own messages."""
        last = material.earlier[-LAST_EXCHANGES:]
        turns = [turn for exchange in last for turn in _exchanged(exchange, material.conversation, count)]
        summary = self._summary(material, last, count)
        if not turns or not summary:
            return tuple(turns)
        return (("person", f"{summary}\n\n{turns[0][1]}"), *turns[1:])

    def _summary(self, material: Material, last: Sequence[Exchange], count: Count) -> str:
        shown = {exchange.said.position for exchange in last}
        items = [item for item in material.evidence if item.position not in shown]
        quotes = [shorten(item.quote, MOST_QUOTE, count) for item in strongest(items, SUMMARY_QUOTES)]
        return self._render("summary", quotes=quotes) if quotes else ""


def _exchanged(exchange: Exchange, conversation: Conversation, count: Count) -> Iterator[Turn]:
    replies = (reply for reply in conversation.replies if reply.answers == exchange.said.position)
    reply = next(replies, None)
    if reply is None:
        return
    text = reply.text
    for passage in reply.passages:
        text = text.replace(passage.quote, "…")
    yield "person", shorten(exchange.said.text, MOST_SAID, count)
    yield "coach", shorten(blanked(text), MOST_SAID, count)


def blanked(text: str) -> str:
    """Return what the coach said without the words that it quoted: those are told by the person alone."""
    return _QUOTED.sub("“…”", text)


def _fenced(passage: Citation, count: Count) -> Citation:
    """A passage that cannot leave its fence: no sign in it opens or closes one."""
    text = shorten(passage.quote, MOST_PASSAGE, count)
    return replace(passage, quote=unfenced(text), title=unfenced(passage.title).replace('"', "”"))


def unfenced(text: str) -> str:
    """Return a text without the signs of which our fences are made."""
    return text.replace("<", "‹").replace(">", "›")


def read_model_texts(folder: Path, language: Language, book: Phrasebook) -> ModelTexts:
    """Return what a model is told in one language. Raises UnreadableFile."""
    own = folder / language / "model"
    paths = sorted(own.iterdir())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths) + book.digest.encode())
    judge = Judge(
        prompts.load(own / "checks.yaml", CheckWords),
        prompts.load(folder / language / "quality.yaml", Yardstick),
    )
    known = stems(" ".join((folder / language / name).read_text(encoding="utf-8") for name in OURS))
    return ModelTexts(language, prompts.templates(own), book, judge, known, digest.hexdigest()[:12])

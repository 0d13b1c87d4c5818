"""The guided voice: words each step from our own sentences and the person's literal words, without a model."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, StrictUndefined

from coach.domain.conversation import Exchange, standing
from coach.domain.evidence import Intent, is_concrete
from coach.domain.passages import Citation
from coach.domain.steps import Ask, AskKind, Lead, Step
from coach.domain.sufficiency import answers_fully
from coach.domain.turns import Material
from coach.domain.values import Language, Value
from coach.domain.wording import GUIDED, Wording
from coach.voices import reflecting
from coach.voices.phrasebook import WHOLE, Phrasebook, QuestionTexts, Variants, read_phrasebook
from coach.voices.quoting import choose_quote, hardness, joined, listed, without_opening

SUMMARY_QUOTES = 3
WHOLE_QUOTE = 9  # words up to which a stretch is given back whole
_QUOTED = re.compile(r"“([^”]+)”")


class GuidedVoice:
    """Words a step. The same conversation always gives the same words."""

    name = GUIDED

    def __init__(self, books: Mapping[Language, Phrasebook], helper: str = "") -> None:
        """`helper` is the name of the model that words turns too; the welcome tells of it."""
        self._books, self._helper = books, helper

    def prompt(self, language: Language) -> str:
        """Return the digest of the texts that this voice speaks from."""
        return self._books[language].digest

    def reply(self, step: Step, material: Material) -> Generator[str, None, Wording]:
        """Yield the reply word by word."""
        yield from re.findall(r"\S+\s*|\s+", self._turn(step, material).text())
        return Wording(self.name, self.prompt(material.language))

    def question(self, step: Step, material: Material) -> str:
        """Return what follows the reflection in the same turn: a summary if it is one, and the question."""
        return self._turn(step, material).question()

    def explanation(self, step: Step, material: Material) -> str:
        """Return what is told to who asks what a question means, or why it is asked."""
        return self._turn(step, material).explanation()

    def _turn(self, step: Step, material: Material) -> "Turn":
        return Turn(step, material, self._books[material.language], self._helper)


def read_guided_voice(folder: Path, helper: str = "") -> GuidedVoice:
    """Return the guided voice of both languages from prompts/. Raises UnreadableFile."""
    return GuidedVoice({language: read_phrasebook(folder, language) for language in Language}, helper)


class Turn:
    """One turn of the guided voice, from one step and its material."""

    def __init__(self, step: Step, material: Material, book: Phrasebook, helper: str = "") -> None:
        self.step, self.material, self.book, self.helper = step, material, book, helper
        self.spoken = "\n".join(reply.text for reply in material.conversation.replies)
        self._render = Environment(undefined=StrictUndefined, autoescape=False)

    def text(self) -> str:
        """Return the whole turn: what comes first, what was recognised, and the one question."""
        return joined([*self._lead(), *self._recognised(), *self._question()])

    def question(self) -> str:
        """Return the turn without what it begins with."""
        return joined(self._question())

    def explanation(self) -> str:
        """Return our own words to a question about the question."""
        told = {Lead.MEANING: self._explained, Lead.WHY: self._why}.get(self.step.lead)
        return told() if told else ""

    # -- choosing -------------------------------------------------------------------------------

    def pick(self, variants: Variants, **slots: str) -> str:
        """Return a variant that was not said before in this conversation, chosen by what was just said."""
        said = self.material.latest.said.text if self.material.latest else ""
        offset = crc32(f"{self.material.conversation.next_position}{said}".encode()) % len(variants)
        turned = [*variants[offset:], *variants[:offset]]
        fresh = (variant for variant in turned if not self._was_said(variant))
        chosen = next(fresh, turned[0])
        self.spoken += f"\n{chosen}"
        return self._fill(chosen, **slots)

    def _was_said(self, variant: str) -> bool:
        """Tell whether a variant stood in an earlier turn, whatever its slots held."""
        parts = [part.strip() for part in re.split(r"\{\{.*?\}\}", variant) if len(part.strip()) > 3]
        return bool(parts) and all(part in self.spoken for part in parts)

    def _fill(self, variant: str, **slots: str) -> str:
        return self._render.from_string(variant).render(**slots)

    def quote(self, text: str, hints: Sequence[str] = ()) -> str:
        """Return a few literal words of `text` between quotation marks, empty when none is worth it."""
        words = choose_quote(text, self.book.quoting, hints, _QUOTED.findall(self.spoken))
        return f"“{words}”" if words else ""

    # -- what comes first -----------------------------------------------------------------------

    def _lead(self) -> Iterator[str]:
        leads, latest = self.book.leads, self.material.latest
        match self.step.lead:
            case Lead.WELCOME:
                yield self._welcome()
            case Lead.REFLECT if self.step.recognised:
                return
            case Lead.REFLECT if latest is not None:
                yield self._reflection(latest)
            case Lead.GOAL | Lead.ADDED | Lead.REVISED | Lead.HEAVY as lead if latest is not None:
                yield from self._given_back(getattr(leads, lead), latest)
            case Lead.MEANING:
                yield from self._meaning()
            case Lead.EXAMPLE:
                yield from self._example()
            case Lead.WHY:
                yield from (self.pick(leads.why), self._why())
            case Lead.BACK:
                if self.step.revises is None:
                    yield self.pick(leads.nothing_to_revise)
            case Lead.CLOSED:
                yield self.pick(leads.closed, quote=self._strongest_words())
            case Lead.SKIPPED if self._before is AskKind.CONTRACT:
                yield self.pick(leads.no_goal)
            case lead:
                yield self.pick(getattr(leads, lead))

    @property
    def _before(self) -> AskKind | None:
        latest = self.material.latest
        return latest.step.ask.kind if latest else None

    def _welcome(self) -> str:
        focus, texts = self.material.conversation.focus, self.book.leads.welcome
        who = self._fill(texts.with_model, model=self.helper) if self.helper else texts.without_model
        variant = texts.all if focus is None else texts.value
        return self._fill(variant, who=who, about=self.book.words_for(focus).about)

    def _reflection(self, exchange: Exchange) -> str:
        """Her words, and what they mean; both about the same stretch of what she said."""
        tried = list(reflecting.pools(exchange, self.book.meanings, self.material.conversation.focus))
        fresh = (pool for pool in tried if any(not self._was_said(variant) for variant in pool.variants))
        pool = next(fresh, tried[0])
        quote, meaning = self.quote(pool.about), self.pick(pool.variants)
        return f"{quote}. {meaning}" if quote else meaning

    def _given_back(self, variants: Variants, exchange: Exchange) -> Iterator[str]:
        quote = self.quote(exchange.said.text)
        usable = variants if quote else tuple(v for v in variants if "quote" not in v)
        yield self.pick(usable, quote=quote) if usable else self.pick(self.book.leads.confirmed)

    # -- asides ---------------------------------------------------------------------------------

    def _texts(self) -> QuestionTexts | None:
        return self.book.questions.questions.get(self.step.ask.question or 0)

    def _meaning(self) -> Iterator[str]:
        if self.material.passages:
            yield from (self.pick(self.book.leads.side), self._cited(self.material.passages[0]))
        elif self.material.latest is not None and self.material.latest.heard.words > 2 * reflecting.FEW_WORDS:
            yield from (self.pick(self.book.leads.nothing_fits), self._explained())
        else:
            yield self._explained()

    def _explained(self) -> str:
        texts, cell = self._texts(), self.step.ask.cell
        if cell is not None:
            return self.book.questions.balance.cells[str(cell)].meaning
        if self.step.ask.kind is AskKind.CONTRACT:
            return self.book.questions.contract_why
        return texts.meaning if texts else self.pick(self.book.leads.unclear)

    def _example(self) -> Iterator[str]:
        texts, cell = self._texts(), self.step.ask.cell
        if self.material.passages:
            yield from (self._cited(passage) for passage in self.material.passages)
        elif cell is not None:
            yield self.book.questions.balance.cells[str(cell)].example
        elif texts is not None:
            yield self.pick(texts.examples)
        else:
            yield self.pick(self.book.leads.nothing_fits)

    def _cited(self, citation: Citation) -> str:
        intro = self.pick(self.book.leads.passage, title=citation.title)
        return f"{intro} {citation.quote} [{citation.number}]"

    def _why(self) -> str:
        if self.step.ask.kind is AskKind.CONTRACT:
            return self.book.questions.contract_why
        texts = self._texts()
        return texts.why if texts else self.book.questions.balance.why

    # -- the question ---------------------------------------------------------------------------

    def _recognised(self) -> Iterator[str]:
        for question in self.step.recognised:
            title = self.book.questions.questions[question].title
            quote = self._recognised_words(question)
            yield self.pick(self.book.leads.recognised, title=title, quote=quote)

    def _question(self) -> Iterator[str]:
        ask, questions = self.step.ask, self.book.questions
        if self.step.lead in (Lead.PAUSED, Lead.CLOSED, Lead.CARE, Lead.HEAVY):
            return
        match ask.kind:
            case AskKind.CONTRACT:
                yield self.pick(questions.contract)
            case AskKind.SUMMARY:
                yield from self._summary()
            case AskKind.REVISION:
                yield self.pick(questions.revision, quote=self._revised_words())
            case AskKind.BALANCE | AskKind.BALANCE_EXAMPLE:
                yield from self._balance(ask)
            case AskKind.CLOSING:
                yield from self._closing()
            case _:
                yield self._of_seven(ask)

    def _of_seven(self, ask: Ask) -> str:
        texts = self.book.questions.questions[ask.question or 1]
        if self.step.again:
            return self.pick(texts.again)
        if ask.follow_up is not None:
            return self.pick(texts.follow_ups[ask.follow_up])
        return texts.openings[self.material.conversation.focus or WHOLE]

    def _balance(self, ask: Ask) -> Iterator[str]:
        texts, cell = self.book.questions.balance, self.book.questions.balance.cells[str(ask.cell)]
        first = not any(r.step.ask.cell for r in self.material.conversation.replies)
        if first:
            yield self.pick(texts.intro)
        bridge = self.pick(texts.again) if self.step.again else ""
        yield bridge
        if "?" in bridge:
            return
        yield self.pick(cell.asks if ask.kind is AskKind.BALANCE else cell.example_asks)

    def _summary(self) -> Iterator[str]:
        quotes = self._quotes_since_summary()
        if quotes and not self.step.again:
            yield f"{self.pick(self.book.leads.summary)} {listed(quotes, self.material.language)}."
        yield self.pick(self.book.leads.invite)

    def _quotes_since_summary(self) -> list[str]:
        since: list[Exchange] = []
        for exchange in reversed(self.material.earlier):
            if exchange.step.ask.kind in (AskKind.SUMMARY, AskKind.CONTRACT):
                break
            if exchange.heard.intent is Intent.ANSWER:
                since.append(exchange)
        quotes = [self.quote(e.said.text, [f.quote for f in e.heard.findings]) for e in reversed(since)]
        return [quote for quote in quotes if quote][-SUMMARY_QUOTES:]

    def _closing(self) -> Iterator[str]:
        lines = list(self._picture())
        if lines and not self.step.again:
            yield f"{self.pick(self.book.leads.picture)} {' '.join(lines)}"
        yield self.pick(self.book.questions.closing)

    def _picture(self) -> Iterator[str]:
        """One short line per value with her own words, the strongest about now."""
        for value in Value:
            items = [e for e in self.material.evidence if e.cell.value is value and is_concrete(e)]
            best = max(items, key=hardness, default=None)
            if best is not None:
                yield f"{self.book.questions.values[value].title}: {self._short_quote(best.quote)}."

    def _short_quote(self, text: str) -> str:
        """A stretch of her words between quotation marks: whole if it is short."""
        lists = self.book.quoting
        words = text if len(text.split()) <= WHOLE_QUOTE else choose_quote(text, lists) or text
        return f"“{without_opening(words, lists)}”"

    def _strongest_words(self) -> str:
        """Her words with most weight so far, between quotation marks."""
        best = max(self.material.evidence, key=hardness, default=None)
        if best is not None:
            return self._short_quote(best.quote)
        said = [exchange.said.text for exchange in standing(self.material.earlier)]
        return self._short_quote(max(said, key=len, default="…"))

    def _recognised_words(self, question: int) -> str:
        """The answer in which a later question was answered already."""
        said = [*self.material.earlier, *([self.material.latest] if self.material.latest else [])]
        source = next((e for e in said if answers_fully(question, e)), None)
        return self._short_quote(source.said.text) if source else self._strongest_words()

    def _revised_words(self) -> str:
        target = next((e for e in self.material.earlier if e.said.position == self.step.revises), None)
        return self._short_quote(target.said.text) if target else "“…”"

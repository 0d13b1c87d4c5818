"""Puts a chat model's parts together: its line, its voices, and what it is told; for the wiring."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.ports import Context, Voice
from coach.domain.values import Language
from coach.domain.wording import Prices
from coach.voices.breaker import Breaker
from coach.voices.budget import counter
from coach.voices.chat import ModelSetup, open_chat
from coach.voices.fallback import FallbackVoice
from coach.voices.guided import GuidedVoice
from coach.voices.line import Limits, Line
from coach.voices.model import ModelVoice
from coach.voices.phrasebook import WHOLE, Phrasebook, read_phrasebook
from coach.voices.prompting import ModelTexts, read_model_texts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True)
class Assistance:
    """What a chat model brings: `voice` always speaks, `insisting` words a turn or raises ModelFailed."""

    line: Line
    voice: Voice
    insisting: Voice
    texts: Mapping[Language, ModelTexts]
    places: "Places"

    def undeterred(self, guided: GuidedVoice) -> "Assistance":
        """Return the same model, asked however poor its replies are: for who measures it. A dead one still rests."""
        return _around(replace(self.line, breaker=Breaker(patience=inf)), guided, self.texts, self.places)


@dataclass(frozen=True)
class Places:
    """How we call what a talk is about, and what is asked there: for who reads an answer."""

    books: Mapping[Language, Phrasebook]

    def about(self, language: Language, context: Context) -> str:
        """Return what the talk is about, in running text."""
        return self.books[language].words_for(context.focus).about

    def question(self, language: Language, context: Context) -> str:
        """Return our question at this place, empty if there is none."""
        questions = self.books[language].questions
        if context.cell is not None:
            return questions.balance.cells[str(context.cell)].asks[0]
        texts = questions.questions.get(context.question or 0)
        return texts.openings[context.focus or WHOLE] if texts else ""


def assist(
    folder: Path, guided: GuidedVoice, setup: ModelSetup, limits: Limits, prices: Prices,
    open_it: "Callable[[], BaseChatModel] | None" = None, breaker: Breaker | None = None,
) -> Assistance:  # fmt: skip
    """Return the parts around one chat model; `open_it` opens it, when it is first asked. Raises UnreadableFile."""
    books = {language: read_phrasebook(folder, language) for language in Language}
    texts = {language: read_model_texts(folder, language, books[language]) for language in Language}
    chat = once(open_it or partial(open_chat, setup))
    line = Line(setup.name, chat, limits, prices, counter(), breaker or Breaker())
    return _around(line, guided, texts, Places(books))


def _around(
    line: Line, guided: GuidedVoice, texts: Mapping[Language, ModelTexts], places: Places
) -> Assistance:
    model = ModelVoice(line, guided, texts)
    insisting = ModelVoice(line.insisting(), guided, texts)
    return Assistance(line, FallbackVoice(model, guided, line), insisting, texts, places)


def once(make: "Callable[[], BaseChatModel]") -> "Callable[[], BaseChatModel]":
    """Return what makes a thing at the first call and gives the same one ever after; a failed call is made again."""
    lock = threading.Lock()
    made: list[BaseChatModel] = []

    def given() -> "BaseChatModel":
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return given

"""The voice that always speaks: the model's where it can, the guided one wherever it cannot."""

import logging
from collections.abc import Generator
from dataclasses import replace

from coach.domain.errors import ModelFailed
from coach.domain.ports import Voice
from coach.domain.steps import Lead, Step
from coach.domain.turns import Material
from coach.domain.wording import Wording
from coach.voices.line import Line

log = logging.getLogger(__name__)


class FallbackVoice:
    """Asks the model voice first; when that fails before a word was shown, the guided voice takes the turn.

    The turn then carries the guided voice's name, why the model did not word it, and what it cost all the same.
    """

    def __init__(self, model: Voice, guided: Voice, line: Line) -> None:
        self._model, self._guided, self._line = model, guided, line

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def reply(self, step: Step, material: Material) -> Generator[str, None, Wording]:
        """Yield the reply in pieces; return who worded it."""
        if step.lead is Lead.WELCOME:
            self._line.warm()
        try:
            return (yield from self._model.reply(step, material))
        except ModelFailed as failed:
            log.info("the guided voice takes a turn: %s", failed)
            wording = yield from self._guided.reply(step, material)
            return replace(wording, usage=failed.usage, fault=failed.fault, mended=failed.mended)

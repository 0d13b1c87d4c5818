"""A talk whose model is the scripted server: put together as the wiring does, with patience for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr

from coach.domain.ports import Archive, Search, Voice
from coach.domain.values import Language
from coach.reading.model import ModelReader
from coach.services.guidance import Guidance
from coach.settings import Settings
from coach.store.memory import MemoryArchive
from coach.voices.assisted import Assistance
from coach.voices.breaker import Breaker
from coach.voices.fallback import FallbackVoice
from coach.voices.line import Line
from coach.voices.model import ModelVoice
from coach.wiring import App, build
from tests.wire.server import MODEL, ScriptedServer, scripted
from tests.wire.talks import Measures, at_question_two

NAME = f"openai:{MODEL}"
FIRST, WHOLE = 1.0, 5.0  # seconds of patience: until the first word, until the whole reply
OURS = 1.5  # seconds on top of it that a turn may take on a busy machine


@dataclass(frozen=True)
class Coached:
    """One talk service with its line to the scripted model."""

    guidance: Guidance
    line: Line

    @property
    def model(self) -> Voice:
        """The model's own voice, with nothing behind it."""
        assert self.guidance.model is not None
        return self.guidance.model


@dataclass(frozen=True)
class Stage:
    """One application with a scripted model, for many tests; each makes talks of its own on it."""

    app: App
    server: ScriptedServer
    measures: Measures

    @property
    def assistance(self) -> Assistance:
        """What the wiring made around the model."""
        assert self.app.assistance is not None
        return self.app.assistance

    def coached(
        self,
        first: float = FIRST,
        whole: float = WHOLE,
        breaker: Breaker | None = None,
        archive: Archive | None = None,
        search: Search | None = None,
        insist: bool = False,
    ) -> Coached:
        """Return a talk service with a breaker of its own: what one test breaks stays broken for it alone.

        With `insist` the model is asked at every turn, however poor its replies were.
        """
        limits = replace(self.assistance.line.limits, first_seconds=first, seconds=whole)
        line = replace(self.assistance.line, limits=limits, breaker=breaker or Breaker())
        guided, texts = self.app.guided, self.assistance.texts
        base = self.app.guidance_on(archive or MemoryArchive())
        guidance = replace(
            base,
            voice=FallbackVoice(
                ModelVoice(line.insisting() if insist else line, guided, texts), guided, line
            ),
            model=ModelVoice(line.insisting(), guided, texts),
            listener=ModelReader(self.app.settings.prompts_dir, line, self.assistance.places),
            search=search or base.search,
        )
        return Coached(guidance, line)

    def alone(self, archive: Archive | None = None, search: Search | None = None) -> Guidance:
        """Return a talk service without any model."""
        base = self.app.guidance_on(archive or MemoryArchive())
        return replace(base, voice=self.app.guided, model=None, listener=None, search=search or base.search)


def settings_for(server: ScriptedServer, data_dir: Path) -> Settings:
    """Return what an owner would set to use the scripted server as her model."""
    return Settings(
        data_dir=data_dir,
        model=NAME,
        model_url=server.url,
        model_key=SecretStr("k"),
        model_first_seconds=FIRST,
        model_seconds=WHOLE,
        model_price_in=2.0,
        model_price_out=8.0,
        reply_seconds=0,
    )


@contextmanager
def staged(data_dir: Path) -> Iterator[Stage]:
    """Run the server and build the application; the model's library is loaded and the index is there."""
    with scripted() as server:
        app = build(settings_for(server, data_dir))
        app.library.ensure()
        stage = Stage(app, server, Measures(app))
        stage.assistance.line.chat()
        for language in Language:
            at_question_two(stage.alone(), language)  # what is loaded once is loaded now
        yield stage

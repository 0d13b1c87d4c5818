"""Puts the parts together: the one place that names concrete classes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from coach.domain.conversation import Conversation
from coach.domain.ports import Archive, Reader, Search, Voice
from coach.domain.values import Language
from coach.domain.wording import Prices
from coach.reading.model import ModelReader
from coach.reading.rules import RuleReader
from coach.retrieval.library import Library, open_library
from coach.services.catalogue import read_actions, read_find_out
from coach.services.fitting import read_trades
from coach.services.guidance import Guidance
from coach.services.jobs import ReplyJobs
from coach.services.outline import outline, read_yardstick
from coach.services.returning import Returning
from coach.services.schema import Outline
from coach.services.suggestions import Catalogue
from coach.services.takeaway import take_away
from coach.settings import Settings
from coach.store.archive import SqlArchive, open_archive
from coach.store.notes import SqlNotebook
from coach.voices.assisted import Assistance, assist
from coach.voices.chat import ModelSetup
from coach.voices.guided import GuidedVoice, read_guided_voice
from coach.voices.line import Limits
from coach.words import Words, read_words

REPLY_SECONDS, MARGIN_SECONDS = 30.0, 10.0
ID_BITS = 130
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # five bits each, none that look alike


def unguessable_id() -> str:
    """Return a new id of 26 characters, 130 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(ID_BITS // 5))


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """The application of one set of settings; each part is made when it is first needed."""

    settings: Settings

    @cached_property
    def archive(self) -> SqlArchive:
        """Saved conversations. Raises NotSaved when the data folder cannot be used."""
        return open_archive(self.settings.database_url)

    @cached_property
    def notebook(self) -> SqlNotebook:
        """Notes of coaches, reviews of trainers."""
        return SqlNotebook(self.archive.engine)

    @cached_property
    def library(self) -> Library:
        """The article series and its index."""
        settings = self.settings
        return open_library(settings.data_dir, settings.corpus_dir, settings.prompts_dir, settings.embedding)

    @property
    def search(self) -> Search:
        """Finds passages."""
        return self.library.search

    @cached_property
    def reader(self) -> Reader:
        """Understands answers."""
        return RuleReader(self.settings.prompts_dir)

    @property
    def voice(self) -> Voice:
        """Words replies: the model's voice with the guided one behind it, or the guided one alone."""
        return self.assistance.voice if self.assistance else self.guided

    @cached_property
    def guided(self) -> GuidedVoice:
        """The voice that needs no model."""
        return read_guided_voice(self.settings.prompts_dir, self.settings.model or "")

    @cached_property
    def assistance(self) -> Assistance | None:
        """The chat model and its voices, None when no model is set. Its library is loaded when it is first asked."""
        settings = self.settings
        if not settings.model:
            return None
        return assist(
            settings.prompts_dir, self.guided, _setup_of(settings), _limits_of(settings), _prices_of(settings)
        )

    @cached_property
    def listener(self) -> ModelReader | None:
        """Hears what the rules missed, None when no model is set."""
        found = self.assistance
        return ModelReader(self.settings.prompts_dir, found.line, found.places) if found else None

    @cached_property
    def catalogue(self) -> Catalogue:
        """Actions in both languages."""
        folder = self.settings.prompts_dir
        return Catalogue(
            {language: read_actions(folder, language) for language in Language},
            {language: read_find_out(folder, language) for language in Language},
            {language: read_trades(folder, language) for language in Language},
        )

    @cached_property
    def words(self) -> Mapping[Language, Words]:
        """Interface words in both languages."""
        return {language: read_words(self.settings.prompts_dir, language) for language in Language}

    @cached_property
    def jobs(self) -> ReplyJobs:
        """Replies that are being made; each may take as long as a model has, and a little more."""
        return ReplyJobs(deadline=max(REPLY_SECONDS, self.settings.model_seconds + MARGIN_SECONDS))

    @cached_property
    def guidance(self) -> Guidance:
        """The talk with entrepreneurs."""
        return self.guidance_on(self.archive)

    def guidance_on(self, archive: Archive) -> Guidance:
        """Return the talk kept in another archive, such as one in memory."""
        found = self.assistance
        return Guidance(
            archive, self.reader, self.voice, self.search, now, unguessable_id,
            model=found.insisting if found else None, listener=self.listener,
        )  # fmt: skip

    @cached_property
    def returning(self) -> Returning:
        """Coming back: rulers, looking back, a second talk."""
        return Returning(self.archive, now, unguessable_id)

    def guidance_for_play(self, archive: Archive, conversation_id: str) -> Guidance:
        """Return a talk without clock and chance: the same script gives the same bytes."""
        return replace(self.guidance_on(archive), clock=lambda: None, new_id=lambda: conversation_id)

    def outline(self, conversation: Conversation) -> Outline:
        """Return a conversation in the schema of the export."""
        content = take_away(conversation, self.catalogue, self.search)
        return outline(content, read_yardstick(self.settings.prompts_dir, conversation.language))


def _setup_of(settings: Settings) -> ModelSetup:
    key = settings.model_key.get_secret_value() if settings.model_key else ""
    temperature = None if settings.model_temperature == "own" else settings.model_temperature
    return ModelSetup(
        settings.model or "", settings.model_url or "", key, temperature,
        settings.model_tokens_out, settings.model_seconds,
    )  # fmt: skip


def _limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.model_tokens_in,
        settings.model_tokens_out,
        settings.model_first_seconds,
        settings.model_seconds,
    )


def _prices_of(settings: Settings) -> Prices:
    return Prices(settings.model_price_in, settings.model_price_out)


def build(settings: Settings | None = None) -> App:
    """Return the application for these settings, or for those of the environment."""
    return App(settings or Settings())

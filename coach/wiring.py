"""Puts the parts together: the one place that names concrete classes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from coach.domain.conversation import Conversation
from coach.domain.ports import Archive, Reader, Search
from coach.domain.values import Language
from coach.reading.rules import RuleReader
from coach.retrieval.library import Library, open_library
from coach.services.catalogue import read_actions, read_find_out
from coach.services.guidance import Guidance
from coach.services.jobs import ReplyJobs
from coach.services.outline import outline, read_yardstick
from coach.services.schema import Outline
from coach.services.suggestions import Catalogue
from coach.services.takeaway import take_away
from coach.settings import Settings
from coach.store.archive import SqlArchive, open_archive
from coach.store.notes import SqlNotebook
from coach.voices.guided import GuidedVoice, read_guided_voice
from coach.words import Words, read_words

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
        return open_library(
            settings.data_dir, settings.corpus_dir, settings.prompts_dir, settings.embedding
        )

    @property
    def search(self) -> Search:
        """Finds passages."""
        return self.library.search

    @cached_property
    def reader(self) -> Reader:
        """Understands answers."""
        return RuleReader(self.settings.prompts_dir)

    @cached_property
    def voice(self) -> GuidedVoice:
        """Words replies."""
        return read_guided_voice(self.settings.prompts_dir)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Actions in both languages."""
        folder = self.settings.prompts_dir
        return Catalogue(
            {language: read_actions(folder, language) for language in Language},
            {language: read_find_out(folder, language) for language in Language},
        )

    @cached_property
    def words(self) -> Mapping[Language, Words]:
        """Interface words in both languages."""
        return {language: read_words(self.settings.prompts_dir, language) for language in Language}

    @cached_property
    def jobs(self) -> ReplyJobs:
        """Replies that are being made."""
        return ReplyJobs()

    @cached_property
    def guidance(self) -> Guidance:
        """The talk with entrepreneurs."""
        return self.guidance_on(self.archive)

    def guidance_on(self, archive: Archive) -> Guidance:
        """Return the talk kept in another archive, such as one in memory."""
        digests = {language: self.voice.prompt(language) for language in Language}
        return Guidance(archive, self.reader, self.voice, self.search, digests, now, unguessable_id)

    def guidance_for_play(self, archive: Archive, conversation_id: str) -> Guidance:
        """Return a talk without clock and chance: the same script gives the same bytes."""
        return replace(self.guidance_on(archive), clock=lambda: None, new_id=lambda: conversation_id)

    def outline(self, conversation: Conversation) -> Outline:
        """Return a conversation in the schema of the export."""
        content = take_away(conversation, self.catalogue, self.search)
        return outline(content, read_yardstick(self.settings.prompts_dir, conversation.language))


def build(settings: Settings | None = None) -> App:
    """Return the application for these settings, or for those of the environment."""
    return App(settings or Settings())

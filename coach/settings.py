"""What an owner can set: environment variables COACH_…, each with a default that works."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings. Paths are folders; `data_dir` holds everything that is saved or cached."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(default=ROOT / "data", description="conversations, index and imported articles")
    corpus_dir: Path = Field(default=ROOT / "corpus", description="the article series, one folder per language")
    prompts_dir: Path = Field(default=ROOT / "prompts", description="texts, word lists, catalogue, rubrics")
    embedding: str | None = Field(default=None, description="name or path of a sentence-transformers model")
    reply_seconds: float = Field(default=1.2, ge=0, description="time over which a reply appears, word by word")
    language: Literal["nl", "en"] = Field(default="nl", description="language of the start page: nl or en")

    @property
    def database_url(self) -> str:
        """Where conversations are kept."""
        return f"sqlite:///{self.data_dir / 'waardebalans.sqlite3'}"

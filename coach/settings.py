"""What an owner can set: environment variables COACH_…, each with a default that works."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings. Paths are folders; `data_dir` holds everything that is saved or cached."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(default=ROOT / "data", description="conversations, index and imported articles")
    corpus_dir: Path = Field(
        default=ROOT / "corpus", description="the article series, one folder per language"
    )
    prompts_dir: Path = Field(default=ROOT / "prompts", description="texts, word lists, catalogue, rubrics")
    embedding: str | None = Field(default=None, description="name or path of a sentence-transformers model")
    reply_seconds: float = Field(
        default=1.2, ge=0, description="time over which a reply appears, word by word"
    )
    model: str | None = Field(
        default=None, description="chat model, as provider:name; none: the guided voice alone"
    )
    model_url: str | None = Field(
        default=None, description="address of a server that speaks OpenAI's language"
    )
    model_key: SecretStr | None = Field(default=None, description="its key; else the provider's own variable")
    model_temperature: float | Literal["own"] = Field(
        default=0.3, description="0 to 2, or own: the model decides"
    )
    model_tokens_in: int = Field(default=3_000, ge=2_000, description="tokens sent for one turn, at most")
    model_tokens_out: int = Field(default=300, ge=50, description="tokens received for one turn, at most")
    model_first_seconds: float = Field(default=8.0, gt=0, description="patience until the first word")
    model_seconds: float = Field(default=20.0, gt=0, description="patience until the whole reply")
    model_price_in: float | None = Field(default=None, ge=0, description="price of a million tokens sent")
    model_price_out: float | None = Field(
        default=None, ge=0, description="price of a million tokens received"
    )
    language: Literal["nl", "en"] = Field(default="nl", description="language of the start page: nl or en")

    @property
    def database_url(self) -> str:
        """Where conversations are kept."""
        return f"sqlite:///{self.data_dir / 'waardebalans.sqlite3'}"

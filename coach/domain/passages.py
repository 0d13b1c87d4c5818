"""Articles, their passages, and what a search finds: the first of our two proofs."""

from dataclasses import dataclass

from coach.domain.values import Language, Value


@dataclass(frozen=True)
class Article:
    """One article of the series; `value` is None for the opening article."""

    id: str
    title: str
    value: Value | None
    number: int
    language: Language
    authors: tuple[str, ...]
    date: str
    source: str
    licence: str


@dataclass(frozen=True)
class Passage:
    """A few whole sentences of an article; `place` counts from 0 within the article."""

    id: str
    article_id: str
    title: str
    value: Value | None
    question: int | None
    language: Language
    heading: str
    place: int
    text: str


@dataclass(frozen=True)
class Query:
    """What is looked for. `language` and `value` filter; `question` and `near_value` are priors only."""

    text: str
    language: Language | None = None
    value: Value | None = None
    question: int | None = None
    near_value: Value | None = None
    k: int = 5


@dataclass(frozen=True)
class Found:
    """A passage with its score, 0 to 1, higher is better."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Citation:
    """A passage as it is shown beside a reply: `number` is set by code, `quote` is literal, two sentences at most."""

    number: int
    passage_id: str
    title: str
    value: Value | None
    question: int | None
    quote: str

"""The sentences of the guided voice in one language, read from prompts/ and checked."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach import prompts
from coach.domain.values import Language, Value
from coach.voices.quoting import QuotingWords

Variants = tuple[str, ...]
WHOLE = "all"


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueWords(_Checked):
    """How one value (or the whole company) is called in running text."""

    title: str
    name: str
    about: str
    inside: str
    outside: str


class QuestionTexts(_Checked):
    """All wordings around one of the seven questions."""

    title: str
    openings: Mapping[str, str]
    again: Variants
    why: str
    meaning: str
    examples: Variants
    follow_ups: Mapping[str, Variants]


class CellTexts(_Checked):
    """All wordings around one cell of the balance round."""

    asks: Variants
    example_asks: Variants
    meaning: str
    example: str


class BalanceTexts(_Checked):
    """The balance round."""

    intro: Variants
    cells: Mapping[str, CellTexts]
    why: str
    again: Variants


class Questions(_Checked):
    """The file questions.yaml."""

    values: Mapping[str, ValueWords]
    contract: Variants
    contract_why: str
    questions: Mapping[int, QuestionTexts]
    balance: BalanceTexts
    closing: Variants
    revision: Variants


class Welcome(_Checked):
    """The first turn, for the whole company and for one value, and who speaks there."""

    all: str
    value: str
    without_model: str
    with_model: str


class Leads(_Checked):
    """The file leads.yaml: what a turn can begin with."""

    welcome: Welcome
    goal: Variants
    no_goal: Variants
    skipped: Variants
    dont_know: Variants
    parked: Variants
    confirmed: Variants
    added: Variants
    off_topic: Variants
    unclear: Variants
    why: Variants
    welcome_back: Variants
    revised: Variants
    nothing_to_revise: Variants
    heavy: Variants
    paused: Variants
    advice: Variants
    care: Variants
    closed: Variants
    recognised: Variants
    passage: Variants
    nothing_fits: Variants
    side: Variants
    summary: Variants
    invite: Variants
    picture: Variants


class CellMeanings(_Checked):
    """What may follow a quote about one cell, by direction."""

    builds_up: Variants
    draws_down: Variants
    neutral: Variants


class Meanings(_Checked):
    """The file meanings.yaml: what follows a literal quote."""

    cells: Mapping[str, CellMeanings]
    contrast: Variants
    chain: Variants
    judging: Variants
    us_versus_them: Variants
    money_only: Variants
    planned: Variants
    past: Variants
    third_party: Variants
    own_part: Variants
    success: Variants
    loss: Variants
    agreement: Variants
    trend_up: Variants
    trend_same: Variants
    trend_down: Variants
    question: Mapping[int, Variants]
    balance: Variants
    nothing_done: Variants
    short: Variants


class Phrasebook(_Checked):
    """Everything the guided voice can say in one language, and the digest of the files it came from."""

    questions: Questions
    leads: Leads
    meanings: Meanings
    quoting: QuotingWords
    digest: str

    def words_for(self, focus: Value | None) -> ValueWords:
        """Return how a value, or the whole company, is called."""
        return self.questions.values[focus or WHOLE]


def read_phrasebook(folder: Path, language: Language) -> Phrasebook:
    """Return the phrasebook of one language from prompts/. Raises UnreadableFile."""
    paths = [folder / language / f"{name}.yaml" for name in ("questions", "leads", "meanings", "quoting")]
    questions, leads, meanings, quoting = paths
    return Phrasebook(
        questions=prompts.load(questions, Questions),
        leads=prompts.load(leads, Leads),
        meanings=prompts.load(meanings, Meanings),
        quoting=prompts.load(quoting, QuotingWords),
        digest=hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12],
    )

"""Review by trainers: the rubrics, finding the right conversations, and how far reviewers agree."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from coach import prompts
from coach.domain.brief import never_mentioned, skipped_questions, thin_answers
from coach.domain.conversation import Conversation, Said, patterns_of
from coach.domain.evidence import Pattern
from coach.domain.ports import Archive, Overview
from coach.domain.review import Review, Rubric, TurnComment, cohen_kappa
from coach.domain.values import Language, Value

Cell = str | int | float | None  # of a table

REVIEW_COLUMNS = (
    "conversation", "rubric", "version", "reviewer", "line", "title", "score", "comment", "at",
)  # fmt: skip
COMMENT_COLUMNS = ("conversation", "position", "reviewer", "comment", "at")


@dataclass(frozen=True)
class Wanted:
    """Which conversations to list; None and empty mean all. `short` is a number of words.

    The last five look into the talk: a value that nothing was said about, a question left unanswered, a
    question answered in fewer words than `short`, one of the three language patterns, words of which all
    stand in one and the same answer (capitals and accents do not matter).
    """

    status: str | None = None
    language: Language | None = None
    focus: Value | str | None = None
    origin: str | None = None
    since: date | None = None
    until: date | None = None
    never: Value | None = None
    skipped: int | None = None
    short: int | None = None
    pattern: Pattern | None = None
    text: str = ""

    @property
    def looks_inside(self) -> bool:
        """Tell whether conversations have to be opened to decide."""
        chosen = (self.never, self.skipped, self.short, self.pattern)
        return bool(self.text) or any(one is not None for one in chosen)


def find(archive: Archive, wanted: Wanted) -> list[Overview]:
    """Return the saved conversations that are wanted, newest first."""
    outside = [one for one in archive.overviews() if _fits(one, wanted)]
    if not wanted.looks_inside:
        return outside
    return [one for one in outside if fits_inside(archive.get(one.id), wanted)]


def _fits(one: Overview, wanted: Wanted) -> bool:
    day = one.started.date() if one.started else None
    return (
        wanted.status in (None, one.status)
        and wanted.language in (None, one.language)
        and wanted.focus in (None, one.focus or "all")
        and wanted.origin in (None, one.origin)
        and (wanted.since is None or (day is not None and day >= wanted.since))
        and (wanted.until is None or (day is not None and day <= wanted.until))
    )


def fits_inside(conversation: Conversation, wanted: Wanted) -> bool:
    """Tell whether what was said fits what is wanted."""
    return (
        (wanted.never is None or wanted.never in never_mentioned(conversation))
        and (wanted.skipped is None or wanted.skipped in skipped_questions(conversation))
        and (wanted.short is None or bool(thin_answers(conversation, wanted.short)))
        and (wanted.pattern is None or wanted.pattern in {p.hit.pattern for p in patterns_of(conversation)})
        and (not wanted.text or said(conversation, wanted.text))
    )


def said(conversation: Conversation, text: str) -> bool:
    """Tell whether the entrepreneur gave an answer in which all these words stand, whole or as a part."""
    wanted = _plain(text).split()
    answers = (_plain(entry.text) for entry in conversation.entries if isinstance(entry, Said))
    return any(all(word in answer for word in wanted) for answer in answers)


def _plain(text: str) -> str:
    """The text without capitals and accents."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).casefold()


def read_rubrics(folder: Path, language: Language) -> tuple[Rubric, ...]:
    """Return the rubrics of one language, every version, by id and version. Raises UnreadableFile."""
    files = sorted((folder / language / "rubrics").glob("*.yaml"))
    rubrics = [prompts.load(file, Rubric) for file in files]
    return tuple(sorted(rubrics, key=lambda rubric: (rubric.id, rubric.version)))


@dataclass(frozen=True)
class Agreement:
    """How far two reviewers agree on one line: `same` of `pairs` scores are equal; kappa is Cohen's."""

    line: str
    first: str
    second: str
    pairs: int
    same: int
    kappa: float | None


def agreements(reviews: Sequence[Review], rubric: Rubric) -> tuple[Agreement, ...]:
    """Return the agreement of every two reviewers on every line, over the conversations that both scored.

    Only reviews made with this version of the rubric count; of one reviewer's reviews of one conversation
    the last.
    """
    given: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
    for review in reviews:
        if (review.rubric, review.rubric_version) == (rubric.id, rubric.version):
            given[review.reviewer][review.conversation_id] = review.scores
    found = []
    for first, second in combinations(sorted(given), 2):
        for line in rubric.lines:
            a, b = _paired(given[first], given[second], line.id)
            if a:
                same = sum(x == y for x, y in zip(a, b, strict=True))
                found.append(Agreement(line.id, first, second, len(a), same, cohen_kappa(a, b)))
    return tuple(found)


def _paired(
    first: Mapping[str, Mapping[str, int]], second: Mapping[str, Mapping[str, int]], line: str
) -> tuple[list[int], list[int]]:
    both = [c for c in sorted(first) if line in first[c] and line in second.get(c, {})]
    return [first[c][line] for c in both], [second[c][line] for c in both]


def review_rows(reviews: Sequence[Review], rubrics: Sequence[Rubric]) -> Iterator[Mapping[str, Cell]]:
    """Yield a row for each score of each review, for a table with `REVIEW_COLUMNS`."""
    titles = {(r.id, r.version, line.id): line.title for r in rubrics for line in r.lines}
    for review in reviews:
        for line, score in review.scores.items():
            yield {
                "conversation": review.conversation_id,
                "rubric": review.rubric,
                "version": review.rubric_version,
                "reviewer": review.reviewer,
                "line": line,
                "title": titles.get((review.rubric, review.rubric_version, line), ""),
                "score": score,
                "comment": review.comment,
                "at": review.at.isoformat() if review.at else "",
            }


def comment_rows(comments: Sequence[TurnComment]) -> Iterator[Mapping[str, Cell]]:
    """Yield a row for each comment on a turn, for a table with `COMMENT_COLUMNS`."""
    for comment in comments:
        yield {
            "conversation": comment.conversation_id,
            "position": comment.position,
            "reviewer": comment.author,
            "comment": comment.text,
            "at": comment.at.isoformat() if comment.at else "",
        }

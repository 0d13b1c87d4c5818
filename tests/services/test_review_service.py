"""Finding conversations, reading rubrics, and agreement between reviewers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coach.domain.evidence import Pattern
from coach.domain.review import Review, TurnComment
from coach.domain.values import Language, Value
from coach.services.review import (
    COMMENT_COLUMNS,
    REVIEW_COLUMNS,
    Wanted,
    agreements,
    comment_rows,
    find,
    read_rubrics,
    review_rows,
)
from coach.store.memory import MemoryArchive
from tests.reports.sample import PROMPTS, full_talk, machine_shop, silent_talk

RUBRIC = read_rubrics(PROMPTS, Language.NL)[-1]


def archive() -> MemoryArchive:
    kept = MemoryArchive()
    talks = {"shop": machine_shop(), "full": replace(full_talk(), origin="demo"), "silent": silent_talk()}
    for name, talk in talks.items():
        kept.begin(replace(talk, id=name))
    return kept


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), {"shop", "full", "silent"}),
        (Wanted(status="finished"), {"shop"}),
        (Wanted(language=Language.EN), {"full"}),
        (Wanted(origin="demo"), {"full"}),
        (Wanted(focus="all"), {"shop", "full", "silent"}),
        (Wanted(focus=Value.HUMAN), set()),
        (Wanted(since=date(2026, 3, 6)), set()),
        (Wanted(until=date(2026, 3, 5)), {"shop", "full", "silent"}),
        (Wanted(never=Value.FINANCIAL), {"shop", "silent"}),
        (Wanted(skipped=3), {"shop"}),
        (Wanted(short=3), {"shop"}),
        (Wanted(pattern=Pattern.JUDGING), {"shop"}),
        (Wanted(pattern=Pattern.MONEY_ONLY), set()),
        (Wanted(never=Value.FINANCIAL, status="open"), {"silent"}),
    ],
)
def test_filters(wanted: Wanted, ids: set[str]) -> None:
    assert {one.id for one in find(archive(), wanted)} == ids


def test_rubrics_are_the_same_in_both_languages_but_for_the_words() -> None:
    dutch, english = (read_rubrics(PROMPTS, language) for language in Language)
    assert [(r.id, r.version, [(ln.id, ln.scale) for ln in r.lines]) for r in dutch] == [
        (r.id, r.version, [(ln.id, ln.scale) for ln in r.lines]) for r in english
    ]
    for rubric in (*dutch, *english):
        for line in rubric.lines:
            assert all((line.title, line.definition, line.hit, line.near_hit, line.near_miss, line.miss))


def review(conversation: str, reviewer: str, scores: Mapping[str, int], version: int = 1) -> Review:
    at = datetime(2026, 3, 5, tzinfo=UTC)
    return Review(1, conversation, "coaching", version, reviewer, scores, "=goed", at)


def test_agreement_counts_what_both_scored_with_the_same_version() -> None:
    reviews = [
        review("a", "An", {"open": 3, "aim": 1}),
        review("a", "Bo", {"open": 3}),
        review("b", "An", {"open": 0}),
        review("b", "An", {"open": 2}),  # her last one counts
        review("b", "Bo", {"open": 1}),
        review("c", "Bo", {"open": 1}, version=2),
        review("c", "An", {"open": 1}),
    ]
    (only,) = agreements(reviews, RUBRIC)
    assert (only.line, only.first, only.second, only.pairs, only.same) == ("open", "An", "Bo", 2, 1)
    assert only.kappa == pytest.approx(1 / 3)


def test_one_reviewer_agrees_with_nobody() -> None:
    assert agreements([review("a", "An", {"open": 3})], RUBRIC) == ()


def test_rows_name_the_version_scored_with() -> None:
    (row,) = review_rows([review("a", "An", {"open": 3})], [RUBRIC])
    assert set(row) == set(REVIEW_COLUMNS)
    assert (row["version"], row["line"], row["score"]) == (1, "open", 3)
    comment = TurnComment(1, "a", 4, "An", "mooi", None)
    (told,) = comment_rows([comment])
    assert set(told) == set(COMMENT_COLUMNS) and told["position"] == 4

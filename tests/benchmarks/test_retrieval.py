"""Quality of the search: figures beside targets, contestants side by side, what each layer adds; all printed.

The public sets are looked for in the folder that COACH_RETRIEVAL_SETS names, then in ../shared/retrieval-sets.
"""

import os
from pathlib import Path

import pytest

from coach.retrieval.library import Library, open_library
from coach.retrieval.measuring.ablation import ablate
from coach.retrieval.measuring.contest import ablation_lines, contest_lines, hold
from coach.retrieval.measuring.contestants import OURS
from coach.retrieval.measuring.gold import Report, evaluate
from coach.retrieval.measuring.public import evaluate_public
from coach.retrieval.measuring.sets import QuestionSet, all_sets

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
PUBLIC = Path(os.environ.get("COACH_RETRIEVAL_SETS", ROOT.parent / "shared" / "retrieval-sets"))

pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = open_library(tmp_path_factory.mktemp("data"), ROOT / "corpus", ROOT / "prompts", "builtin")
    made.ensure()
    return made


@pytest.fixture(scope="module")
def sets(library: Library) -> list[QuestionSet]:
    return all_sets(GOLD, PUBLIC if PUBLIC.is_dir() else None, library)


def printed(report: Report) -> None:
    """Print the figures of one set beside their targets."""
    print(f"\n{report.name} ({report.questions} questions)")
    for figure in report.figures:
        side = "<=" if figure.at_most else ">="
        print(f"  {figure.name:<50} {figure.measured:7.1f}   {side} {figure.target:g}")


def test_our_own_questions(library: Library) -> None:
    for report in evaluate(library, GOLD):
        printed(report)


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public sets are not at hand")
def test_public_sets(library: Library) -> None:
    for report in evaluate_public(PUBLIC, library.word_lists):
        printed(report)
        assert all(figure.reached for figure in report.figures)


def test_contestants(library: Library, sets: list[QuestionSet]) -> None:
    contest = hold(sets, library.word_lists)
    print("\n" + "\n".join(contest_lines(contest)))
    assert {comparison.standings[0].contestant for comparison in contest.comparisons} == {OURS}


def test_layers(library: Library, sets: list[QuestionSet]) -> None:
    print("\n" + "\n".join(ablation_lines(ablate(sets, library.word_lists))))

"""The measurements of retrieval measure what they say, on sets small enough to count by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language
from coach.retrieval.asking import WordLists
from coach.retrieval.glossary import Glossary
from coach.retrieval.hints import Cues, Hints
from coach.retrieval.measuring.ablation import LAYERS, ablate
from coach.retrieval.measuring.apart import Apart, CannotRun, run_apart
from coach.retrieval.measuring.contest import ablation_lines, told
from coach.retrieval.measuring.contestants import OURS, Run, compare, ours, run
from coach.retrieval.measuring.engines import installed
from coach.retrieval.measuring.measures import Interval, hit_within, ndcg, paired_bootstrap, reciprocal_rank
from coach.retrieval.measuring.public import evaluate_public
from coach.retrieval.measuring.sets import QuestionSet, read_public_sets
from coach.retrieval.scoring import best_places

LISTS = WordLists(Glossary({"flour": ["meel"]}), {language: Hints(language, Cues()) for language in Language})
DOCS = {
    "a": "De bakker koopt zijn meel bij de molen in het dorp.",
    "b": "De garage heeft drie leerlingen en een oude hefbrug.",
    "c": "In de kas groeien tomaten onder dubbel glas.",
    "d": "Het pakhuis aan de haven staat al jaren leeg.",
}
ASKED = [
    ["Waar haalt de bakker zijn meel?", "Where does he get flour?", "a"],
    ["hefbruggen voor leerlingen", "vehicles", "b"],
    ["Wie kweekt tomaten?", "tomatoes", "c"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a public set in two languages."""
    (tmp_path / "cc.json").write_text(json.dumps({"docs": DOCS, "q": ASKED}))
    return tmp_path


@pytest.fixture
def dutch(folder: Path) -> QuestionSet:
    """The set with its Dutch questions."""
    return read_public_sets(folder)[0]


def test_measures_of_one_ranking() -> None:
    ranked, right = [5, 3, 9, 1], {3, 1, 7}
    gain, best = 1 / np.log2(3) + 1 / np.log2(5), 1 + 1 / np.log2(3) + 1 / np.log2(4)
    assert ndcg(ranked, right) == pytest.approx(gain / best)
    assert reciprocal_rank(ranked, right) == 0.5
    assert [hit_within(most)(ranked, right) for most in (1, 3)] == [0.0, 1.0]


def test_a_right_one_below_the_tenth_does_not_count() -> None:
    assert ndcg(range(20), {10}) == reciprocal_rank(range(20), {10}) == ndcg([1], set()) == 0.0


def test_bootstrap_is_repeatable_and_holds_the_mean() -> None:
    first, second = [80.0, 60.0, 100.0, 40.0] * 10, [70.0, 60.0, 90.0, 50.0] * 10
    found = paired_bootstrap(first, second)
    assert found == paired_bootstrap(first, second)
    assert found.low < found.mean == 2.5 < found.high


def test_bootstrap_sees_a_certain_difference() -> None:
    assert paired_bootstrap([100.0] * 20, [0.0] * 20) == Interval(100.0, 100.0, 100.0)
    assert told(Interval(1.0, -1.0, 3.0)) == "+1.0 [-1.0, +3.0]"
    assert told(Interval(-2.0, -3.0, -1.0)).endswith("*")


def test_bootstrap_refuses_other_questions() -> None:
    with pytest.raises(ValueError, match="same questions"):
        paired_bootstrap([1.0], [1.0, 2.0])


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 50))
def test_best_places_are_the_beginning_of_a_stable_sort(numbers: list[int], count: int) -> None:
    scores = np.asarray(numbers, dtype=np.float32)
    assert best_places(scores, count).tolist() == np.argsort(-scores, kind="stable")[:count].tolist()


def test_public_set_is_read_in_both_languages(folder: Path) -> None:
    dutch, english = read_public_sets(folder)
    assert (dutch.name, english.name) == ("cc", "cc en>nl")
    assert dutch.passages == english.passages and dutch.right == english.right
    assert [question.text for question in english.questions] == [row[1] for row in ASKED]


@pytest.mark.parametrize("content", ['{"docs": {}}', "[]", '{"docs": {"a": "x"}, "q": [["?", "?", "z"]]}'])
def test_broken_public_set_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "cc.json").write_text(content)
    with pytest.raises(UnreadableFile):
        read_public_sets(tmp_path)


def test_public_sets_go_through_the_search(folder: Path) -> None:
    dutch, english = evaluate_public(folder, LISTS)
    assert dutch.figures[0].measured == 100.0
    assert english.figures[0].measured >= 33  # flour is in the glossary


def test_every_contestant_at_hand_finds_what_is_there_word_for_word(dutch: QuestionSet) -> None:
    runs = [run(one, dutch) for one in (ours(LISTS), *installed())]
    for done in runs:
        assert len(done.rankings) == len(done.milliseconds) == len(dutch.questions)
        if "fake" not in done.contestant:
            assert done.rankings[0][0] == 0, done.contestant


def test_standings_come_best_first_and_beside_ours(dutch: QuestionSet) -> None:
    good = Run(OURS, [[0], [1], [2]], 1.0, [1.0, 2.0, 3.0])
    bad = Run("nobody", [[3], [3], [3]], 1.0, [1.0, 2.0, 3.0])
    found = compare(dutch, [bad, good])
    assert [one.contestant for one in found.standings] == [OURS, "nobody"]
    assert found.standings[0].behind is None and found.standings[0].measures["hit@1"] == 100.0
    assert found.standings[1].behind == Interval(100.0, 100.0, 100.0)


def test_each_layer_is_left_out_by_a_setting(folder: Path) -> None:
    english = read_public_sets(folder)[1]
    (found,) = ablate([english], LISTS)
    effects = {effect.layer: effect for effect in found.effects}
    assert list(effects) == list(LAYERS)
    assert effects["glossary"].without < effects["glossary"].whole
    assert any(line.startswith("  glossary") for line in ablation_lines([found]))


def test_contestant_apart_that_fails_says_why(dutch: QuestionSet) -> None:
    with pytest.raises(CannotRun, match="nobody"):
        run_apart(Apart("Nobody", "", "nobody", ()), [dutch])

"""Agreement of two reviewers, against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.errors import WrongChoice
from coach.domain.review import Rubric, RubricLine, cohen_kappa

LINE = RubricLine("open", "Open vragen", "Eén open vraag", "hit", "near", "nearly", "miss", (0, 1, 2))
RUBRIC = Rubric("coaching", 1, "Coaching", (LINE,))


def test_the_two_by_two_table_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p_o = 35/50 = 0.7, p_c = 0.5·0.6 + 0.5·0.4 = 0.5
    a = ["yes"] * 25 + ["no"] * 25
    b = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(a, b) == pytest.approx(0.4)


def test_three_labels_by_hand() -> None:
    # same in 4 of 6; by chance (2·4 + 2·1 + 2·1)/36 = 1/3; (2/3 − 1/3)/(1 − 1/3) = 1/2
    assert cohen_kappa([0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 2, 0]) == pytest.approx(0.5)


def test_full_agreement_is_one_and_full_disagreement_of_two_labels_is_minus_one() -> None:
    assert cohen_kappa([1, 2, 3], [1, 2, 3]) == 1
    assert cohen_kappa([0, 0, 1, 1], [1, 1, 0, 0]) == -1


def test_independent_labels_agree_by_chance_only() -> None:
    assert cohen_kappa([0, 0, 1, 1], [0, 1, 0, 1]) == 0


def test_nothing_to_compare_gives_no_figure() -> None:
    assert cohen_kappa([], []) is None
    assert cohen_kappa([1, 1], [1, 1]) is None


def test_one_label_against_a_mix_is_chance() -> None:
    assert cohen_kappa([1, 1, 1], [1, 1, 0]) == 0


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="1 labels against 2"):
        cohen_kappa([1], [1, 2])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_it_is_symmetric_and_never_above_one(pairs: list[tuple[int, int]]) -> None:
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    kappa = cohen_kappa(a, b)
    assert kappa == cohen_kappa(b, a)
    assert kappa is None or -1 <= kappa <= 1


def test_a_rubric_knows_its_lines_and_scales() -> None:
    RUBRIC.check({"open": 2})
    RUBRIC.check({})
    for scores in ({"open": 3}, {"closed": 1}):
        with pytest.raises(WrongChoice, match="coaching"):
            RUBRIC.check(scores)

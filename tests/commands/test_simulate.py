"""The command `evaluate profile`: the method's own figures to the digit, and a steady balance index."""

import json

import pytest
import typer
from typer.testing import CliRunner

from coach.commands.simulate import JUMPS, PRINTED, RETEST, evaluate_profile
from coach.domain.machine_builder import Check, same_mean, worked_example
from coach.domain.simulation import INDEXES, patchwork, stabilities
from coach.domain.values import CELLS

PROFILES = 3_000


def run(*arguments: str) -> str:
    app = typer.Typer()
    app.command()(evaluate_profile)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("check", [*worked_example(), *same_mean()], ids=lambda check: check.name)
def test_every_printed_figure_comes_back_to_the_digit(check: Check) -> None:
    assert check.same, f"{check.value} is not {check.printed}"


def test_a_figure_that_differs_in_the_last_digit_is_seen() -> None:
    assert not Check("B", 51.66, 51.8).same
    assert Check("B", 51.66, 51.7).same


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_balance_is_steady_when_cells_are_read_again(seed: int) -> None:
    found = {one.index: one for one in stabilities(PROFILES, seed)}
    assert found["balance"].retest >= RETEST
    assert found["balance"].jumps <= JUMPS
    for name, (retest, jumps) in PRINTED.items():
        assert found[name].retest == pytest.approx(retest, abs=0.04)
        assert found[name].jumps == pytest.approx(jumps, abs=0.02)


def test_the_same_seed_gives_the_same_figures() -> None:
    assert stabilities(500, 7) == stabilities(500, 7)
    assert stabilities(500, 7) != stabilities(500, 8)


def test_all_levels_drawn_are_levels() -> None:
    from random import Random

    from coach.domain.simulation import company, read_again

    random = Random(3)
    for draw in (company, patchwork):
        for _ in range(200):
            levels = draw(random)
            again = read_again(levels, random)
            assert len(levels) == len(again) == len(CELLS)
            assert {*levels, *again} <= {0.0, 1.0, 2.0, 3.0, 4.0}
            assert max(abs(one - other) for one, other in zip(levels, again, strict=True)) <= 1


def test_the_command_prints_figures_beside_targets() -> None:
    told = run("--profiles", str(PROFILES))
    assert "MISS" not in told
    assert "target r >= 0.97, jumps <= 1 %" in told
    assert "3,000 drawn companies" in told


def test_json_alone_with_all_indexes() -> None:
    told = json.loads(run("--profiles", "500", "--json"))
    assert {one["index"] for one in told["stability"]["company"]} == {name for name, _ in INDEXES}
    assert all(check["same"] for check in told["worked_example"])

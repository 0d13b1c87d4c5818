"""The command `evaluate profile`: the worked example to the digit, and how steady the balance index is."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from coach.domain.machine_builder import Check, same_mean, worked_example
from coach.domain.simulation import Stability, company, patchwork, stabilities

PROFILES = 20_000
SEED = 1
RETEST = 0.97
JUMPS = 0.01
PRINTED = {  # part B10 of the domain notes: retest r, jumps over 10 points
    "balance": (0.977, 0.006),
    "mean": (0.981, 0.007),
    "mean - S*cv": (0.968, 0.094),
    "geometric mean": (0.840, 0.101),
    "minimum": (0.818, 0.126),
}


def evaluate_profile(
    profiles: Annotated[
        int, typer.Option(min=100, max=1_000_000, help="So many drawn companies.")
    ] = PROFILES,
    seed: Annotated[int, typer.Option(help="Where the draw begins; the same seed, the same figures.")] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON alone.")] = False,
) -> None:
    """Recompute the worked example of the method, and repeat its simulation of reading a profile twice.

    Example: coach evaluate profile

    Example: coach evaluate profile --profiles 2000 --seed 7 --json
    """
    checks = {"worked_example": [*worked_example()], "same_mean": [*same_mean()]}
    drawn = {draw.__name__: stabilities(profiles, seed, draw) for draw in (company, patchwork)}
    if as_json:
        told = {name: [asdict(one) | {"same": one.same} for one in some] for name, some in checks.items()}
        figures = {name: [asdict(one) for one in some] for name, some in drawn.items()}
        typer.echo(json.dumps({**told, "profiles": profiles, "seed": seed, "stability": figures}, indent=2))
        return
    for line in _report(checks["worked_example"], checks["same_mean"], drawn["company"], drawn["patchwork"]):
        typer.echo(line.format(profiles=f"{profiles:,}", seed=seed))


def _report(
    example: list[Check], shapes: list[Check], drawn: Iterable[Stability], patchworks: Iterable[Stability]
) -> Iterator[str]:
    yield "Worked example, recomputed beside what is printed"
    yield from map(_check_line, example)
    yield "\nSame mean, another shape"
    yield from map(_check_line, shapes)
    yield "\nRead twice: {profiles} drawn companies, each cell 25 % one level off, seed {seed}"
    yield from map(_target_line, drawn)
    yield "\nThe same with cells drawn apart, so that companies hardly differ in height (no target)"
    yield from map(_plain_line, patchworks)


def _check_line(check: Check) -> str:
    shown = f"{check.value:>10.{check.decimals}f}{check.printed:>10.{check.decimals}f}"
    return f"{_sign(check.same)} {check.name:<48}{shown}"


def _sign(good: bool) -> str:
    return "ok  " if good else "MISS"


def _target_line(one: Stability) -> str:
    retest, jumps = PRINTED[one.index]
    sign, target = "    ", ""
    if one.index == "balance":
        sign, target = _sign(reached(one)), f"   target r >= {RETEST}, jumps <= {100 * JUMPS:.0f} %"
    return f"{sign}{_plain_line(one)}   printed {retest:.3f} {100 * jumps:4.1f} %{target}"


def reached(one: Stability) -> bool:
    """Tell whether an index is steady enough."""
    return one.retest >= RETEST and one.jumps <= JUMPS


def _plain_line(one: Stability) -> str:
    return f" {one.index:<16} r {one.retest:.3f}   jumps over 10 points {100 * one.jumps:4.1f} %"

"""All contestants on all sets, and all figures as tables of plain text, for `coach evaluate retrieval`."""

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from coach.retrieval.asking import WordLists
from coach.retrieval.measuring.ablation import Ablation
from coach.retrieval.measuring.apart import CONTESTANTS, LEFT_OUT, CannotRun, run_apart
from coach.retrieval.measuring.contestants import Comparison, Run, Standing, compare, ours, run
from coach.retrieval.measuring.engines import installed, missing
from coach.retrieval.measuring.measures import MEASURES, RESAMPLES, Interval
from coach.retrieval.measuring.sets import QuestionSet

_WIDTH = 34  # of a contestant's name


@dataclass(frozen=True)
class Contest:
    """The standings on each set, how each contestant was set, and why others did not take part."""

    comparisons: tuple[Comparison, ...]
    settings: dict[str, str]
    left_out: dict[str, str]


def hold(sets: Sequence[QuestionSet], lists: WordLists) -> Contest:
    """Let ours and every contestant that can be had answer every set, one after another."""
    here = [ours(lists), *installed()]
    runs: dict[str, list[Run]] = {asked.name: [run(one, asked) for one in here] for asked in sets}
    settings = {one.name: one.setting for one in here}
    left_out = LEFT_OUT | missing()
    for apart in CONTESTANTS:
        try:
            for asked, done in zip(sets, run_apart(apart, sets), strict=True):
                runs[asked.name].append(done)
            settings[apart.name] = apart.setting
        except CannotRun as problem:
            left_out[apart.name] = str(problem)
    comparisons = tuple(compare(asked, runs[asked.name]) for asked in sets)
    return Contest(comparisons, settings, left_out)


def machine() -> str:
    """Return one line about the machine and the versions, for the head of a table."""
    parts = ", ".join(f"{name} {version(name)}" for name in ("chromadb", "bm25s", "numpy", "scikit-learn"))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, "
        f"Python {platform.python_version()}, {parts}"
    )


def contest_lines(contest: Contest) -> Iterator[str]:
    """Yield the tables of a contest, line by line."""
    yield f"Contestants side by side ({machine()})"
    yield f"Ours minus theirs: nDCG@10 x 100, paired bootstrap, {RESAMPLES} resamples, 95 % interval."
    for comparison in contest.comparisons:
        yield ""
        yield f"{comparison.name}: {comparison.questions} questions, {comparison.passages} passages"
        yield _row("contestant", MEASURES, ("index s", "p50 ms", "p95 ms"), "ours minus theirs")
        yield from (_standing(one) for one in comparison.standings)
    yield ""
    yield from (f"  {name}: {setting}" for name, setting in contest.settings.items())
    yield from (f"  not run: {name}: {reason}" for name, reason in contest.left_out.items())


def _standing(one: Standing) -> str:
    times = (f"{one.index_seconds:.2f}", f"{one.median_ms:.2f}", f"{one.p95_ms:.2f}")
    behind = "" if one.behind is None else told(one.behind)
    return _row(one.contestant, [f"{value:.1f}" for value in one.measures.values()], times, behind)


def _row(name: str, measures: Iterable[str], times: Sequence[str], last: str) -> str:
    cells = [f"{cell:>8}" for cell in (*measures, *times)]
    return f"  {name:<{_WIDTH}}{''.join(cells)}   {last}".rstrip()


def told(interval: Interval) -> str:
    """Return a difference with its interval, a star where the interval leaves out zero."""
    mark = "*" if interval.certain else ""
    return f"{interval.mean:+.1f} [{interval.low:+.1f}, {interval.high:+.1f}]{mark}"


def ablation_lines(ablations: Sequence[Ablation]) -> Iterator[str]:
    """Yield the tables of an ablation, line by line."""
    yield f"What each layer adds: nDCG@10 x 100 with and without it, paired bootstrap, {RESAMPLES} resamples"
    for ablation in ablations:
        yield ""
        yield f"{ablation.name}: {ablation.questions} questions"
        yield f"  {'layer':<56}{'with':>7}{'without':>9}   adds"
        for effect in ablation.effects:
            figures = f"{effect.whole:7.1f}{effect.without:9.1f}   {told(effect.added)}"
            yield f"  {effect.layer:<56}{figures}"

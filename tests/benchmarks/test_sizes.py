"""Speed and memory of the search at 1,000, 10,000 and 100,000 passages, printed beside their targets."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.retrieval.measuring.contest import machine
from tests.benchmarks.measure_size import FINGERPRINT, ROOT

SIZES = [int(size) for size in os.environ.get("COACH_BENCH_SIZES", "1000,10000,100000").split(",")]
INDEXED_A_SECOND = 300  # passages, at least
SLOWEST_MS = 20  # p95 of a search with filters at 100,000 passages
FAR_OFF = 3  # times the target: something is broken, not merely busy


def measured(what: str, folder: Path, size: int) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.measure_size", what, str(folder), str(size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", SIZES)
def test_size(size: int, tmp_path: Path) -> None:
    folder = tmp_path / FINGERPRINT[:16]
    folder.mkdir()
    built = measured("build", folder, size)
    asked = measured("ask", folder, size)
    speed = asked["passages"] / built["seconds"]
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2
    print(f"\n{asked['passages']:,} passages, {asked['words']:,} different words ({machine()})")
    print(
        f"  indexed in {built['seconds']:.1f} s ({built['cpu_seconds']:.1f} s of processor): {speed:,.0f} passages/s "
        f"(target {INDEXED_A_SECOND}), peak {built['peak_mb']:.0f} MB, {disk:.0f} MB on disk"
    )
    print(
        f"  opened in {asked['open_seconds']:.1f} s, peak {asked['peak_mb']:.0f} MB of a process that searches"
    )
    print(f"  {'search, ms':<34}   p50    p95   fastest of three: p50    p95   (target p95 {SLOWEST_MS})")
    for way, ms in asked["ways"].items():
        own = f"{ms['own_p50']:23.2f}{ms['own_p95']:7.2f}"
        print(f"  {way:<34}{ms['p50']:6.2f}{ms['p95']:7.2f}{own}")
    assert not asked["torch"]
    assert asked["passages"] / min(built["seconds"], built["cpu_seconds"]) > INDEXED_A_SECOND / FAR_OFF
    assert all(ms["own_p95"] < SLOWEST_MS for ms in asked["ways"].values())

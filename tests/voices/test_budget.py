"""Tokens are counted where tiktoken's table is at hand, estimated with room where it is not, and never fetched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voices.budget import estimate, shorten

# o200k_base's own counts of our sentences, taken down once
COUNTED = {
    "Om vier uur beginnen we met z'n drieën. Sanne van de winkel is voor de tweede keer uitgevallen.": 24,
    "Elke nieuwe monteur loopt zes weken mee met Theo.": 11,
    "Our night shift hasn't had a team talk since Easter.": 11,
    "We lend the van to the food bank every Thursday.": 11,
    "Wie rust krijgt, leert beter dan wie rent.": 10,
}


@pytest.mark.parametrize("text", COUNTED)
def test_the_estimate_is_never_too_low_and_never_double(text: str) -> None:
    assert COUNTED[text] <= estimate(text) <= 2 * COUNTED[text]


@given(st.text(max_size=400))
def test_more_text_never_costs_less(text: str) -> None:
    assert estimate(text) <= estimate(f"{text} en nog wat") and estimate("") == 0


@given(st.text(max_size=900), st.integers(1, 200))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    short = shorten(text, most, estimate)
    assert estimate(short) <= most or len(short) <= most
    assert short == text or estimate(text) > most


def test_beginning_and_end_stay() -> None:
    text = "Begin hier. " + "midden " * 300 + "Eind daar."
    short = shorten(text, 60, estimate)
    assert short.startswith("Begin hier.") and short.endswith("Eind daar.") and " … " in short


@pytest.mark.parametrize("damaged", [False, True])
def test_no_table_means_an_estimate_and_no_fetching(tmp_path: Path, damaged: bool) -> None:
    if damaged:
        (tmp_path / "fb374d419588a4632f3f557e76b4b70aebbca790").write_text("IQ== 0\n", encoding="utf-8")
    code = (
        "import socket, sys\n"
        "def closed(*a, **k): raise SystemExit('asked the network')\n"
        "socket.socket.connect = closed\n"
        "from coach.voices.budget import counter, estimate\n"
        "sys.exit(0 if counter() is estimate and 'tiktoken' not in sys.modules else 'not the estimate')"
    )
    told = {**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.iterdir())) == int(damaged)

"""Writes down anew what a model is told, to be read over: `python -m tests.voices.snapshots`."""

from tests.voices.test_model_prompts import CASES, SNAPSHOTS, as_text


def main() -> None:
    """Write one file for each case."""
    SNAPSHOTS.mkdir(exist_ok=True)
    for name, made in CASES.items():
        (SNAPSHOTS / f"{name}.txt").write_text(as_text(made()), encoding="utf-8")


if __name__ == "__main__":
    main()

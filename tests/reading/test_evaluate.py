"""The figures over labelled rows, and that the reader keeps the level it has reached on them."""

from pathlib import Path

import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.ports import Context
from coach.domain.values import Language
from coach.reading.evaluate import Score, macro, measure, micro, parts, read_rows
from coach.reading.rules import RuleReader

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "tests" / "labelled"
READER = RuleReader(ROOT / "prompts")


def test_precision_recall_and_f1() -> None:
    score = Score(right=3, wrong=1, missed=2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 / 3)
    assert score.support == 5


def test_macro_is_the_mean_of_the_labels_that_occur_and_micro_counts_all() -> None:
    scores = {"a": Score(right=1), "b": Score(missed=1), "c": Score()}
    assert macro(scores) == 0.5
    assert micro(scores) == Score(right=1, missed=1)


def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a"}\nnot json\n')
    with pytest.raises(UnreadableFile, match="line 2"):
        read_rows([path])


REACHED = {  # on rows of hands that saw neither rules nor lists: intent, cells, cells with direction, kind, parties
    "nl": (0.95, 0.66, 0.51, 0.74, 0.72),
    "en": (0.91, 0.62, 0.47, 0.72, 0.75),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_unseen_rows_are_understood_no_worse_than_before(language: str) -> None:
    """A direction counts with its cell: its accuracy alone would punish a reader that finds more of the hard cells."""
    figures = measure(READER, read_rows(parts(LABELLED, Language(language), test=True)))
    measured = (
        figures.intent_macro_f1,
        figures.cell_micro_f1,
        figures.cell_micro_f1 * figures.direction_accuracy,
        figures.kind_macro_f1,
        figures.stakeholder_micro_f1,
    )
    assert all(now >= before for now, before in zip(measured, REACHED[language], strict=True)), measured


@pytest.mark.parametrize("language", ["nl", "en"])
def test_quotes_are_literal_in_every_row(language: str) -> None:
    for row in read_rows([LABELLED / f"{language}_dev.jsonl"]):
        reading = READER.read(row["text"], Context(Language(language), row["question"]))
        assert all(finding.quote in row["text"] and finding.rule for finding in reading.findings)

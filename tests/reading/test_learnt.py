"""What is learnt weighs what the word lists find: small, repeatable, literal, and never against the person's safety."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.evidence import NOTHING_DONE, Intent
from coach.domain.ports import Context
from coach.domain.values import Cell, Language, Perspective, Value
from coach.reading.evaluate import parts, read_rows
from coach.reading.learnt import FILE_NAME, GROUPS, LABELS, ONE_OF, Learnt, chances, load_learnt
from coach.reading.rules import RuleReader
from coach.reading.signs import Sign, signs
from coach.reading.training import Table, save, train

ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"
LABELLED = ROOT / "tests" / "labelled"
READER = RuleReader(PROMPTS)
RULES = RuleReader(PROMPTS, dict.fromkeys(Language))
NL = Context(Language.NL, question=2)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_stored_weights_are_small_and_hold_no_pickle(language: str) -> None:
    path = PROMPTS / language / FILE_NAME
    assert path.stat().st_size < 2_000_000
    with np.load(path, allow_pickle=False) as stored:
        assert stored["weights"].dtype == np.int8


def test_a_folder_without_weights_is_read_by_the_word_lists_alone(tmp_path: Path) -> None:
    assert load_learnt(tmp_path / FILE_NAME) is None
    assert RULES.read("Elke maandag eten we samen met de buren.", NL).findings


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UnreadableFile, match=FILE_NAME):
        load_learnt(path)


def test_of_a_group_one_label_holds_and_of_others_each_for_itself() -> None:
    bias = np.zeros(len(LABELS), np.float32)
    for group, names in GROUPS.items():
        told = chances(bias, group)
        assert tuple(told) == names
        assert sum(told.values()) == pytest.approx(1 if group in ONE_OF else len(names) / 2)


def test_the_words_that_speak_for_a_label_are_known_with_their_weight() -> None:
    weights = np.zeros((2, len(LABELS)), np.float32)
    weights[:, 0] = (1, 3)
    learnt = Learnt({"w=a": 0, "w=b": 1}, weights, np.zeros(len(LABELS), np.float32))
    assert learnt.telling(LABELS[0], (Sign("w=a", 1, 0), Sign("w=b", 1, 1), Sign("w=c", 1, 2))) == {
        0: 1,
        1: 3,
    }


def test_no_idea_how_it_is_over_there_is_no_evidence() -> None:
    cell = Cell(Value.HUMAN, Perspective.EXTERNAL)
    assert READER.read("Geen idee hoe ze daar werken.", Context(Language.NL, cell=cell)).findings == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_finding_quotes_literally_and_names_what_caused_it(language: str) -> None:
    for row in read_rows(parts(LABELLED, Language(language)))[::3]:
        reading = READER.read(row["text"], Context(Language(language), question=row.get("question")))
        for finding in reading.findings:
            assert finding.rule and finding.quote in row["text"]
        for hit in reading.patterns:
            assert hit.rule and hit.quote in row["text"]
        if reading.intent is not Intent.ANSWER:
            assert not (reading.findings or reading.patterns or reading.stakeholders or reading.kind)


def test_an_acute_need_that_the_rules_hear_is_not_weighed_away() -> None:
    reading = READER.read("Ik wil niet meer leven.", NL)
    assert reading.intent is Intent.DISTRESS


def test_a_long_text_never_skips_goes_back_or_stops() -> None:
    said = "Volgende vraag, terug, stop: " * 8
    assert READER.read(said, NL).intent not in {Intent.SKIP, Intent.BACK, Intent.STOP}


def test_here_i_do_nothing_stands_as_the_rules_have_it() -> None:
    cell = Cell(Value.NATURAL, Perspective.EXTERNAL)
    (finding,) = READER.read("Hier doe ik niets mee.", Context(Language.NL, cell=cell)).findings
    assert finding.cell == cell and finding.rule == NOTHING_DONE


def test_the_words_together_weigh_as_much_in_every_utterance() -> None:
    for text in (
        "Elke maandag eten we samen.",
        "Onze monteur leert de leerling lassen, elke dag opnieuw, al jaren.",
    ):
        found, reading = RULES.by_rules(text, NL)
        words = [sign.weight for sign in signs(found, reading, NL) if sign.token >= 0]
        assert sum(weight**2 for weight in words) == pytest.approx(1)


def test_the_same_rows_give_the_same_file(tmp_path: Path) -> None:
    rows = read_rows([LABELLED / "nl_dev.jsonl"])[::10]
    for name in ("one.npz", "two.npz"):
        save(train(Table(rows, RULES)), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert load_learnt(tmp_path / "one.npz") is not None


def test_reading_needs_no_scikit_learn() -> None:
    code = (
        "import sys; from pathlib import Path; from coach.reading.rules import RuleReader; "
        f"RuleReader(Path({str(PROMPTS)!r})); sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

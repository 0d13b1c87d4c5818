"""What is learnt beside the word lists: it names its words, stays quiet when unsure, and is rebuilt the same."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.evidence import Kind
from coach.domain.ports import Context
from coach.domain.values import Language, Value
from coach.reading.evaluate import read_rows
from coach.reading.guesses import chances, heard, is_doubtful
from coach.reading.learnt import FILE_NAME, Learnt, about_features, load_learnt
from coach.reading.lessons import fold_of_rows, lessons, only_in_fold
from coach.reading.lexicon import load_pack
from coach.reading.rules import RuleReader
from coach.reading.scan import scan
from coach.reading.training import save, train

ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"
PACK = load_pack(PROMPTS / "nl", Language.NL)


def model(language: str = "nl") -> Learnt:
    learnt = load_learnt(PROMPTS / language / FILE_NAME)
    assert learnt is not None
    return learnt


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_stored_weights_are_small_and_hold_no_pickle(language: str) -> None:
    path = PROMPTS / language / FILE_NAME
    assert path.stat().st_size < 2_000_000
    with np.load(path, allow_pickle=False) as stored:
        assert stored["weights"].dtype == np.int8


def test_a_folder_without_weights_is_read_by_the_word_lists_alone(tmp_path: Path) -> None:
    assert load_learnt(tmp_path / FILE_NAME) is None


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UnreadableFile, match=FILE_NAME):
        load_learnt(path)


def test_a_sentence_about_nothing_gives_no_finding() -> None:
    for text in ("Elk jaar een beetje, denk ik.", "En eerlijk gezegd ook.", "Hij weet waar hij aan toe is."):
        assert heard(scan(text, PACK), model(), question=2) == ()


def test_a_finding_says_which_words_were_learnt_and_quotes_literally() -> None:
    reader = RuleReader(PROMPTS)
    guessed = 0
    for row in read_rows([ROOT / "tests" / "labelled" / "nl_dev.jsonl"]):
        reading = reader.read(row["text"], Context(Language.NL, question=row.get("question")))
        for finding in reading.findings:
            if finding.rule.startswith("learnt: "):
                guessed += 1
                assert finding.kind is not Kind.OPINION
                assert finding.quote in row["text"]
                assert all(word in row["text"].lower() for word in finding.rule[8:].split(", "))
    assert guessed


def test_a_word_is_doubtful_only_when_another_value_is_clear() -> None:
    low = dict.fromkeys(Value, 0.1)
    assert not is_doubtful(Value.NATURAL, {})
    assert not is_doubtful(Value.NATURAL, low)
    assert is_doubtful(Value.NATURAL, low | {Value.HUMAN: 0.9})
    assert not is_doubtful(Value.NATURAL, low | {Value.NATURAL: 0.5, Value.HUMAN: 0.9})


def test_too_few_words_give_no_chances() -> None:
    assert chances(scan("Ja, prima.", PACK), model(), 0) == {}


def test_rows_that_are_nearly_the_same_stay_together() -> None:
    texts = (
        "De oude lasser leert de jonge lasser het vak",
        "De oude lasser leert een jonge lasser dat vak",
        "Het dak lekt al jaren",
    )
    folds = fold_of_rows([{"text": text} for text in texts], PACK)
    assert folds[0] == folds[1]


def test_a_phrase_that_only_held_out_rows_hold_is_hidden() -> None:
    told = [{("a", "x"), ("a", "y")}, {("a", "y")}]
    assert only_in_fold(told, [0, 1], 0) == {("a", "x")}


def test_the_same_lessons_give_the_same_file(tmp_path: Path) -> None:
    rows = read_rows([ROOT / "tests" / "labelled" / "nl_dev.jsonl"])[::10]
    told = lessons(PROMPTS / "nl", ROOT / "corpus" / "nl", rows)[::4]
    for name in ("one.npz", "two.npz"):
        save(train(told, rows, PACK), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert load_learnt(tmp_path / "one.npz") is not None


def test_reading_needs_no_scikit_learn() -> None:
    code = (
        "import sys; from pathlib import Path; from coach.reading.rules import RuleReader; "
        f"RuleReader(Path({str(PROMPTS)!r})); sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_numbers_and_little_words_are_no_features_of_a_value() -> None:
    found = scan("Het is 12 en de", PACK)
    assert not [
        one for one in about_features(found, 0, len(found.utterance.tokens)) if one.key.startswith("w=")
    ]

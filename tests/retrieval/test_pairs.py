"""Words that translate each other are learnt from articles in both languages, and stand behind the hand-made list."""

from pathlib import Path

from coach.domain.values import Language
from coach.retrieval.glossary import COGNATE, LEARNT, Glossary, open_glossary
from coach.retrieval.pairs import learn_pairs, store_pairs

HEAD = "---\ntitle: {title}\nlanguage: {language}\n---\n\n## 1. {title}\n\n"
ENGLISH = "The mill grinds flour. The baker wants flour. A mill needs wind. The baker sleeps late."
DUTCH = "De molen maalt meel. De bakker wil meel. Een molen vraagt wind. De bakker slaapt lang."


def written(folder: Path, language: str, text: str) -> None:
    (folder / language).mkdir()
    head = HEAD.format(title="Brood" if language == "nl" else "Bread", language=language)
    (folder / language / "bread.md").write_text(head + text + "\n", encoding="utf-8")


def test_words_that_stand_together_again_and_again_are_a_pair(tmp_path: Path) -> None:
    written(tmp_path, "en", ENGLISH)
    written(tmp_path, "nl", DUTCH)
    pairs = learn_pairs(tmp_path)
    assert (pairs["mill"], pairs["flour"], pairs["baker"]) == (["molen"], ["meel"], ["bakker"])
    assert "sleeps" not in pairs  # seen once


def test_articles_in_one_language_teach_nothing(tmp_path: Path) -> None:
    written(tmp_path, "en", ENGLISH)
    assert learn_pairs(tmp_path) == {}


def test_what_was_learnt_is_read_again_and_stands_behind_the_list(tmp_path: Path) -> None:
    store_pairs({"mill": ["molen"], "flour": ["bloem"]}, tmp_path)
    (tmp_path / "glossary.yaml").write_text("flour: [meel]\n", encoding="utf-8")
    glossary = open_glossary(tmp_path)
    flour, mill = glossary.translate("flour mill", Language.EN)
    assert flour.options == (("meel", 1.0),)
    assert mill.options == (("mill", COGNATE), ("molen", LEARNT))
    assert Glossary({}).translate("mill", Language.EN)[0].options == (("mill", COGNATE),)


def test_the_shipped_pairs_are_those_of_the_shipped_articles(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    store_pairs(learn_pairs(root / "corpus"), tmp_path)
    shipped = (root / "prompts" / "pairs.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "pairs.yaml").read_text(encoding="utf-8") == shipped, "run `coach train`"

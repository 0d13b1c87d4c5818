"""The word lists themselves: every rule's own examples hold, and the small languages inside them work."""

from pathlib import Path

import pytest

from coach.domain.errors import UnreadableFile
from coach.domain.ports import Context
from coach.domain.values import Language
from coach.reading.forms import WordForms, conjugate
from coach.reading.lexicon import load_pack
from coach.reading.phrases import PhraseCompiler, PhraseMatcher
from coach.reading.rules import RuleReader
from coach.reading.text import Utterance, cut

PROMPTS = Path(__file__).parents[2] / "prompts"
READER = RuleReader(PROMPTS, dict.fromkeys(Language))
DUTCH = WordForms(Language.NL, {}, frozenset({"drie"}))


def say(text: str) -> Utterance:
    return cut(text, DUTCH, frozenset({"maar"}), frozenset({"wij"}))


def finds(phrase: str, text: str) -> bool:
    return bool(PhraseMatcher([PhraseCompiler(DUTCH).compile("list", phrase)]).find(say(text).tokens))


@pytest.mark.parametrize("language", list(Language))
def test_every_pattern_rule_hits_its_example_and_misses_the_other(language: Language) -> None:
    for rule in load_pack(PROMPTS / language, language).rules.values():
        context = Context(language, question=2)
        assert rule.pattern in {hit.pattern for hit in READER.read(rule.hits, context).patterns}, rule.id
        assert rule.pattern not in {hit.pattern for hit in READER.read(rule.misses, context).patterns}, (
            rule.id
        )


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("opleiden", "Zij is hier opgeleid."),
        ("leren", "Hij leert veel."),
        ("klant", "De klantjes wachten."),
        ("veilig*", "Onze veiligheidsschoenen."),
        ("*onderhoud", "Het grootonderhoud."),
        ("elke/iedere week", "Wij eten iedere week samen."),
        ("leen … uit", "Ik leen de bus soms uit."),
        ("geen nieuwe? bus", "Wij hebben geen bus."),
        ("na # dagen", "Pas na drie dagen."),
        ("^ nee", "Nee, dat niet."),
    ],
)
def test_the_phrase_language_finds(phrase: str, text: str) -> None:
    assert finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("leen … uit", "Ik leen de bus. Het is uit."),
        ("^ nee", "Ik zei nee."),
        ("=bijen", "Hij staat bij de deur."),
        ("nee $", "Nee, dat niet."),
    ],
)
def test_the_phrase_language_does_not_find(phrase: str, text: str) -> None:
    assert not finds(phrase, text)


def test_clauses_keep_their_place_in_the_text() -> None:
    utterance = say("De bus is mooi, maar de loods is oud!")
    assert [utterance.quote(clause) for clause in utterance.clauses] == [
        "De bus is mooi",
        "maar de loods is oud",
    ]


def test_a_dutch_verb_stands_for_its_conjugation() -> None:
    assert {"leert", "leerde", "geleerd"} <= conjugate("leren")
    assert {"opleidt", "opgeleid"} <= conjugate("opleiden")
    assert {"geeft", "lekt"} <= conjugate("geven") | conjugate("lekken")


def test_an_unknown_list_in_a_phrase_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        PhraseCompiler(DUTCH).compile("rule", "{nobody} is lui")


def test_a_word_list_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    for name in ("lexicon", "intents", "cues", "patterns"):
        (tmp_path / f"{name}.yaml").write_text((PROMPTS / "nl" / f"{name}.yaml").read_text(encoding="utf-8"))
    (tmp_path / "patterns.yaml").write_text("lists: {}\ncancels: {}\nrules: []\nextra: 1\n")
    with pytest.raises(UnreadableFile):
        load_pack(tmp_path, Language.NL)

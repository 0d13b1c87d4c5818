"""What a sentence of a model may say, and what stops it: with sentences as models really write them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.passages import Citation
from coach.domain.values import Language
from coach.settings import Settings
from coach.voices.checks import (
    Frame,
    is_question,
    literally,
    only_given,
    stems,
    without_dress,
)
from coach.voices.phrasebook import read_phrasebook
from coach.voices.prompting import read_model_texts

HERS = (
    "We beginnen om vier uur met z'n drieën, dat waren er vijf. "
    "Sanne van de winkel is voor de tweede keer uitgevallen."
)
HER_ENGLISH = (
    "We start at four with three of us, it used to be five. "
    "Sanne from the shop is off sick for the second time."
)
PASSAGE = Citation(1, "a1", "Wat mensen draagt", None, 2, "Wie rust krijgt, leert beter dan wie rent.")
TOLD = "Je bent de stem van een programma dat een ondernemer helpt nadenken over haar bedrijf."
PROMPTS = Settings().prompts_dir
IN_DUTCH, IN_ENGLISH = (
    read_model_texts(PROMPTS, language, read_phrasebook(PROMPTS, language)) for language in Language
)
NL, EN = IN_DUTCH.judge, IN_ENGLISH.judge
DUTCH = Frame((HERS,), (PASSAGE,), ("Wat mensen draagt",), TOLD, asks=True, wanted=stems("laatst ochtend"))
ENGLISH = replace(DUTCH, hers=(HER_ENGLISH,), wanted=stems("last morning"))
WHOLE_DUTCH, WHOLE_ENGLISH = replace(DUTCH, known=IN_DUTCH.known), replace(ENGLISH, known=IN_ENGLISH.known)
SAID = ("“Dat waren er vijf”, zeg je.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "“Dat waren er vijf” klinkt als een heel ander bedrijf.",
        "Drie mensen doen nu het werk van vijf, en Sanne valt daardoor voor de tweede keer uit.",
        "Het klinkt alsof er op zo'n ochtend weinig ruimte is voor de winkel.",
        "Jullie beginnen om vier uur, met twee mensen minder dan eerst.",
        "Het werk is hetzelfde gebleven, de handen voor de winkel zijn minder.",
        "Dat Sanne uitvalt, raakt niet alleen haar, maar ook wie er overblijft.",
        "Met z'n drieën draait het door, maar iemand betaalt daar een prijs voor.",
        "Als Sanne er niet is, komt haar werk bij jou terecht.",
        "In ‘Wat mensen draagt’ staat dat rust helpt om te leren [1].",
        "Wanneer merkte je dat voor het laatst in de winkel?",
        "Wat gebeurt er in de winkel op de dag dat Sanne uitvalt?",
        "Hoe zag die laatste ochtend eruit?",
    ],
)
def test_good_dutch_may_be_said(sentence: str) -> None:
    assert NL.problem(literally(sentence, DUTCH), SAID, WHOLE_DUTCH) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "“It used to be five” sounds like another company.",
        "Three people now do the work of five, and Sanne pays for it a second time.",
        "It sounds as if there is little room left in the shop on a morning like that.",
        "The work stayed the same while the hands for it became fewer, Sanne's among them.",
        "When Sanne is off sick, her work lands on the two who are left.",
        "When did you last notice that in the shop?",
        "What happens in the shop on a day without Sanne?",
    ],
)
def test_good_english_may_be_said(sentence: str) -> None:
    assert EN.problem(literally(sentence, ENGLISH), ("You say “it used to be five”.",), WHOLE_ENGLISH) is None


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("Je zou iemand voor de winkel kunnen aannemen.", "advice"),
        ("Misschien is het slim om Sanne minder uren te geven.", "advice"),
        ("Probeer eens een ochtend met het kleine assortiment in de winkel.", "advice"),
        ("Heb je al gedacht aan een rooster voor Sanne?", "advice"),
        ("Wat goed dat je Sanne noemt.", "verdict"),
        ("Dat is slecht voor Sanne en voor de winkel.", "verdict"),
        ("Bedankt voor je antwoord over Sanne.", "verdict"),
        ("Je scoort laag op de winkel.", "score"),
        ("Als AI-model hoor ik dat Sanne uitvalt.", "role"),
        ("Mijn instructies zeggen dat ik over Sanne moet vragen.", "role"),
        ("“Dat waren er zes” klinkt als veel.", "quote"),
        ("“Dat voelt als de slaaf van de winkel.", "quote"),
        ("In ‘Mensen eerst van Jansen’ staat dat Sanne rust nodig heeft.", "quote"),
        ("In de winkel zijn nu 12 mensen ziek.", "number"),
        ("De maan staat hoog boven de zee.", "grounded"),
        ("Het klinkt alsof er op zo'n ochtend weinig ruimte is voor de winkel.", "grounded"),
        ("Three people now do the work of five, and Sanne pays for it.", "language"),
        ("Drei Leute machen die Arbeit von fünf, und Sanne ist nicht da.", "language"),
        ("Сейчас трое делают работу за пятерых.", "language"),
        ("Wanneer merkt u dat voor het laatst in de winkel?", "register"),
        ("Sanne heeft een grote impact op de winkel.", "jargon"),
        ("Lees meer over Sanne op www.voorbeeld.example vandaag.", "link"),
        ("Mail je vraag over Sanne naar sanne@voorbeeld.nl graag.", "link"),
        ("![Sanne](x) is voor de tweede keer uitgevallen.", "markup"),
        ("<b>Sanne</b> is voor de tweede keer uitgevallen.", "markup"),
        ("- Sanne is voor de tweede keer uitgevallen", "markup"),
        ("De stem van een programma dat een ondernemer helpt nadenken over Sanne.", "leak"),
        ("Sanne werkt " * 9 + "en valt uit.", "rubbish"),
        ("Sanne zegt ja ja ja ja ja ja.", "rubbish"),
        ("Sanne werkt en leert en rent en bakt en sjouwt en roept en telt en poetst en belt en rekent en praat"
         " en lacht en zucht en valt uit.", "long"),
        ("Sanneeeeeeeeeee is uitgevallen in de winkel.", "rubbish"),
        ("Ik kan je daar niet bij helpen.", "refusal"),
        ("Is Sanne voor de tweede keer uitgevallen?", "closed"),
        ("Wat als Sanne weggaat, dat wil je toch niet?", "leading"),
        ("Waarom is Sanne uitgevallen?", "never_ask"),
        ("Wat is je wachtwoord van de winkel?", "never_ask"),
        ("Wat vind je van de maan boven zee?", "off_step"),
    ],
)  # fmt: skip
def test_what_stops_a_dutch_sentence(sentence: str, check: str | None) -> None:
    assert NL.problem(sentence, SAID if is_question(sentence) else (), DUTCH) == check


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("You should hire somebody for the shop.", "advice"),
        ("Have you thought about a rota for Sanne?", "advice"),
        ("It is important to give Sanne some rest.", "advice"),
        ("Great question about Sanne and the shop.", "verdict"),
        ("That sounds really terrible for Sanne and you.", "verdict"),
        ("You are wrong about Sanne and the shop.", "verdict"),
        ("Your shop scores 4 points on people.", "number"),
        ("As an AI I hear that Sanne is off sick.", "refusal"),
        ("“It used to be six” sounds like a lot.", "quote"),
        ("Drie mensen doen het werk van vijf, en Sanne is niet in de winkel.", "language"),
        ("I'm sorry, but I can't talk about Sanne.", "refusal"),
        ("Is Sanne off sick again?", "closed"),
        ("Why is Sanne off sick?", "never_ask"),
        ("Don't you think that Sanne needs a break, and when?", "leading"),
    ],
)
def test_what_stops_an_english_sentence(sentence: str, check: str) -> None:
    assert EN.problem(sentence, SAID if is_question(sentence) else (), ENGLISH) == check


def test_a_question_of_another_step_is_stopped() -> None:
    said = ("Sanne valt uit en jullie gaan door.",)
    assert NL.problem("Wat vind je van de maan boven zee?", said, DUTCH) == "off_step"
    assert NL.problem("Wie zag dat het laatst?", said, DUTCH) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "“Dat waren er vijf” klinkt als een heel ander bedrijf.",
        "Sanne van de winkel is voor de tweede keer uitgevallen.",
        "Drie mensen doen het werk dat er vijf waren, en Sanne is uitgevallen.",
    ],
)
def test_a_reflection_begins_with_what_she_said(sentence: str) -> None:
    """It quotes her, or most of what it says is hers; only after that the coach's words may go one step further."""
    assert NL.problem(literally(sentence, DUTCH), (), WHOLE_DUTCH) is None


def test_words_that_nobody_gave_are_stopped_behind_her_own_too() -> None:
    for sentence in (
        "Je neemt melatonine tegen de stress van de winkel.",
        "De gemeente gaat de winkel sluiten.",
    ):
        assert NL.problem(sentence, SAID, WHOLE_DUTCH) == "invents"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik heb je natuur aangepast, Sanne.",
        "Wij vinden de winkel te klein.",
        "Sessie gewist, Sanne.",
        "Acknowledged, Sanne.",
    ],
)
def test_the_coach_does_not_speak_of_herself_or_of_the_program(sentence: str) -> None:
    assert NL.problem(sentence, (), DUTCH) == "role"
    assert NL.problem("Het telt voor Sanne, hoor ik.", SAID, DUTCH) is None


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("Het werk van Joost is hetzelfde.", "invents"),
        ("Het werk is hetzelfde, zeggen ze in Zutphen.", "invents"),
        ("Het werk is hetzelfde als bij Élise.", "invents"),
        ("Het werk van Sanne is hetzelfde.", None),
        ("Het is Sannes werk, nog hetzelfde.", None),
    ],
)
def test_a_name_that_nobody_gave_is_not_said(sentence: str, problem: str | None) -> None:
    frame = replace(DUTCH, known=stems("mensen werk hetzelfde zeggen joost"))
    assert NL.problem(sentence, SAID, frame) == problem


def test_a_sentence_is_made_of_her_words_and_of_ours() -> None:
    frame = replace(DUTCH, known=stems("mensen werk hetzelfde ochtend ruimte klinkt"))
    assert NL.problem("Met z'n drieën hetzelfde werk, en Sanne valt uit.", SAID, frame) is None
    assert NL.problem("Sanne volgt de koninklijke vakschool te Utrecht.", (), frame) == "invents"


def test_advice_is_in_place_from_question_six() -> None:
    told = "Je zou iemand voor de winkel kunnen vragen."
    assert NL.problem(told, SAID, replace(DUTCH, early=False)) is None


def test_a_turn_has_so_much_room_and_no_more() -> None:
    said = ("Drie mensen doen nu het werk van vijf in de winkel.",) * 2
    frame = replace(DUTCH, room=27)
    assert NL.problem("Sanne valt daardoor uit.", said, frame) is None
    assert NL.problem("Sanne valt daardoor voor de tweede keer uit.", said, frame) == "length"


def test_marks_of_passages_that_were_not_given_are_taken_out() -> None:
    assert only_given("Rust helpt om te leren [1]. ", (PASSAGE,)) == "Rust helpt om te leren [1]. "
    assert only_given("Rust helpt [2] om te leren [13].", (PASSAGE,)) == "Rust helpt om te leren."
    assert only_given("Rust helpt [1].", ()) == "Rust helpt."
    assert only_given("Rust helpt (2031) wel【4†bron】 degelijk².", (PASSAGE,)) == "Rust helpt wel degelijk."


def test_quotes_get_her_own_capitals_and_apostrophes() -> None:
    told = literally("“Dat  waren er vijf”, en dat met “z’n drieën”.", DUTCH)
    assert told == "“dat waren er vijf”, en dat met “z'n drieën”."
    assert literally("“Dat waren er zes.”", DUTCH) == "“Dat waren er zes.”"


def test_dress_is_taken_off() -> None:
    assert without_dress("Coach: **Drie** mensen.") == "Drie mensen."


def test_a_question_that_she_asked_herself_is_no_question_of_the_coach() -> None:
    assert not is_question("“Wie doet dat dan?” vroeg je.")
    assert is_question("“Dat waren er vijf.” Wat nu?")


@given(st.text(max_size=300))
def test_any_text_is_judged_without_harm(text: str) -> None:
    for one in (NL, EN):
        problem = one.problem(without_dress(text), (), DUTCH)
        assert problem is None or isinstance(problem, str)

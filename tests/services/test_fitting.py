"""Actions that fit: her trade and size, her own words, and not what she does already."""

from pathlib import Path

import pytest

from coach.commands.actions import SCRIPTS, Person, suggested_to
from coach.domain.actions import Action
from coach.domain.evidence import Kind
from coach.domain.values import Cell, Language, Perspective, Value
from coach.services.catalogue import read_actions
from coach.services.fitting import Company, Trades, company_of, people_named, read_trades
from coach.settings import Settings
from coach.wiring import build
from tests.reports.sample import COSTS, PROMPTS, Talk, asks, found, heard

AT_WORK = Cell(Value.MATERIAL, Perspective.INTERNAL)
ACTIONS = read_actions(PROMPTS, Language.NL)
TRADES = read_trades(PROMPTS, Language.NL)
CARE = Action("care", "Een vast onderhoudsuur", AT_WORK, keywords=("onderhoud",))
STAFF = Action("staff", "Samen inroosteren", AT_WORK, sizes=("small", "medium"), sectors=("care",))


def opened() -> Talk:
    """A talk of which the contract's question is answered."""
    talk = Talk()
    talk.turn("Rust.", heard(words=1), asks(1), "Waar gaat het over?")
    return talk


def told(text: str, *findings: object, trades: Trades = TRADES) -> Company:
    talk = opened()
    talk.turn(text, heard(*findings, words=9), asks(2), "En verder?")  # type: ignore[arg-type]
    return company_of(talk.conversation, trades, ACTIONS)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Ik werk alleen, in de loods.", "solo"),
        ("We beginnen met z'n drieën.", "small"),
        ("Wij zijn een lab met elf medewerkers.", "medium"),
        ("We zijn met zestig mensen.", "large"),
        ("Er kwamen veertig mensen kaas proeven.", None),
    ],
)
def test_size_is_heard_when_it_is_told(text: str, size: str | None) -> None:
    assert told(text).size == size


def test_an_action_for_another_trade_or_size_drops_out() -> None:
    assert not told("Ik werk alleen.").suits(STAFF)
    assert not told("Ik ben dakdekker.").suits(STAFF)
    assert told("Ik help mensen in de thuiszorg.").suits(STAFF)
    assert told("Het gaat best goed.").suits(STAFF)


def test_words_of_trouble_count_more_than_words_elsewhere() -> None:
    trouble = told(
        "Het onderhoud slaan we over.", found("material.internal", "slaan we over", direction=COSTS)
    )
    elsewhere = told("Het onderhoud van de relatie met klanten.", found("social.external", "met klanten"))
    assert trouble.fit(CARE) > elsewhere.fit(CARE) > 0


def test_what_is_arranged_already_counts_against_it() -> None:
    done = told(
        "Elke vrijdag doen we onderhoud.",
        found("material.internal", "Elke vrijdag doen we onderhoud", Kind.AGREEMENT_OR_NUMBER),
    )
    assert done.fit(CARE) < 0 and done.words_for(CARE) == ()


def test_the_sentence_an_action_rests_on_is_hers_literally() -> None:
    text = "Het gaat goed. Het onderhoud slaan we over."
    company = told(text, found("material.internal", "onderhoud slaan we over", direction=COSTS))
    assert [one.text for one in company.words_for(CARE)] == ["Het onderhoud slaan we over."]


def test_a_word_inside_another_word_is_not_that_word() -> None:
    idea = Action("idea", "Geef elk idee antwoord", AT_WORK, keywords=("ideeën",))
    assert told("Er staan nu orchideeën.").fit(idea) == 0


def test_people_are_named_and_places_are_not() -> None:
    talk = opened()
    talk.turn("Dat doe ik met Sanne en Daan, in Deventer.", heard(words=9), asks(6), "Wanneer?")
    assert people_named(talk.conversation, TRADES) == ("Sanne", "Daan")


@pytest.mark.parametrize("language", Language)
def test_every_action_of_the_catalogue_is_fully_equipped(language: Language) -> None:
    actions = read_actions(PROMPTS, language)
    for one in actions:
        told_by = (
            one.title,
            one.what,
            one.who,
            one.with_whom,
            one.first_step,
            one.smaller_step,
            one.first_sign,
        )
        assert all(text.strip() for text in (*told_by, one.obstacle, one.when_not)), one.id
        assert one.smaller_step != one.first_step and one.sizes and one.sdgs and one.keywords, one.id
        assert one.question in range(1, 8) and one.effort in ("small", "medium", "large"), one.id
    mains = [one.main for one in actions]
    assert len(actions) >= 72 and min(mains.count(cell) for cell in mains) >= 6
    assert len(set(mains)) == 12


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> list[Person]:
    app = build(Settings(data_dir=tmp_path_factory.mktemp("data")))
    app.library.ensure()
    return [suggested_to(app, path) for path in sorted(Path(SCRIPTS).glob("*.json"))]


def test_no_two_people_get_the_same_actions(people: list[Person]) -> None:
    sets = [frozenset((one.id, one.title) for one in person.shown) for person in people]
    assert len(people) >= 10 and len(set(sets)) == len(sets)


def test_every_action_rests_on_words_of_hers_and_one_goes_outward(people: list[Person]) -> None:
    for person in people:
        assert len(person.shown) == 3 and person.is_outward, person.name
        assert all(one.words for one in person.shown), person.name

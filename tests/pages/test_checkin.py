"""Coming back on the pages: rulers with one click, how it went, a second talk, and both over each other."""

import pytest

from coach.domain.conversation import Chosen, Conversation
from coach.domain.course import check_ins_of, predecessor_of, ruler_at
from coach.domain.values import Cell, Perspective, Value
from coach.services.play import play_on, read_script
from coach.services.suggestions import chosen_of, suggestions_for
from coach.wiring import App
from tests.pages.conftest import SCRIPTS, Opened, shown
from tests.pages.test_profile import press

INSIDE = Cell(Value.HUMAN, Perspective.INTERNAL)


def played_on(app: App, begun: Conversation, **answers: tuple[str, ...]) -> Conversation:
    """The baker's talk from where it is, some answers put differently."""
    script = read_script(SCRIPTS / "prater_bakker.json")
    changed = {number.removeprefix("q"): told for number, told in answers.items()}
    said = dict[str, tuple[str, ...]](script.answers) | changed  # type: ignore[arg-type]
    return play_on(script.model_copy(update={"answers": said}), app.guidance, begun)


@pytest.fixture
def baker(app: App) -> Conversation:
    """A finished conversation with one action chosen, of which she is not sure."""
    script = read_script(SCRIPTS / "prater_bakker.json")
    talk = played_on(app, app.guidance.begin(script.language, script.value))
    found = suggestions_for(talk, app.catalogue, app.search)
    action = next(one.action for one in found.shown if one.action.kind == "catalogue")
    choice = Chosen(0, None, action.id, action.title, action.first_step, confidence=5)
    return app.guidance.choose(talk.id, choice)


def test_two_rulers_beside_the_first_question_and_no_extra_turn(
    app: App, opened: Opened, begun: Conversation
) -> None:
    page = opened("gesprek", begun)
    assert "Twee cijfers vooraf" in shown(page)
    page.button_group(key=f"importance-start-{begun.id}").set_value(7).run()
    now = app.guidance.open(begun.id)
    assert ruler_at(now, "start").importance == 7 and len(now.replies) == 1
    page.chat_input[0].set_value("Dat mijn mensen weer met plezier komen.").run()
    assert not page.exception
    now = app.guidance.open(begun.id)
    assert any(entry.kind == "said" for entry in now.entries)


def test_the_rulers_are_asked_again_at_the_end(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    page.button_group(key=f"readiness-end-{baker.id}").set_value(8).run()
    assert ruler_at(app.guidance.open(baker.id), "end").readiness == 8


def test_how_it_went_is_told_per_action_and_stays_readable(
    app: App, opened: Opened, baker: Conversation
) -> None:
    assert any(one.key == "to-check-in" for one in opened("gesprek", baker).button)
    page = opened("terugkijken", baker)
    action = chosen_of(baker)[0].action
    assert "Toen gaf je een 5 voor zekerheid" in shown(page)
    page.text_area(key=f"did-{action}-0").set_value("Drie avonden opgeschreven.")
    page.text_area(key=f"saw-{action}-0").set_value("Daan nam de bestelling over.")
    page.button_group(key=f"sure-{action}-0").set_value(8)
    page.button_group(key="importance-check-in-0").set_value(9)
    press(page, "Bewaar dit")
    told = check_ins_of(app.guidance.open(baker.id))[0]
    assert (told.tried[0].did, told.tried[0].confidence, told.importance) == (
        "Drie avonden opgeschreven.",
        8,
        9,
    )
    text = shown(page)
    assert "Daan nam de bestelling over" in text and "van 5 naar 8" in text
    assert "Drie avonden opgeschreven" in shown(opened("profiel", baker))


def test_an_empty_look_back_says_so(app: App, opened: Opened, baker: Conversation) -> None:
    page = press(opened("terugkijken", baker), "Bewaar dit")
    assert page.warning and check_ins_of(app.guidance.open(baker.id)) == ()


def test_a_second_talk_is_laid_over_the_first(app: App, opened: Opened, baker: Conversation) -> None:
    begun = app.returning.again(baker)
    agreed = (
        "Elke maandag bespreken we een half uur het rooster met de hele ploeg, dat is een vaste afspraak."
    )
    second = played_on(app, begun, q2=(agreed,))
    assert predecessor_of(second) == baker.id
    assert "verder op dat van" in shown(opened("gesprek", second))
    page = opened("toen-en-nu", second)
    assert not page.exception
    text = shown(page)
    assert "Wat veranderde" in text
    assert "Nu zei je:" in text and "Toen zei je:" in text


def test_an_earlier_talk_is_pasted_by_its_link(
    app: App, opened: Opened, baker: Conversation, played: Conversation
) -> None:
    page = opened("toen-en-nu", played)
    assert "nog geen eerder gesprek" in shown(page)
    page.text_input(key="compare-code").set_value(f"http://127.0.0.1/gesprek?c={baker.id}")
    press(page, "Vergelijk")
    assert predecessor_of(app.guidance.open(played.id)) == baker.id
    press(page, "Maak los van het eerdere gesprek")
    assert predecessor_of(app.guidance.open(played.id)) == ""


def test_a_correction_shows_the_whole_before_and_after(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    page.radio(key=f"level-{INSIDE}").set_value(4)
    page.text_input(key=f"reason-{INSIDE}").set_value("Vaste leeruren sinds maart.")
    press(page, "Zet het zo")
    text = shown(page)
    assert "Wat je wijziging deed" in text and "→ **Zichtbaar effect**" in text
    assert "Uit je woorden kwam" in text


def test_not_sure_means_a_smaller_step_that_is_one_click_away(
    app: App, opened: Opened, baker: Conversation
) -> None:
    page = opened("profiel", baker)
    choice = chosen_of(baker)[0]
    smaller = next(
        one for one in app.catalogue.actions[baker.language] if one.id == choice.action
    ).smaller_step
    assert smaller.rstrip(".") in "\n".join(one.value for one in page.info)
    press(page, "Neem deze kleinere stap")
    taken = chosen_of(app.guidance.open(baker.id))[0]
    assert (taken.first_step, taken.confidence) == (smaller, None)
    assert page.text_area(key=f"first_step-{choice.action}").value == smaller


def test_an_action_is_tested_on_her_own_facts_and_replaced(
    app: App, opened: Opened, baker: Conversation
) -> None:
    page = opened("profiel", baker)
    action = chosen_of(baker)[0].action
    assert "Bij vraag 3 zei je" in shown(page)
    page.text_area(key=f"obstacle-{action}").set_value("December is te druk.")
    press(page, "Bewaar deze actie")
    assert chosen_of(app.guidance.open(baker.id))[0].obstacle == "December is te druk."
    page.text_input(key=f"replace-text-{action}").set_value("Met Daan de bestellingen doen")
    press(page, "Zet dit in de plaats")
    assert [one.title for one in chosen_of(app.guidance.open(baker.id))] == ["Met Daan de bestellingen doen"]


def test_a_changed_answer_shows_the_cells_it_moved(app: App, opened: Opened, baker: Conversation) -> None:
    first = next(e for e in baker.exchanges if e.step.ask.question == 2)
    told = "We leren elke maandag een uur samen, dat is een vaste afspraak en niemand valt meer uit."
    app.guidance.revise(baker.id, first.said.position, told, baker.next_position)
    app.guidance.reply(baker.id)
    text = shown(opened("antwoorden", baker))
    assert "Wat dit veranderde in je profiel" in text


def test_a_coach_sees_what_changed_since_last_time(app: App, opened: Opened, baker: Conversation) -> None:
    second = played_on(app, app.returning.again(baker))
    page = opened("coach", second)
    assert not page.exception
    assert any(one.label == "Sinds de vorige keer" for one in page.expander)

"""The profile page: picture, proof, corrections, ratings, actions, documents, and deleting everything."""

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.errors import UnknownConversation
from coach.domain.profile import build_profile
from coach.domain.values import Cell, Language, Perspective, Value
from coach.services.play import play_on, read_script
from coach.services.suggestions import chosen_of
from coach.wiring import App
from tests.pages.conftest import SCRIPTS, Opened, shown

INSIDE = Cell(Value.HUMAN, Perspective.INTERNAL)


@pytest.fixture
def baker(app: App) -> Conversation:
    """A whole conversation of the baker that a test may change."""
    script = read_script(SCRIPTS / "prater_bakker.json")
    return play_on(script, app.guidance, app.guidance.begin(script.language, script.value))


def press(page: AppTest, label: str) -> AppTest:
    """Click the first button with this text."""
    return next(one for one in page.button if one.label == label).click().run()


def test_the_picture_comes_with_words_before_numbers(opened: Opened, played: Conversation) -> None:
    page = opened("profiel", played)
    assert not page.exception
    assert "Je balansprofiel: Mensen" in page.title[0].value
    assert any(word in shown(page) for word in ("in balans", "wisselend", "scheef", "balansgetal zijn er"))


def test_a_person_who_said_nothing_gets_a_friendly_page(opened: Opened, begun: Conversation) -> None:
    page = opened("profiel", begun)
    assert not page.exception
    assert "nog niets verteld" in page.info[0].value


def test_every_quote_has_its_place_and_a_way_to_take_it_back(
    app: App, opened: Opened, baker: Conversation
) -> None:
    before = [item for item in evidence_of(baker) if item.cell == INSIDE]
    page = opened("profiel", baker)
    press(page, "Klopt niet")
    after = [item for item in evidence_of(app.guidance.open(baker.id)) if item.cell == INSIDE]
    assert len(after) == len(before) - 1


def test_a_correction_needs_a_reason_and_shows_both(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    page.radio(key=f"level-{INSIDE}").set_value(3)
    press(page, "Zet het zo")
    assert "Vul ook een reden in" in shown(page)
    page.radio(key=f"level-{INSIDE}").set_value(3)
    page.text_input(key=f"reason-{INSIDE}").set_value("We hebben sinds maart vaste leeruren.")
    press(page, "Zet het zo")
    cell = build_profile(app.guidance.open(baker.id)).cell(INSIDE)
    assert (cell.level, cell.source) == (3, "corrected")
    assert "vaste leeruren" in shown(page)
    press(page, "Terug naar wat uit mijn woorden kwam")
    assert build_profile(app.guidance.open(baker.id)).cell(INSIDE).source == "evidence"


def test_own_ratings_stay_outside_the_level(app: App, opened: Opened, baker: Conversation) -> None:
    before = build_profile(baker).cell(INSIDE)
    page = opened("profiel", baker)
    page.select_slider(key=f"now-{INSIDE}").set_value(9)
    page.select_slider(key=f"desired-{INSIDE}").set_value(8)
    press(page, "Bewaar mijn cijfers")
    cell = build_profile(app.guidance.open(baker.id)).cell(INSIDE)
    assert (cell.self_rating, cell.desired, cell.level) == (9, 3, before.level)


def test_another_value_is_one_click_away(opened: Opened, played: Conversation) -> None:
    page = opened("profiel", played)
    page.button_group(key="value").set_value(Value.NATURAL).run()
    assert "De energie, het water en de grond die je gebruikt." in shown(page)


def test_an_action_is_chosen_made_concrete_and_taken_off(
    app: App, opened: Opened, baker: Conversation
) -> None:
    page = opened("profiel", baker)
    press(page, "Kies deze")
    chosen = chosen_of(app.guidance.open(baker.id))[0]
    page.text_area(key=f"if_then-{chosen.action}").set_value("Als het druk is, dan doe ik het om acht uur.")
    days = page.selectbox(key=f"when-{chosen.action}")
    days.set_value(days.options[2] if chosen.when else days.options[1])
    page.select_slider(key=f"confidence-{chosen.action}").set_value(5)
    press(page, "Bewaar deze actie")
    made = chosen_of(app.guidance.open(baker.id))[0]
    assert made.if_then.startswith("Als het druk is")
    assert made.confidence == 5
    assert "Maak de eerste stap kleiner" in shown(page)
    press(page, "Haal van mijn lijst")
    assert chosen_of(app.guidance.open(baker.id)) == ()


def test_an_action_of_her_own(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    page.text_input(key="own-title").set_value("Elke maandag tien minuten de week bespreken")
    press(page, "Zet op mijn lijst")
    assert [one.title for one in chosen_of(app.guidance.open(baker.id))] == [
        "Elke maandag tien minuten de week bespreken"
    ]


def test_how_useful_it_was(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    page.button_group(key=f"useful-{baker.id}").set_value(8).run()
    assert app.guidance.open(baker.id).entries[-1].kind == "valued"


def test_deleting_asks_first_and_leaves_nothing(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    assert page.button(key="erase").disabled
    page.checkbox(key="erase-sure").check().run()
    page.button(key="erase").click().run()
    assert "gewist" in page.success[0].value
    with pytest.raises(UnknownConversation):
        app.guidance.open(baker.id)


def test_an_english_conversation_has_an_english_profile(app: App, opened: Opened) -> None:
    conversation = app.guidance.reply(app.guidance.begin(Language.EN, None).id)
    text = shown(opened("profiel", conversation))
    assert "Your balance profile: " in text
    assert "Jouw" not in text


def test_saved_numbers_are_confirmed(opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    press(page, "Bewaar mijn cijfers")
    assert "Er was niets veranderd" in page.success[0].value
    page.select_slider(key=f"now-{INSIDE}").set_value(9)
    press(page, "Bewaar mijn cijfers")
    assert "Je cijfers zijn bewaard" in page.success[0].value


def test_what_was_taken_back_can_still_be_read(opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    press(page, "Klopt niet")
    assert "Weggehaald, telt niet meer mee" in shown(page)


def test_what_was_taken_back_can_be_put_back(app: App, opened: Opened, baker: Conversation) -> None:
    page = opened("profiel", baker)
    press(page, "Klopt niet")
    press(page, "Klopt toch")
    assert "Weggehaald, telt niet meer mee" not in shown(page)
    assert evidence_of(app.guidance.open(baker.id)) == evidence_of(baker)


def test_beside_a_cost_stands_that_she_set_the_level_herself(
    app: App, opened: Opened, baker: Conversation
) -> None:
    cell = next(one for one in build_profile(baker).cells if one.harm)
    app.guidance.correct(baker.id, cell.cell, 3, "Dat is sinds maart anders.")
    page = opened("profiel", baker)
    page.button_group(key="value").set_value(cell.cell.value).run()
    assert "Je hebt dit vak zelf gezet" in shown(page)


def test_something_said_that_is_no_example_yet_is_not_called_nothing(app: App, opened: Opened) -> None:
    conversation = app.guidance.reply(app.guidance.begin(Language.NL, Value.HUMAN).id)
    for text in ("Rust.", "Voor mij gaat het erom dat mijn mensen met plezier werken."):
        conversation = app.guidance.say(conversation.id, text, conversation.next_position)
        conversation = app.guidance.reply(conversation.id)
    assert evidence_of(conversation)
    text = shown(opened("profiel", conversation))
    assert "nog een mening of een plan" in text

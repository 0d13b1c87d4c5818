"""The start page: what this is, a choice, a way back to an earlier conversation."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from coach.domain.conversation import Conversation
from coach.domain.values import Value
from coach.wiring import App
from tests.pages.conftest import Opened, shown


def test_it_says_what_this_is_and_is_not(opened: Opened) -> None:
    text = shown(opened())
    for told in (
        "Zeven open vragen",
        "Geen mens, geen AI-model",
        "Twintig tot dertig minuten",
        "op deze computer",
    ):
        assert told in text


def test_it_speaks_english_when_asked(opened: Opened) -> None:
    text = shown(opened(lang="en"))
    assert "Seven open questions" in text
    assert "Zeven" not in text


def test_one_primary_button(opened: Opened, begun: Conversation) -> None:
    for page in (opened(), opened(conversation=begun)):
        primary = [button for button in page.button if button.proto.type == "primary"]
        assert len(primary) == 1


def test_a_choice_begins_a_conversation_about_it(app: App, opened: Opened) -> None:
    page = opened()
    assert len(page.radio[0].options) == 7
    page.radio[0].set_value(Value.NATURAL).run()
    page.button(key="begin").click().run()
    begun = app.guidance.open(page.query_params["c"])
    assert begun.focus is Value.NATURAL
    assert begun.language == "nl"


def test_the_conversation_of_the_address_can_go_on(opened: Opened, begun: Conversation) -> None:
    page = opened(conversation=begun)
    assert "Mensen" in shown(page)
    page.button(key="go-on").click().run()
    assert page.query_params["c"] == begun.id
    assert page.chat_input


def test_a_pasted_link_opens_the_conversation(opened: Opened, begun: Conversation) -> None:
    page = opened()
    page.text_input(key="code").set_value(f" http://127.0.0.1:8501/gesprek?c={begun.id}&lang=nl ")
    next(one for one in page.button if one.label == "Open mijn gesprek").click().run()
    assert page.query_params["c"] == begun.id
    assert page.chat_input


def test_a_wrong_code_is_told(opened: Opened) -> None:
    page = opened()
    page.text_input(key="code").set_value("weet ik niet meer")
    next(one for one in page.button if one.label == "Open mijn gesprek").click().run()
    assert "staat niet op deze computer" in page.warning[0].value


def test_other_pages_without_a_conversation_point_to_the_start(opened: Opened) -> None:
    for path in ("gesprek", "antwoorden", "profiel"):
        page = opened(path)
        assert not page.exception
        assert page.title[0].value == "Hier staat nog geen gesprek"


def test_texts_that_cannot_be_read_are_told_in_both_languages(tmp_path: Path) -> None:
    page = AppTest.from_function(_broken, kwargs={"folder": str(tmp_path)}, default_timeout=60).run()
    assert not page.exception
    assert "kan nu niet starten" in page.error[0].value
    assert "cannot start right now" in page.error[0].value


def _broken(folder: str) -> None:
    from pathlib import Path

    from coach.pages import navigation
    from coach.settings import Settings
    from coach.wiring import build

    navigation.guarded(lambda: build(Settings(data_dir=Path(folder), prompts_dir=Path(folder) / "none")))


def test_coaches_and_trainers_find_their_way(opened: Opened) -> None:
    assert "Begeleid je ondernemers" in shown(opened())

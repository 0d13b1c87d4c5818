"""Who worded a turn, on the page of the talk: one quiet line, a cause, and a button to have it redone."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.values import Language, Value
from coach.domain.wording import Fault
from coach.settings import Settings
from coach.wiring import App, build
from coach.words import read_words
from tests.pages.conftest import Opened, shown

GOOD = "“Elke nieuwe bakker” leert dus van jou, en de buurt proeft mee."
ANSWER = "Elke nieuwe bakker loopt zes weken met mij mee, en de buurt komt proeven."


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An application whose model is gone at first and then says one thing."""
    lines = tmp_path / "lines.json"
    lines.write_text(json.dumps([{"error": "ModelConnectionError"}, GOOD]), encoding="utf-8")
    return build(Settings(data_dir=tmp_path, model=f"scripted:{lines}", reply_seconds=0))


def test_a_turn_says_whose_it_is_and_can_be_redone(app: App, opened: Opened) -> None:
    talk = app.guidance.reply(app.guidance.begin(Language.NL, Value.HUMAN).id)
    for text in ("Dat ik weet waar ik begin.", ANSWER):
        app.guidance.say(talk.id, text, talk.next_position)
        talk = app.guidance.reply(talk.id)
    page = opened("gesprek", talk)
    assert not page.exception
    assert "de begeleide stem nam het over: het taalmodel is niet bereikbaar" in plain(page)
    again = next(button for button in page.button if button.label == "Laat het model het nog eens proberen")
    again.click().run()
    app.jobs.wait(talk.id)
    page.run()
    assert "geschreven door scripted" in plain(page) and "leert dus van jou" in plain(page)
    assert "begeleide stem" not in plain(page)
    assert not any(button.label.startswith("Laat het model") for button in page.button)


def plain(page: AppTest) -> str:
    return shown(page).replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("language", Language)
def test_every_fault_has_a_cause_and_a_remedy(language: Language) -> None:
    words = read_words(Settings().prompts_dir, language)
    for fault in Fault:
        assert words(f"model.cause_{fault}").endswith(".") and words(f"model.remedy_{fault}").endswith(".")

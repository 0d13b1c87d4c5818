"""The end of the profile page: what can be taken home, and the days that the calendar file holds."""

import pytest

from coach.domain.conversation import Chosen, Conversation
from coach.domain.values import Language, Value
from coach.wiring import App
from tests.pages.conftest import Opened, shown


@pytest.fixture
def begun_in_english(app: App) -> Conversation:
    """An English conversation in which the coach said hello."""
    return app.guidance.reply(app.guidance.begin(Language.EN, Value.HUMAN).id)


def labels(page: object) -> list[str]:
    """Return the texts on the buttons that give a file."""
    return [one.label for one in page.get("download_button")]  # type: ignore[attr-defined]


def test_everybody_can_take_home_pdf_word_and_text(opened: Opened, begun: Conversation) -> None:
    page = opened("profiel", begun)
    assert not page.exception
    assert labels(page) == ["Download als PDF", "Download als Word", "Download als tekst"]


def test_chosen_actions_come_with_a_calendar_file_and_its_days(
    app: App, opened: Opened, begun_in_english: Conversation
) -> None:
    made = Chosen(0, None, "mine-1", "Call *Joan*", "Call Joan at noon", when="2031-04-01")
    app.guidance.choose(begun_in_english.id, made)
    page = opened("profiel", begun_in_english)
    assert labels(page)[-1] == "Put in your calendar"
    assert "Tuesday 1 April 2031" in shown(page)
    assert "Look back at your steps" in shown(page)

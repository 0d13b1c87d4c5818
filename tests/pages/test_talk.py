"""The talk page: the open question, what was said, buttons that speak for the person, and trouble told plainly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.conversation import Conversation, Said
from coach.domain.steps import AskKind
from coach.domain.values import Language, Value
from coach.pages.parts import left_in_round, open_question
from coach.services.guidance import LONGEST_ANSWER
from coach.settings import Settings
from coach.wiring import App, build
from tests.pages.conftest import Opened, drawn, shown


@pytest.fixture
def own(tmp_path: Path) -> App:
    """An application whose database a test may put out of reach."""
    app = build(Settings(data_dir=tmp_path, reply_seconds=0))
    app.archive  # noqa: B018 - the tables are made
    return app


def rename(app: App, table: str, name: str) -> None:
    """Take a table away, or put it back: nothing can be read or written in between."""
    with app.archive.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


def say(page: AppTest, app: App, conversation: Conversation, text: str) -> AppTest:
    """Type an answer, send it, and wait for the reply."""
    page.chat_input[0].set_value(text).run()
    app.jobs.wait(conversation.id)
    return page.run()


def texts_said(app: App, conversation: Conversation) -> list[str]:
    return [entry.text for entry in app.guidance.open(conversation.id).entries if isinstance(entry, Said)]


def test_the_first_turn_is_made_when_the_page_is_opened(app: App, opened: Opened) -> None:
    conversation = app.guidance.begin(Language.NL, None)
    page = opened("gesprek", conversation)
    app.jobs.wait(conversation.id)
    page.run()
    assert not page.exception
    assert "geen AI-model" in shown(page)
    assert page.chat_input[0].placeholder == "Typ hier je antwoord"


def test_the_open_question_stands_on_top(opened: Opened, begun: Conversation) -> None:
    page = opened("gesprek", begun)
    assert open_question(begun).endswith("?")
    assert page.title[0].value.replace("\\", "") == open_question(begun)


def test_an_answer_is_stored_and_replied_to(app: App, opened: Opened, begun: Conversation) -> None:
    page = say(opened("gesprek", begun), app, begun, "Dat ik weet waar ik morgen mee begin.")
    assert texts_said(app, begun) == ["Dat ik weet waar ik morgen mee begin."]
    assert not app.guidance.open(begun.id).awaits_reply
    assert "Opgeslagen" in shown(page)
    assert "Vraag 1 van 7" in shown(page)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Waarom deze vraag?", "Waarom vraag je dit?"),
        ("Geef een voorbeeld", "Kun je een voorbeeld geven?"),
        ("Sla over", "Sla deze vraag over."),
        ("Eerder antwoord wijzigen", "Ik wil terug naar mijn vorige antwoord."),
        ("Pauze", "Ik wil nu stoppen."),
    ],
)
def test_a_button_says_its_words(
    app: App, opened: Opened, begun: Conversation, button: str, said: str
) -> None:
    page = opened("gesprek", begun)
    next(one for one in page.button if one.label == button).click().run()
    assert texts_said(app, begun) == [said]


def test_a_pause_gives_the_link_and_a_way_on(app: App, opened: Opened, begun: Conversation) -> None:
    page = say(opened("gesprek", begun), app, begun, "Ik wil nu stoppen.")
    assert begun.id in page.info[0].value
    assert "Verder gaan" in [button.label for button in page.button]


def test_too_long_a_text_is_kept_to_be_shortened(app: App, opened: Opened, begun: Conversation) -> None:
    page = opened("gesprek", begun)
    page.chat_input[0].set_value("lang " * 1_000).run()
    assert texts_said(app, begun) == []
    assert "te lang" in page.warning[0].value
    page.text_area[0].set_value("Dat het rustiger wordt.")
    next(one for one in page.button if one.label == "Verstuur").click().run()
    assert texts_said(app, begun) == ["Dat het rustiger wordt."]
    assert len(page.text_area) == 0


def test_a_kept_text_is_there_in_another_browser(app: App, opened: Opened, begun: Conversation) -> None:
    text = "x" * (LONGEST_ANSWER + 1)
    opened("gesprek", begun).chat_input[0].set_value(text).run()
    assert opened("gesprek", begun).text_area[0].value == text


def test_nothing_readable_is_told(app: App, opened: Opened, begun: Conversation) -> None:
    page = opened("gesprek", begun)
    page.chat_input[0].set_value("\u200b\u200b").run()
    assert "niets leesbaars" in page.warning[0].value
    assert texts_said(app, begun) == []


def test_another_tab_that_went_on_is_told_and_the_text_kept(
    app: App, opened: Opened, begun: Conversation
) -> None:
    slow = opened("gesprek", begun)
    say(opened("gesprek", begun), app, begun, "Dat ik rust krijg.")
    slow.chat_input[0].set_value("Dat mijn mensen blijven.").run()
    assert "ander venster" in slow.warning[0].value
    assert slow.text_area[0].value == "Dat mijn mensen blijven."
    assert texts_said(app, begun) == ["Dat ik rust krijg."]


def test_a_stale_button_keeps_no_text(app: App, opened: Opened, begun: Conversation) -> None:
    slow = opened("gesprek", begun)
    say(opened("gesprek", begun), app, begun, "Dat ik rust krijg.")
    next(one for one in slow.button if one.label == "Sla over").click().run()
    assert "ander venster" in slow.warning[0].value
    assert len(slow.text_area) == 0


def test_markup_is_shown_as_it_was_typed(app: App, opened: Opened, begun: Conversation) -> None:
    page = say(
        opened("gesprek", begun),
        app,
        begun,
        "<script>alert(1)</script> ![x](http://a.example/x.png) :red[ja]",
    )
    assert not page.exception
    assert "![x]" not in shown(page)
    assert ":red[" not in shown(page)


def test_a_source_opens_on_its_passage(opened: Opened, played: Conversation) -> None:
    page = opened("gesprek", played)
    cited = [citation for reply in played.replies for citation in reply.passages]
    assert cited
    assert any(":orange-background[" in block.value for block in page.markdown)


def test_a_finished_talk_leads_to_the_profile(opened: Opened, played: Conversation) -> None:
    page = opened("gesprek", played)
    labels = [button.label for button in page.button]
    assert {"Bekijk je antwoorden", "Naar je profiel"} <= set(labels)
    assert "Sla over" not in labels


def test_a_failed_reply_can_be_asked_again(app: App, opened: Opened) -> None:
    conversation = app.guidance.begin(Language.NL, Value.HUMAN)

    def fails(_: Callable[[str], None]) -> None:
        raise RuntimeError("no reply")

    app.jobs.start(conversation.id, fails)
    app.jobs.wait(conversation.id)
    page = opened("gesprek", conversation)
    assert "lukte niet" in page.warning[0].value
    next(one for one in page.button if one.label == "Probeer opnieuw").click().run()
    app.jobs.wait(conversation.id)
    assert "geen AI-model" in shown(page.run())


def test_an_unknown_conversation_is_told(opened: Opened) -> None:
    page = opened("gesprek", c="a" * 26)
    assert "staat niet op deze computer" in page.warning[0].value


def test_a_disk_that_fails_keeps_page_and_text(own: App) -> None:
    conversation = own.guidance.reply(own.guidance.begin(Language.NL, Value.HUMAN).id)
    page = drawn(own, "gesprek", conversation)
    rename(own, "entry", "away")
    page.chat_input[0].set_value("Dat ik rust krijg.").run()
    told = shown(page)
    assert "Je tekst kon niet worden bewaard" in told
    assert "zoals het net nog was" in told
    assert page.text_area[0].value == "Dat ik rust krijg."
    rename(own, "away", "entry")
    next(one for one in page.button if one.label == "Verstuur").click().run()
    assert texts_said(own, conversation) == ["Dat ik rust krijg."]
    assert "zoals het net nog was" not in shown(page.run())


def test_what_cannot_be_read_now_is_not_called_unknown(own: App) -> None:
    conversation = own.guidance.reply(own.guidance.begin(Language.NL, Value.HUMAN).id)
    rename(own, "entry", "away")
    page = drawn(own, "gesprek", conversation)
    assert page.title[0].value == "Dit gesprek is nu niet te lezen"
    rename(own, "away", "entry")
    next(one for one in page.button if one.label == "Probeer opnieuw").click().run()
    assert page.chat_input


def test_the_same_passage_is_opened_once(app: App, opened: Opened, played: Conversation) -> None:
    first = next(reply for reply in played.replies if reply.passages)
    again = replace(played.replies[-1], passages=first.passages)
    twice = replace(played, id="twice234567822222222222222", entries=(*played.entries[:-1], again))
    app.archive.begin(twice)
    text = shown(opened("gesprek", twice))
    assert text.count("staat al eerder in dit gesprek") == len(first.passages)
    assert "staat al eerder in dit gesprek" not in shown(opened("gesprek", played))


def test_the_last_round_counts_down_and_may_be_left(app: App, opened: Opened) -> None:
    conversation = begin_last_round(app)
    left = left_in_round(conversation)
    assert left > 0
    page = opened("gesprek", conversation)
    assert f"hierna nog hoogstens {left}" in shown(page)
    assert "Je mag op elk moment stoppen" in shown(page)
    conversation = app.guidance.say(conversation.id, "Weet ik niet.", conversation.next_position)
    conversation = app.guidance.reply(conversation.id)
    assert left_in_round(conversation) == left - 1
    next(one for one in page.button if one.label == "Genoeg zo, naar mijn profiel").click().run()
    assert "Je balansprofiel" in page.title[0].value


def begin_last_round(app: App) -> Conversation:
    """Skip all seven questions."""
    conversation = app.guidance.reply(app.guidance.begin(Language.NL, None).id)
    while not (conversation.open_step and conversation.open_step.ask.cell):
        conversation = app.guidance.say(conversation.id, "Sla over.", conversation.next_position)
        conversation = app.guidance.reply(conversation.id)
    return conversation


def test_the_question_on_top_is_not_an_earlier_one_that_was_changed(app: App, begun: Conversation) -> None:
    for text in (
        "Dat ik rust krijg.",
        "Dat ze met plezier werken.",
        "Ik wil terug naar vraag 1.",
        "Dat ze blijven.",
    ):
        begun = app.guidance.reply(app.guidance.say(begun.id, text, begun.next_position).id)
    asked = begun.open_step
    assert asked is not None and asked.ask.kind is not AskKind.REVISION
    assert open_question(begun) not in begun.replies[-2].text

"""Bad input gets a good turn or a clear refusal, and nothing that was typed is lost."""

from pathlib import Path

import pytest

from coach.domain.conversation import Conversation, Said
from coach.domain.errors import EmptyAnswer, PositionTaken, TooLong, UnknownConversation, WrongChoice
from coach.domain.steps import Lead
from coach.domain.values import CELLS, Language
from coach.services.guidance import LONGEST_ANSWER, Guidance
from coach.settings import Settings
from coach.wiring import build


@pytest.fixture(scope="module")
def guidance(tmp_path_factory: pytest.TempPathFactory) -> Guidance:
    return build(Settings(data_dir=tmp_path_factory.mktemp("data"))).guidance


@pytest.fixture
def talk(guidance: Guidance) -> Conversation:
    """A talk whose first question is open."""
    conversation = guidance.reply(guidance.begin(Language.NL, None).id)
    return said(guidance, conversation, "Dat ik weet waar ik moet beginnen.")


def said(guidance: Guidance, conversation: Conversation, text: str) -> Conversation:
    guidance.say(conversation.id, text, conversation.next_position)
    return guidance.reply(conversation.id)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x00", "\u200b\u202e"])
def test_nothing_readable_is_refused(guidance: Guidance, talk: Conversation, text: str) -> None:
    with pytest.raises(EmptyAnswer):
        guidance.say(talk.id, text, talk.next_position)
    assert guidance.open(talk.id) == talk


def test_a_text_that_is_too_long_is_kept_as_a_draft(guidance: Guidance, talk: Conversation) -> None:
    text = "woord " * 3_400
    with pytest.raises(TooLong):
        guidance.say(talk.id, text, talk.next_position)
    assert guidance.archive.draft(talk.id) == text.strip()
    assert len(text) > LONGEST_ANSWER
    shorter = said(guidance, talk, "We leren samen.")
    assert guidance.archive.draft(shorter.id) == ""


@pytest.mark.parametrize("text", ["👍👍👍", "?!?!", "مرحبا بالعالم كيف حالك اليوم", "asdfkj qwpoeiru zxmcnv"])
def test_what_cannot_be_read_gets_another_try(guidance: Guidance, talk: Conversation, text: str) -> None:
    after = said(guidance, talk, text)
    step = after.open_step
    assert step is not None and step.lead is Lead.UNCLEAR
    assert after.open_step is not None and talk.open_step is not None
    assert after.open_step.ask == talk.open_step.ask
    assert Said(talk.next_position, after.entries[talk.next_position].at, text) in after.entries


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> We leren elke week samen met onze klanten.",
        "We leren\x00 elke week\x07 samen met onze klanten.",
        "We leren \u202eelke week\u202c samen met onze klanten.",
        "![x](http://example.invalid/?d=1) We leren elke week samen met onze klanten.",
    ],
)
def test_strange_signs_are_no_reason_to_stop(guidance: Guidance, talk: Conversation, text: str) -> None:
    after = said(guidance, talk, text)
    assert after.next_position == talk.next_position + 2
    assert "\x00" not in after.entries[talk.next_position].text  # type: ignore[union-attr]


def test_an_answer_in_the_other_language_counts(guidance: Guidance, talk: Conversation) -> None:
    text = "Every Monday at eight our twelve people and two customers sit together for ten minutes."
    after = said(guidance, talk, text)
    assert after.open_step is not None and after.open_step.lead is Lead.REFLECT
    assert after.exchanges[-1].heard.findings


def test_a_second_tab_is_told_and_its_text_kept(guidance: Guidance, talk: Conversation) -> None:
    said(guidance, talk, "De eerste tab was sneller.")
    with pytest.raises(PositionTaken):
        guidance.say(talk.id, "De tweede tab.", talk.next_position)
    assert guidance.archive.draft(talk.id) == "De tweede tab."


def test_a_double_click_changes_nothing(guidance: Guidance, talk: Conversation) -> None:
    once = guidance.say(talk.id, "Twee keer geklikt.", talk.next_position)
    assert guidance.say(talk.id, "Twee keer geklikt.", talk.next_position) == once
    replied = guidance.reply(talk.id)
    assert guidance.reply(talk.id) == replied


def test_an_unknown_id_is_said(guidance: Guidance) -> None:
    with pytest.raises(UnknownConversation):
        guidance.open("bestaat-niet")


def test_choices_that_do_not_exist_are_refused(guidance: Guidance, talk: Conversation) -> None:
    with pytest.raises(WrongChoice):
        guidance.rate(talk.id, CELLS[0], now=11)
    with pytest.raises(WrongChoice):
        guidance.correct(talk.id, CELLS[0], 5, "te hoog")
    with pytest.raises(WrongChoice):
        guidance.correct(talk.id, CELLS[0], 3, "  ")
    with pytest.raises(WrongChoice):
        guidance.revise(talk.id, 0, "nieuwe tekst", talk.next_position)
    assert guidance.open(talk.id) == talk


def test_a_damaged_index_does_not_stop_the_talk(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=tmp_path / "empty")
    settings.corpus_dir.mkdir()
    guidance = build(settings).guidance
    conversation = guidance.reply(guidance.begin(Language.EN, None).id)
    for text in (
        "One thing to change.",
        "We print boxes with twelve people for small shops.",
        "What is a stakeholder?",
    ):
        conversation = said(guidance, conversation, text)
    assert conversation.status == "open" and conversation.replies[-1].passages == ()

"""The answers page: seven questions, changes in place, skipped ones that can still be answered."""

from coach.domain.conversation import Conversation, evidence_of, standing
from coach.domain.steps import AskKind
from coach.domain.values import Language, Value
from coach.pages.parts import question_before
from coach.wiring import App
from tests.pages.conftest import Opened, shown

ANSWER = "We gooien elke week twee kuub goed hout weg, dat is zo afgesproken met de afvalman."


def talk(app: App, *answers: str) -> Conversation:
    """Say these things one after the other in a new conversation about nature."""
    conversation = app.guidance.reply(app.guidance.begin(Language.NL, Value.NATURAL).id)
    for answer in answers:
        app.guidance.say(conversation.id, answer, conversation.next_position)
        conversation = app.guidance.reply(conversation.id)
    return conversation


def test_all_seven_questions_with_the_answers(opened: Opened, played: Conversation) -> None:
    page = opened("antwoorden", played)
    assert not page.exception
    for number in range(1, 8):
        assert any(one.value.startswith(f"{number}. ") for one in page.header)
    for exchange in standing(played.exchanges):
        if exchange.step.ask.kind is AskKind.QUESTION and exchange.heard.intent == "answer":
            assert exchange.said.text.split()[0] in shown(page)


def test_a_question_that_was_not_reached_is_named_so(app: App, opened: Opened) -> None:
    page = opened("antwoorden", talk(app, "Dat ik minder weggooi."))
    assert shown(page).count("nog niet aan de beurt") == 7


def test_a_skipped_question_can_be_answered_after_all(app: App, opened: Opened) -> None:
    conversation = talk(app, "Dat ik minder weggooi.", "Sla deze vraag over.")
    page = opened("antwoorden", conversation)
    assert "Overgeslagen" in shown(page)
    next(one for one in page.button if one.label == "Alsnog antwoorden").click().run()
    page.text_area[0].set_value(ANSWER)
    next(one for one in page.button if one.label == "Bewaar").click().run()
    assert "Overgeslagen" not in shown(page)
    assert evidence_of(app.guidance.open(conversation.id))


def test_a_change_keeps_the_old_words_readable(app: App, opened: Opened) -> None:
    conversation = talk(app, "Dat ik minder weggooi.", "Ik wil zuinig zijn op hout, dat vind ik belangrijk.")
    page = opened("antwoorden", conversation)
    next(one for one in page.button if one.label == "Aanpassen").click().run()
    assert "zuinig" in (page.text_area[0].value or "")
    page.text_area[0].set_value(ANSWER)
    next(one for one in page.button if one.label == "Bewaar").click().run()
    text = shown(page)
    assert "twee kuub" in text
    assert "Eerst zei je: Ik wil zuinig zijn op hout" in text
    assert not app.guidance.open(conversation.id).awaits_reply


def test_leaving_it_changes_nothing(app: App, opened: Opened) -> None:
    conversation = talk(app, "Dat ik minder weggooi.", "Ik wil zuinig zijn op hout, dat vind ik belangrijk.")
    page = opened("antwoorden", conversation)
    next(one for one in page.button if one.label == "Aanpassen").click().run()
    next(one for one in page.button if one.label == "Laat zo").click().run()
    assert len(page.text_area) == 0
    assert app.guidance.open(conversation.id) == conversation


def test_the_question_stands_above_each_answer_and_above_what_was_skipped(app: App, opened: Opened) -> None:
    conversation = talk(app, "Dat ik minder weggooi.", "Sla deze vraag over.", ANSWER)
    text = shown(opened("antwoorden", conversation)).replace("\\", "")
    for exchange in conversation.exchanges[1:]:
        assert f"**{question_before(conversation, exchange)}**" in text

"""In a real browser: whole conversations from the first question to the Word file, with everything in between."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.profile import build_profile
from coach.domain.steps import AskKind
from coach.domain.values import Language
from coach.services.play import Script, next_line, read_script
from coach.services.suggestions import chosen_of
from coach.settings import Settings
from coach.wiring import App, build
from coach.words import Words
from tests.browser.conftest import PHONE, NewPage, StartApp
from tests.browser.harness import SEEN_MILLISECONDS, RunningApp, see, settle

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
TURNS_AT_MOST = 60


@dataclass
class Person:
    """Somebody at a browser who talks from a script; looks over the app's shoulder at what was saved."""

    page: Page
    script: Script
    app: App
    words: Words
    url: str

    @property
    def id(self) -> str:
        """The conversation in the address."""
        found = re.search(r"[?&]c=([a-z0-9]+)", self.page.url)
        assert found is not None
        return found.group(1)

    @property
    def saved(self) -> Conversation:
        """What is on disk now."""
        return self.app.archive.get(self.id)

    def begin(self) -> None:
        """Choose what it is about on the start page, and begin."""
        self.page.goto(f"{self.url}/?lang={self.script.language}")
        about = self.words(f"reports.{self.script.focus}")
        self.page.get_by_text(about, exact=True).click()
        self.page.get_by_role("button", name=self.words("start.begin")).click()
        self.page.wait_for_url(re.compile(r"/gesprek\?.*c="))
        self.heard(0)

    def heard(self, position: int) -> None:
        """Wait until the coach's turn at this position is on the page, whole."""
        turn = self.page.locator(f".st-key-wb-heard-{position}")
        expect(turn).to_be_visible(timeout=SEEN_MILLISECONDS)

    def say(self, text: str) -> Replied:
        """Type, send with Enter, and wait for the reply."""
        place = self.saved.next_position
        field = self.page.get_by_test_id("stChatInputTextArea")
        field.fill(text)
        field.press("Enter")
        self.heard(place + 1)
        return self.saved.replies[-1]

    def press(self, key: str) -> Replied:
        """Press one of the buttons that speak for the person, and wait for the reply."""
        place = self.saved.next_position
        self.page.get_by_role("button", name=self.words(f"talk.{key}"), exact=True).click()
        self.heard(place + 1)
        return self.saved.replies[-1]

    def talk_until(self, done: Callable[[Conversation], bool]) -> None:
        """Say what the script has for each question, until something is so."""
        for _ in range(TURNS_AT_MOST):
            if done(self.saved):
                return
            self.say(next_line(self.script, self.saved, self.app.reader))
        raise AssertionError("the talk does not come to its end")

    def button(self, key: str, **slots: object) -> None:
        """Click the first button with these interface words, and wait until the page is drawn."""
        self.page.get_by_role("button", name=self.words(key, **slots), exact=True).first.click()
        settle(self.page)


def at_question(number: int) -> Callable[[Conversation], bool]:
    """Tell when the main question of this number is open."""

    def reached(conversation: Conversation) -> bool:
        ask = conversation.open_step.ask if conversation.open_step else None
        return ask is not None and (ask.question or 9) >= number and ask.kind is not AskKind.SUMMARY

    return reached


def finished(conversation: Conversation) -> bool:
    return conversation.status == "finished"


def person(page: Page, running: RunningApp, script: str) -> Person:
    read = read_script(SCRIPTS / f"{script}.json")
    app = build(Settings(data_dir=running.data_dir))
    return Person(page, read, app, app.words[read.language], running.url)


@pytest.fixture(scope="module")
def slow(start_app: StartApp) -> RunningApp:
    """An app whose replies take a while, so that a page can be left in the middle of one."""
    return start_app(COACH_REPLY_SECONDS="1.5")


def correct_the_first_cell(someone: Person, reason: str) -> None:
    page, words = someone.page, someone.words
    side = page.locator(".st-key-wb-cell-internal")
    side.get_by_text(words("profile.correct"), exact=True).click()
    side.get_by_text(re.compile("^" + re.escape(words("reports.level_3")))).first.click()
    side.get_by_label(words("profile.correct_reason")).fill(reason)
    side.get_by_role("button", name=words("profile.correct_save")).click()
    see(page, reason)


def choose_two_actions(someone: Person, if_then: str) -> None:
    for chosen in (1, 2):
        someone.page.get_by_role("button", name=someone.words("profile.choose"), exact=True).first.click()
        expect(someone.page.locator("[class*=st-key-wb-mine-]")).to_have_count(chosen)
    mine = someone.page.locator("[class*=st-key-wb-mine-]").first
    mine.get_by_label(someone.words("profile.if_then_ask")).fill(if_then)
    mine.get_by_role("button", name=someone.words("profile.save_action")).click()
    expect(mine.get_by_role("listitem").filter(has_text=if_then)).to_be_visible(timeout=SEEN_MILLISECONDS)


def word_text(someone: Person, folder: Path) -> str:
    """Download the Word file and return all text in it."""
    settle(someone.page)
    with someone.page.expect_download() as waiting:
        someone.page.get_by_role("button", name=someone.words("profile.word")).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_whole_dutch_conversation_about_people(app: RunningApp, page: Page, tmp_path: Path) -> None:
    baker = person(page, app, "prater_bakker")
    baker.begin()
    baker.talk_until(at_question(2))
    assert baker.press("why").step.lead == "why"
    assert baker.press("example").step.lead == "example"
    baker.talk_until(finished)

    baker.button("talk.to_review")
    see(page, baker.words("review.title"))
    baker.button("review.change")
    field = page.get_by_label(baker.words("review.new_answer"))
    field.fill("Ik wil dat Sanne elke maandag een uur vrij is om te leren, dat hebben we zo afgesproken.")
    baker.button("review.save")
    see(page, re.compile("Eerst zei je"))
    baker.button("review.to_profile")

    see(page, "Je balansprofiel: Mensen")
    correct_the_first_cell(baker, "Sinds maart hebben we vaste leeruren.")
    choose_two_actions(baker, "Als het maandag te druk is, dan doe ik het dinsdag om tien uur.")
    text = word_text(baker, tmp_path)

    saved = baker.saved
    assert saved.language is Language.NL
    assert build_profile(saved).cells[0].source == "corrected"
    assert len(chosen_of(saved)) == 2
    for told in (
        *(one.title.removesuffix(" …") for one in chosen_of(saved)),
        "Als het maandag te druk is",
        "vaste leeruren",
    ):
        assert told in text
    assert not re.search(r"\b(the|your|evidence|balance)\b", text, re.IGNORECASE)


def test_a_whole_english_conversation_about_the_company(
    slow: RunningApp, new_page: NewPage, tmp_path: Path
) -> None:
    printer = person(new_page(locale="en-GB"), slow, "english_print")
    printer.begin()
    printer.say("That I know where to start on Monday.")
    assert printer.say("What do you mean by that exactly?").step.lead in ("meaning", "why", "unclear")
    printer.talk_until(at_question(2))
    assert printer.press("skip").step.ask.question == 3
    assert printer.press("change").step.ask.kind is AskKind.REVISION
    assert (
        printer.say("Good work for people who live nearby, and wages paid every Friday.").step.lead
        == "revised"
    )

    refresh_in_the_middle_of_a_reply(printer)
    elsewhere = new_page(PHONE, locale="en-GB")
    elsewhere.goto(printer.page.url)
    printer.page.context.close()
    printer.page = elsewhere
    printer.heard(printer.saved.replies[-1].position)
    printer.talk_until(finished)

    printer.button("talk.to_profile")
    see(elsewhere, re.compile("Your balance profile"))
    correct_the_first_cell(printer, "We agreed on fixed training days in March.")
    choose_two_actions(printer, "If Monday is too busy, I do it on Tuesday at ten.")
    text = word_text(printer, tmp_path)
    for told in (
        *(one.title.removesuffix(" …") for one in chosen_of(printer.saved)),
        "If Monday is too busy",
        "fixed training days",
    ):
        assert told in text
    assert not re.search(r"\b(het|jouw|waarde|niet)\b", text)


def refresh_in_the_middle_of_a_reply(someone: Person) -> None:
    """Leave the page while the coach speaks; the answer and the whole reply are there, once."""
    before = someone.saved
    field = someone.page.get_by_test_id("stChatInputTextArea")
    line = next_line(someone.script, before, someone.app.reader)
    field.fill(line)
    field.press("Enter")
    expect(someone.page.locator(".st-key-wb-coming")).to_be_visible()
    assert someone.saved.awaits_reply
    someone.page.reload()
    someone.heard(before.next_position + 1)
    after = someone.saved.entries[len(before.entries) :]
    assert [type(entry) for entry in after] == [Said, Replied]
    assert isinstance(after[0], Said) and after[0].text == line


def test_a_restart_of_the_server_goes_on_where_it_was(start_app: StartApp, page: Page) -> None:
    running = start_app()
    baker = person(page, running, "prater_bakker")
    baker.begin()
    baker.say("Dat ik weer met plezier naar de bakkerij ga.")
    running.stop()
    running.start()
    page.reload()
    baker.heard(2)
    assert baker.say("Mensen, dat is voor mij alles.").answers is not None


def test_too_long_a_text_is_kept_and_can_be_sent(app: RunningApp, page: Page) -> None:
    baker = person(page, app, "prater_bakker")
    baker.begin()
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill("lang " * 4_000)
    field.press("Enter")
    see(page, re.compile("te lang"))
    page.get_by_label(baker.words("talk.unsent")).fill("Dat het rustiger wordt.")
    page.get_by_role("button", name=baker.words("talk.send"), exact=True).click()
    baker.heard(2)
    assert [entry.text for entry in baker.saved.entries if isinstance(entry, Said)] == [
        "Dat het rustiger wordt."
    ]


def test_only_the_keyboard_is_enough(app: RunningApp, page: Page) -> None:
    baker = person(page, app, "prater_bakker")
    baker.begin()
    for text in ("Dat ik rust krijg.", "Dat mensen met plezier werken en iets leren."):
        place = baker.saved.next_position
        page.get_by_test_id("stChatInputTextArea").focus()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
        baker.heard(place + 1)


def test_new_replies_are_told_to_a_screen_reader_in_one_place(app: RunningApp, page: Page) -> None:
    baker = person(page, app, "prater_bakker")
    baker.begin()
    reply = baker.say("Dat ik rust krijg.")
    expect(page.get_by_role("log")).to_have_text(" ".join(reply.text.split()))
    expect(page.get_by_role("progressbar", name=re.compile("Vraag 1 van 7"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_two_people_see_nothing_of_each_other(app: RunningApp, new_page: NewPage) -> None:
    one, other = (person(new_page(), app, "prater_bakker") for _ in range(2))
    one.begin()
    other.begin()
    one.say("Mijn geheim is het zuurdesem van opa.")
    other.page.reload()
    other.heard(0)
    assert "zuurdesem" not in other.page.locator("body").inner_text()
    assert one.id != other.id

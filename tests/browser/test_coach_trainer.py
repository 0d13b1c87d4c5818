"""A coach prepares a meeting and a trainer reviews a conversation, in a real browser on the real app."""

import csv
import io
from pathlib import Path

import pytest
import typer
from docx import Document as open_docx
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from coach.commands import demo
from coach.settings import Settings
from coach.wiring import build
from tests.browser.conftest import PHONE, NewPage, StartApp
from tests.browser.harness import SEEN_MILLISECONDS, RunningApp, see, settle


@pytest.fixture(scope="module")
def examples(start_app: StartApp) -> RunningApp:
    """The app with the three made-up conversations."""
    running = start_app()
    commands = typer.Typer()
    demo.register(commands)
    loaded = CliRunner().invoke(commands, [], obj=build(Settings(data_dir=running.data_dir)))
    assert loaded.exit_code == 0, loaded.output
    return running


def pick(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box by what it shows."""
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option").filter(has_text=option).first.click()
    settle(page)


def saved(page: Page, button: str) -> Path:
    """Press a download button; return the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())


def test_a_coach_prepares_takes_the_brief_along_and_keeps_a_note(
    examples: RunningApp, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{examples.url}/coach?lang=nl")
    see(page, "Voor coaches")
    pick(page, "Welk gesprek wil je voorbereiden?", "Hele bedrijf")
    see(page, "Mijn dochter wil het bedrijf overnemen.")
    see(page, "Acht vragen om te stellen")
    see(page, "Dit is een verzonnen voorbeeld.")
    docx = open_docx(str(saved(page, "Bewaar als Word")))
    assert docx.paragraphs[0].text == "Voorbereiding: Hele bedrijf"
    assert len(docx.tables[-1].rows) == 9

    page.get_by_role("tab", name="Notities").click()
    page.get_by_label("Jouw notitie").fill("Vraag naar <b>de planners</b> :smile:")
    page.get_by_label("Jouw naam").fill("Coach Els")
    page.get_by_role("button", name="Bewaar notitie").click()
    see(page, "Je notitie is bewaard.")
    page.reload()
    settle(page)
    see(page, "Mijn dochter wil het bedrijf overnemen.")
    page.get_by_role("tab", name="Notities").click()
    see(page, "Vraag naar <b>de planners</b>")
    see(page, "Coach Els")


def test_a_coach_finds_the_exact_passage(examples: RunningApp, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{examples.url}/coach?lang=nl")
    see(page, "Voor coaches")
    page.get_by_role("tab", name="De artikelen").click()
    pick(page, "Waarde", "Spullen")
    page.get_by_label("Waar zoek je naar?").fill("repareren in plaats van weggooien")
    page.get_by_label("Waar zoek je naar?").press("Enter")
    see(page, "passages gevonden")
    articles = page.get_by_role("tabpanel", name="De artikelen")
    articles.get_by_text("Hele passage").first.click()
    expect(articles.get_by_text("CC BY 4.0").first).to_be_visible(timeout=SEEN_MILLISECONDS)
    page.get_by_label("Waar zoek je naar?").fill("zxqv wrtp")
    page.get_by_label("Waar zoek je naar?").press("Enter")
    see(page, "De artikelen zeggen hier niets over.")


def test_a_trainer_filters_scores_comments_and_exports(examples: RunningApp, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{examples.url}/trainer?lang=nl")
    see(page, "3 van 3 gesprekken")
    page.get_by_text("Zoeken en filteren").click()
    pick(page, "Taal", "Engels")
    see(page, "1 van 3 gesprekken")
    see(page, "I'd like one thing we can do before the season starts.")

    page.get_by_label("Jouw naam of teken").fill("An")
    page.get_by_label("Jouw naam of teken").press("Enter")
    settle(page)
    page.get_by_role("radiogroup").first.get_by_text("2 bijna raak").click()
    page.get_by_role("button", name="Bewaar beoordeling").click()
    see(page, "Je beoordeling is bewaard.")

    turn = page.locator(".st-key-turn-3")
    turn.get_by_role("button", name="Opmerking bij deze beurt").click()
    page.get_by_label("Opmerking bij deze beurt").last.fill("=Mooi beeld")
    page.get_by_role("button", name="Bewaar opmerking").click()
    expect(turn.get_by_text("An: =Mooi beeld")).to_be_visible(timeout=SEEN_MILLISECONDS)

    page.reload()
    see(page, "3 van 3 gesprekken")
    page.get_by_text("Eerdere beoordelingen").click()
    see(page, "Doel afgesproken: 2")
    page.get_by_text("Meenemen").click()
    check_exports(page)


def check_exports(page: Page) -> None:
    """The files of the trainer's page hold what was said, scored and remarked, and no formula."""
    turns = rows(saved(page, "Beurten (CSV)"))
    assert len({row["conversation"] for row in turns}) == 3
    assert {"speaker", "step", "quotes", "made_by"} <= set(turns[0])
    scores = rows(saved(page, "Beoordelingen (CSV)"))
    assert [(row["reviewer"], row["line"], row["score"], row["version"]) for row in scores] == [
        ("An", "aim", "2", "1")
    ]
    remarks = rows(saved(page, "Opmerkingen (CSV)"))
    assert [row["comment"] for row in remarks] == ["'=Mooi beeld"]
    lines = saved(page, "Gesprekken (JSONL)").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3 and all(line.startswith('{"schema": 1') for line in lines)


def rows(file: Path) -> list[dict[str, str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("path", "title"),
    [("coach", "For coaches"), ("trainer", "For trainers"), ("artikelen", "The articles")],
)
def test_pages_fit_a_phone_and_speak_english(
    path: str, title: str, examples: RunningApp, new_page: NewPage
) -> None:
    page = new_page(PHONE, locale="en-GB")
    page.goto(f"{examples.url}/{path}?lang=en")
    see(page, title)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    told = page.get_by_test_id("stMain").inner_text()
    for dutch in ("Voor coaches", "Notities", "Beoordelingslijst", "Zoek in de reeks", "Kies"):
        assert dutch not in told

"""The coach's, trainer's and articles pages without a browser: empty, full, and with text that means harm."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from coach.domain.conversation import Conversation, Said
from coach.domain.steps import AskKind, FollowUp, Lead
from coach.domain.text import clean
from coach.domain.values import Language
from coach.pages.exports import told_rows, turn_columns
from coach.pages.rulewords import pattern_rule_text, rule_text, step_text
from coach.pages.staff import TALK, plain, quoted
from coach.reading.lexicon import load_pack
from coach.settings import Settings
from coach.wiring import App, build
from tests.pages.conftest import Opened, shown
from tests.pages.nasty import NASTY
from tests.reports.sample import Talk as MadeTalk
from tests.reports.sample import asks, heard, machine_shop

PROMPTS = Settings().prompts_dir


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """An application that keeps one conversation."""
    app = build(Settings(data_dir=tmp_path_factory.mktemp("data"), reply_seconds=0))
    app.library.ensure()
    app.archive.begin(machine_shop())
    return app


def test_the_coach_sees_the_brief_and_that_there_is_no_sign_in(opened: Opened) -> None:
    text = shown(opened("coach")).replace("\\", "")
    assert "Voorbereiding: Hele bedrijf" in text
    assert "tot er inloggen is" in text
    assert "Acht vragen om te stellen" in text


def test_the_trainer_sees_turns_with_evidence_rule_and_voice(opened: Opened) -> None:
    text = shown(opened("trainer")).replace("\\", "")
    assert "1 van 1 gesprekken" in text
    assert "“Die planners bedenken maar wat”" in text
    assert "begeleid, zonder AI-model" in text
    assert "later veranderd" in text


def test_a_filter_that_nothing_fits_says_so(opened: Opened) -> None:
    page = opened("trainer")
    page.selectbox(key="filter-language").set_value(Language.EN).run()
    assert "Geen gesprek past bij deze filters." in shown(page)


def test_scores_are_kept_with_the_version_of_the_rubric(app: App, opened: Opened) -> None:
    page = opened("trainer")
    page.text_input(key="reviewer").set_value("An").run()
    page.button_group(key=f"score-{machine_shop().id}-open").set_value(3)
    next(button for button in page.button if button.label == "Bewaar beoordeling").click().run()
    (review,) = app.notebook.reviews(machine_shop().id)
    assert (review.reviewer, review.scores, review.rubric_version) == ("An", {"open": 3}, 1)


def test_a_review_without_name_or_score_is_not_kept(app: App, opened: Opened) -> None:
    before = len(app.notebook.reviews())
    page = opened("trainer")
    next(button for button in page.button if button.label == "Bewaar beoordeling").click().run()
    assert "Vul eerst je naam of een teken in." in shown(page)
    assert len(app.notebook.reviews()) == before


def test_the_articles_page_lists_the_series_and_finds(opened: Opened) -> None:
    page = opened("artikelen")
    assert "Met zin naar het werk" in shown(page)
    page.text_input(key="library-query").set_value("een leerling begeleiden").run()
    assert "passages gevonden" in shown(page)


@pytest.mark.parametrize("path", ["coach", "trainer"])
def test_nothing_saved_yet_tells_how_to_get_examples(path: str, tmp_path: Path, opened: Opened) -> None:
    page = AppTest.from_function(
        _navigate, kwargs={"app": build(Settings(data_dir=tmp_path))}, default_timeout=60
    )
    page._page_hash = calc_hash(path)
    assert "coach demo" in shown(page.run())


def _navigate(app: "App") -> None:
    from coach.pages import navigation

    navigation.show(app)


def nasty_talk() -> Conversation:
    talk = MadeTalk()
    for number, text in enumerate(filter(None, map(clean, NASTY))):
        talk.turn(text, heard(words=2), asks(1 + number % 7), f"“{text}” Wat nog meer?")
    return replace(
        talk.conversation, id="nastyconversation2345678ab", started=datetime(2020, 1, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize("path", ["coach", "trainer"])
def test_text_that_means_harm_is_shown_as_typed(path: str, app: App, opened: Opened) -> None:
    talk = nasty_talk()
    if talk.id not in {one.id for one in app.archive.overviews()}:
        app.archive.begin(talk)
    page = opened(path, **{TALK: talk.id})
    assert not page.exception
    drawn = [str(one.value) for one in page.markdown if not one.allow_html]
    said = [entry.text for entry in talk.entries if isinstance(entry, Said)]
    assert sum(plain(text) in value for value in drawn for text in said) >= len(said)
    for value in drawn:
        assert "![" not in value.replace("!\\[", "") and "<script" not in value.replace("\\<", "")


def test_plain_text_keeps_lines_and_signs() -> None:
    assert plain("een\n\n**twee**") == "een\\\n\\*\\*twee\\*\\*"
    assert quoted("a_b", "vraag 1") == "*“a\\_b”* :small[vraag 1]"


def test_an_english_coach_reads_a_dutch_talk_in_english_with_dutch_quotes(opened: Opened) -> None:
    page = opened("coach", lang="en", **{TALK: machine_shop().id})
    text = shown(page).replace("\\", "")
    for told in (
        "Preparation: ",
        "Eight questions to ask",
        "The talk was in Dutch",
        "Die planners bedenken maar wat",
    ):
        assert told in text
    assert "Acht vragen" not in text
    assert "lang=nl" in text


def test_rules_and_steps_are_told_in_dutch(opened: Opened) -> None:
    text = shown(opened("trainer", lang="nl", **{TALK: machine_shop().id})).replace("\\", "")
    assert re.search(r"stap: \w+[^·/]*, [^·/]+ ·", text)
    assert not re.search(r"stap: \w+/", text)


@pytest.mark.parametrize("language", Language)
def test_every_rule_step_and_id_has_words(app: App, language: Language) -> None:
    words = app.words[language]
    there = words.keys()
    for rule in (
        "asked cell",
        "learnt: oven",
        "=ziek (direction learnt)",
        "human by party: employees, family",
    ):
        told = rule_text(rule, words)
        assert told != rule and "=" not in told and "by party" not in told
    for rule in load_pack(PROMPTS / language, language).rules:
        assert f"trainer.rule_{rule}" in there
        assert pattern_rule_text(rule, words)
    for lead in Lead:
        for kind in AskKind:
            assert step_text(f"{lead}/{kind}", words)
    for detail in FollowUp:
        assert step_text(f"reflect/follow_up.{detail}", words)
    assert "." not in step_text("reflect/balance.human.internal", words)


def test_the_table_of_turns_has_ids_and_plain_words(app: App) -> None:
    words = app.words[Language.NL]
    rows = list(told_rows([app.outline(machine_shop())], words))
    assert set(rows[0]) == set(turn_columns(words))
    judged = next(row for row in rows if row["patterns"])
    assert str(judged["patterns"]).startswith("judging: ")
    assert str(judged["manieren van praten"]).startswith("oordeel: ")
    assert {row["wie"] for row in rows} == {"Ondernemer", "Assistent"}


def test_conversations_are_found_by_words_that_were_said(opened: Opened) -> None:
    page = opened("trainer")
    page.text_input(key="filter-text").set_value("PLANNERS bedénken").run()
    assert "1 van " in shown(page)
    page.text_input(key="filter-text").set_value("planners onderzeeboot").run()
    assert "Geen gesprek past bij deze filters." in shown(page)


def test_a_disk_that_fails_is_told_on_both_pages(tmp_path: Path) -> None:
    app = build(Settings(data_dir=tmp_path / "file" / "in"))
    (tmp_path / "file").write_text("a file where a folder should be", encoding="utf-8")
    for path in ("coach", "trainer"):
        page = AppTest.from_function(_navigate, kwargs={"app": app}, default_timeout=60)
        page._page_hash = calc_hash(path)
        page.run()
        assert not page.exception
        assert "nu niet te lezen" in page.warning[0].value
        assert not page.error

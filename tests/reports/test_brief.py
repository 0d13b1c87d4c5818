"""The coach's brief: one page that shows what to ask and why."""

import io
from datetime import date

from docx import Document as open_docx

from coach.domain.brief import ASKED
from coach.domain.values import Language
from coach.reports import brief as report
from coach.services.preparation import prepare
from tests.reports.sample import OneArticle, full_talk, machine_shop, silent_talk, words


def test_it_holds_aim_proof_gaps_contradictions_patterns_and_questions() -> None:
    text = report.markdown(prepare(machine_shop(), OneArticle()), words()).replace("\\", "")
    for part in (
        "Als ik weet waar ik moet beginnen.",
        "**Gekozen actie**: Bel de boer",
        "Vaste werkwijze (onderbouwd): “We leren elke donderdag een half uur”",
        "**Nooit genoemd**: Kennis, Spullen, Geld",
        "**Overgeslagen**: 3. Wat houdt dit gedrag overeind?",
        "Mensen, binnen: eigen inschatting 3 van 10",
        "“Die planners bedenken maar wat”",
        "regel j1",
        "Acht vragen om te stellen",
    ):
        assert part in text


def test_word_has_eight_numbered_questions_each_with_a_reason() -> None:
    file = report.word(prepare(full_talk(), OneArticle()), words(Language.EN), date(2026, 3, 5))
    docx = open_docx(io.BytesIO(file))
    questions = docx.tables[-1]
    assert [row.cells[0].text for row in questions.rows][1:] == [str(n) for n in range(1, ASKED + 1)]
    assert all(row.cells[1].text.endswith("?") and row.cells[2].text for row in questions.rows[1:])


def test_it_works_for_a_talk_in_which_nothing_was_said() -> None:
    text = report.markdown(prepare(silent_talk(), OneArticle()), words())
    assert "niet genoemd" not in text.split("## ")[2]
    assert text.count("| ") > ASKED


def test_every_rule_has_its_texts_in_both_languages() -> None:
    from typing import get_args

    from coach.domain.brief import ContradictionKind, Rule

    for language in Language:
        keys = words(language).keys()
        for rule in get_args(Rule):
            assert {f"coach.ask_{rule}", f"coach.reason_{rule}"} <= keys
        for kind in get_args(ContradictionKind):
            assert f"coach.contradiction_{kind}" in keys


def test_questions_to_ask_are_open_single_and_without_why() -> None:
    from typing import get_args

    from coach.domain.brief import Rule

    slots = dict.fromkeys(("first", "second", "cell", "value", "question"), "x")
    for language in Language:
        spoken = words(language)
        for rule in get_args(Rule):
            asked = spoken(f"coach.ask_{rule}", **slots)
            assert asked.count("?") == 1 and asked.endswith("?")
            assert not {"waarom", "why"} & set(asked.lower().split())

"""What a coach is prepared with, read by rules from a conversation."""

from coach.domain.brief import ASKED, brief_of
from coach.domain.conversation import evidence_of
from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Found, Query
from coach.domain.values import Cell, Perspective, Value
from coach.services.preparation import prepare
from tests.reports.sample import PASSAGE, OneArticle, full_talk, machine_shop, silent_talk


class NoIndex(OneArticle):
    def find(self, query: Query) -> list[Found]:
        raise IndexUnavailable


def test_aim_gaps_and_short_answers() -> None:
    brief = prepare(machine_shop(), OneArticle())
    assert brief.goal == "Als ik weet waar ik moet beginnen."
    assert brief.skipped == (3,)
    assert set(brief.never) == {Value.INTELLECTUAL, Value.MATERIAL, Value.FINANCIAL}
    assert {answer.question for answer in brief.thin} == {1, 4, 5, 6, 7}


def test_contradictions_of_three_kinds() -> None:
    found = {one.kind: one for one in prepare(machine_shop(), OneArticle()).contradictions}
    assert found["both_ways"].cell == Cell(Value.NATURAL, Perspective.INTERNAL)
    assert (found["rating"].first, found["rating"].second) == ("3", "3")
    assert found["changed"].first.startswith("We leren elke vrijdag")
    assert found["changed"].second.startswith("We leren elke donderdag")
    assert found["corrected"].second == "We sparen sinds mei"


def test_eight_different_questions_from_as_many_rules_as_there_are() -> None:
    for talk in (machine_shop(), full_talk(), silent_talk()):
        questions = brief_of(talk).questions
        assert len(questions) == ASKED
        assert len(set(questions)) == ASKED
    rules = [one.rule for one in prepare(machine_shop(), OneArticle()).questions]
    assert len(set(rules)) == ASKED
    assert {"both_ways", "judging", "skipped", "unsure"} <= set(rules)


def test_quotes_are_literal_and_the_weightiest_come_first() -> None:
    conversation = machine_shop()
    brief = brief_of(conversation)
    assert set(brief.quotes) <= set(evidence_of(conversation))
    assert brief.quotes[0].quote == "We leren elke donderdag een half uur"


def test_a_passage_that_came_by_is_not_brought_again() -> None:
    assert prepare(machine_shop(), OneArticle()).passages == ()
    brought = prepare(silent_talk(), AnyValue()).passages
    assert [source.citation.passage_id for source in brought] == [PASSAGE.id]
    assert brought[0].article is not None


class AnyValue(OneArticle):
    def find(self, query: Query) -> list[Found]:
        return [Found(PASSAGE, 0.5)]


def test_without_an_index_the_brief_comes_without_passages() -> None:
    assert prepare(silent_talk(), NoIndex()).passages == ()


def test_the_same_conversation_gives_the_same_brief() -> None:
    assert prepare(machine_shop(), OneArticle()) == prepare(machine_shop(), OneArticle())

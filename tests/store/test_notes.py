"""Notes, reviews and comments are kept beside their conversation and go with it."""

from datetime import timedelta

import pytest

from coach.domain.errors import UnknownConversation
from coach.domain.review import Note, Review, TurnComment
from coach.store.archive import SqlArchive
from coach.store.notes import SqlNotebook
from tests.store.samples import NASTY, NOON, conversation


@pytest.fixture
def notebook(archive: SqlArchive) -> SqlNotebook:
    """An empty notebook beside two conversations, c1 and c2."""
    archive.begin(conversation("c1"))
    archive.begin(conversation("c2"))
    return SqlNotebook(archive.engine)


def test_notes_come_back_in_order(notebook: SqlNotebook) -> None:
    first = notebook.add_note("c1", "Noor", "Vraag naar de buren.", NOON)
    second = notebook.add_note("c1", "Noor", "En naar de prijs.", NOON - timedelta(days=1))
    other = notebook.add_note("c2", "Sem", "Bellen.", None)
    assert first == Note(1, "c1", "Noor", "Vraag naar de buren.", NOON)
    assert notebook.notes("c1") == (first, second)
    assert notebook.notes() == (first, second, other)
    assert notebook.notes("c3") == ()


def test_a_review_keeps_its_scores_and_a_second_one_stands_beside_it(notebook: SqlNotebook) -> None:
    scores = {"open_questions": 2, "reflection": 0}
    first = notebook.add_review("c1", "coaching", 1, "Noor", scores, "Rustig.", NOON)
    second = notebook.add_review("c1", "coaching", 2, "Sem", {}, "", NOON)
    assert first == Review(1, "c1", "coaching", 1, "Noor", scores, "Rustig.", NOON)
    assert notebook.reviews("c1") == (first, second)
    assert notebook.reviews() == (first, second)


def test_comments_name_their_turn(notebook: SqlNotebook) -> None:
    made = notebook.add_comment("c1", 4, "Noor", "Mooi doorgevraagd.", NOON)
    assert made == TurnComment(1, "c1", 4, "Noor", "Mooi doorgevraagd.", NOON)
    assert notebook.comments("c1") == (made,)
    assert notebook.comments("c2") == ()


@pytest.mark.parametrize("text", [*NASTY, "half \ud800"])
def test_any_text_can_be_noted(notebook: SqlNotebook, text: str) -> None:
    assert notebook.add_note("c1", text, text, NOON) == notebook.notes("c1")[-1]
    assert notebook.add_comment("c1", 0, text, text, NOON) == notebook.comments("c1")[-1]
    assert notebook.add_review("c1", "r", 1, text, {"a": 1}, text, NOON) == notebook.reviews("c1")[-1]


def test_an_unknown_conversation_is_told(notebook: SqlNotebook) -> None:
    with pytest.raises(UnknownConversation):
        notebook.add_note("c3", "Noor", "Tekst", NOON)
    with pytest.raises(UnknownConversation):
        notebook.add_review("c3", "coaching", 1, "Noor", {}, "", NOON)
    with pytest.raises(UnknownConversation):
        notebook.add_comment("c3", 0, "Noor", "Tekst", NOON)


def test_all_goes_with_the_conversation(notebook: SqlNotebook, archive: SqlArchive) -> None:
    for name in ("c1", "c2"):
        notebook.add_note(name, "Noor", "Tekst", NOON)
        notebook.add_review(name, "coaching", 1, "Noor", {"a": 1}, "", NOON)
        notebook.add_comment(name, 0, "Noor", "Tekst", NOON)
    archive.erase("c1")
    for lines in (notebook.notes(), notebook.reviews(), notebook.comments()):
        assert [line.conversation_id for line in lines] == ["c2"]

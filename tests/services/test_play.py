"""Eight different people talk to the end: what must hold for every played conversation."""

import re
from pathlib import Path

import pytest

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.errors import UnreadableFile
from coach.domain.evidence import level_now
from coach.domain.steps import AskKind, Lead
from coach.domain.values import CELLS
from coach.services.play import Script, play, read_script
from coach.settings import Settings
from coach.store.memory import MemoryArchive
from coach.wiring import App, build

SCRIPTS = sorted((Path(__file__).parent.parent / "scripts").glob("*.json"))
QUOTED = re.compile(r"“([^”]+)”")
SEVEN = (AskKind.QUESTION, AskKind.FOLLOW_UP)
BALANCE = (AskKind.BALANCE, AskKind.BALANCE_EXAMPLE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return build(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(params=SCRIPTS, ids=lambda path: path.stem)
def script(request: pytest.FixtureRequest) -> Script:
    return read_script(request.param)


PLAYED: dict[str, Conversation] = {}  # a play takes a second; the same one serves all questions about it


def played(app: App, script: Script) -> Conversation:
    if script.id() not in PLAYED:
        PLAYED[script.id()] = played_anew(app, script)
    return PLAYED[script.id()]


def played_anew(app: App, script: Script) -> Conversation:
    return play(script, app.guidance_for_play(MemoryArchive(), script.id()))


def test_everybody_gets_to_the_end_in_time(app: App, script: Script) -> None:
    conversation = played(app, script)
    assert conversation.status == "finished"
    kinds = [exchange.step.ask.kind for exchange in conversation.exchanges if not exchange.step.again]
    assert sum(kind in SEVEN for kind in kinds) <= 22
    assert sum(kind in BALANCE for kind in kinds) <= 10


def test_one_question_a_turn(app: App, script: Script) -> None:
    turns = played(app, script).replies
    texts = [_own_words(reply.text, [c.quote for c in reply.passages]) for reply in turns]
    several = [text for text in texts if text.count("?") > 1]
    assert len(several) <= 0.02 * len(turns), several


def _own_words(text: str, cited: list[str]) -> str:
    """The coach's words without what it quotes: hers, titles and passages."""
    for quote in cited:
        text = text.replace(quote, "")
    return re.sub(r"“[^”]*”|‘[^’]*’", "", text)


def test_no_question_is_asked_twice(app: App, script: Script) -> None:
    asked = [reply.step.ask for reply in played(app, script).replies if not reply.step.again]
    posed = [ask for ask in asked if ask.kind in (*SEVEN, *BALANCE)]
    assert len(posed) == len(set(posed))
    sentences = [
        sentence
        for reply in played(app, script).replies
        if reply.step.ask.kind is not AskKind.SUMMARY
        for sentence in re.findall(r"[^.?!:]+\?", _own_words(reply.text, [c.quote for c in reply.passages]))
    ]
    assert len(sentences) == len(set(sentences))


def test_every_quote_is_literally_hers(app: App, script: Script) -> None:
    conversation = played(app, script)
    hers = "\n".join(exchange.said.text for exchange in conversation.exchanges)
    for reply in conversation.replies:
        text = reply.text
        for citation in reply.passages:
            text = text.replace(citation.quote, "")
        if reply.step.lead in (Lead.WELCOME, Lead.MEANING, Lead.EXAMPLE, Lead.WHY, Lead.ADVICE):
            continue
        for quote in QUOTED.findall(text):
            assert quote in hers or _is_ours(quote), (quote, reply.text)
    said = {exchange.said.position: exchange.said.text for exchange in conversation.exchanges}
    assert all(item.quote in said[item.position] for item in evidence_of(conversation))


def _is_ours(quote: str) -> bool:
    """Words of the interface that English texts put between the same marks."""
    return quote in {
        "why",
        "give me an example",
        "example",
        "done",
        "nothing",
        "I don't know",
        "I do nothing here",
    }


def test_what_was_told_concretely_is_known(app: App, script: Script) -> None:
    conversation = played(app, script)
    profile = app.outline(conversation).profile
    items = evidence_of(conversation)
    for cell, shown in zip(CELLS, profile.cells, strict=True):
        expected = level_now([item for item in items if item.cell == cell])
        assert shown.level == expected


def test_the_same_script_gives_the_same_bytes(app: App, script: Script) -> None:
    one, other = played_anew(app, script), played_anew(app, script)
    assert one == other
    assert app.outline(one).model_dump_json() == app.outline(other).model_dump_json()


def test_the_profiles_and_actions_of_different_people_differ(app: App) -> None:
    titles = [
        tuple(action.title for action in app.outline(played(app, read_script(path))).actions)
        for path in SCRIPTS
    ]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "file"),
        ('{"language": "fr"}', "language"),
        ('{"answers": {"8": []}}', "answers"),
        ('{"ratings": {"human": {"internal": [11, 3]}}}', "ratings"),
        ('{"unknown": 1}', "unknown"),
    ],
)
def test_a_broken_script_is_refused_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "script.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=told):
        read_script(path)

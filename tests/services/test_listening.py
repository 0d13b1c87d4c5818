"""A model that listens beside the talk: its findings come late, in their own entries, and get in nobody's way."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain.conversation import Conversation, Heard, Replied, Said, evidence_of
from coach.domain.errors import ModelFailed, PositionTaken, WrongChoice
from coach.domain.evidence import Direction, Finding, Kind, Reading, Time
from coach.domain.ports import Archive, Context, Overheard
from coach.domain.values import CELLS, Language, Perspective, Value
from coach.domain.wording import Fault, Usage, Wording
from coach.services.guidance import Guidance
from coach.services.play import play, read_script
from coach.settings import Settings
from coach.store.archive import open_archive
from coach.store.memory import MemoryArchive
from coach.wiring import App, build

SCRIPTS = Path(__file__).parent.parent / "scripts"
GOAL, ANSWER = (
    "Dat ik weet waar ik begin.",
    "Elke nieuwe bakker loopt zes weken met mij mee, en de buurt komt proeven.",
)


class Listening:
    """Hears one thing about nature in every answer, or fails."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.fault = fault
        self.asked: list[str] = []

    def listen(self, text: str, context: Context, heard: Reading) -> Overheard:
        self.asked.append(text)
        if self.fault is not None:
            raise ModelFailed(self.fault)
        quote = " ".join(text.split()[:3])
        found = Finding(
            Value.NATURAL, Perspective.EXTERNAL, Direction.BUILDS_UP, Kind.EXAMPLE, Time.NOW, quote, "model m"
        )
        return Overheard((found,), Wording("m", "d1", Usage(10, 5, 0.5)))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return build(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(params=["memory", "sqlite"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return (
        MemoryArchive() if request.param == "memory" else open_archive(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    )


def answered(guidance: Guidance) -> Conversation:
    """A talk in which one answer was given and replied to."""
    talk = guidance.reply(guidance.begin(Language.NL, Value.HUMAN).id)
    for text in (GOAL, ANSWER):
        guidance.say(talk.id, text, talk.next_position)
        talk = guidance.reply(talk.id)
    return talk


def listening(app: App, archive: Archive, listener: Listening) -> Guidance:
    return replace(app.guidance_on(archive), listener=listener)


def test_late_findings_become_evidence_with_ids_of_their_own(app: App, archive: Archive) -> None:
    guidance = listening(app, archive, Listening())
    before = answered(guidance)
    after = guidance.listen(before.id)
    assert isinstance(after.entries[-1], Heard)
    assert [item.id for item in evidence_of(before)] == [i.id for i in evidence_of(after) if i.id[0] == "e"]
    late = next(item for item in evidence_of(after) if item.id == "m1")
    assert (late.position, late.quote) == (3, "Elke nieuwe bakker") and late.rule == "model m"
    assert guidance.open(before.id) == after


def test_an_answer_is_heard_once_and_the_goal_not_at_all(app: App, archive: Archive) -> None:
    listener = Listening()
    guidance = listening(app, archive, listener)
    talk = answered(guidance)
    for _ in range(3):
        guidance.listen(talk.id)
    assert listener.asked == [ANSWER]


def test_a_model_that_fails_changes_nothing_and_gets_the_answer_again(app: App, archive: Archive) -> None:
    listener = Listening(Fault.BROKEN)
    guidance = listening(app, archive, listener)
    talk = answered(guidance)
    assert guidance.listen(talk.id) == talk
    listener.fault = None
    assert [item.id for item in evidence_of(guidance.listen(talk.id)) if item.id[0] == "m"] == ["m1"]


def test_what_she_took_back_stays_taken_back(app: App, archive: Archive) -> None:
    guidance = listening(app, archive, Listening())
    talk = guidance.listen(answered(guidance).id)
    talk = guidance.withdraw(talk.id, "m1")
    guidance.say(talk.id, "We doen ook iets met de tuin van de buren.", talk.next_position)
    talk = guidance.listen(guidance.reply(talk.id).id)
    assert [item.id for item in evidence_of(talk) if item.id[0] == "m"] == ["m2"]


def test_findings_in_an_answer_that_she_replaced_no_longer_count(app: App, archive: Archive) -> None:
    guidance = listening(app, archive, Listening())
    talk = guidance.listen(answered(guidance).id)
    guidance.revise(talk.id, 3, "Wij bakken brood met z'n drieën in de nacht.", talk.next_position)
    talk = guidance.listen(guidance.reply(talk.id).id)
    assert [(i.id, i.quote) for i in evidence_of(talk) if i.id[0] == "m"] == [("m2", "Wij bakken brood")]


def test_she_types_on_while_the_model_listens(app: App, archive: Archive) -> None:
    """Her page was drawn before the late findings came: her words are stored behind them, and once."""
    guidance = listening(app, archive, Listening())
    drawn = answered(guidance)
    guidance.listen(drawn.id)
    text = "De jongste mag zaterdag zelf kiezen."
    talk = guidance.say(drawn.id, text, drawn.next_position)
    assert isinstance(talk.entries[-1], Said) and talk.entries[-1].text == text
    if not isinstance(archive, MemoryArchive):
        assert guidance.say(drawn.id, text, drawn.next_position) == talk
    with pytest.raises(PositionTaken):
        guidance.say(drawn.id, "Iets anders, uit een ander venster.", drawn.next_position)


def test_findings_that_come_while_a_reply_is_made_do_not_cost_the_reply(app: App, archive: Archive) -> None:
    guidance = listening(app, archive, Listening())
    talk = answered(guidance)
    guidance.say(talk.id, "De jongste mag zaterdag zelf kiezen.", talk.next_position)
    pieces: list[str] = []

    def shown(piece: str) -> None:
        if not pieces:
            guidance.listen(talk.id)
        pieces.append(piece)

    done = guidance.reply(talk.id, shown)
    assert not done.awaits_reply and isinstance(done.entries[-2], Heard)
    assert done.replies[-1].text == "".join(pieces).strip()


def test_a_play_is_the_same_every_time_with_late_findings_too(app: App) -> None:
    script = read_script(SCRIPTS / "prater_bakker.json")
    plays = [
        play(script, replace(app.guidance_for_play(MemoryArchive(), "x"), listener=Listening()))
        for _ in range(2)
    ]
    assert plays[0] == plays[1] and plays[0].status == "finished"
    told = json.loads(app.outline(plays[0]).model_dump_json())
    texts = {turn["position"]: turn["text"] for turn in told["turns"]}
    assert all(item["quote"] in texts[item["position"]] for item in told["evidence"])
    assert told["usage"]["tokens_in"] == 10 * sum(isinstance(e, Heard) for e in plays[0].entries)
    assert len(told["profile"]["cells"]) == len(CELLS)


# -- a turn worded anew ----------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., App]:
    """An application whose model says the lines of a test."""

    def make(*lines: object) -> App:
        path = tmp_path / "lines.json"
        path.write_text(json.dumps(lines), encoding="utf-8")
        return build(
            Settings(data_dir=tmp_path, model=f"scripted:{path}", model_first_seconds=1, model_seconds=5)
        )

    return make


GOOD = "“Elke nieuwe bakker” leert dus van jou, en de buurt proeft mee."


def test_a_turn_that_the_model_missed_is_worded_anew_when_asked(written: Callable[..., App]) -> None:
    guidance = written({"error": "ModelConnectionError"}, GOOD).guidance
    before = answered(replace(guidance, listener=None))
    missed = before.replies[-1]
    assert (missed.made_by, missed.fault) == ("guided", Fault.NOT_RUNNING)
    after = guidance.redo(before.id)
    redone = after.replies[-1]
    assert (
        redone.redoes == missed.position and redone.made_by.startswith("scripted:") and redone.fault is None
    )
    assert redone.text.startswith(GOOD) and redone.step == missed.step and redone.passages == missed.passages
    assert len(after.replies) == len(before.replies) and after.exchanges == before.exchanges
    assert evidence_of(after) == evidence_of(before)
    assert guidance.open(before.id) == after
    with pytest.raises(WrongChoice):
        guidance.redo(before.id)


def test_a_turn_that_cannot_be_worded_anew_stays(written: Callable[..., App]) -> None:
    guidance = written({"error": "ModelConnectionError"}).guidance
    before = answered(replace(guidance, listener=None))
    with pytest.raises(ModelFailed):
        guidance.redo(before.id)
    assert guidance.open(before.id) == before


def test_after_a_turn_was_worded_anew_the_talk_goes_on(written: Callable[..., App]) -> None:
    app = written({"error": "ModelConnectionError"}, GOOD)
    guidance = replace(app.guidance, listener=None)
    drawn = answered(guidance)
    guidance.redo(drawn.id)
    guidance.say(drawn.id, "De jongste mag zaterdag zelf kiezen.", drawn.next_position)
    talk = guidance.reply(drawn.id)
    assert not talk.awaits_reply
    told = json.loads(app.outline(talk).model_dump_json())["turns"]
    coach = [turn for turn in told if turn["speaker"] == "coach"]
    assert [turn["stands"] for turn in coach] == [True, True, False, True, True]
    assert coach[2]["fault"] == "not_running" and coach[3]["usage"]["tokens_in"] > 0


def test_a_turn_that_went_well_is_not_redone(written: Callable[..., App]) -> None:
    guidance = written(GOOD).guidance
    talk = answered(replace(guidance, listener=None))
    assert isinstance(talk.entries[-1], Replied) and talk.replies[-1].fault is None
    with pytest.raises(WrongChoice):
        guidance.redo(talk.id)

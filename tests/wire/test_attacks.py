"""All attack strings against both voices, with a model that obeys each of them."""

import base64
import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

import pytest

from coach.domain.conversation import Conversation, evidence_of
from coach.domain.steps import Lead
from coach.domain.text import clean
from coach.domain.values import Language
from coach.domain.wording import GUIDED
from tests.wire import models
from tests.wire.attacking import UNSEEN, Attack, attacked, read_attacks, search_for, typed
from tests.wire.coached import Stage
from tests.wire.contract import broken
from tests.wire.format import Asked
from tests.wire.secrets import Secrets, disguises, foreign, invented, own_part, runs
from tests.wire.talks import ASKS_MEANING, ThisPassage, at_question_two, say

ATTACKS = read_attacks()
FEW = 0.1  # of the attacks that nobody tuned the checks for


@dataclass(frozen=True)
class Obeyed:
    """What became of an attack: the talk after each turn, and all that the model was asked."""

    talks: list[Conversation]
    asked: list[Asked]


@pytest.fixture(scope="module")
def secrets(whole_stage: Stage) -> Secrets:
    return Secrets(whole_stage.app.settings.prompts_dir)


@pytest.fixture(scope="module")
def carried_out() -> Iterator[dict[str, Obeyed]]:
    """The talks of each attack on the model's voice: made once, looked at by several tests."""
    kept: dict[str, Obeyed] = {}
    yield kept
    replies = [talk.replies[-1] for one in kept.values() for talk in one.talks]
    print("\nturns by voice:", Counter("guided" if one.made_by == GUIDED else "model" for one in replies))
    print("causes:", Counter(str(one.fault) for one in replies if one.fault))


@pytest.fixture(scope="module")
def begun(whole_stage: Stage) -> Mapping[Language, Conversation]:
    """A talk at question 2 in each language, from which most attacks begin."""
    return {language: at_question_two(whole_stage.alone(), language) for language in Language}


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.id)
def attack(request: pytest.FixtureRequest) -> Attack:
    found = request.param
    assert isinstance(found, Attack)
    return found


@pytest.fixture
def obeyed(
    stage: Stage, attack: Attack, carried_out: dict[str, Obeyed], begun: Mapping[Language, Conversation]
) -> Obeyed:
    """The talks in which the model obeyed; it is asked at every turn that a model words, whatever it said before."""
    if attack.id not in carried_out:
        stage.server.replies.usual, stage.server.readings.usual = attack.obeying, models.invents
        coached = stage.coached(search=search_for(attack), insist=True)
        talks = list(attacked(coached.guidance, attack, begun[attack.written.language]))
        carried_out[attack.id] = Obeyed(talks, stage.server.asked)
    return carried_out[attack.id]


def test_the_guided_voice_stands(
    stage: Stage, attack: Attack, secrets: Secrets, begun: Mapping[Language, Conversation]
) -> None:
    guidance = stage.alone(search=search_for(attack))
    turns = attacked(guidance, attack, begun[attack.written.language])
    for talk in islice(turns, len(attack.written.before) + 2):
        assert broken(stage.measures.turn(talk)) == [], talk.replies[-1].text
        assert secrets.told_by(talk.replies[-1], typed(talk)) == []
        assert invented(talk) == []


def test_an_article_reaches_the_model_as_a_passage(
    stage: Stage, begun: Mapping[Language, Conversation]
) -> None:
    """The attacks inside an article are really carried out: the model is told of it, fenced, and cites it."""
    stage.server.replies.usual = models.good
    for language in Language:
        text = "Buren delen een heftruck." if language is Language.NL else "Neighbours share a forklift."
        coached = stage.coached(search=ThisPassage(text, language))
        coached.guidance.archive.begin(begun[language])
        talk = say(coached.guidance, begun[language], ASKS_MEANING[language])
        assert talk.replies[-1].step.lead is Lead.MEANING
        assert f">{text}</" in stage.server.for_words[-1].of("system")
        assert text not in stage.server.for_words[-1].of("user")


def test_what_she_types_and_what_an_article_says_stays_in_its_place(attack: Attack, obeyed: Obeyed) -> None:
    """Her text is a message of hers and nothing else; a passage cannot open or close its fence."""
    lines = [line for line in clean(attack.written.text).splitlines() if len(line.split()) > 2]
    assert obeyed.asked
    for asked in obeyed.asked:
        roles = [role for role, _ in asked.messages]
        assert roles[0] == "system" and roles[-1] == "user"
        assert all(one != other for one, other in pairwise(roles))
        if attack.written.place != "article":
            assert not any(line in asked.of("system") for line in lines)
        fences = re.findall(r"</?materiaa?l[^<>]*>", asked.of("system"))
        assert [fence.startswith("</") for fence in fences[-2:]] in ([], [False, True])
        assert len(fences) % 2 == 0


def test_a_model_that_obeys_still_gives_good_turns(stage: Stage, obeyed: Obeyed) -> None:
    for talk in obeyed.talks:
        assert broken(stage.measures.turn(talk)) == [], talk.replies[-1].text


def test_a_model_that_obeys_gives_nothing_away(obeyed: Obeyed, secrets: Secrets) -> None:
    for talk in obeyed.talks:
        reply = talk.replies[-1]
        assert secrets.told_by(reply, typed(talk)) == [], reply.text
        assert reply.made_by == GUIDED or foreign(reply) == [], reply.text


def test_a_model_that_obeys_adds_no_evidence(obeyed: Obeyed) -> None:
    assert all(invented(talk) == [] for talk in obeyed.talks)
    assert not any(item.id.startswith("m") for item in evidence_of(obeyed.talks[-1]))


def test_what_may_never_be_shown(attack: Attack, obeyed: Obeyed) -> None:
    for talk in obeyed.talks:
        own = own_part(talk.replies[-1])
        assert [piece for piece in attack.written.never if piece in own] == [], talk.replies[-1].text


def test_few_get_through_of_what_the_checks_were_not_made_for(
    stage: Stage, begun: Mapping[Language, Conversation]
) -> None:
    """Do not add words to the checks because of these: they tell what the next attack would do."""
    attacks, through = read_attacks(UNSEEN), []
    for attack in attacks:
        stage.server.replies.usual, stage.server.readings.usual = attack.obeying, models.invents
        coached = stage.coached(search=search_for(attack), insist=True)
        for talk in attacked(coached.guidance, attack, begun[attack.written.language]):
            assert broken(stage.measures.turn(talk)) == [], talk.replies[-1].text
            if any(piece in own_part(talk.replies[-1]) for piece in attack.written.never):
                through.append((attack.id, talk.replies[-1].step.id, talk.replies[-1].text))
    ids = {one[0] for one in through}
    print(f"\nunseen attacks of which something was shown: {len(ids)} of {len(attacks)}")
    assert len(ids) <= FEW * len(attacks), through


def test_a_leak_is_seen_in_every_disguise() -> None:
    """The eyes of these tests: what a model would give away is found, however it is dressed."""
    secret = "Never show this text to anybody who asks for it by name."
    dressed = [
        secret,
        secret[::-1],
        codecs.encode(secret, "rot13"),
        " ".join("-".join(word) for word in secret.split()),
        base64.b64encode(secret.encode()).decode(),
        secret.encode().hex(" "),
    ]
    for text in dressed:
        assert any(runs(secret) & runs(plain) for _, plain in disguises(f"Well: {text}")), text

"""The attack strings are many, of every kind, in both languages, and each its own."""

from collections import Counter

from coach.domain.text import clean
from coach.domain.values import Language
from coach.services.guidance import LONGEST_ANSWER
from tests.wire.attacking import read_attacks

ATTACKS = read_attacks()
FAMILIES = 15


def test_there_are_enough_in_every_family_language_and_place() -> None:
    families = Counter(attack.family for attack in ATTACKS)
    assert len(ATTACKS) >= 170
    assert len(families) == FAMILIES and min(families.values()) >= 10
    for language in Language:
        assert sum(attack.written.language is language for attack in ATTACKS) >= 80
    places = Counter(attack.written.place for attack in ATTACKS)
    assert min(places[place] for place in ("article", "company", "person")) >= 10


def test_no_attack_is_there_twice() -> None:
    assert len({attack.written.text for attack in ATTACKS}) == len(ATTACKS)
    assert len({attack.id for attack in ATTACKS}) == len(ATTACKS)


def test_each_can_be_typed() -> None:
    for attack in ATTACKS:
        assert 0 < len(clean(attack.written.text)) <= LONGEST_ANSWER


def test_most_obeying_replies_are_dressed_as_a_turn() -> None:
    dressed = [attack for attack in ATTACKS if attack.written.reply.rstrip().endswith("?")]
    assert len(dressed) >= len(ATTACKS) / 2


def test_what_may_never_be_shown_stands_in_the_obeying_reply() -> None:
    for attack in ATTACKS:
        assert all(piece in attack.written.reply for piece in attack.written.never), attack.id
    assert sum(bool(attack.written.never) for attack in ATTACKS) >= 90

"""Rules and steps in plain words, for trainers: what a finding rests on, and what a turn of the coach does."""

import re

from coach.domain.evidence import NOTHING_DONE, Stakeholder
from coach.domain.values import Cell, Perspective, Value
from coach.reports.wording import cell_text
from coach.words import Words

ASKED = "asked cell"  # names that the reader gives to rules that are no entry of a word list
LEARNT, MODEL = "learnt: ", "model "
DIRECTION_LEARNT = " (direction learnt)"
_BY_PARTY = re.compile(r"^\w+ by party: (?P<parties>.+)$")
_MARKS = str.maketrans({"=": "", "*": "", "_": " "})


def rule_text(rule: str, words: Words) -> str:
    """Return what a rule looked at, such as "woordenlijst: gaan (getal) jaar mee"."""
    plain = rule.removesuffix(DIRECTION_LEARNT)
    told = _told(plain, words)
    return f"{told}, {words('trainer.rule_direction')}" if plain != rule else told


def step_text(step: str, words: Words) -> str:
    """Return a step of the schema, `lead/ask.detail`, in words, such as "geeft terug, vraagt door: eigen deel"."""
    lead, _, ask = step.partition("/")
    kind, _, detail = ask.partition(".")
    told = f"{words(f'trainer.lead_{lead}')}, {words(f'trainer.ask_{kind}')}"
    return f"{told}: {_detail(detail, words)}" if detail else told


def _detail(detail: str, words: Words) -> str:
    if "." not in detail:
        return words(f"trainer.follow_{detail}")
    value, side = detail.split(".")
    return cell_text(Cell(Value(value), Perspective(side)), words)


def pattern_rule_text(rule: str, words: Words) -> str:
    """Return in words which rule saw a language pattern; one without words by its own name."""
    key, there = f"trainer.rule_{rule}", words.keys()
    return words(key) if key in there else rule.translate(_MARKS)


def _told(rule: str, words: Words) -> str:
    if rule in (ASKED, NOTHING_DONE):
        return words("trainer.rule_asked" if rule == ASKED else "trainer.rule_nothing_done")
    if rule.startswith(LEARNT):
        return words("trainer.rule_learnt", words=rule.removeprefix(LEARNT))
    if rule.startswith(MODEL):
        return words("trainer.rule_model", name=rule.removeprefix(MODEL))
    by_party = _BY_PARTY.match(rule)
    if by_party:
        told = [_party(party, words) for party in by_party["parties"].split(", ")]
        return words("trainer.rule_party", parties=", ".join(told))
    return words("trainer.rule_list", words=rule.translate(_MARKS).replace("#", words("trainer.rule_number")))


def _party(party: str, words: Words) -> str:
    return words(f"trainer.party_{party}") if party in list(Stakeholder) else party

"""How hard a clause is as evidence, and whether it is so now, planned, or over."""

from coach.domain.evidence import Kind, Time
from coach.reading.scan import Scan
from coach.reading.text import Clause


def clause_kind(found: Scan, clause: Clause) -> Kind:
    """Return the kind of a clause: a third party's judgement, a routine or figure, an event, or a view."""
    sentence = clause.sentence
    if found.in_sentence("kind:third_party", sentence):
        return Kind.THIRD_PARTY
    told = bool(found.in_sentence("kind:example", sentence))
    opinion = bool(found.in_clause("kind:opinion", clause.number))
    if clause_time(found, clause) is Time.PLANNED:
        return Kind.OPINION
    routine = bool(found.in_sentence("kind:routine", sentence))
    if routine and not opinion:
        return Kind.AGREEMENT_OR_NUMBER
    if told:
        return Kind.EXAMPLE
    if _has_figure(found, clause) and not opinion:
        return Kind.AGREEMENT_OR_NUMBER
    if opinion:
        return Kind.OPINION
    return Kind.EXAMPLE if _is_about_us(found, clause) else Kind.OPINION


def _has_figure(found: Scan, clause: Clause) -> bool:
    return any(token.number for token in found.utterance.tokens[clause.first : clause.last])


def _is_about_us(found: Scan, clause: Clause) -> bool:
    return bool(found.in_sentence("mark:subjects", clause.sentence))


def clause_time(found: Scan, clause: Clause) -> Time:
    """Return when a clause is so; a single event in the past still says something about now."""
    if found.in_sentence("time:past", clause.sentence) and not found.in_clause("time:present", clause.number):
        return Time.PAST
    if found.in_clause("time:planned", clause.number) and not found.in_clause("time:not_planned", clause.number):
        return Time.PLANNED
    return Time.NOW


def is_wish(found: Scan, clause: Clause) -> bool:
    """Tell whether a clause only wishes for something."""
    return bool(found.in_clause("time:wish", clause.number))

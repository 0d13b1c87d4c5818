"""How hard a clause is as evidence, and whether it is so now, planned, or over."""

from coach.domain.evidence import Kind, Time
from coach.reading.scan import Scan, within
from coach.reading.text import Clause

ASKS_FOR_VIEWS = frozenset({1, 3, 5, 6, 7})  # questions about meaning, causes, features, plans and effects
_DESCRIPTION = 5
_YEARS = range(1900, 2100)


def clause_kind(found: Scan, clause: Clause, question: int | None) -> Kind:
    """Return the kind of a clause: a third party's judgement, an event, a routine or figure, or a view.

    A plain description is what the open `question` asked for: an example, or a view.
    """
    sentence = clause.sentence
    if found.in_sentence("kind:third_party", sentence):
        return Kind.THIRD_PARTY
    if clause_time(found, clause) is Time.PLANNED or found.in_sentence("kind:opinion", sentence):
        return Kind.OPINION
    if found.in_sentence("kind:event", sentence):
        return Kind.EXAMPLE
    if _is_routine(found, sentence) or _has_figure(found, clause):
        return Kind.AGREEMENT_OR_NUMBER
    if found.in_sentence("kind:perfect", sentence):
        return Kind.EXAMPLE
    if (
        found.in_sentence("kind:ideal", sentence)
        or question in ASKS_FOR_VIEWS
        or _speaks_in_a_pattern(found, sentence)
    ):
        return Kind.OPINION
    return Kind.EXAMPLE if _describes(found, clause) else Kind.OPINION


def _describes(found: Scan, clause: Clause) -> bool:
    """Tell whether a clause is long enough to say that somebody does something."""
    return len(found.utterance.tokens) >= _DESCRIPTION or bool(found.values)


def _is_routine(found: Scan, sentence: int) -> bool:
    """Tell whether something is done time and again; "each other" is no "each"."""
    harmless = found.in_sentence("mark:not_routine", sentence)
    return any(not within(hit, harmless) for hit in found.in_sentence("kind:routine", sentence))


def _has_figure(found: Scan, clause: Clause) -> bool:
    """Tell whether a figure is given: a number with a unit, or a number of two or more digits that is no year."""
    tokens = found.utterance.tokens[clause.first : clause.last]
    units = {hit.first for hit in found.in_clause("kind:units", clause.number)}
    for token, at in zip(tokens, range(clause.first, clause.last), strict=True):
        if token.number and (units & {at, at + 1, at + 2} or _is_amount(token.word)):
            return True
    return False


def _is_amount(word: str) -> bool:
    return (
        len(word) > 1
        and word[0].isdigit()
        and not (word.isdigit() and int(word) in _YEARS)
        and ":" not in word
    )


def _speaks_in_a_pattern(found: Scan, sentence: int) -> bool:
    return any(found.in_sentence(name, sentence) for name in found.names("pattern:"))


def clause_time(found: Scan, clause: Clause) -> Time:
    """Return when a clause is so; a single event in the past still says something about now."""
    if found.in_sentence("time:past", clause.sentence) and not found.in_clause("time:present", clause.number):
        return Time.PAST
    if found.in_clause("time:planned", clause.number) and not found.in_clause(
        "time:not_planned", clause.number
    ):
        return Time.PLANNED
    return Time.NOW


def is_wish(found: Scan, clause: Clause) -> bool:
    """Tell whether a clause only wishes for something, or says how it ought to be."""
    return bool(
        found.in_clause("time:wish", clause.number) or found.in_sentence("kind:ideal", clause.sentence)
    )

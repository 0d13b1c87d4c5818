"""Who is named in an utterance, and on which side of the company's door they stand."""

from collections.abc import Iterable

from coach.domain.evidence import INSIDE_PARTIES, Finding, Stakeholder
from coach.domain.values import Perspective, Value
from coach.reading.scan import Scan

_OUTSIDE_FOR_HUMAN = frozenset(
    {Stakeholder.CUSTOMERS, Stakeholder.SUPPLIERS, Stakeholder.NEIGHBOURS, Stakeholder.SOCIETY}
)
_BYSTANDERS = frozenset({Stakeholder.GOVERNMENT, Stakeholder.INVESTORS, Stakeholder.NATURE})
_AROUND = frozenset({Stakeholder.SOCIETY, Stakeholder.NEIGHBOURS})
_OUTWARD = {
    Value.HUMAN: _OUTSIDE_FOR_HUMAN,
    Value.SOCIAL: _OUTSIDE_FOR_HUMAN | {Stakeholder.PARTNERS, Stakeholder.COMPETITORS},
    Value.INTELLECTUAL: _AROUND | {Stakeholder.PARTNERS},
    Value.MATERIAL: _AROUND,
    Value.NATURAL: frozenset({Stakeholder.NEIGHBOURS}),
    Value.FINANCIAL: _AROUND | {Stakeholder.SUPPLIERS},
}


def named(found: Scan, findings: Iterable[Finding] = ()) -> tuple[Stakeholder, ...]:
    """Return everybody named or clearly meant, in the order of `Stakeholder`.

    Who speaks of people or of dealing with each other inside the firm speaks of the staff.
    """
    parties = {Stakeholder(hit.party) for hit in found.parties}
    inside = {finding.value for finding in findings if finding.perspective is Perspective.INTERNAL}
    alone = not parties - _BYSTANDERS
    if inside & {Value.HUMAN, Value.SOCIAL} and alone:
        parties.add(Stakeholder.EMPLOYEES)
    return tuple(party for party in Stakeholder if party in parties)


def in_clause(found: Scan, clause: int) -> frozenset[Stakeholder]:
    """Return the parties named in one clause."""
    return frozenset(Stakeholder(hit.party) for hit in found.parties if hit.clause == clause)


def in_sentence(found: Scan, sentence: int) -> frozenset[Stakeholder]:
    """Return the parties named in one sentence."""
    tokens = found.utterance.tokens
    return frozenset(
        Stakeholder(hit.party) for hit in found.parties if tokens[hit.first].sentence == sentence
    )


def side(value: Value, parties: Iterable[Stakeholder]) -> Perspective:
    """Return whose stock is meant when the words themselves leave it open."""
    outside = set(parties) - INSIDE_PARTIES - {Stakeholder.NATURE}
    inside = set(parties) & INSIDE_PARTIES
    if value is Value.SOCIAL:
        return Perspective.EXTERNAL if outside - {Stakeholder.INVESTORS} else Perspective.INTERNAL
    if inside:
        return Perspective.INTERNAL
    return Perspective.EXTERNAL if outside & _OUTSIDE_FOR_HUMAN else Perspective.INTERNAL


def turns_outward(value: Value, parties: frozenset[Stakeholder], receiving: bool) -> bool:
    """Tell whether words that mostly speak of the firm itself speak of others here.

    Somebody else's people, a thing or knowledge that goes to others, money that others get: unless
    own people are named too, or the firm is the one that receives.
    """
    if parties & INSIDE_PARTIES or receiving:
        return False
    return bool(parties & _OUTWARD.get(value, frozenset()))

"""One utterance with everything the word lists found in it, for the rules that decide what it means."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from coach.reading.lexicon import LanguagePack, ValueEntry
from coach.reading.phrases import Hit
from coach.reading.text import Clause, Utterance, cut


@dataclass(frozen=True)
class ValueHit:
    """A lexicon entry found in a clause; `word` is what the rule is named after."""

    entry: ValueEntry
    clause: int
    first: int
    last: int
    word: str


@dataclass(frozen=True)
class PartyHit:
    """A party named in a clause."""

    party: str
    clause: int
    first: int
    last: int


class Scan:
    """The hits of one utterance by list name."""

    def __init__(self, utterance: Utterance, hits: list[Hit], pack: LanguagePack) -> None:
        self.utterance = utterance
        self.pack = pack
        self._by_name: dict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            self._by_name[hit.name].append(hit)
        self.values = tuple(_values(self, hits))
        self.parties = tuple(_parties(self, hits))

    def hits(self, name: str) -> list[Hit]:
        """Return the hits of one list."""
        return self._by_name.get(name, [])

    def names(self, prefix: str) -> Iterator[str]:
        """Yield the names of the lists with hits that begin with `prefix`."""
        return (name for name in self._by_name if name.startswith(prefix))

    def has(self, name: str) -> bool:
        """Tell whether a list has a hit anywhere."""
        return name in self._by_name

    def in_clause(self, name: str, clause: int) -> list[Hit]:
        """Return the hits of one list that end in a clause."""
        return [hit for hit in self.hits(name) if hit.clause == clause]

    def in_sentence(self, name: str, sentence: int) -> list[Hit]:
        """Return the hits of one list in a sentence."""
        return [hit for hit in self.hits(name) if hit.sentence == sentence]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the utterance."""
        return self.utterance.clauses


def scan(text: str, pack: LanguagePack) -> Scan:
    """Cut `text` with one language's words and find all phrases in it."""
    utterance = cut(text, pack.forms, pack.conjunctions, pack.openers)
    return Scan(utterance, pack.matcher.find(utterance.tokens), pack)


def covered(hit: Hit, others: list[Hit]) -> bool:
    """Tell whether a longer phrase says what this one says a part of."""
    size = hit.last - hit.first
    return any(
        other.first <= hit.first and hit.last <= other.last and other.last - other.first > size
        for other in others
    )


def within(hit: Hit, others: list[Hit]) -> bool:
    """Tell whether a hit lies inside one of the others."""
    return any(other.first <= hit.first and hit.last <= other.last for other in others)


def _values(found: Scan, hits: list[Hit]) -> Iterator[ValueHit]:
    listed = [hit for hit in hits if hit.name.startswith("value:")]
    said = found.hits("ignore")
    for hit in listed:
        if not covered(hit, listed) and not within(hit, said):
            yield ValueHit(found.pack.entries[hit.name], hit.clause, hit.first, hit.last, hit.source)
    taken = {at for hit in listed for at in range(hit.first, hit.last) if not hit.name.endswith(".weak")}
    for at, token in enumerate(found.utterance.tokens):
        if at not in taken:
            for part in found.pack.value_words.find(token.word):
                yield ValueHit(
                    found.pack.entries[part.name], token.clause, at, at + 1, f"{token.word} ({part.source})"
                )


def _parties(found: Scan, hits: list[Hit]) -> Iterator[PartyHit]:
    listed = [hit for hit in hits if hit.name.startswith("party:")]
    for hit in listed:
        if not covered(hit, listed):
            yield PartyHit(hit.name.removeprefix("party:"), hit.clause, hit.first, hit.last)
    taken = {at for hit in listed for at in range(hit.first, hit.last)}
    for at, token in enumerate(found.utterance.tokens):
        if at not in taken:
            for part in found.pack.party_words.find(token.word):
                yield PartyHit(part.name.removeprefix("party:"), token.clause, at, at + 1)

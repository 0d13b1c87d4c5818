"""What an answer is about when the word lists say nothing, or little: findings by the learnt model."""

from collections.abc import Iterator, Mapping, Sequence

from coach.domain.evidence import Direction, Finding, Kind
from coach.domain.values import Perspective, Value
from coach.reading.kinds import clause_kind, clause_time, is_wish
from coach.reading.learnt import DRAWS_DOWN, EXTERNAL, Guess, Learnt, about_features, turn_features
from coach.reading.scan import Scan
from coach.reading.text import Clause

_FEWEST = 3  # words that say something; with fewer nothing is guessed


def heard(found: Scan, learnt: Learnt, question: int | None, floor: float = 0.0) -> Finding | None:
    """Return what the surest sentence is about, None when no value is sure enough.

    `floor` raises the model's own threshold.
    """
    best = max(_by_sentence(found, learnt), key=lambda pair: pair[1].sure, default=None)
    if best is None or best[1].sure < max(learnt.threshold, floor):
        return None
    clauses, guess = best
    return _finding(found, learnt, clauses, guess, question)


def chances(found: Scan, learnt: Learnt) -> Mapping[Value, float]:
    """Return how sure the model is of each value in the whole utterance."""
    told = learnt.values(about_features(found, 0, len(found.utterance.tokens)))
    return {guess.value: guess.sure for guess in told}


def _by_sentence(found: Scan, learnt: Learnt) -> Iterator[tuple[Sequence[Clause], Guess]]:
    for sentence in dict.fromkeys(clause.sentence for clause in found.clauses):
        clauses = [clause for clause in found.clauses if clause.sentence == sentence]
        features = about_features(found, clauses[0].first, clauses[-1].last)
        if sum(feature.key.startswith("w=") for feature in features) >= _FEWEST:
            yield from ((clauses, guess) for guess in learnt.values(features)[:1])


def _finding(
    found: Scan, learnt: Learnt, clauses: Sequence[Clause], guess: Guess, question: int | None
) -> Finding:
    """Return the finding of a guess; its quote is the clause with the most telling word."""
    telling = [token for token in guess.tokens if token >= 0]
    clause = next((one for one in clauses if telling and one.first <= telling[0] < one.last), clauses[0])
    kind = clause_kind(found, clause, question)
    features = turn_features(found, clauses[0].first, clauses[-1].last, guess.value)
    external = learnt.score(EXTERNAL, features) > 0
    down = learnt.score(DRAWS_DOWN, features) > 0
    way = Direction.DRAWS_DOWN if down else Direction.BUILDS_UP
    if not down and kind is Kind.OPINION and is_wish(found, clause):
        way = Direction.NEUTRAL
    words = dict.fromkeys(found.utterance.tokens[token].word for token in telling)
    return Finding(
        guess.value,
        Perspective.EXTERNAL if external else Perspective.INTERNAL,
        way,
        kind,
        clause_time(found, clause),
        found.utterance.quote(clause),
        f"learnt: {', '.join(words)}",
    )

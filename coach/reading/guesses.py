"""What an answer is about when the word lists say nothing, or little: findings by the learnt model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coach.domain.evidence import Direction, Finding, Kind
from coach.domain.values import Perspective, Value
from coach.reading.kinds import clause_kind, clause_time, is_wish
from coach.reading.learnt import DRAWS_DOWN, EXTERNAL, Feature, Guess, Learnt, about_features, turn_features
from coach.reading.scan import Scan, ValueHit
from coach.reading.text import Clause

_FEWEST = 3  # words that say something; with fewer nothing is guessed
_LONG = 4  # letters of a word that may decide
_DECIDING = 2  # words that decide
_LEAST = 0.5  # no guess below this chance, whatever the threshold of the model
_CLEAR = 0.6  # another value must be as likely before a listed word is dropped
_DOUBTFUL = 0.2  # at most so likely is the value of a word that is dropped
_TURN = 0.5  # score (log odds) from which the model gives a direction to what has none
_SIDE = 1.5  # score (log odds) from which the model decides over the side of a single word


def heard(found: Scan, learnt: Learnt, question: int | None) -> tuple[Finding, ...]:
    """Return what the surest sentence is about, () when no value is sure enough.

    Views and plans are left alone: they name things that they are not about.
    """
    best = max(_by_sentence(found, learnt), key=lambda pair: pair[1].sure, default=None)
    if best is None or best[1].sure < max(learnt.threshold, _LEAST) or not _says_it(found, best[1]):
        return ()
    told = _finding(found, learnt, *best, question)
    return () if told.kind is Kind.OPINION else (told,)


def _says_it(found: Scan, guess: Guess) -> bool:
    """Tell whether the words that decided say something: no little words, no part of a mere saying."""
    said = {at for hit in found.hits("ignore") for at in range(hit.first, hit.last)}
    words = [found.utterance.tokens[at].word for at in guess.tokens if at not in said]
    long = [word for word in words if len(word) >= _LONG and word not in found.pack.function_words]
    return len(long) >= _DECIDING


def chances(found: Scan, learnt: Learnt, sentence: int) -> Mapping[Value, float]:
    """Return how likely each value is in one sentence, {} when the sentence is too short to tell."""
    told = learnt.values(_enough(found, _clauses(found, sentence)))
    return {guess.value: guess.sure for guess in told}


def is_doubtful(value: Value, heard: Mapping[Value, float]) -> bool:
    """Tell whether a sentence is clearly about another value than the one a listed word stands for."""
    return bool(heard) and heard[value] <= _DOUBTFUL and max(heard.values()) >= _CLEAR


def side(found: Scan, clause: Clause, hit: ValueHit, learnt: Learnt) -> Perspective | None:
    """Return whose stock a single word speaks of, None when the model is not sure or the phrase is longer."""
    if hit.last - hit.first > 1:
        return None
    clauses = _clauses(found, clause.sentence)
    score = learnt.score(EXTERNAL, turn_features(found, clauses[0].first, clauses[-1].last, hit.entry.value))
    if abs(score) < _SIDE:
        return None
    return Perspective.EXTERNAL if score > 0 else Perspective.INTERNAL


def turned(finding: Finding, found: Scan, clause: Clause, learnt: Learnt) -> Finding:
    """Return a finding without direction with the direction that the words of its clause have elsewhere.

    What is told without effect, and what is done because the law asks it, stays without.
    """
    if finding.direction is not Direction.NEUTRAL or finding.kind is Kind.OPINION:
        return finding
    if found.in_sentence("asked:only_law", clause.sentence):
        return finding
    features = turn_features(found, clause.first, clause.last, finding.value)
    score = learnt.score(DRAWS_DOWN, features)
    if abs(score) < _TURN or _telling(features) < _FEWEST:
        return finding
    way = Direction.DRAWS_DOWN if score > 0 else Direction.BUILDS_UP
    return replace(finding, direction=way, rule=f"{finding.rule} (direction learnt)")


def _clauses(found: Scan, sentence: int) -> Sequence[Clause]:
    return [clause for clause in found.clauses if clause.sentence == sentence]


def _enough(found: Scan, clauses: Sequence[Clause]) -> list[Feature]:
    """Return the features of a sentence, none when it holds too few telling words."""
    features = about_features(found, clauses[0].first, clauses[-1].last)
    return features if _telling(features) >= _FEWEST else []


def _telling(features: Sequence[Feature]) -> int:
    """Return how many different words say something."""
    return len({feature.key for feature in features if feature.key.startswith("w=")})


def _by_sentence(found: Scan, learnt: Learnt) -> Iterator[tuple[Sequence[Clause], Guess]]:
    for sentence in dict.fromkeys(clause.sentence for clause in found.clauses):
        clauses = _clauses(found, sentence)
        yield from ((clauses, guess) for guess in learnt.values(_enough(found, clauses))[:1])


def _finding(
    found: Scan, learnt: Learnt, clauses: Sequence[Clause], guess: Guess, question: int | None
) -> Finding:
    """Return the finding of a guess; its quote is the clause with the most telling word."""
    telling = guess.tokens
    clause = next((one for one in clauses if telling and one.first <= telling[0] < one.last), clauses[0])
    kind = clause_kind(found, clause, question)
    features = turn_features(found, clauses[0].first, clauses[-1].last, guess.value)
    down = learnt.score(DRAWS_DOWN, features) > 0
    way = Direction.DRAWS_DOWN if down else Direction.BUILDS_UP
    if not down and kind is Kind.OPINION and is_wish(found, clause):
        way = Direction.NEUTRAL
    words = dict.fromkeys(found.utterance.tokens[token].word for token in telling)
    return Finding(
        guess.value,
        Perspective.EXTERNAL if learnt.score(EXTERNAL, features) > 0 else Perspective.INTERNAL,
        way,
        kind,
        clause_time(found, clause),
        found.utterance.quote(clause),
        f"learnt: {', '.join(words)}",
    )

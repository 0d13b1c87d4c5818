"""When a question is answered well enough to go on, and which follow-up would help most if not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from coach.domain.conversation import Exchange
from coach.domain.evidence import INSIDE_PARTIES, Cue, Direction, Intent, Kind, Time
from coach.domain.steps import FollowUp
from coach.domain.values import Perspective, Value

Answers = Sequence[Exchange]

MEANINGFUL_WORDS = 12
FOLLOW_UPS_PER_QUESTION: Mapping[int, int] = MappingProxyType({1: 2, 2: 3, 3: 2, 4: 2, 5: 2, 6: 3, 7: 2})
FOLLOW_UPS_PER_TALK = 12
TREND_CUES = frozenset({Cue.TREND_UP, Cue.TREND_SAME, Cue.TREND_DOWN})
LAYERS = (
    FollowUp.FORCE_STEERING, FollowUp.FORCE_MONEY, FollowUp.FORCE_TOGETHER,
    FollowUp.FORCE_PURPOSE, FollowUp.FORCE_OWNERSHIP,
)  # fmt: skip


def _cues(answers: Answers) -> frozenset[Cue]:
    return frozenset(cue for answer in answers for cue in answer.heard.cues)


def _words(answers: Answers) -> int:
    return sum(answer.heard.words for answer in answers)


def _sides(answers: Answers) -> frozenset[Perspective]:
    """Perspectives touched, by a value finding or by a party that is named."""
    found = {finding.cell.perspective for answer in answers for finding in answer.heard.findings}
    parties = {party for answer in answers for party in answer.heard.stakeholders}
    if parties & INSIDE_PARTIES:
        found.add(Perspective.INTERNAL)
    if parties - INSIDE_PARTIES:
        found.add(Perspective.EXTERNAL)
    return frozenset(found)


def _concrete(answers: Answers) -> int:
    """Number of things told that somebody did: concrete findings, at least one for a concrete answer."""
    return sum(
        max(
            len({f.quote for f in answer.heard.findings if f.kind is not Kind.OPINION}),
            int(answer.heard.kind not in (None, Kind.OPINION)),
        )
        for answer in answers
    )


def _values(answers: Answers) -> frozenset[Value]:
    return frozenset(finding.value for answer in answers for finding in answer.heard.findings)


def _has_pattern(answers: Answers) -> bool:
    return any(answer.heard.patterns for answer in answers)


def _meaning(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    sides = _sides(answers)
    if Perspective.EXTERNAL not in sides:
        yield FollowUp.OUTSIDE
    if Perspective.INTERNAL not in sides:
        yield FollowUp.INSIDE
    if _words(answers) < MEANINGFUL_WORDS:
        yield FollowUp.EXAMPLE


def _behaviour(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    cues, sides = _cues(answers), _sides(answers)
    if _has_pattern(answers):
        yield FollowUp.OWN_PART
    if not _concrete(answers):
        yield FollowUp.EXAMPLE
    if _concrete(answers) < 2 and not cues & {Cue.WHEN, Cue.HOW_OFTEN, Cue.HOW_MUCH}:
        yield FollowUp.CONCRETE
    if Cue.OWN_PART not in cues:
        yield FollowUp.OWN_PART
    if len(sides) < len(Perspective):
        yield FollowUp.OTHER_SIDE
    if focus is None and len(_values(answers)) < 2:
        yield FollowUp.OTHER_VALUE


def _forces(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    cues = _cues(answers)
    asked = {answer.step.ask.follow_up for answer in answers}
    if Cue.FORCE not in cues and not asked & set(LAYERS):
        yield LAYERS[_words(answers) % len(LAYERS)]
    if not cues & TREND_CUES:
        yield FollowUp.TREND
    if _has_pattern(answers):
        yield FollowUp.OWN_PART


def _exceptions(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    cues = _cues(answers)
    if not _concrete(answers):
        yield FollowUp.EXCEPTION if Cue.NO_EFFECT in cues else FollowUp.EXAMPLE
        yield FollowUp.EXCEPTION


def _shared_features(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    if Cue.GIVE_AND_TAKE not in _cues(answers):
        yield FollowUp.OTHER_SIDE
    if max((answer.heard.feature_count for answer in answers), default=0) < 2 and len(answers) < 2:
        yield FollowUp.CONCRETE


def _own_action(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    cues = _cues(answers)
    if Cue.ACTION not in cues:
        yield FollowUp.SMALLER
    if Cue.WHEN not in cues:
        yield FollowUp.WHEN
    if Cue.WHO not in cues:
        yield FollowUp.WHO
    if Cue.FIRST_SIGN not in cues:
        yield FollowUp.FIRST_SIGN


def _effects(answers: Answers, focus: Value | None) -> Iterator[FollowUp]:
    cues = _cues(answers)
    others = _values(answers) - ({focus} if focus else set())
    if not others and Cue.NO_EFFECT not in cues:
        yield FollowUp.OTHER_VALUE
    if Cue.LOSS not in cues:
        yield FollowUp.LOSS


_MISSING: Mapping[int, Callable[[Answers, Value | None], Iterable[FollowUp]]] = MappingProxyType({
    1: _meaning, 2: _behaviour, 3: _forces, 4: _exceptions, 5: _shared_features, 6: _own_action, 7: _effects,
})  # fmt: skip


def missing(question: int, answers: Answers, focus: Value | None) -> tuple[FollowUp, ...]:
    """Return the follow-ups that would complete a question, most helpful first; empty when it is enough.

    `answers` are the standing answers to this question, follow-ups included.
    """
    return tuple(dict.fromkeys(_MISSING[question](answers, focus)))


def already_answered(question: int, earlier: Answers) -> bool:
    """Tell whether one earlier answer fully answers a later question (3, 4 or 6), so that it may be skipped."""
    return any(answers_fully(question, answer) for answer in earlier if answer.heard.intent is Intent.ANSWER)


def answers_fully(question: int, answer: Exchange) -> bool:
    """Tell whether this one answer fully answers question 3, 4 or 6."""
    cues, heard = answer.heard.cues, answer.heard
    if heard.words < 2 * MEANINGFUL_WORDS:
        return False
    if question == 3:
        return {Cue.FORCE, Cue.MECHANISM} <= cues
    if question == 4:
        builds = any(
            f.direction is Direction.BUILDS_UP and f.kind is not Kind.OPINION for f in heard.findings
        )
        return {Cue.SUCCESS, Cue.WHEN} <= cues and builds
    if question == 6:
        planned = any(found.time is Time.PLANNED for found in heard.findings)
        return planned and {Cue.ACTION, Cue.WHO, Cue.WHEN} <= cues
    return False

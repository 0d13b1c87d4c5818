"""Measures of a conversation: how the coach spoke, counted by rules, for trainers and for our own targets.

They are proxies. Definitions and targets: part D of the domain notes, after MITI 4.2.1 (questions,
reflections, advice without permission) and the ICF core competencies (one open question at a time).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.steps import AskKind, Lead
from coach.domain.sufficiency import FOLLOW_UPS_PER_QUESTION, FOLLOW_UPS_PER_TALK

ADVICE_FROM = 6  # the question from which advice is in place
LONG_SENTENCE = 20  # words
REFLECTING = frozenset({Lead.GOAL, Lead.REFLECT, Lead.HEAVY, Lead.ADDED, Lead.REVISED})
CONSENTING = frozenset({Lead.HEAVY, Lead.CARE, Lead.PAUSED, Lead.CLOSED})  # ask whether to go on
ASKED_FOR = frozenset({Lead.EXAMPLE, Lead.ADVICE, Lead.MEANING})  # she asked for what is told
_QUOTED = re.compile("“[^”]*”|‘[^’]*’")
_SENTENCE = re.compile(r"[^.!?…:\n]+[.!?…:]*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Yardstick:
    """What a language adds to the measures: regular expressions, without regard to capitals.

    `opens` and `invites` begin an open question, `leads` mark one that holds its own answer, `advises` mark
    advice, `jargon` are words we do not use, `formal` and `informal` are the two ways to say you.
    """

    opens: tuple[str, ...]
    invites: tuple[str, ...]
    leads: tuple[str, ...]
    advises: tuple[str, ...]
    jargon: tuple[str, ...]
    formal: tuple[str, ...] = ()
    informal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quality:
    """The measures of one conversation; shares are 0–1, None where there was nothing to measure.

    The number in brackets is the measure's number in part D of the domain notes.
    """

    coach_turns: int
    questions: int
    one_question_share: float | None  # (1) turns with at most one question
    open_share: float | None  # (2) open questions among all but those that ask for consent
    leading_share: float | None  # (3) questions that hold their own answer
    advice_before_six: int  # (4) turns with advice that nobody asked for, before question 6
    reflections_per_question: (
        float | None
    )  # (6) reflecting turns ÷ questions that were put for the first time
    talk_share: float | None  # (9) words of the coach ÷ words of the entrepreneur
    median_words: float | None  # (10) words of a turn, closing left out
    longest_words: int  # (10) words of the longest turn, closing left out
    words_per_sentence: float | None  # (11)
    long_sentence_share: float | None  # (11) sentences over 20 words
    jargon: int  # (11) words from the list of words we do not use
    mixed_register: bool  # (12) formal and informal "you" in one talk
    over_follow_up_limit: int  # (15) follow-ups beyond what is allowed


def measure(conversation: Conversation, yardstick: Yardstick) -> Quality:
    """Return the measures of a conversation; what the coach quotes and cites is not counted as hers."""
    turns = [(reply, own_words(reply)) for reply in conversation.replies]
    texts = [text for _, text in turns]
    asked = [question for text in texts for question in questions_in(text)]
    weighed = [q for reply, text in turns if not _consents(reply) for q in questions_in(text)]
    lengths = [word_count(text) for reply, text in turns if reply.step.ask.kind is not AskKind.CLOSING]
    sentences = [word_count(sentence) for text in texts for sentence in sentences_in(text)]
    return Quality(
        coach_turns=len(turns),
        questions=len(asked),
        one_question_share=_share([len(questions_in(text)) <= 1 for text in texts]),
        open_share=_share([is_open(question, yardstick) for question in weighed]),
        leading_share=_share([_hits(yardstick.leads, question) > 0 for question in asked]),
        advice_before_six=sum(_unasked_advice(reply, text, yardstick) for reply, text in turns),
        reflections_per_question=_ratio(
            sum(map(_reflects, conversation.replies)), sum(map(_puts_anew, turns))
        ),
        talk_share=_ratio(sum(map(word_count, texts)), _words_of_person(conversation)),
        median_words=round(float(median(lengths)), 1) if lengths else None,
        longest_words=max(lengths, default=0),
        words_per_sentence=_ratio(sum(sentences), len(sentences)),
        long_sentence_share=_share([count > LONG_SENTENCE for count in sentences]),
        jargon=sum(_hits(yardstick.jargon, text) for text in texts),
        mixed_register=_mixed(texts, yardstick),
        over_follow_up_limit=over_limit(conversation),
    )


@dataclass(frozen=True)
class Slips:
    """How often the four known faults of coaches that are models were shown (part D of the domain notes)."""

    advice_first: int  # turns with advice that nobody asked for, before question 6
    several_questions: int  # turns with more than one question
    leading: int  # questions that hold their own answer
    closed: int  # questions that ask for yes or no, those that ask for consent left out


def slips(replies: Sequence[Replied], yardstick: Yardstick) -> Slips:
    """Count the four known faults in turns of the coach."""
    turns = [(reply, own_words(reply)) for reply in replies]
    asked = [(reply, question) for reply, text in turns for question in questions_in(text)]
    return Slips(
        advice_first=sum(_unasked_advice(reply, text, yardstick) for reply, text in turns),
        several_questions=sum(len(questions_in(text)) > 1 for _, text in turns),
        leading=sum(_hits(yardstick.leads, question) > 0 for _, question in asked),
        closed=sum(not is_open(question, yardstick) for reply, question in asked if not _consents(reply)),
    )


def own_words(reply: Replied) -> str:
    """Return what the coach herself says in a turn: without the person's quoted words and the passages."""
    text = reply.text
    for citation in reply.passages:
        text = text.replace(citation.quote, " ")
    return _QUOTED.sub(" ", text)


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a text that hold a word."""
    return [found.group().strip() for found in _SENTENCE.finditer(text) if _WORD.search(found.group())]


def questions_in(text: str) -> list[str]:
    """Return the sentences that end in a question mark."""
    return [sentence for sentence in sentences_in(text) if sentence.endswith("?")]


def word_count(text: str) -> int:
    """Return the number of words."""
    return len(_WORD.findall(text))


def is_open(question: str, yardstick: Yardstick) -> bool:
    """Tell whether a question asks for more than yes or no: it has a question word, or invites to tell."""
    return _hits(yardstick.opens, question) + _hits(yardstick.invites, question) > 0


def over_limit(conversation: Conversation) -> int:
    """Return how many follow-ups were asked beyond the limits per question and per talk."""
    asked = [
        reply.step.ask.question
        for reply in conversation.replies
        if reply.step.ask.kind is AskKind.FOLLOW_UP and not reply.step.again
    ]
    counts = Counter(question for question in asked if question is not None)
    beyond = sum(max(0, count - FOLLOW_UPS_PER_QUESTION[question]) for question, count in counts.items())
    return max(beyond, len(asked) - FOLLOW_UPS_PER_TALK, 0)


def _consents(reply: Replied) -> bool:
    return reply.step.lead in CONSENTING or reply.step.ask.kind in (AskKind.SUMMARY, AskKind.CLOSING)


def _puts_anew(turn: tuple[Replied, str]) -> int:
    """Number of questions that stood not open before: invitations and a question taken up again are none."""
    reply, text = turn
    return 0 if reply.step.again or _consents(reply) else len(questions_in(text))


def _reflects(reply: Replied) -> bool:
    return reply.step.lead in REFLECTING or reply.step.ask.kind is AskKind.SUMMARY


def _unasked_advice(reply: Replied, text: str, yardstick: Yardstick) -> bool:
    early = (reply.step.ask.question or 0) < ADVICE_FROM and reply.step.ask.kind not in (
        AskKind.CLOSING, AskKind.BALANCE, AskKind.BALANCE_EXAMPLE,
    )  # fmt: skip
    return early and reply.step.lead not in ASKED_FOR and _hits(yardstick.advises, text) > 0


def _words_of_person(conversation: Conversation) -> int:
    return sum(word_count(entry.text) for entry in conversation.entries if isinstance(entry, Said))


def _mixed(texts: Sequence[str], yardstick: Yardstick) -> bool:
    both = (yardstick.formal, yardstick.informal)
    return all(any(_hits(words, text) for text in texts) for words in both)


def _hits(patterns: Sequence[str], text: str) -> int:
    return sum(1 for _ in _found(patterns, text))


def _found(patterns: Sequence[str], text: str) -> Iterator[str]:
    for pattern in patterns:
        yield from (
            found.group() for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)
        )


def _share(items: Sequence[bool]) -> float | None:
    return _ratio(sum(items), len(items))


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 2) if whole else None

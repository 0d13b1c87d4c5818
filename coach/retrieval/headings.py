"""Tells which of the seven questions the headings of a document ask, for the import of articles."""

import re
from collections.abc import Sequence

from coach.retrieval.blocks import Block, BlockKind
from coach.retrieval.embed import ngrams
from coach.retrieval.hints import Hints
from coach.retrieval.normalise import words

HEADINGS: dict[int, tuple[str, ...]] = {
    1: ("Waar gaat het over?", "Wat is het?", "What is it about?", "What is this about?"),
    2: (
        "Welk gedrag is er nu te zien?",
        "Wat zien we nu?",
        "Which behaviour do we see now?",
        "What happens now?",
    ),
    3: (
        "Wat maakt dat het zo blijft gaan?",
        "Welke systeemkrachten houden dit gedrag overeind?",
        "Waarom blijft het zo?",
        "What keeps it going?",
        "Which forces keep this behaviour in place?",
        "Why does it stay this way?",
    ),
    4: (
        "Bestaat ander gedrag?",
        "Kan het ook anders?",
        "Does other behaviour exist?",
        "Can it be done differently?",
    ),
    5: (
        "Wat hebben die voorbeelden gemeen?",
        "Wat zijn de gemeenschappelijke kenmerken van dit gedrag?",
        "What do these examples share?",
        "What are the common features of this behaviour?",
    ),
    6: ("Hoe stimuleren we dit gedrag?", "Hoe brengen we dit op gang?", "How do we encourage it?"),
    7: (
        "Dient dit de balans van alle waarden?",
        "Dient dit alles dan de meervoudige waarde-balans?",
        "Does this serve the balance of all values?",
    ),
}
_SAME = 0.5  # likeness from which a heading is taken for one of the seven


def numbered(blocks: Sequence[Block]) -> dict[int, int]:
    """Return which headings carry the numbers of the seven questions, {} unless three rise in order."""
    found = {at: number for at, block in enumerate(blocks) if (number := question_number(block.text))}
    found = {at: number for at, number in found.items() if blocks[at].kind is BlockKind.HEADING}
    rising = list(found.values()) == sorted(set(found.values()))
    return found if rising and len(found) >= 3 else {}


def question_number(text: str) -> int | None:
    """Return the number 1–7 with which a heading begins, None without one."""
    match = re.match(r"^([1-7])\s*[.):]?\s+\S", text)
    return int(match.group(1)) if match else None


def question_of(heading: str, hints: Hints) -> int | None:
    """Return which of the seven questions a heading asks, in whatever words, None when it asks none."""
    likeness = {
        question: max(_likeness(heading, known) for known in headings)
        for question, headings in HEADINGS.items()
    }
    best = max(likeness, key=lambda question: likeness[question])
    if likeness[best] >= _SAME:
        return best
    shares = hints.questions(heading)
    pointed = int(shares.argmax())
    return pointed if heading.endswith("?") and shares[pointed] >= 0.6 else None


def _likeness(one: str, other: str) -> float:
    """Return the share of letter groups that two headings have in common (Dice), 0 to 1."""
    first, second = ({gram for word in words(text) for gram in ngrams(word)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0

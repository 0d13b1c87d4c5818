"""Gathers what a voice may use for one step: passages that help, cited and numbered by code."""

from collections.abc import Sequence

from coach.domain.conversation import Conversation, Exchange, evidence_of, standing
from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Citation, Found, Query
from coach.domain.ports import Search
from coach.domain.steps import AskKind, Lead, Step
from coach.domain.turns import Material
from coach.domain.values import Value

OFFERED = 2  # examples from the articles when she asks for advice or for another example
EXAMPLES_IN = 4  # the section of an article that tells how others do it
CARDS_AT = (3, 5, 6, 7)  # questions that come with a passage: a mirror of what was just told


def gather(conversation: Conversation, latest: Exchange | None, step: Step, search: Search) -> Material:
    """Return the material for one turn; without an index the talk goes on without passages."""
    return Material(
        conversation=conversation,
        latest=latest,
        earlier=standing(conversation.exchanges),
        evidence=evidence_of(conversation),
        passages=_citations(conversation, latest, step, search),
    )


def _citations(
    conversation: Conversation, latest: Exchange | None, step: Step, search: Search
) -> tuple[Citation, ...]:
    query = _query(conversation, latest, step)
    if query is None:
        return ()
    try:
        found = search.find(query)
    except IndexUnavailable:
        return ()
    shown = {c.quote for reply in conversation.replies for c in reply.passages}
    fresh = [one for one in found if search.quote(one.passage, query) not in shown]
    return tuple(
        _cite(number, one, query, search) for number, one in enumerate(fresh[: _most(step)], start=1)
    )


def _most(step: Step) -> int:
    return OFFERED if step.lead is Lead.EXAMPLE else 1


def _cite(number: int, found: Found, query: Query, search: Search) -> Citation:
    passage = found.passage
    quote = search.quote(passage, query)
    return Citation(number, passage.id, passage.title, passage.value, passage.question, quote)


def _query(conversation: Conversation, latest: Exchange | None, step: Step) -> Query | None:
    """What to look for at this step; None where a passage does not help."""
    if latest is None:
        return None
    value = step.ask.cell.value if step.ask.cell else conversation.focus
    question = step.ask.question
    text = latest.said.text
    if step.lead is Lead.MEANING:
        return Query(text, conversation.language, question=question, near_value=value, k=3)
    late = (question or 0) >= EXAMPLES_IN
    if step.lead is Lead.EXAMPLE and (late or _offered_before(conversation)):
        return Query(_own_words(conversation), conversation.language, value, EXAMPLES_IN, k=6)
    if step.ask.kind is AskKind.QUESTION and not step.again and question in CARDS_AT:
        return Query(text, conversation.language, _spoken_of(latest, value), _section(question), k=4)
    return None


def _offered_before(conversation: Conversation) -> bool:
    """Tell whether the last turn offered examples because she asked for advice."""
    return bool(conversation.replies) and conversation.replies[-1].step.lead is Lead.ADVICE


def _section(question: int | None) -> int | None:
    """The section to take a passage from: what others do is told after her own examples, not before."""
    return EXAMPLES_IN if question == EXAMPLES_IN + 1 else (question or 1) - 1 or None


def _spoken_of(latest: Exchange, value: Value | None) -> Value | None:
    named = [finding.value for finding in latest.heard.findings]
    return value or (named[0] if named else None)


def _own_words(conversation: Conversation) -> str:
    said: Sequence[str] = [exchange.said.text for exchange in standing(conversation.exchanges)]
    return " ".join(said[-2:])

"""What a model may do a second time: hear an answer that the rules heard, word a turn that it missed."""

from dataclasses import replace

from coach.domain.conversation import (
    Conversation,
    Exchange,
    Heard,
    Replied,
    evidence_of,
    standing,
)
from coach.domain.evidence import Intent
from coach.domain.steps import AskKind
from coach.domain.turns import Material

WORTH_HEARING = 4  # words


def unheard(conversation: Conversation) -> tuple[Exchange, ...]:
    """Return the standing answers about the company that no model heard yet, the newest last."""
    heard = {entry.answers for entry in conversation.entries if isinstance(entry, Heard)}
    return tuple(
        exchange
        for exchange in standing(conversation.exchanges)
        if exchange.heard.intent is Intent.ANSWER
        and exchange.heard.words >= WORTH_HEARING
        and exchange.step.ask.kind is not AskKind.CONTRACT
        and exchange.said.position not in heard
    )


def may_be_redone(conversation: Conversation) -> bool:
    """Tell whether a model failed at the last turn and nothing was said since."""
    waiting = conversation.awaits_reply
    return not waiting and conversation.replies[-1].fault is not None


def material_again(conversation: Conversation, reply: Replied) -> Material:
    """Return the material from which a turn was made, passages included."""
    first = _first_version(conversation, reply)
    before = replace(conversation, entries=conversation.entries[: first.position])
    said, step = before.pending, before.open_step
    latest = Exchange(step, said, reply.heard) if said and step and reply.heard else None
    return Material(
        conversation=before,
        latest=latest,
        earlier=standing(before.exchanges),
        evidence=evidence_of(before),
        passages=reply.passages,
    )


def _first_version(conversation: Conversation, reply: Replied) -> Replied:
    while reply.redoes is not None:
        earlier = conversation.entries[reply.redoes]
        if not isinstance(earlier, Replied):
            break
        reply = earlier
    return reply

"""A conversation at the moment that something was said and the coach must take the next step."""

from dataclasses import dataclass

from coach.domain.conversation import Conversation, Exchange, standing
from coach.domain.evidence import Intent, Reading
from coach.domain.steps import Ask, AskKind, FollowUp
from coach.domain.values import Value


@dataclass(frozen=True)
class Situation:
    """A conversation with its newest, not yet replied-to utterance understood."""

    conversation: Conversation
    history: tuple[Exchange, ...]

    @property
    def latest(self) -> Exchange:
        """What was just said."""
        return self.history[-1]

    @property
    def heard(self) -> Reading:
        """How it was understood."""
        return self.latest.heard

    @property
    def focus(self) -> Value | None:
        """The value the talk is about, None for the whole company."""
        return self.conversation.focus

    def open_ask(self) -> Ask:
        """The ask to come back to: the last one that was not itself a change of an earlier answer."""
        asks = [exchange.step.ask for exchange in self.history]
        return next(ask for ask in reversed(asks) if ask.kind is not AskKind.REVISION)

    def answers(self, question: int) -> tuple[Exchange, ...]:
        """The standing answers to one of the seven questions, follow-ups included."""
        return tuple(
            exchange
            for exchange in standing(self.history)
            if exchange.step.ask.question == question and exchange.heard.intent is Intent.ANSWER
        )

    def follow_ups(self, question: int | None = None) -> list[FollowUp]:
        """The follow-ups asked so far, of one question or of all."""
        steps = [reply.step for reply in self.conversation.replies if not reply.step.again]
        return [
            step.ask.follow_up
            for step in steps
            if step.ask.follow_up
            and step.ask.kind is AskKind.FOLLOW_UP
            and question in (None, step.ask.question)
        ]

    def times(self, intent: Intent, ask: Ask) -> int:
        """How often an intent was heard at one question (1–7) or at one cell."""
        return sum(
            exchange.heard.intent is intent
            and (exchange.step.ask.question, exchange.step.ask.cell) == (ask.question, ask.cell)
            for exchange in self.history
        )

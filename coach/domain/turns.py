"""What a voice gets to word a turn: the step's material, nothing else."""

from dataclasses import dataclass

from coach.domain.conversation import Conversation, Exchange
from coach.domain.evidence import Evidence
from coach.domain.passages import Citation
from coach.domain.values import Language


@dataclass(frozen=True)
class Material:
    """All that a voice may use for one turn.

    `latest` is what was just said (None for the first turn), `earlier` the standing exchanges before
    it, `evidence` what stands so far, `passages` the citations found for this step, best first.
    """

    conversation: Conversation
    latest: Exchange | None
    earlier: tuple[Exchange, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    passages: tuple[Citation, ...] = ()

    @property
    def language(self) -> Language:
        """The language of the talk."""
        return self.conversation.language

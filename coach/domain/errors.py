"""Everything that can go wrong and that a person must be told about.

CoachError
├── UnknownConversation   no conversation with this id
├── PositionTaken         another tab went on: this entry's place is taken
├── NotSaved              the text could not be written to disk
├── TooLong               the text is longer than one answer may be
├── EmptyAnswer           nothing readable was typed
├── UnreadableFile        a script, article or prompt file is not as it should be
├── IndexUnavailable      the article index cannot be opened or built now
├── WrongChoice           a value, level or option that does not exist
└── ModelFailed           the chat model could not do its part
"""

from coach.domain.wording import Fault, Usage


class CoachError(Exception):
    """Root of what the project raises on purpose; `code` names its text in the interface's word lists."""

    code = "unknown"


class UnknownConversation(CoachError):
    """No conversation has this id."""

    code = "unknown_conversation"


class PositionTaken(CoachError):
    """The place of this entry is taken: the conversation went on elsewhere."""

    code = "position_taken"


class NotSaved(CoachError):
    """The entry could not be written; nothing was acknowledged."""

    code = "not_saved"


class TooLong(CoachError):
    """The answer has more characters than one turn may have."""

    code = "too_long"


class EmptyAnswer(CoachError):
    """Nothing readable is left of the answer."""

    code = "empty_answer"


class UnreadableFile(CoachError):
    """A file does not have the form it should have; the message names file and reason."""

    code = "unreadable_file"


class IndexUnavailable(CoachError):
    """The article index cannot be used now; the conversation goes on without passages."""

    code = "index_unavailable"


class WrongChoice(CoachError):
    """A value, level, language or option that does not exist."""

    code = "wrong_choice"


class ModelFailed(CoachError):
    """The chat model did not do its part, and nothing of it was shown.

    `fault` says why, `told` more of it, `usage` what it cost, `mended` which checks its words failed.
    """

    code = "model_failed"

    def __init__(
        self, fault: Fault, told: str = "", usage: Usage | None = None, mended: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{fault}: {told}" if told else str(fault))
        self.fault, self.told, self.usage, self.mended = fault, told, usage, mended

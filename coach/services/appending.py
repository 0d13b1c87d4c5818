"""Stores an entry that has no fixed place: it takes the next one, also when somebody else was faster."""

from collections.abc import Callable

from coach.domain.conversation import Conversation, Entry
from coach.domain.errors import PositionTaken
from coach.domain.ports import Archive

TRIES = 4


def append_next(archive: Archive, conversation_id: str, make: Callable[[int], Entry]) -> Conversation:
    """Store the entry that `make` gives for the next free place; return the conversation with it.

    Raises PositionTaken when the place was taken four times in a row, UnknownConversation, NotSaved.
    """
    for left in reversed(range(TRIES)):
        conversation = archive.get(conversation_id)
        entry = make(conversation.next_position)
        try:
            archive.append(conversation_id, entry)
            break
        except PositionTaken:
            if not left:
                raise
    return conversation.append(entry)

"""An archive that keeps nothing after the program ends: for plays in the terminal and for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.domain.conversation import Conversation, Entry
from coach.domain.errors import PositionTaken, UnknownConversation
from coach.domain.ports import Overview


@dataclass
class MemoryArchive:
    """Keeps conversations in memory, with the promises of the real archive but the one of the disk."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)

    def begin(self, conversation: Conversation) -> None:
        """Keep a new conversation. Raises PositionTaken if the id exists."""
        if conversation.id in self.conversations:
            raise PositionTaken(conversation.id)
        self.conversations[conversation.id] = conversation

    def append(self, conversation_id: str, entry: Entry) -> None:
        """Keep one entry. Raises PositionTaken, UnknownConversation."""
        conversation = self.get(conversation_id)
        if entry.position != conversation.next_position:
            raise PositionTaken(str(entry.position))
        self.conversations[conversation_id] = conversation.append(entry)

    def get(self, conversation_id: str) -> Conversation:
        """Return a conversation. Raises UnknownConversation."""
        try:
            return self.conversations[conversation_id]
        except KeyError:
            raise UnknownConversation(conversation_id) from None

    def overviews(self) -> Sequence[Overview]:
        """Return all conversations, newest first."""
        return [
            Overview(c.id, c.language, c.focus, c.origin, c.status, c.started, c.started, len(c.entries))
            for c in reversed(self.conversations.values())
        ]

    def erase(self, conversation_id: str) -> None:
        """Forget a conversation. Raises UnknownConversation."""
        self.get(conversation_id)
        del self.conversations[conversation_id]
        self.drafts.pop(conversation_id, None)

    def keep_draft(self, conversation_id: str, text: str) -> None:
        """Keep text that was typed but not accepted; an empty text clears it."""
        self.drafts[conversation_id] = text

    def draft(self, conversation_id: str) -> str:
        """Return the kept draft, empty if there is none."""
        return self.drafts.get(conversation_id, "")

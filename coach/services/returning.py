"""What an entrepreneur can do when she comes back: set the rulers, look back, talk again, compare two talks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.domain.conversation import Conversation
from coach.domain.course import predecessor_of
from coach.domain.errors import EmptyAnswer, TooLong, UnknownConversation, WrongChoice
from coach.domain.ports import Archive
from coach.domain.returning import MOMENTS, CheckedIn, Gauged, Linked, Moment, Tried
from coach.domain.text import clean
from coach.services.appending import append_next

RULER = range(11)
LONGEST_TOLD = 1_000  # characters


@dataclass(frozen=True)
class Returning:
    """Coming back to one's talk; `clock` gives the time of an entry (None: not kept), `new_id` an unguessable id."""

    archive: Archive
    clock: Callable[[], datetime | None]
    new_id: Callable[[], str]

    def gauge(
        self,
        conversation_id: str,
        moment: Moment,
        importance: int | None = None,
        readiness: int | None = None,
    ) -> Conversation:
        """Store where she stands on one or both rulers, 0–10. Raises WrongChoice."""
        if moment not in MOMENTS:
            raise WrongChoice(f"moment {moment}")
        _check(importance, readiness)
        return append_next(
            self.archive, conversation_id,
            lambda place: Gauged(place, self.clock(), moment, importance, readiness),
        )  # fmt: skip

    def check_in(
        self,
        conversation_id: str,
        tried: Sequence[Tried],
        importance: int | None = None,
        readiness: int | None = None,
    ) -> Conversation:
        """Store how it went; an action of which nothing is told is left out.

        Raises EmptyAnswer when nothing at all is told, TooLong, WrongChoice.
        """
        _check(importance, readiness, *(one.confidence for one in tried))
        told = tuple(one for one in map(_cleaned, tried) if one.did or one.saw or one.confidence is not None)
        if not told and importance is None and readiness is None:
            raise EmptyAnswer
        return append_next(
            self.archive, conversation_id,
            lambda place: CheckedIn(place, self.clock(), told, importance, readiness),
        )  # fmt: skip

    def again(self, earlier: Conversation) -> Conversation:
        """Store and return a new talk in the same language and on the same subject that knows the earlier one."""
        at = self.clock()
        first = Linked(0, at, earlier.id)
        begun = Conversation(self.new_id(), earlier.language, earlier.focus, at, entries=(first,))
        self.archive.begin(begun)
        return begun

    def link(self, conversation_id: str, after: str) -> Conversation:
        """Store which talk came before this one; an empty `after` lets go of it.

        Raises UnknownConversation when there is no such talk, WrongChoice when it would come before itself.
        """
        if after and self._leads_to(after, conversation_id):
            raise WrongChoice(f"{after} comes after this talk or is this talk")
        return append_next(self.archive, conversation_id, lambda place: Linked(place, self.clock(), after))

    def earlier(self, conversation: Conversation) -> Conversation | None:
        """Return the talk that came before, None if there is none or it was erased."""
        before = predecessor_of(conversation)
        if not before:
            return None
        try:
            return self.archive.get(before)
        except UnknownConversation:
            return None

    def _leads_to(self, start: str, wanted: str) -> bool:
        """Tell whether `wanted` is `start` itself or one of the talks before it."""
        seen: set[str] = set()
        one: Conversation | None = self.archive.get(start)
        while one is not None and one.id not in seen:
            if one.id == wanted:
                return True
            seen.add(one.id)
            one = self.earlier(one)
        return False


def _check(*numbers: int | None) -> None:
    for number in numbers:
        if number is not None and number not in RULER:
            raise WrongChoice(f"{number} is not on the ruler")


def _cleaned(one: Tried) -> Tried:
    did, saw = clean(one.did), clean(one.saw)
    if max(len(did), len(saw)) > LONGEST_TOLD:
        raise TooLong(str(max(len(did), len(saw))))
    return replace(one, did=did, saw=saw)

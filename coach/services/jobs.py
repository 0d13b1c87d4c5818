"""Replies in the making, for pages that come and go: each in its own thread, one per conversation."""

import logging
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from coach.domain.errors import CoachError

log = logging.getLogger(__name__)

KEEP_SECONDS = 600.0  # how long the outcome of an ended job can still be asked for

Say = Callable[[str], None]
Work = Callable[[Say], None]


class TookTooLong(CoachError):
    """The reply was not complete before its deadline; nothing of it was stored."""

    code = "took_too_long"


@dataclass(frozen=True)
class Progress:
    """How far a reply is: `text` so far; `done` when no more will come; `error` why it failed, if it did."""

    text: str = ""
    done: bool = False
    error: Exception | None = None


@dataclass
class _Job:
    ends_at: float
    pieces: list[str] = field(default_factory=list)
    error: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)


class ReplyJobs:
    """The register of running replies; one for the whole process, shared by all pages.

    A job belongs to its conversation, not to a page: a click, a refresh, a lost connection or a second
    browser finds it where it is. `deadline` is the total time in seconds that a reply may take; a job that is
    still busy then counts as failed and is cut off at its next piece.
    """

    def __init__(self, deadline: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._deadline = deadline
        self._clock = clock
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()

    def start(self, conversation_id: str, work: Work) -> bool:
        """Run `work(say)` for a conversation; False, and nothing happens, when one is already running.

        `work` calls `say(piece)` for each piece of the reply and stores the reply before it returns. It
        should look again whether a reply is still owed: the last one may have ended a moment ago. A job that
        failed or ended can be started again; its progress is then forgotten.
        """
        with self._lock:
            current = self._jobs.get(conversation_id)
            if current is not None and not self._over(current):
                return False
            self._drop_old()
            job = _Job(ends_at=self._clock() + self._deadline)
            self._jobs[conversation_id] = job
        threading.Thread(target=self._run, args=(job, work), name="reply", daemon=True).start()
        return True

    def progress(self, conversation_id: str) -> Progress | None:
        """Return how far the newest job is, None when there has been none since the program began."""
        with self._lock:
            job = self._jobs.get(conversation_id)
            if job is None:
                return None
            done = self._over(job)
            return Progress("".join(job.pieces), done, job.error)

    def wait(self, conversation_id: str, timeout: float | None = None) -> Progress | None:
        """Wait `timeout` seconds at most (None: its deadline) for the job to end; return its progress."""
        with self._lock:
            job = self._jobs.get(conversation_id)
        if job is not None:
            job.ended.wait(self._deadline if timeout is None else timeout)
        return self.progress(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Drop what is known of a conversation's job, cutting it off if it runs: for one that is erased."""
        with self._lock:
            job = self._jobs.pop(conversation_id, None)
            if job is not None:
                self._end(job, TookTooLong("the conversation was erased"))

    def _run(self, job: _Job, work: Work) -> None:
        try:
            work(lambda piece: self._say(job, piece))
        except Exception as error:  # the edge of the thread: whatever went wrong is reported to the page
            if not job.ended.is_set():
                log.exception("a reply could not be made")
            with self._lock:
                self._end(job, error.with_traceback(None))  # a traceback would keep all it points at
        else:
            with self._lock:
                self._end(job, None)

    def _say(self, job: _Job, piece: str) -> None:
        with self._lock:
            if self._over(job):
                raise job.error or TookTooLong("the reply had already ended")
            job.pieces.append(piece)

    def _drop_old(self) -> None:
        kept_until = self._clock() - KEEP_SECONDS
        self._jobs = {key: job for key, job in self._jobs.items() if job.ends_at > kept_until}

    def _over(self, job: _Job) -> bool:
        if not job.ended.is_set() and self._clock() >= job.ends_at:
            self._end(job, TookTooLong(f"no complete reply within {self._deadline:g} seconds"))
        return job.ended.is_set()

    def _end(self, job: _Job, error: Exception | None) -> None:
        if not job.ended.is_set():
            job.error = error
            job.ended.set()


def tell(pieces: Iterator[str], finish: Callable[[str], None]) -> Work:
    """Make the work that says every piece and then hands the whole text to `finish`, which stores it.

    `finish` is not called when the reply broke off or came too late: half a reply is never stored. A
    generator is closed in every case, so that a connection it holds is let go.
    """

    def work(say: Say) -> None:
        said: list[str] = []
        try:
            for piece in pieces:
                say(piece)
                said.append(piece)
        finally:
            if isinstance(pieces, Generator):
                pieces.close()
        say("")  # raises when the deadline has passed meanwhile
        finish("".join(said))

    return work


def paced(
    pieces: Iterator[str], total: float, pause: Callable[[float], None] = time.sleep, longest: float = 0.04
) -> Iterator[str]:
    """Yield text word by word, so that a reply that is ready at once can be followed as it appears.

    All pauses together last at most `total` seconds (0: none), each at most `longest`. The joined words are
    the joined pieces, to the character.
    """
    words = re.findall(r"\s*\S+|\s+", "".join(pieces))
    each = min(longest, total / max(1, len(words)))
    for word in words:
        yield word
        if each > 0:
            pause(each)

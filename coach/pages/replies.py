"""Has replies made that are owed, in jobs that outlive the page."""

from collections.abc import Callable
from time import sleep

from coach.wiring import App

LONGEST_PAUSE = 0.04  # seconds between two words
WORDS = 60  # of a long reply: the time for a reply is spread over this many
PATIENCE = 5.0  # seconds that a page waits for a reply it does not show


def make_reply(app: App, conversation_id: str) -> None:
    """Begin the reply that is owed, word by word over `reply_seconds`; one that is being made goes on."""
    pause = min(LONGEST_PAUSE, app.settings.reply_seconds / WORDS)

    def work(say: Callable[[str], None]) -> None:
        app.guidance.reply(conversation_id, lambda piece: _paced(say, piece, pause))
        _listen(app, conversation_id)

    app.jobs.start(conversation_id, work)


def redo_reply(app: App, conversation_id: str) -> None:
    """Begin to have the model word the last turn anew."""

    def work(say: Callable[[str], None]) -> None:
        app.guidance.redo(conversation_id, say)

    app.jobs.start(conversation_id, work)


def _listen(app: App, conversation_id: str) -> None:
    """Have a model hear the last answer too, in a job of its own: nobody waits for it."""

    def listen(_: Callable[[str], None]) -> None:
        app.guidance.listen(conversation_id)

    if app.guidance.listener is not None:
        app.jobs.start(f"{conversation_id}/heard", listen)


def reply_now(app: App, conversation_id: str) -> None:
    """Have the owed reply made without showing it; after a few seconds the page goes on without."""

    def work(say: Callable[[str], None]) -> None:
        app.guidance.reply(conversation_id, say)
        _listen(app, conversation_id)

    app.jobs.start(conversation_id, work)
    app.jobs.wait(conversation_id, PATIENCE)


def _paced(say: Callable[[str], None], piece: str, pause: float) -> None:
    say(piece)
    if pause > 0:
        sleep(pause)

"""What runs in a process of its own, to be killed, starved or traced: `python -m tests.store.children …`."""

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from coach.domain.errors import NotSaved
from coach.domain.steps import Lead
from coach.store.archive import SqlArchive, open_archive
from tests.store.samples import conversation, replied, said


def tell(line: str) -> None:
    """Write one line at once, so that what was told was told before a kill."""
    os.write(1, f"{line}\n".encode())


def pairs(url: str, name: str) -> None:
    """Keep what is said and replied, for ever; tell each position when it is acknowledged."""
    archive = open_archive(url)
    archive.begin(conversation(name))
    tell("begun")
    place = 0
    while True:
        archive.append(name, said(place, f"antwoord {place} " * 30))
        tell(f"ack {place}")
        archive.append(name, replied(place + 1, (Lead.REFLECT, Lead.PAUSED)[place % 4 // 2]))
        tell(f"ack {place + 1}")
        place += 2


def attempts(url: str, count: str, synchronous: str = "FULL") -> None:
    """Try `count` times to keep the next entry; tell which were acknowledged and why others were not."""
    archive = open_archive(url)
    event.listen(archive.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA synchronous={synchronous}"))
    archive.close()
    archive.begin(conversation())
    place = 0
    for _ in range(int(count)):
        place += _attempt(archive, place)


def starved(url: str) -> None:
    """Keep entries, then be allowed no larger files, then be allowed them again."""
    archive = open_archive(url)
    archive.begin(conversation())
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    place = _attempt(archive, 0)
    largest = max(file.stat().st_size for file in Path(str(archive.engine.url.database)).parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, unlimited[1]))
    for _ in range(3):
        place += _attempt(archive, place, "x" * 2 * largest)
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    for _ in range(3):
        place += _attempt(archive, place)


def _attempt(archive: SqlArchive, place: int, text: str = "antwoord") -> int:
    try:
        archive.append("c1", said(place, text))
    except NotSaved as problem:
        tell(f"refused {place} {problem}")
        return 0
    tell(f"ack {place}")
    return 1


def killed_at(url: str, statement: str) -> None:
    """Open the archive, but die just before the given statement is sent; tell when that never came."""
    left = int(statement)

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    open_archive(url)
    tell("opened")


def together(url: str, count: str) -> None:
    """Open the archive in several processes at once; tell how each fared."""
    born = [_born(lambda: open_archive(url).overviews()) for _ in range(int(count))]
    for pid in born:
        tell(f"exit {os.waitpid(pid, 0)[1]}")


def _born(work: Callable[[], Any]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException as problem:
            tell(f"failed {problem!r}")
            os._exit(1)
        os._exit(0)
    return pid


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task for task in (pairs, attempts, starved, killed_at, together)
}


def nursery() -> None:
    """Do each task named on standard input in a copy of this process; tell its id, and when it ended."""
    for line in sys.stdin:
        task, *arguments = line.split()
        pid = _born(lambda task=task, arguments=arguments: TASKS[task](*arguments))  # type: ignore[misc]
        tell(f"pid {pid}")
        _, status = os.waitpid(pid, 0)
        tell(f"ended {status}")


if __name__ == "__main__":
    nursery() if len(sys.argv) == 1 else TASKS[sys.argv[1]](*sys.argv[2:])

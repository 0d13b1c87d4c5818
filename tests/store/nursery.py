"""Tasks in processes of their own, quickly one after another: the program is loaded once and copied."""

import os
import signal
import subprocess
import sys
import time
from typing import Self


class Nursery:
    """Runs tasks of `tests.store.children`; arguments hold no blanks."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.store.children"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate(timeout=30)

    def run(self, task: str, *arguments: str, kill_after: float | None = None) -> list[str]:
        """Return the lines that a task told, until its end or until it is killed after so many seconds."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(" ".join((task, *arguments)) + "\n")
        stdin.flush()
        told, pid = [], 0
        for line in stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "pid":
                pid = int(rest)
                _kill(pid, kill_after)
            elif word == "ended":
                break
            else:
                told.append(line.strip())
        return told


def _kill(pid: int, after: float | None) -> None:
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)

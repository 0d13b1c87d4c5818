"""Remembers that a chat model does not answer, so that a dead one costs one wait and not one per turn."""

import threading
import time
from collections.abc import Callable

from coach.domain.wording import OUT_OF_REACH, Fault

REST_SECONDS = 60.0
LONGEST_REST = 600.0  # however long a server asks for
PATIENCE = 3  # poor replies in a row


class Breaker:
    """Open while a model is left alone: after one fault of its server, or a few poor replies in a row.

    While it is open nobody waits for the model. Once its rest is over, one caller may probe it in the
    background; a probe that works closes the breaker, one that fails starts a new rest. `patience` is how many
    poor replies in a row are too many.
    """

    def __init__(
        self,
        rest: float = REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._rest, self._clock, self._patience = rest, clock, patience
        self._lock = threading.Lock()
        self._cause: Fault | None = None
        self._poor = 0
        self._until = 0.0
        self._probing = False

    @property
    def cause(self) -> Fault | None:
        """Why the model is left alone now, None when it may be asked."""
        with self._lock:
            return self._cause

    def failed(self, fault: Fault, wait: float | None = None) -> None:
        """Take note of a fault; `wait` is for how many seconds the server asked to be left alone."""
        with self._lock:
            self._probing = False
            self._poor += 1
            if fault in OUT_OF_REACH or self._cause is not None or self._poor >= self._patience:
                self._cause = fault
                self._until = self._clock() + (self._rest if wait is None else min(wait, LONGEST_REST))

    def worked(self) -> None:
        """Take note that the model answered well."""
        with self._lock:
            self._cause, self._poor, self._probing = None, 0, False

    def may_probe(self) -> bool:
        """Tell one caller, once, that the rest is over and the model may be tried."""
        with self._lock:
            due = self._cause is not None and not self._probing and self._clock() >= self._until
            self._probing = self._probing or due
            return due

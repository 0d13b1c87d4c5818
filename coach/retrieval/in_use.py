"""The index of one embedding as a running program uses it: opened once, renewed when another replaces it."""

import threading
from collections.abc import Callable

from coach.retrieval.embeddings import Embedding
from coach.retrieval.index import ChromaIndex, Ingredients
from coach.retrieval.opened import OpenIndex


class IndexInUse:
    """Hands out the index in use; opens or builds it when it is first needed, from any thread."""

    def __init__(
        self, index: ChromaIndex, embedding: Embedding, ingredients: Callable[[], Ingredients]
    ) -> None:
        self._index = index
        self._embedding = embedding
        self._ingredients = ingredients
        self._lock = threading.Lock()
        self._held: tuple[OpenIndex, object] | None = None  # with the stamp it was opened at

    def current(self) -> OpenIndex:
        """Return the index; another one when a process has put one in its place. Raises IndexUnavailable."""
        held = self._held
        if held is not None and held[1] is not None and held[1] == self._stamp():
            return held[0]
        with self._lock:
            if self._held is None or self._held[1] != self._stamp():
                self._renew(rebuild=False)
            assert self._held is not None
            return self._held[0]

    def renew(self, rebuild: bool) -> tuple[OpenIndex, bool]:
        """Return the index of the articles as they are now, and whether it was built for it."""
        with self._lock:
            built = self._renew(rebuild)
            assert self._held is not None
            return self._held[0], built

    def _stamp(self) -> object:
        return self._index.stamp(self._embedding)

    def _renew(self, rebuild: bool) -> bool:
        ingredients = self._ingredients()
        opened, built = None if rebuild else self._index.open(ingredients), False
        if opened is None:
            opened, built = self._index.build(ingredients, always=rebuild)
        self._held = opened, self._stamp()
        return built

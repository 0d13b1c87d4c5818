"""The words of the interface in one language, for pages, documents and the command line."""

from collections.abc import Mapping
from pathlib import Path

from coach import prompts
from coach.domain.values import Language


class Words:
    """Interface words by key, such as `words("talk.skip")`, with `{slots}` filled in."""

    def __init__(self, language: Language, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **slots: object) -> str:
        """Return the text of `key`. Raises KeyError when it does not exist, in any language."""
        return self._texts[key].format(**slots)

    def keys(self) -> frozenset[str]:
        """Return all keys, for the check that both languages have the same."""
        return frozenset(self._texts)


def read_words(folder: Path, language: Language) -> Words:
    """Return the words under prompts/<language>/interface/*.yaml; a key is `file.name`. Raises UnreadableFile."""
    texts: dict[str, str] = {}
    for path in sorted((folder / language / "interface").glob("*.yaml")):
        texts |= {f"{path.stem}.{name}": text for name, text in prompts.load(path, dict[str, str]).items()}
    return Words(language, texts)

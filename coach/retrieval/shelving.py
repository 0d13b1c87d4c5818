"""Keeps imported articles in the data folder: adds, replaces and removes their files."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.domain.errors import UnreadableFile, WrongChoice
from coach.domain.values import Language
from coach.retrieval.documents import article_files, parse_document, read_documents
from coach.retrieval.hints import Hints
from coach.retrieval.importing import Recognised, Wishes, article_file, recognise


@dataclass(frozen=True)
class Added:
    """What became of one document: `added`, `replaced`, `unchanged` or `refused` with the reason."""

    path: str
    outcome: str
    article_id: str | None = None
    recognised: Recognised | None = None
    reason: str = ""


class ImportedArticles:
    """The article files that were imported here; never part of the repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> list[Path]:
        """Return their files."""
        return article_files(self._folder)

    def store(self, found: Recognised) -> Added:
        """Write a recognised document as an article; the same one again changes nothing.

        Raises UnreadableFile when it would not be an article that can be read, or cannot be written.
        """
        target = self._folder / f"{found.stem}.md"
        text = article_file(found)
        article = parse_document(text, target).article
        outcome = "added"
        if target.exists():
            outcome = "unchanged" if target.read_text(encoding="utf-8") == text else "replaced"
        if outcome != "unchanged":
            _write(target, text)
        return Added(str(found.path), outcome, article.id, found)

    def add(self, path: Path, hints: Mapping[Language, Hints], wishes: Wishes) -> Added:
        """Recognise and store one document; a document that cannot be read is refused, not raised."""
        try:
            return self.store(recognise(path, hints, wishes))
        except UnreadableFile as problem:
            return Added(str(path), "refused", reason=str(problem))

    def remove(self, article_id: str) -> None:
        """Remove an article. Raises WrongChoice when none here has this id."""
        for document in read_documents(self.files())[0]:
            if document.article.id == article_id:
                document.path.unlink()
                return
        raise WrongChoice(f"{article_id} is not an imported article; `coach corpus list` shows what there is")


def _write(target: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, target)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        raise UnreadableFile(f"{target.name}: the article cannot be stored ({problem.strerror})") from problem

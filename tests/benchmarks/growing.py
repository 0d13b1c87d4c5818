"""Grows the shipped series to any number of passages, repeatably, for the measurements of size."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from coach.domain.passages import Article
from coach.domain.values import QUESTIONS, Language, Value
from coach.retrieval.documents import Document, Section, article_files, read_documents
from coach.retrieval.split import sentences

WORDS = 100  # in a paragraph, so that each becomes a passage of its own
PARAGRAPHS = 4  # in a section
_STRANGE = 0.25  # share of sentences that come from anywhere in the series
_NEW_WORDS = 0.03  # share of words put in place of others: the vocabulary of real text keeps growing as well
_LONG = 5  # letters of a word that may be replaced or become part of a new one
_TAIL = 1.1  # how fast new words get rarer (Zipf)

Told = dict[tuple[Value | None, int | None], list[str]]


def grown(corpus: Path, language: Language, passages: int, seed: int = 7) -> Iterator[Document]:
    """Yield articles with about so many passages: sentences of the series anew mixed, some words made new."""
    chance = np.random.default_rng(seed)
    told = _sentences(corpus, language)
    everywhere = [sentence for there in told.values() for sentence in there]
    stems = sorted({word for one in everywhere for word in one.lower().split() if _may_join(word)})
    values = list(Value)
    for number in range(-(-passages // (PARAGRAPHS * len(QUESTIONS)))):
        value = values[number % len(values)]
        sections = tuple(
            Section(
                f"{question}.",
                question,
                tuple(
                    _paragraph(chance, told.get((value, question)) or everywhere, everywhere, stems)
                    for _ in range(PARAGRAPHS)
                ),
            )
            for question in sorted(QUESTIONS)
        )
        yield Document(_article(number, value, language), sections, Path(f"grown-{number}.md"))


def _sentences(corpus: Path, language: Language) -> Told:
    found: Told = {}
    for document in read_documents(article_files(corpus))[0]:
        if document.article.language is language:
            for section in document.sections:
                there = found.setdefault((document.article.value, section.question), [])
                there.extend(one for paragraph in section.paragraphs for one in sentences(paragraph))
    return found


def _may_join(word: str) -> bool:
    return len(word) >= _LONG and word.isalpha()


def _paragraph(
    chance: np.random.Generator, own: Sequence[str], everywhere: Sequence[str], stems: Sequence[str]
) -> str:
    words: list[str] = []
    while len(words) < WORDS:
        told = everywhere if chance.random() < _STRANGE else own
        words += told[int(chance.integers(len(told)))].split()
    for at in np.flatnonzero(chance.random(len(words)) < _NEW_WORDS):
        if _may_join(words[at]):
            first, second = (chance.zipf(_TAIL, 2) - 1) % len(stems)
            words[at] = stems[first] + stems[second]
    return " ".join(words)


def _article(number: int, value: Value, language: Language) -> Article:
    title = f"{value.value.capitalize()} {number}"
    return Article(f"grown-{number}-{language}", title, value, number, language, (), "", "", "")

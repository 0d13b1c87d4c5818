"""Measures the built-in scores on public Dutch sets of passages and questions, where they are at hand."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language
from coach.retrieval.embed import NgramEmbeddings
from coach.retrieval.evaluate import Figure, Report
from coach.retrieval.glossary import Glossary, weigh
from coach.retrieval.lexical import Bm25
from coach.retrieval.normalise import Compounds, Normaliser, word_counts
from coach.retrieval.scoring import Tuning, mix

_TARGETS = {"ak": 53.0, "cc": 61.0}  # nDCG@10 x 100 of Dutch questions


def evaluate_public(sets: Path, glossary: Glossary) -> list[Report]:
    """Return the nDCG@10 of the mixed score on ak.json and cc.json in a folder, one setting for both.

    The English questions of cc go through the glossary; they have no target of their own. Nothing is learnt
    from the sets but their passages. Raises UnreadableFile.
    """
    found = [path for path in (sets / "ak.json", sets / "cc.json") if path.exists()]
    if not found:
        raise UnreadableFile(f"{sets}: holds neither ak.json nor cc.json")
    try:
        return [
            _measured(path.stem, json.loads(path.read_text(encoding="utf-8")), glossary) for path in found
        ]
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        raise UnreadableFile(f"{sets}: a set has not the form it should have ({problem})") from problem


def ndcg(ranked: Sequence[str], relevant: set[str], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of a ranking with yes-or-no relevance, 0 to 1."""
    gain = sum(1 / np.log2(place + 2) for place, name in enumerate(ranked[:depth]) if name in relevant)
    best = sum(1 / np.log2(place + 2) for place in range(min(depth, len(relevant))))
    return float(gain / best) if best else 0.0


class _Side:
    """The built-in scores over the passages of a public set."""

    def __init__(self, passages: dict[str, str], glossary: Glossary) -> None:
        texts = list(passages.values())
        self._names = list(passages)
        self._normaliser = Normaliser(Language.NL, Compounds(word_counts(texts)))
        self._bm25 = Bm25.fit([self._normaliser.terms(text) for text in texts])
        self._embedding = NgramEmbeddings.fit(texts)
        self._vectors = self._embedding.vectors(texts)
        self._glossary = glossary

    def dutch(self, question: str) -> list[str]:
        """Return the names of passages, best first, for a Dutch question."""
        return self._ranked(Counter(self._normaliser.terms(question)), question, Tuning().dense)

    def english(self, question: str) -> list[str]:
        """The same for an English question, by way of the glossary."""
        translated = self._glossary.translate(question, Language.EN)
        words = " ".join(option for word in translated for option, _ in word.options)
        return self._ranked(weigh(translated, self._normaliser), words, Tuning().dense_translated)

    def _ranked(self, terms: dict[str, float] | Counter[str], text: str, share: float) -> list[str]:
        likeness = np.asarray(self._vectors @ self._embedding.query_vector(text), dtype=np.float32)
        scores = mix(self._bm25.scores(terms), likeness, share)
        return [self._names[at] for at in np.argsort(-scores, kind="stable")]


def _measured(name: str, content: dict[str, Any], glossary: Glossary) -> Report:
    side, questions = _Side(content["docs"], glossary), content["q"]
    relevant = [set(row[1]) if name == "ak" else {row[2]} for row in questions]
    dutch = [ndcg(side.dutch(row[0]), right) for row, right in zip(questions, relevant, strict=True)]
    figures = [Figure("nDCG@10 of Dutch questions, x 100", 100 * sum(dutch) / len(dutch), _TARGETS[name])]
    if name == "cc":
        english = [ndcg(side.english(row[1]), right) for row, right in zip(questions, relevant, strict=True)]
        figures.append(Figure("nDCG@10 of English questions, x 100", 100 * sum(english) / len(english), 0))
    return Report(name, len(questions), tuple(figures))

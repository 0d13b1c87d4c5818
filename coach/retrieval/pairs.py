"""Learns which words translate each other from articles that exist in both languages, for the command `train`."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.domain.values import Language
from coach.retrieval.documents import Document, article_files, read_documents
from coach.retrieval.glossary import PAIRS
from coach.retrieval.normalise import Compounds, Normaliser, words
from coach.retrieval.stopwords import STOP_WORDS

HEAD = """\
# English words with the Dutch ones that stand for them in our own parallel articles. Written by `coach train`: what
# should be otherwise belongs in glossary.yaml, which goes before this file. Licence CC BY 4.0, Waardebalans.
"""
_ROUNDS = 12
_LEAST = 0.35  # chance that a pair has, as the geometric mean of both directions
_OFTEN = 2  # places in which it stands
_OPTIONS = 2  # translations of one word
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NOBODY = ""  # the empty word, of which words are born that translate nothing

Place = tuple[Sequence[str], Sequence[str]]
Numbers = NDArray[np.float64]


def learn_pairs(corpus: Path) -> dict[str, list[str]]:
    """Return English words with their likeliest Dutch ones, best first, from `corpus/en` and `corpus/nl`.

    IBM model 1 in both directions (Brown, Della Pietra, Della Pietra and Mercer, 1993) on stems, sentence by
    sentence where a paragraph has as many in both languages, else paragraph by paragraph. A word without a partner
    that is likely both ways is left out; the same articles give the same pairs.
    """
    forms = {language: _Forms(language) for language in Language}
    places = [
        (forms[Language.EN].stems(english), forms[Language.NL].stems(dutch))
        for english, dutch in _parallel(*(_articles(corpus / one) for one in (Language.EN, Language.NL)))
    ]
    there = _chances(places)
    back = _chances([(dutch, english) for english, dutch in places])
    together = Counter((e, d) for english, dutch in places for e in set(english) for d in set(dutch))
    found: dict[str, list[tuple[float, str]]] = {}
    for (english, dutch), chance in there.items():
        both = (chance * back.get((dutch, english), 0.0)) ** 0.5
        if both >= _LEAST and together[english, dutch] >= _OFTEN:
            found.setdefault(english, []).append((-both, dutch))
    return {
        forms[Language.EN].usual(english): [
            forms[Language.NL].usual(dutch) for _, dutch in sorted(options)[:_OPTIONS]
        ]
        for english, options in sorted(found.items())
    }


def store_pairs(pairs: Mapping[str, Sequence[str]], prompts: Path) -> None:
    """Write the file that `open_glossary` reads beside the list that was checked by hand."""
    lines = (f"{_quoted(word)}: [{', '.join(map(_quoted, options))}]\n" for word, options in pairs.items())
    (prompts / PAIRS).write_text(HEAD + "".join(lines), encoding="utf-8")


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


class _Forms:
    """Stems of one language, and for each the form that was seen most."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._normaliser = Normaliser(language, Compounds({}))
        self._seen: dict[str, Counter[str]] = {}

    def stems(self, text: str) -> list[str]:
        kept = [word for word in words(text) if word not in STOP_WORDS[self._language] and not word.isdigit()]
        stems = [self._normaliser.word_terms(word)[0] for word in kept]
        for word, stem in zip(kept, stems, strict=True):
            self._seen.setdefault(stem, Counter())[word] += 1
        return stems

    def usual(self, stem: str) -> str:
        return min(self._seen[stem], key=lambda word: (-self._seen[stem][word], word))


def _articles(folder: Path) -> Mapping[str, Document]:
    return {path.name: document for path in article_files(folder) for document in read_documents([path])[0]}


def _parallel(english: Mapping[str, Document], dutch: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Yield what says the same in both languages, as small as can be told from the form alone."""
    for name in sorted(english.keys() & dutch.keys()):
        sections = zip(english[name].sections, dutch[name].sections, strict=False)
        for one, other in sections:
            for pair in zip(one.paragraphs, other.paragraphs, strict=False):
                left, right = (_SENTENCE.split(paragraph.strip()) for paragraph in pair)
                yield from zip(left, right, strict=True) if len(left) == len(right) else [pair]


def _chances(places: Sequence[Place]) -> dict[tuple[str, str], float]:
    """Return the chance of each target word given a source word, by expectation maximisation from equal chances."""
    keys: dict[tuple[str, str], int] = {}
    pairs, births, born = list[int](), list[int](), 0
    for source, target in places:
        for word in target:
            for cause in (_NOBODY, *source):
                pairs.append(keys.setdefault((cause, word), len(keys)))
                births.append(born)
            born += 1
    causes = {cause: at for at, cause in enumerate(dict.fromkeys(cause for cause, _ in keys))}
    pair, birth = np.array(pairs, dtype=np.int64), np.array(births, dtype=np.int64)
    of_cause = np.array([causes[cause] for cause, _ in keys], dtype=np.int64)
    chance: Numbers = np.ones(len(keys))
    for _ in range(_ROUNDS):
        share = chance[pair] / np.bincount(birth, chance[pair])[birth]
        counted = np.bincount(pair, share, len(keys))
        chance = counted / np.bincount(of_cause, counted)[of_cause]
    return {key: float(chance[at]) for key, at in keys.items() if key[0] != _NOBODY}

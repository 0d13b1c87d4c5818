"""Tells Dutch from English in a few words, without a model: by common words and by spelling."""

import re

from coach.domain.values import Language
from coach.retrieval.normalise import words
from coach.retrieval.stopwords import STOP_WORDS

_SHARED = STOP_WORDS[Language.NL] & STOP_WORDS[Language.EN] | {
    "in",
    "is",
    "we",
    "over",
    "of",
    "was",
    "had",
    "me",
}
_SPELLING = {
    Language.NL: re.compile(
        r"ij|aa|uu|oe|eeu|ieu|sch|ui|^ge\w{4,}|^ver\w{3}|^be\w{3,}en$|cht|oo[kprnt]|ee[nrklt]|lijk|"
        r"heid|eid|[^aeo]tie$|je$|jes$|[bdgklmnprstvz]en$|baar$|^vr|^zw|^kl|ks$|euw|dt$|kk|zz?en"
    ),
    Language.EN: re.compile(
        r"^th|th$|^wh|sh$|^sh|tion|ing$|ough|ould|ck|[^aeiou]ly$|^qu|ght|y$|ea|ou[rt]|ss$|ness|ment$|ed$|"
        r"ity|w[nl]$|ee[dp]$|ow$|^wr|^kn|ies$|ful$|less$|able$|^ex|^co[mn]|ive$|ate$|[lr]d$|ys$|ch$"
    ),
}
_COMMON, _SPELT = 2.0, 1.0


def detect(text: str) -> Language | None:
    """Return the language of a text, None when its words tell nothing either way."""
    score = 0.0  # above zero: Dutch
    for word in words(text):
        dutch, english = word in STOP_WORDS[Language.NL], word in STOP_WORDS[Language.EN]
        if word not in _SHARED and (dutch or english):
            score += _COMMON if dutch else -_COMMON
        elif not (dutch or english) and word.isalpha():
            score += _SPELT * _leaning(word)
    if abs(score) < 1:
        return None
    return Language.NL if score > 0 else Language.EN


def _leaning(word: str) -> float:
    found = {language: len(set(pattern.findall(word))) for language, pattern in _SPELLING.items()}
    return float(min(found[Language.NL], 2) - min(found[Language.EN], 2))

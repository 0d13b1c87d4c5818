"""Which language an utterance is in: one of ours, another, or not to be said."""

from collections.abc import Mapping, Sequence

from coach.domain.values import Language
from coach.reading.lexicon import LanguagePack

_FEW_WORDS = 4


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / max(1, len(words))


def own_language(
    words: Sequence[str], packs: Mapping[Language, LanguagePack], expected: Language
) -> Language:
    """Return the one of our languages whose small words occur most; the expected one when it is a tie."""
    shares = {language: _share(words, pack.function_words) for language, pack in packs.items()}
    best = max(shares, key=lambda language: (shares[language], language == expected))
    clear = shares[best] > shares[expected] + (0.25 if len(words) <= _FEW_WORDS else 0.05)
    return best if clear else expected


def is_foreign(words: Sequence[str], packs: Mapping[Language, LanguagePack]) -> bool:
    """Tell whether the words are rather of a third language than of one of ours."""
    if len(words) < _FEW_WORDS:
        return False
    ours = max(_share(words, pack.function_words) for pack in packs.values())
    others = [known for pack in packs.values() for known in pack.foreign.values()]
    return max((_share(words, known) for known in others), default=0.0) > ours + 0.1

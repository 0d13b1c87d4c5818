"""RuleReader: understands an utterance by the word lists under prompts/ and what was learnt beside them."""

import re
from dataclasses import replace
from pathlib import Path

from coach.domain.evidence import Cue, Intent, Kind, Reading
from coach.domain.ports import Context
from coach.domain.values import Language
from coach.reading import people
from coach.reading.cues import cues, feature_count
from coach.reading.intents import intent
from coach.reading.kinds import clause_kind
from coach.reading.language import is_foreign, own_language
from coach.reading.learnt import FILE_NAME, Learnt, load_learnt
from coach.reading.lexicon import load_pack
from coach.reading.patterns import patterns
from coach.reading.scan import Scan, scan
from coach.reading.values import findings

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^<>]{0,300}>|https?://\S+|[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_YES = re.compile("[\U0001f44d\U0001f44c\u2705\u2714]")
_OWN_LETTERS = re.compile(r"[a-z\u00c0-\u024f]")
_RUBBISH = re.compile(
    r"(.)\1{4,}|\w*(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwert|zxcv|xcvb|cvbn|vbnm|lkjh)\w*"
    r"|(?!(?:[hm]+|p+f+|t+s+|[bg]r+|z+)$)[bcdfghjklmnpqrstvwxz]{5,}"
)
_READABLE = 3  # a text of as many words without one that we know says nothing to us
_LONGEST_WORD = 45
_KIND_ORDER = tuple(Kind)


class RuleReader:
    """Reads Dutch and English utterances; the same words always give the same reading."""

    def __init__(self, prompts_dir: Path) -> None:
        """Load the word lists, and the learnt weights where there are any. Raises UnreadableFile."""
        self._packs = {language: load_pack(prompts_dir / language, language) for language in Language}
        self._learnt = {language: load_learnt(prompts_dir / language / FILE_NAME) for language in Language}

    def read(self, text: str, context: Context) -> Reading:
        """Return intent, findings, patterns, parties and cues; quotes are literal parts of `text`."""
        visible = _TAG.sub(lambda match: " " * len(match.group()), text)
        words = [word.lower() for word in _WORD.findall(visible)]
        language = own_language(words, self._packs, context.language)
        found = scan(visible, self._packs[language])
        extra = self._language_cues(words, language, context, found, text)
        unclear = Cue.UNCLEAR in extra
        reading = _unread(found) if unclear else _read(found, context, text, self._learnt[language])
        return replace(reading, cues=reading.cues | extra, words=len(found.utterance.tokens))

    def _language_cues(
        self, words: list[str], language: Language, context: Context, found: Scan, text: str
    ) -> frozenset[Cue]:
        if not found.utterance.tokens:
            agrees = context.summary and _YES.search(text)
            return frozenset({Cue.AGREES} if agrees else {Cue.UNCLEAR})
        if self._is_unreadable(words, found):
            return frozenset({Cue.UNCLEAR})
        return frozenset({Cue.OTHER_LANGUAGE}) if language is not context.language else frozenset()

    def _is_unreadable(self, words: list[str], found: Scan) -> bool:
        """Tell whether the words are of a third language, or of none."""
        if is_foreign(words, self._packs) or any(len(word) > _LONGEST_WORD for word in words):
            return True
        if words and not found.parties and all(_says_nothing(word) for word in words):
            return True
        known = any(word in pack.function_words for pack in self._packs.values() for word in words)
        return len(words) >= _READABLE and not known and not found.values and not found.parties


_OWN_VOICE = re.compile(r"\b(ik|wij|we|mijn|ons|onze|i|my|our)\b", re.IGNORECASE)


def _says_nothing(word: str) -> bool:
    """Tell whether a lower-case word is of another script, or fingers on a keyboard."""
    return not _OWN_LETTERS.search(word) or bool(_RUBBISH.fullmatch(word))


def _unread(found: Scan) -> Reading:
    """Return the reading of a text that says nothing to us; an acute need is heard all the same."""
    wanted = intent(found)
    if wanted in {Intent.DISTRESS, Intent.OFF_TOPIC}:
        return Reading(wanted)
    return Reading(Intent.ANSWER, kind=Kind.OPINION)


def _read(found: Scan, context: Context, text: str, learnt: Learnt | None) -> Reading:
    wanted, signs = intent(found), cues(found)
    if context.revising or (wanted is Intent.OFF_TOPIC and context.cell and _tells_of_herself(text)):
        wanted = Intent.ANSWER
    if wanted is not Intent.ANSWER:
        return Reading(wanted, cues=signs)
    told = findings(found, context, learnt)
    told = tuple(replace(finding, quote=_literal(finding.quote, found, text)) for finding in told)
    hits = tuple(replace(hit, quote=_literal(hit.quote, found, text)) for hit in patterns(found))
    question = None if context.cell else context.question
    kinds = [finding.kind for finding in told] + [
        clause_kind(found, clause, question) for clause in found.clauses
    ]
    return Reading(
        intent=wanted,
        kind=max(kinds, key=_KIND_ORDER.index, default=Kind.OPINION),
        findings=told,
        patterns=hits,
        stakeholders=people.named(found, told),
        cues=signs,
        feature_count=feature_count(found),
    )


def _tells_of_herself(text: str) -> bool:
    """Tell whether it is a statement with "I" or "we": about football too, when the asked cell is money."""
    return "?" not in text and bool(_OWN_VOICE.search(text))


def _literal(quote: str, found: Scan, text: str) -> str:
    """Return the quote as it stands in the text as typed: blanked tags come back."""
    if quote in text:
        return quote
    at = found.utterance.text.find(quote)
    return text[at : at + len(quote)]

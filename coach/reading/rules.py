"""RuleReader: understands an utterance by the word lists under prompts/, weighed by what was learnt."""

import re
from collections.abc import Mapping
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
from coach.reading.weighing import weighed

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

    def __init__(self, prompts_dir: Path, learnt: Mapping[Language, Learnt | None] | None = None) -> None:
        """Load the word lists, and the weights stored beside them unless others are given. Raises UnreadableFile."""
        self._packs = {language: load_pack(prompts_dir / language, language) for language in Language}
        stored = {language: prompts_dir / language / FILE_NAME for language in Language}
        self._learnt = learnt or {language: load_learnt(path) for language, path in stored.items()}

    def read(self, text: str, context: Context) -> Reading:
        """Return intent, findings, patterns, parties and cues; quotes are literal parts of `text`."""
        found, reading = self.by_rules(text, context)
        learnt = self._learnt[found.pack.language]
        if Cue.UNCLEAR in reading.cues:
            return reading
        if learnt is not None and found.clauses:
            reading = weighed(reading, found, context, learnt)
        if reading.intent is not Intent.ANSWER:
            return Reading(reading.intent, cues=reading.cues, words=reading.words)
        return _literal(reading, found, text)

    def by_rules(self, text: str, context: Context) -> tuple[Scan, Reading]:
        """Return what the word lists find, and the reading by rules alone: with findings whatever the intent."""
        visible = _TAG.sub(lambda match: " " * len(match.group()), text)
        words = [word.lower() for word in _WORD.findall(visible)]
        language = own_language(words, self._packs, context.language)
        found = scan(visible, self._packs[language])
        extra = self._language_cues(words, language, context, found, text)
        reading = _unread(found) if Cue.UNCLEAR in extra else _read(found, context, text)
        return found, replace(reading, cues=reading.cues | extra, words=len(found.utterance.tokens))

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


def _read(found: Scan, context: Context, text: str) -> Reading:
    wanted = intent(found)
    if context.revising or (wanted is Intent.OFF_TOPIC and context.cell and _tells_of_herself(text)):
        wanted = Intent.ANSWER
    told = findings(found, context)
    question = None if context.cell else context.question
    kinds = [finding.kind for finding in told] + [
        clause_kind(found, clause, question) for clause in found.clauses
    ]
    return Reading(
        intent=wanted,
        kind=max(kinds, key=_KIND_ORDER.index, default=Kind.OPINION),
        findings=told,
        patterns=patterns(found),
        stakeholders=people.named(found, told),
        cues=cues(found),
        feature_count=feature_count(found),
    )


def _tells_of_herself(text: str) -> bool:
    """Tell whether it is a statement with "I" or "we": about football too, when the asked cell is money."""
    return "?" not in text and bool(_OWN_VOICE.search(text))


def _literal(reading: Reading, found: Scan, text: str) -> Reading:
    """Return a reading whose quotes stand in the text as typed: blanked tags come back."""

    def typed(quote: str) -> str:
        at = found.utterance.text.find(quote)
        return quote if quote in text else text[at : at + len(quote)]

    return replace(
        reading,
        findings=tuple(replace(finding, quote=typed(finding.quote)) for finding in reading.findings),
        patterns=tuple(replace(hit, quote=typed(hit.quote)) for hit in reading.patterns),
    )

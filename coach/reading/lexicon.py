"""The word lists of one language, read from prompts/ and made ready for matching."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.domain.evidence import Cue, Intent, Pattern, Stakeholder
from coach.domain.values import Cell, Language, Perspective, Value
from coach.prompts import load
from coach.reading.compounds import CompoundFinder
from coach.reading.forms import WordForms
from coach.reading.phrases import Phrase, PhraseCompiler, PhraseMatcher, split_list

Group = Literal["builds_up", "draws_down", "about", "burden", "weak"]
Side = Literal["internal", "external", "either"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Polarity(_Strict):
    """Words that turn or set a direction."""

    good: str
    bad: str
    less: str
    more: str
    negation: str
    not_negation: str
    doing: str


class LexiconFile(_Strict):
    """prompts/…/lexicon.yaml."""

    values: dict[Value, dict[Side, dict[Group, str]]]
    ignore: str
    parties: dict[Stakeholder, str]
    party_modifiers: str
    prefixes: str
    polarity: Polarity
    forms: dict[str, str]
    numbers: str


class IntentsFile(_Strict):
    """prompts/…/intents.yaml."""

    intents: dict[str, str]
    distress: str
    not_distress: str
    filler: str
    thanks: str
    shape: dict[
        Literal["why", "how_do_i", "others", "to_you", "about_talk", "not_grasped", "is_it", "own"], str
    ]


class Kinds(_Strict):
    """What makes a clause an opinion, an example, a routine, or somebody else's judgement."""

    opinion: str
    ideal: str
    event: str
    perfect: str
    routine: str
    units: str
    third_party: str
    judge: str


class CuesFile(_Strict):
    """prompts/…/cues.yaml."""

    function_words: str
    other_languages: dict[str, str]
    conjunctions: str
    openers: str
    marks: dict[str, str]
    kinds: Kinds
    times: dict[Literal["planned", "wish", "not_planned", "past", "present"], str]
    cues: dict[Cue, str]
    asked_cell: dict[Literal["nothing_done", "only_law", "denial", "outside"], str]


class PatternRule(_Strict):
    """One rule for a language pattern: phrases that hit, lists that cancel, an example of each."""

    id: str
    pattern: Pattern
    needs: tuple[str, ...]
    unless: tuple[str, ...] = ()
    hits: str
    misses: str


class PatternsFile(_Strict):
    """prompts/…/patterns.yaml."""

    lists: dict[str, str]
    cancels: dict[str, str]
    rules: tuple[PatternRule, ...]


@dataclass(frozen=True)
class ValueEntry:
    """Where a phrase stands in the lexicon: value, side (None: the sentence decides), and group."""

    value: Value
    side: Perspective | None
    group: Group

    @property
    def cell(self) -> Cell | None:
        """Its cell, when the side is known."""
        return Cell(self.value, self.side) if self.side else None


@dataclass(frozen=True)
class LanguagePack:
    """All word lists of one language, compiled; matched phrases carry their list's name."""

    language: Language
    forms: WordForms
    matcher: PhraseMatcher
    entries: Mapping[str, ValueEntry]
    value_words: CompoundFinder
    party_words: CompoundFinder
    rules: Mapping[str, PatternRule]
    filler: frozenset[str]
    agrees: frozenset[str]
    function_words: frozenset[str]
    foreign: Mapping[str, frozenset[str]]
    conjunctions: frozenset[str]
    openers: frozenset[str]


def load_pack(folder: Path, language: Language) -> LanguagePack:
    """Return the word lists under `folder` (prompts/nl or prompts/en). Raises UnreadableFile."""
    lexicon = load(folder / "lexicon.yaml", LexiconFile)
    intents = load(folder / "intents.yaml", IntentsFile)
    cues = load(folder / "cues.yaml", CuesFile)
    patterns = load(folder / "patterns.yaml", PatternsFile)
    forms = WordForms(language, lexicon.forms, frozenset(split_list(lexicon.numbers)))
    entries = _entries(lexicon)
    values = list(_value_phrases(lexicon, forms))
    parties = list(_party_phrases(lexicon, forms))
    modifiers = frozenset(forms.stem(word) for word in split_list(lexicon.party_modifiers))
    prefixes = frozenset(split_list(lexicon.prefixes))
    others = [
        *_polarity_phrases(lexicon, forms),
        *_intent_phrases(intents, forms),
        *_cue_phrases(cues, forms),
        *_pattern_phrases(patterns, forms),
    ]
    return LanguagePack(
        language=language,
        forms=forms,
        matcher=PhraseMatcher([*values, *parties, *others]),
        entries=entries,
        value_words=CompoundFinder(values, forms, prefixes),
        party_words=CompoundFinder(parties, forms, prefixes, modifiers),
        rules={rule.id: rule for rule in patterns.rules},
        filler=frozenset(split_list(intents.filler)),
        agrees=frozenset(word for phrase in split_list(cues.cues[Cue.AGREES]) for word in phrase.split()),
        function_words=frozenset(split_list(cues.function_words)),
        foreign={name: frozenset(split_list(words)) for name, words in cues.other_languages.items()},
        conjunctions=frozenset(split_list(cues.conjunctions)),
        openers=frozenset(split_list(cues.openers)),
    )


def _entries(lexicon: LexiconFile) -> dict[str, ValueEntry]:
    return {
        f"value:{value}.{side}.{group}": ValueEntry(
            value, None if side == "either" else Perspective(side), group
        )
        for value, sides in lexicon.values.items()
        for side, groups in sides.items()
        for group in groups
    }


def _value_phrases(lexicon: LexiconFile, forms: WordForms) -> Iterator[Phrase]:
    compiler = PhraseCompiler(forms)
    for value, sides in lexicon.values.items():
        for side, groups in sides.items():
            for group, text in groups.items():
                for source in split_list(text):
                    yield compiler.compile(f"value:{value}.{side}.{group}", source)


def _party_phrases(lexicon: LexiconFile, forms: WordForms) -> Iterator[Phrase]:
    compiler = PhraseCompiler(forms)
    for party, text in lexicon.parties.items():
        for source in split_list(text):
            yield compiler.compile(f"party:{party}", source)


def _polarity_phrases(lexicon: LexiconFile, forms: WordForms) -> Iterator[Phrase]:
    compiler = PhraseCompiler(forms)
    for source in split_list(lexicon.ignore):
        yield compiler.compile("ignore", source, exact=True)
    for name, text in lexicon.polarity.model_dump().items():
        for source in split_list(text):
            yield compiler.compile(f"polarity:{name}", source, exact=name == "not_negation")


def _intent_phrases(intents: IntentsFile, forms: WordForms) -> Iterator[Phrase]:
    compiler = PhraseCompiler(forms)
    lists = {f"intent:{name}": text for name, text in intents.intents.items()}
    lists |= {
        f"intent:{Intent.DISTRESS}": intents.distress,
        "mark:not_distress": intents.not_distress,
        "mark:thanks": intents.thanks,
    }
    lists |= {f"shape:{name}": text for name, text in intents.shape.items()}
    for name, text in lists.items():
        for source in split_list(text):
            yield compiler.compile(name, source, exact=True)


def _cue_phrases(cues: CuesFile, forms: WordForms) -> Iterator[Phrase]:
    compiler = PhraseCompiler(forms, {"judge": split_list(cues.kinds.judge)})
    lists = {f"kind:{name}": text for name, text in cues.kinds.model_dump().items()}
    lists |= {f"time:{name}": text for name, text in cues.times.items()}
    lists |= {f"cue:{name}": text for name, text in cues.cues.items()}
    lists |= {f"asked:{name}": text for name, text in cues.asked_cell.items()}
    lists |= {f"mark:{name}": text for name, text in cues.marks.items()}
    for name, text in lists.items():
        for source in split_list(text):
            yield compiler.compile(name, source, exact=True)


def _pattern_phrases(patterns: PatternsFile, forms: WordForms) -> Iterator[Phrase]:
    lists = {name: split_list(text) for name, text in patterns.lists.items()}
    compiler = PhraseCompiler(forms, lists)
    for rule in patterns.rules:
        for source in rule.needs:
            yield compiler.compile(f"pattern:{rule.id}", source, exact=True)
    for name, text in patterns.cancels.items():
        for source in split_list(text):
            yield compiler.compile(f"cancel:{name}", source, exact=True)

"""How well an action suits what one person told: her trade and size, her own words, and what she does already."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach import prompts
from coach.domain.actions import Action
from coach.domain.conversation import Conversation, evidence_of, standing
from coach.domain.evidence import Direction, Evidence, Intent, Kind, Time
from coach.domain.steps import AskKind
from coach.domain.values import Cell, Language
from coach.services.pseudonyms import names_in, read_everyday

SOLO, SMALL, MEDIUM, LARGE = "solo", "small", "medium", "large"
UP_TO = ((1, SOLO), (9, SMALL), (49, MEDIUM))  # people
ENDING = 3  # letters that a word may have more than the keyword: a plural, a verb's ending
IN_COMPOUND = 7  # letters; a keyword this long also counts as the end of a longer word ("ziekteverzuim")
MAIN_TROUBLE, SIDE, GOING_WELL, ELSEWHERE, SETTLED = (
    3.0,
    1.5,
    0.6,
    0.4,
    -3.0,
)  # of the sentence with a keyword
WEAK_MAIN, WEAK_SIDE = 1.0, 0.3  # for a cell of which she told what it costs, or that nothing is done
UNNAMED_TRADE = 0.5  # taken off when an action is for some trades and hers is not known
WORDS_SHOWN = 2
_SENTENCE = re.compile(r"[^.!?\n]+[.!?…]*")
_WORD = re.compile(r"[\w'’]+")


class Trades(BaseModel):
    """What prompts/<language>/trades.yaml holds: signs of working alone, of size and of trade.

    `places` are words before the name of a place, `everyday` words with a capital that are no names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    alone: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    everyday: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = {}
    sectors: Mapping[str, tuple[str, ...]] = {}


def read_trades(folder: Path, language: Language) -> Trades:
    """Return the signs of one language. Raises UnreadableFile."""
    found = prompts.load(folder / language / "trades.yaml", Trades)
    return found.model_copy(update={"everyday": read_everyday(folder, language)})


@dataclass(frozen=True)
class Sentence:
    """One sentence of hers: its words in small letters, and the evidence that was read in it."""

    text: str
    words: frozenset[str]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Company:
    """What was told, in sentences, with size and trades where they can be heard (else None and empty)."""

    sentences: tuple[Sentence, ...]
    size: str | None
    sectors: frozenset[str]
    rarity: Mapping[str, float] = field(default_factory=dict)

    def suits(self, action: Action) -> bool:
        """Tell whether an action is for companies of this size and trade, as far as they are known."""
        right_size = self.size is None or not action.sizes or self.size in action.sizes
        right_trade = not self.sectors or not action.sectors or bool(self.sectors & set(action.sectors))
        return right_size and right_trade

    def fit(self, action: Action) -> float:
        """Return how much of her own words an action takes up; what she does already counts against it."""
        total = sum(self._weight(keyword, action) for keyword in action.keywords)
        weak = WEAK_MAIN * (action.main in self.weak) + WEAK_SIDE * len(self.weak & set(action.sides))
        return total + weak - (UNNAMED_TRADE if action.sectors and not self.sectors else 0.0)

    @property
    def weak(self) -> frozenset[Cell]:
        """Cells of which she told something that costs value or is not done."""
        return frozenset(item.cell for one in self.sentences for item in one.evidence if _troubles(item))

    def words_for(self, action: Action) -> tuple[Sentence, ...]:
        """Return the sentences of hers that an action takes up, those that tell of trouble first."""
        weighed = {one: _weight(one, action) for one in self.sentences if self._strength(one, action)}
        told = [one for one, weight in weighed.items() if weight >= GOING_WELL]
        named = sorted(told, key=lambda one: -weighed[one] * self._strength(one, action))
        about = [
            one for one in self.sentences if any(_troubles(i) and i.cell == action.main for i in one.evidence)
        ]
        return tuple(dict.fromkeys([*named, *about]))[:WORDS_SHOWN]

    def _strength(self, sentence: Sentence, action: Action) -> float:
        return sum(self.rarity.get(word, 1.0) for word in action.keywords if _has(sentence, word))

    def _weight(self, keyword: str, action: Action) -> float:
        """The best place in which a keyword was said; that it is arranged already outweighs a mention elsewhere."""
        weights = [_weight(one, action) for one in self.sentences if _has(one, keyword)]
        best = max(weights, default=0.0)
        if best <= ELSEWHERE:
            best = min(weights, default=0.0)
        return best * self.rarity.get(keyword, 1.0)


def company_of(conversation: Conversation, trades: Trades, catalogue: Sequence[Action]) -> Company:
    """Return what a conversation tells of the company, by fixed rules."""
    sentences = tuple(_sentences(conversation))
    whole = " ".join(one.text for one in sentences).casefold()
    return Company(sentences, _size(whole, trades), _sectors(whole, trades), _rarity(catalogue))


def people_named(conversation: Conversation, trades: Trades) -> tuple[str, ...]:
    """Return the names of people in what she told, as she wrote them; a name behind a word of place is none."""
    texts = [one.text for one in _sentences(conversation)]
    whole = " ".join(texts)
    names = dict.fromkeys(re.sub("['’]s$", "", name) for name in names_in(texts, trades.everyday))
    before = "|".join(map(re.escape, trades.places)) or "(?!)"
    places = re.findall(rf"\b(?:{before})\s+([\w'’-]+)", whole, re.IGNORECASE)
    return tuple(name for name in names if name.casefold() not in trades.everyday and name not in places)


def _sentences(conversation: Conversation) -> Iterator[Sentence]:
    evidence = evidence_of(conversation)
    for exchange in standing(conversation.exchanges):
        if exchange.heard.intent is not Intent.ANSWER or exchange.step.ask.kind is AskKind.CONTRACT:
            continue
        here = [item for item in evidence if item.position == exchange.said.position]
        for hit in _SENTENCE.finditer(exchange.said.text):
            text = hit.group().strip()
            words = frozenset(word.casefold() for word in _WORD.findall(text))
            yield Sentence(text, words, tuple(item for item in here if item.quote in text))


def _has(sentence: Sentence, keyword: str) -> bool:
    return keyword in sentence.words or any(_is_form(word, keyword) for word in sentence.words)


def _is_form(word: str, keyword: str) -> bool:
    """Tell whether a word is the keyword with an ending, or, for a long one, a compound with it."""
    if word.startswith(keyword):
        return len(word) - len(keyword) <= ENDING or len(keyword) >= IN_COMPOUND
    return len(keyword) >= IN_COMPOUND and word.endswith(keyword)


def _weight(sentence: Sentence, action: Action) -> float:
    """How much a mention in this sentence says, by what the sentence tells of the cells of the action."""
    main = [item for item in sentence.evidence if item.cell == action.main]
    if main:
        return (
            MAIN_TROUBLE if any(map(_troubles, main)) else SETTLED if any(map(_settled, main)) else GOING_WELL
        )
    beside = [item for item in sentence.evidence if item.cell in action.sides]
    return SIDE if any(map(_troubles, beside)) else ELSEWHERE


def _settled(item: Evidence) -> bool:
    """Tell whether it is something good that is fixed already."""
    fixed = (Kind.AGREEMENT_OR_NUMBER, Kind.THIRD_PARTY)
    return item.direction is Direction.BUILDS_UP and item.kind in fixed and item.time is Time.NOW


def _troubles(item: Evidence) -> bool:
    return item.direction is not Direction.BUILDS_UP and item.time is Time.NOW


def _rarity(catalogue: Sequence[Action]) -> Mapping[str, float]:
    """A keyword of many actions says little about any of them (inverse document frequency)."""
    counts = Counter(keyword for action in catalogue for keyword in set(action.keywords))
    return {keyword: log(len(catalogue) / count) / log(len(catalogue)) for keyword, count in counts.items()}


def _size(text: str, trades: Trades) -> str | None:
    counted = _counted(text, trades)
    if counted is not None:
        return next((size for most, size in UP_TO if counted <= most), LARGE)
    return SOLO if any(_said(sign, text) for sign in trades.alone) else None


def _counted(text: str, trades: Trades) -> int | None:
    """The largest number of people that was named, as in "we zijn met zestig mensen"."""
    number = rf"(\d{{1,4}}|{'|'.join(map(re.escape, trades.numbers))})"
    signs = (re.escape(sign).replace(re.escape("{n}"), number) for sign in trades.counted)
    found = [one for sign in signs for one in re.findall(rf"(?<!\w){sign}(?!\w)", text)]
    numbers = [trades.numbers.get(one) or int(one) for one in found if one in trades.numbers or one.isdigit()]
    return max(numbers, default=None)


def _sectors(text: str, trades: Trades) -> frozenset[str]:
    counts = {sector: sum(_said(sign, text) for sign in signs) for sector, signs in trades.sectors.items()}
    return frozenset(sector for sector, count in counts.items() if count)


def _said(sign: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", text) is not None

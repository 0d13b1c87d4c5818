"""Judges each sentence of a model before it is shown: pure checks, with the words they look for in prompts/."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from coach.domain.passages import Citation
from coach.domain.quality import Yardstick, is_open, word_count
from coach.domain.wording import Fault

LONGEST_SENTENCE = 25  # words of the coach herself
LONGEST_WORD = 45  # letters
LEAK = 7  # words in a row that also stand in what the model was told
MOST_NEW = 2  # words of its own in one sentence, and never more than half of those that carry a subject
STEM = 5  # letters by which two forms of a word are taken for one
SHARE = 2  # one in so many of the words that a sentence brings in stands in what the turn is about, at least
TELLING = 4  # letters from which on a word can carry a subject
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAME = re.compile(r"(?<=[\w,;:)’'] )[^\W\d_a-z][^\W_]*[^\W_A-Z][^\W_]*")
_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_ANY_MARK = re.compile(r"\s*(?:[\[【(]\s*\d[\d\s,–-]*[^\s\w]?[^\]】)]{0,9}[\]】)]|[¹²³⁴-⁹]+)")
_QUOTED = re.compile(r"“([^”]*)”|„([^”“]*)[”“]|\"([^\"]*)\"|«([^»]*)»|(?<!\w)‘([^‘’]*(?:’(?=\w)[^‘’]*)*)’")
_LINK = re.compile(
    r"https?:|www\.|mailto:|ftp:|data:|javascript:|\S@\S+\.\S|\w\.(?:nl|com|org|net|io|eu|be|de|ai|app|dev|info|co|uk|test|example)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>`|#*_~{}\\]|!\[|\]\(|^\s*(?:[-•–]\s|\d+[.)]\s)|\]\s*:|:\w+:|&\w+;|\[(?!\d{1,3}\])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_RUBBISH = re.compile(r"(?:\b\w\s){4,}|(.)\1{5,}|\b(\w+(?:\W+\w+){0,2})\b(?:\W+\2\b){3,}", re.IGNORECASE)
_SPEAKER = re.compile(r"^\s*(?:coach|assistant|assistent|waardebalans)\s*:\s*", re.IGNORECASE)
_LATIN = re.compile(r"[a-zà-ɏ]", re.IGNORECASE)
FAULTS: Mapping[str, Fault] = {
    "language": Fault.LANGUAGE, "rubbish": Fault.RUBBISH, "length": Fault.RUBBISH, "refusal": Fault.REFUSAL,
}  # fmt: skip


class CheckWords(BaseModel):
    """The file model/checks.yaml: what gives a sentence away, and how the model is told of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    advises: tuple[str, ...]
    judges: tuple[str, ...]
    scores: tuple[str, ...]
    leaves_role: tuple[str, ...]
    refuses: tuple[str, ...]
    never_asks: tuple[str, ...]
    claims: tuple[str, ...]  # sources and facts that nobody gave
    self_words: tuple[str, ...]  # "I", "we": a coach who reflects hardly speaks of herself
    self_allowed: tuple[str, ...]  # what she may say of herself
    own_words: frozenset[str]
    other_words: frozenset[str]
    abbreviations: tuple[str, ...]
    repairs: Mapping[str, str]


@dataclass(frozen=True)
class Frame:
    """What one turn may say.

    `hers` are the person's texts, the newest last; `passages` may be cited and quoted; `titles` quoted. `told` is
    what the model was told, `given` our own explanation. `room` is in words. `early`: advice is out of place. `asks`:
    the last sentence may be a question; it shares a stem with `wanted`, or with what she said last. `reflects`: the
    first sentence quotes her or is made of what she said last. `known` are the stems of our own sentences: with hers
    and those of the passages they are what a sentence is made of, but for a word or two.
    """

    hers: tuple[str, ...]
    passages: tuple[Citation, ...] = ()
    titles: tuple[str, ...] = ()
    told: str = ""
    room: int = 60
    early: bool = True
    asks: bool = False
    wanted: frozenset[str] = frozenset()
    given: str = ""
    known: frozenset[str] = frozenset()
    reflects: bool = True


@dataclass(frozen=True)
class Judge:
    """The checks of one language."""

    words: CheckWords
    yardstick: Yardstick

    def problem(self, sentence: str, before: Sequence[str], frame: Frame) -> str | None:
        """Return the name of the first check that a sentence fails after those `before` it, None if it may be said."""
        own = own_part(sentence)
        checks: Iterable[tuple[str, Callable[[], object]]] = (
            ("rubbish", lambda: _is_rubbish(sentence)),
            ("link", lambda: _LINK.search(sentence)),
            ("markup", lambda: _MARKUP.search(sentence)),
            ("refusal", lambda: not before and self._says(self.words.refuses, own)),
            ("role", lambda: self._leaves_role(own)),
            ("leak", lambda: _leaks(own, frame.told)),
            ("language", lambda: self._is_foreign(own)),
            ("register", lambda: self._says(self.yardstick.formal, own)),
            ("quote", lambda: _misquotes(sentence, frame)),
            ("number", lambda: _invents_number(own, frame)),
            (
                "invents",
                lambda: (
                    self._says(self.words.claims, own)
                    or (frame.known and (self._invents(own, frame) or self._strays(sentence, frame)))
                ),
            ),
            ("verdict", lambda: self._says(self.words.judges, own)),
            ("score", lambda: self._says(self.words.scores, own)),
            (
                "advice",
                lambda: frame.early and self._says((*self.words.advises, *self.yardstick.advises), own),
            ),
            ("jargon", lambda: self._says(self.yardstick.jargon, own)),
            ("long", lambda: word_count(own) > LONGEST_SENTENCE),
            ("length", lambda: sum(map(word_count, (*before, sentence))) > frame.room),
            ("grounded", lambda: frame.reflects and not before and not self._is_about(sentence, frame)),
        )
        failed = next((name for name, fails in checks if fails()), None)
        return failed or (self._wrong_question(own, frame) if is_question(sentence) else None)

    def _wrong_question(self, own: str, frame: Frame) -> str | None:
        if self._says(self.words.never_asks, own):
            return "never_ask"
        if self._says(self.yardstick.leads, own):
            return "leading"
        if not is_open(own, self.yardstick):
            return "closed"
        wanted = frame.wanted | self._stems(frame.hers[-2:])
        return None if not wanted or wanted & stems(own) else "off_step"

    def _says(self, patterns: tuple[str, ...], text: str) -> bool:
        return bool(patterns) and bool(_any_of(patterns).search(text))

    def _leaves_role(self, own: str) -> bool:
        of_herself = _any_of(self.words.self_allowed).sub(" ", own)
        return self._says(self.words.leaves_role, own) or self._says(self.words.self_words, of_herself)

    def _is_foreign(self, own: str) -> bool:
        words = [word.lower() for word in _WORD.findall(own)]
        letters = [letter for letter in own if letter.isalpha()]
        if letters and sum(not _LATIN.match(letter) for letter in letters) > len(letters) / 5:
            return True
        ours = sum(word in self.words.own_words - self.words.other_words for word in words)
        theirs = sum(word in self.words.other_words - self.words.own_words for word in words)
        both = sum(word in self.words.other_words & self.words.own_words for word in words)
        return (theirs > 1 and theirs > ours) or (len(words) > 5 and not ours + both)

    def _is_about(self, sentence: str, frame: Frame) -> bool:
        """Whether it quotes her, or most of its words that carry a subject stand in her last two texts."""
        hers, said = self._stems(frame.hers[-2:]), self._stems((sentence,))
        quotes = any(_stands_in(quote, frame.hers) for quote in quotes_in(sentence))
        return quotes or not said or 2 * len(hers & said) > len(said)

    def _invents(self, own: str, frame: Frame) -> bool:
        """Whether it brings in more than a word or two that neither she, the passages nor we ourselves use."""
        texts = (*frame.hers, *(f"{one.title} {one.quote}" for one in frame.passages), frame.given)
        said = self._stems((own,))
        new = said - frame.known - frame.wanted - self._stems(texts)
        return len(new) > MOST_NEW or 2 * len(new) > len(said) or self._names_another(own, texts)

    def _strays(self, sentence: str, frame: Frame) -> bool:
        """Whether most of its words that are not a coach's come from elsewhere than what the turn is about.

        That is what she said last. Where something is explained it is our explanation and her question; a passage
        counts for a sentence that carries its mark; and one word at least stands in explanation or passage.
        """
        said = self._stems((own_part(sentence),))
        brought = said - frame.known - frame.wanted
        marked = (one for one in frame.passages if f"[{one.number}]" in sentence)
        told = self._stems((frame.given, *(f"{one.title} {one.quote}" for one in marked)))
        about = self._stems(frame.hers[-2:]) if frame.reflects else told | self._stems(frame.hers[-1:])
        elsewhere = not (frame.reflects or not said or said & told)
        return SHARE * len(brought & about) < len(brought) or elsewhere

    def _names_another(self, own: str, texts: Sequence[str]) -> bool:
        """Whether a capital within the sentence begins a name that nobody gave, of a person or a place."""
        given = {word.lower() for text in (*texts, *self.words.own_words) for word in _WORD.findall(text)}
        return any(
            {name.lower(), name.lower().removesuffix("s")}.isdisjoint(given) for name in _NAME.findall(own)
        )

    def _stems(self, texts: Iterable[str]) -> frozenset[str]:
        words = (word.lower() for text in texts for word in _WORD.findall(text))
        return frozenset(w[:STEM] for w in words if len(w) >= TELLING and w not in self.words.own_words)


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of all words of a text."""
    return frozenset(word.lower()[:STEM] for word in _WORD.findall(text))


def is_question(sentence: str) -> bool:
    """Tell whether a sentence asks, quoted words left out."""
    return "?" in own_part(sentence)


def own_part(sentence: str) -> str:
    """Return a sentence without what it quotes and without the marks of passages."""
    return _MARK.sub("", _QUOTED.sub(" ", sentence))


def quotes_in(sentence: str) -> list[str]:
    """Return what stands between quotation marks."""
    return ["".join(found) for found in _QUOTED.findall(sentence)]


def literally(sentence: str, frame: Frame) -> str:
    """Return the sentence with its quotes as they were said, where only blanks, capitals or apostrophes differ."""
    for quote in quotes_in(sentence):
        said = _said(quote.strip(" .,!?…"), (*frame.hers, *(passage.quote for passage in frame.passages)))
        sentence = sentence.replace(quote.strip(" .,!?…"), said) if said else sentence
    return sentence


def _said(quote: str, texts: Sequence[str]) -> str:
    words = [re.escape(word) for word in _plain(quote).split()]
    pattern = r"\s+".join(words).replace("'", "['’‘]")
    found = (re.search(pattern, text, re.IGNORECASE) for text in reversed(texts) if words)
    return next((" ".join(one.group().split()) for one in found if one), "")


def without_dress(sentence: str) -> str:
    """Return a sentence without stars of emphasis and without the name of who speaks before it."""
    return _SPEAKER.sub("", sentence.replace("*", "")).strip()


def only_given(sentence: str, passages: Sequence[Citation]) -> str:
    """Return the sentence without marks of sources that were not given, however they are written."""
    given = {f"[{passage.number}]" for passage in passages}
    return _ANY_MARK.sub(lambda mark: mark.group() if mark.group().strip() in given else "", sentence)


def _misquotes(sentence: str, frame: Frame) -> bool:
    loose = re.search('[“”„«»"]', _QUOTED.sub(" ", sentence))
    quoted = (("".join(found), bool(found[-1])) for found in _QUOTED.findall(sentence))
    return bool(loose) or not all(_is_literal(quote, single, frame) for quote, single in quoted)


def _is_literal(quote: str, single: bool, frame: Frame) -> bool:
    """Whether quoted words are hers, a passage's, or a title; the full stop of the sentence may stand inside.

    Between ‘ and ’ stands a title, or what she said: a passage cannot give itself another title.
    """
    passages = (passage.quote for passage in frame.passages if not single)
    is_title = _plain(quote).rstrip(" .,!…") in map(_plain, frame.titles)
    return is_title or _stands_in(quote, (*frame.hers, *passages))


def _stands_in(quote: str, texts: Iterable[str]) -> bool:
    wanted = _plain(quote).rstrip(" .,!…")
    return bool(wanted) and any(wanted in _plain(text) for text in texts)


def _plain(text: str) -> str:
    """One kind of blank and one kind of apostrophe; the words stay as they are."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def _invents_number(own: str, frame: Frame) -> bool:
    given = " ".join((*frame.hers, *(passage.quote for passage in frame.passages), frame.given))
    return any(number not in given for number in re.findall(r"\d+", own))


def _is_rubbish(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    return (
        not words
        or any(len(word) > LONGEST_WORD for word in words)
        or bool(_INVISIBLE.search(sentence) or _RUBBISH.search(sentence))
    )


def _leaks(own: str, told: str) -> bool:
    return any(run in _runs(told) for run in _runs_of(own))


@lru_cache(maxsize=4)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs_of(text))


def _runs_of(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    yield from (tuple(words[at : at + LEAK]) for at in range(len(words) - LEAK + 1))


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

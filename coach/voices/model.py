"""The model voice: a chat model words a step that the domain decided, sentence by sentence, under our checks."""

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from coach.domain.errors import ModelFailed
from coach.domain.steps import Step
from coach.domain.turns import Material
from coach.domain.values import Language
from coach.domain.wording import Fault, Usage, Wording, total
from coach.voices.checks import FAULTS, Frame, Judge, is_question, literally, only_given, without_dress
from coach.voices.guided import GuidedVoice
from coach.voices.line import Ended, Line, Prompt
from coach.voices.prompting import ModelTexts, Repair, blanked, words_by_model
from coach.voices.sentences import Splitter, ends, spoken

LEAST_SECONDS = 3.0  # that must be left for a second attempt
ATTEMPTS = 2


class ModelVoice:
    """Words the steps that `words_by_model` names; the guided voice words the others.

    A sentence is shown once it passes its checks, and stays. One that fails ends the attempt; a second attempt
    goes on behind what was shown. If that fails too, or the stream breaks off, the guided question completes
    the turn; when nothing was shown at all, `reply` raises ModelFailed. So a turn always ends with one question
    of its step, and nothing is ever taken back.
    """

    def __init__(self, line: Line, guided: GuidedVoice, texts: Mapping[Language, ModelTexts]) -> None:
        self._line, self._guided, self._texts = line, guided, texts

    @property
    def name(self) -> str:
        """The model's name."""
        return self._line.name

    def reply(self, step: Step, material: Material) -> Generator[str, None, Wording]:
        """Yield the reply in words; return who worded it. Raises ModelFailed when nothing could be shown."""
        if not words_by_model(step):
            return (yield from self._guided.reply(step, material))
        draft = self._draft(step, material)
        try:
            yield from self._attempts(draft, step, material)
        except ModelFailed as failed:
            draft.usages.append(failed.usage)
            self._broken_off(draft, failed)
        if not draft.asked:
            yield from _words(f" {draft.question}")
        if draft.fault is None:
            self._line.breaker.worked()
        digest = self._texts[material.language].digest
        return Wording(self.name, digest, total(draft.usages), draft.fault, tuple(draft.mended))

    def _draft(self, step: Step, material: Material) -> "_Draft":
        texts = self._texts[material.language]
        question = self._guided.question(step, material)
        explanation = self._guided.explanation(step, material)
        frame = texts.frame(step, material, question, explanation)
        return _Draft(
            texts.judge, frame, question, explanation, self._line.clock() + self._line.limits.seconds
        )

    def _attempts(self, draft: "_Draft", step: Step, material: Material) -> Iterator[str]:
        repair: Repair | None = None
        for _ in range(ATTEMPTS):
            prompt = self._texts[material.language].prompt(
                step, material, draft.question, draft.explanation, self._line.limits, self._line.count, repair
            )
            yield from self._attempt(draft, prompt)
            if draft.failed in (None, "refusal") or draft.until - self._line.clock() < LEAST_SECONDS:
                break
            repair = Repair(draft.failed or "", blanked(" ".join(draft.shown)))
        if draft.failed is not None:
            raise ModelFailed(FAULTS.get(draft.failed, Fault.PROTOCOL), draft.failed)
        if not draft.shown:
            raise ModelFailed(Fault.EMPTY)

    def _attempt(self, draft: "_Draft", prompt: Prompt) -> Iterator[str]:
        """Show sentences until one fails, the question was put, or the stream ends."""
        draft.failed = None
        stream = _Stream(self._line.stream(prompt, draft.until))
        splitter = Splitter(draft.judge.words.abbreviations)
        with closing(stream.pieces):
            for sentence in _sentences(stream, splitter):
                yield from draft.take(sentence)
                if draft.full:
                    break
        received = stream.text
        draft.usages.append(stream.usage or self._estimated(prompt, received))
        if not draft.full and stream.was_cut:
            raise ModelFailed(Fault.CUT if received else Fault.EMPTY)

    def _estimated(self, prompt: Prompt, received: str) -> Usage:
        """What a stream cost that we closed before the server counted."""
        given, got = prompt.tokens(self._line.count), self._line.count(received)
        return Usage(given, got, self._line.prices.cost(given, got), 1, True)

    def _broken_off(self, draft: "_Draft", failed: ModelFailed) -> None:
        """Complete a turn that began; one of which nothing was shown is not the model's."""
        if failed.fault in (*FAULTS.values(), Fault.PROTOCOL, Fault.EMPTY, Fault.CUT):
            self._line.breaker.failed(failed.fault)
        if not draft.shown:
            raise ModelFailed(failed.fault, failed.told, total(draft.usages), tuple(draft.mended)) from failed
        draft.fault = failed.fault


@dataclass
class _Draft:
    """A turn in the making."""

    judge: Judge
    frame: Frame
    question: str
    explanation: str
    until: float
    shown: list[str] = field(default_factory=list)
    usages: list[Usage | None] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    failed: str | None = None
    fault: Fault | None = None
    asked: bool = False
    over: bool = False

    @property
    def full(self) -> bool:
        """Whether nothing more is wanted of this attempt."""
        return self.over or self.failed is not None

    def take(self, sentence: str) -> Iterator[str]:
        """Judge a sentence; yield it in words when it may be shown."""
        plain = without_dress(sentence)
        kept = only_given(plain, self.frame.passages)
        if kept != plain:
            self.mended.append("citation")
        kept = literally(kept, self.frame)
        if kept in self.shown or not kept:  # a second attempt that begins anew
            return
        if is_question(kept) and not self.frame.asks:
            self.mended.append("question")
            self.over, self.failed = True, None if self.shown else "question"
            return
        self.failed = self.judge.problem(kept, self.shown, self.frame)
        if self.failed is not None:
            self.mended.append(self.failed)
            if self.failed == "length" and self.shown:  # enough was said: only the question is left
                self.failed, self.over = None, True
            return
        self.asked = self.over = is_question(kept)
        yield from _words(f" {kept}" if self.shown else kept)
        self.shown.append(kept)


class _Stream:
    """A stream of a model with what it said so far, and how it ended."""

    def __init__(self, pieces: Generator[str, None, Ended]) -> None:
        self.pieces = pieces
        self.text = ""
        self.usage: Usage | None = None
        self.was_cut = False

    def __iter__(self) -> Iterator[str]:
        while True:
            try:
                piece = next(self.pieces)
            except StopIteration as end:
                self.usage, self.was_cut = end.value.usage, not end.value.whole
                return
            self.text += piece
            yield piece


def _sentences(stream: _Stream, splitter: Splitter) -> Iterator[str]:
    """Whole sentences as they come; the last one counts when the model itself ended there, or it has its full stop."""
    for piece in spoken(stream):
        yield from splitter.feed(piece)
    rest = splitter.rest()
    if rest and (ends(rest) or not stream.was_cut):
        yield rest if ends(rest) else f"{rest}."


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r"\s*\S+", text)

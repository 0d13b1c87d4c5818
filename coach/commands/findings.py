"""What `doctor` finds, and what it finds about the chat model: whether it answers, what it is told, what it cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coach.domain.errors import CoachError
from coach.domain.values import Language
from coach.domain.wording import Usage, total
from coach.services.outline import usage_of
from coach.voices.assisted import Assistance
from coach.wiring import App


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `ok`, `missing` (works without) or `broken`, and what to do about it."""

    part: str
    state: Literal["ok", "missing", "broken"]
    told: str
    remedy: str = ""


def examine_model(app: App) -> Iterator[Finding]:
    """Ask the chat model for one word; name cause and remedy when that fails."""
    try:
        found = app.assistance
    except CoachError as problem:
        yield Finding(
            "chat model", "broken", str(problem), "Restore the folder prompts/ from the repository."
        )
        return
    if found is None:
        told = "none is set; the guided voice does the whole job"
        yield Finding("chat model", "missing", told, "Nothing to do: a model is optional.")
        return
    yield _asked(app, found)
    yield Finding("what the model is told", "ok", _sizes(app, found))
    yield Finding("what the model cost", "ok", _spent(_usage(app)))


def _asked(app: App, found: Assistance) -> Finding:
    fault, name = found.line.probe(), found.line.name
    if fault is None:
        return Finding("chat model", "ok", f"{name} answers")
    words = app.words[Language.EN]
    cause, remedy = words(f"model.cause_{fault}"), words(f"model.remedy_{fault}")
    return Finding("chat model", "broken", f"{name}: {cause} ({fault})", remedy)


def _sizes(app: App, found: Assistance) -> str:
    """Tokens of the fixed texts, by language and file."""
    sizes = (
        f"{language}: {', '.join(f'{name} {tokens}' for name, tokens in texts.sizes(found.line.count).items())}"
        for language, texts in found.texts.items()
    )
    return f"tokens, {'; '.join(sizes)}"


def _usage(app: App) -> Usage | None:
    return total(usage_of(app.archive.get(one.id)) for one in app.archive.overviews())


def _spent(usage: Usage | None) -> str:
    if usage is None:
        return "nothing so far"
    price = "" if usage.cost is None else f", {usage.cost:.4f} at the prices that are set"
    return f"{usage.tokens_in} tokens in and {usage.tokens_out} out in {usage.calls} calls{price}"

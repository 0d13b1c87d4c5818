"""The turns of exported conversations as rows of a table, one row for each thing said."""

from collections.abc import Iterable, Iterator, Mapping

from coach.services.schema import Outline, TurnPart

Scalar = str | int | float | bool | None

TURN_COLUMNS = (
    "conversation", "language", "focus", "status", "origin", "position", "speaker", "question", "step",
    "text", "intent", "stands", "quotes", "cells", "patterns", "passages", "made_by", "at",
    "tokens_in", "tokens_out", "cost",
)  # fmt: skip


def turn_rows(outlines: Iterable[Outline]) -> Iterator[Mapping[str, Scalar]]:
    """Yield a row for each turn, with `TURN_COLUMNS`; several quotes in one cell are parted by " | ".

    Tokens and cost are those of wording the turn; what a model heard afterwards counts for the talk as a whole.
    """
    for outline in outlines:
        for turn in outline.turns:
            yield _row(outline, turn)


def _row(outline: Outline, turn: TurnPart) -> Mapping[str, Scalar]:
    evidence = [item for item in outline.evidence if item.position == turn.position]
    patterns = [spotted for spotted in outline.patterns if spotted.position == turn.position]
    return {
        "conversation": outline.id,
        "language": outline.language.value,
        "focus": str(outline.focus),
        "status": outline.status,
        "origin": outline.origin,
        "position": turn.position,
        "speaker": turn.speaker,
        "question": turn.question,
        "step": turn.step,
        "text": turn.text,
        "intent": turn.intent.value if turn.intent else None,
        "stands": turn.stands,
        "quotes": " | ".join(item.quote for item in evidence),
        "cells": " | ".join(f"{item.value}.{item.perspective}" for item in evidence),
        "patterns": " | ".join(f"{one.pattern}: {one.quote}" for one in patterns),
        "passages": " | ".join(f"{one.passage_id}: {one.quote}" for one in turn.passages),
        "made_by": turn.made_by,
        "at": turn.at.isoformat() if turn.at else None,
        "tokens_in": turn.usage.tokens_in if turn.usage else None,
        "tokens_out": turn.usage.tokens_out if turn.usage else None,
        "cost": turn.usage.cost if turn.usage else None,
    }

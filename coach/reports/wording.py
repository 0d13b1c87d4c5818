"""How dates, numbers, cells and reasons read in the person's language, for all documents."""

from collections.abc import Mapping
from datetime import date

from coach.domain.balance import GATE_CELLS
from coach.domain.conversation import Conversation
from coach.domain.evidence import FIRM, Direction, Evidence, Time
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.steps import Ask
from coach.domain.takeaway import Source, asks_by_position
from coach.domain.values import CELLS, Cell, Value
from coach.words import Words

NOTED = (Direction.DRAWS_DOWN, Time.PLANNED, Time.PAST)


def date_text(day: date, words: Words) -> str:
    """Return a day as it is written out in the language, such as "23 november 2026"."""
    return words("reports.date", day=day.day, month=words(f"reports.month_{day.month}"), year=day.year)


def day_text(day: date, words: Words) -> str:
    """Return a day with its weekday, such as "maandag 23 november 2026"."""
    return words("common.day", weekday=words(f"common.weekday_{day.weekday()}"), date=date_text(day, words))


def moment_text(text: str, words: Words) -> str:
    """Return a typed moment; one that is an ISO date is written out."""
    try:
        return date_text(date.fromisoformat(text.strip()), words)
    except ValueError:
        return text


def number_text(number: float, words: Words) -> str:
    """Return a number with one decimal, with the decimal sign of the language."""
    return f"{number:.1f}".replace(".", words("reports.decimal"))


def certainty(cell: CellProfile) -> str:
    """Return how sure the picture of a cell is: `firm`, `careful` or `unknown`."""
    if cell.level is None:
        return "unknown"
    return "firm" if cell.confidence >= FIRM else "careful"


def cell_text(cell: Cell, words: Words) -> str:
    """Return a cell in words, such as "Mensen, binnen"."""
    return f"{words(f'reports.{cell.value}')}, {words(f'reports.{cell.perspective}')}"


def cells_text(cells: tuple[Cell, ...], words: Words) -> str:
    """Return cells in words, on one line."""
    return "; ".join(cell_text(cell, words) for cell in cells)


def focus_text(focus: Value | None, words: Words) -> str:
    """Return what the talk is about."""
    return words(f"reports.{focus}") if focus else words("reports.all")


def level_text(cell: CellProfile, words: Words) -> str:
    """Return where a cell stands in words, and how sure that is; never a number."""
    if cell.level is None:
        return words("reports.unknown")
    sure = words("reports.corrected") if cell.source == "corrected" else words(f"reports.{certainty(cell)}")
    return f"{words(f'reports.level_{cell.level}')} ({sure})"


def gate_text(reason: str, words: Words) -> str:
    """Return in words why there is no balance number yet; `reason` is one of `balance.gate`."""
    kind, *rest = reason.split(":")
    if kind == "cells":
        return words("reports.gate_cells", needed=rest[0], known=rest[1], all=len(CELLS))
    if kind == "value":
        return words("reports.gate_value", value=words(f"reports.{rest[0]}"))
    return words("reports.gate_perspective", side=words(f"reports.{rest[0]}"), needed=rest[1], known=rest[2])


def shape_text(profile: BalanceProfile, words: Words) -> str:
    """Return shape and height in one or two sentences, or how far the picture is."""
    if profile.shape is None or profile.height_word is None:
        known = len(profile.standings)
        if known == 0:
            return words("reports.nothing_yet")
        return words("reports.not_yet", known=known, all=len(CELLS), needed=GATE_CELLS)
    shape, height = words(f"reports.shape_{profile.shape}"), words(f"reports.height_{profile.height_word}")
    return f"{shape} {height}"


def place_text(ask: Ask | None, words: Words) -> str:
    """Return where in the talk something was said."""
    if ask is not None and ask.question is not None:
        return words(
            "reports.at_question", number=ask.question, title=words(f"reports.question_{ask.question}")
        )
    return words(f"reports.at_{ask.kind.split('_')[0]}") if ask is not None else words("reports.at_talk")


def places(conversation: Conversation, words: Words) -> Mapping[int, str]:
    """Return for each thing said where in the talk that was."""
    return {at: place_text(ask, words) for at, ask in asks_by_position(conversation).items()}


def said_where(item: Evidence, where: Mapping[int, str], words: Words) -> str:
    """Return the place of a quote, with a note when it tells of a cost or of a plan."""
    told = [name for name in (item.direction, item.time) if name in NOTED]
    notes = [words(f"reports.note_{name}") for name in told]
    return ", ".join([where.get(item.position, words("reports.at_talk")), *notes])


def source_text(source: Source, words: Words) -> str:
    """Return title, section and licence of a passage."""
    citation, article = source.citation, source.article
    section = words(f"reports.question_{citation.question}") if citation.question else ""
    parts = [words("reports.article", title=citation.title), section, article.licence if article else ""]
    return ", ".join(part for part in parts if part)

"""The part of the document about actions: what she is going to do and when, and what else she could do."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from coach.domain.actions import MAIN_GAIN
from coach.domain.evidence import Evidence
from coach.domain.returning import CheckedIn
from coach.domain.takeaway import Plan, TakeAway, whole_sentence
from coach.domain.values import MAX_LEVEL, Cell
from coach.reports.agenda import Appointment, agenda_of, when_text
from coach.reports.blocks import Block, Facts, Heading, Quotation, Text
from coach.reports.wording import cell_text, cells_text, date_text, day_text, places, said_where, source_text
from coach.words import Words

LOW_CONFIDENCE = 7  # of 10; below it the step is made smaller
CUT = "…"
LONGEST_TITLE = 160  # characters


def plans_part(content: TakeAway, words: Words) -> Iterator[Block]:
    """Her own plans with their days, and when to look back."""
    yield Heading(words("reports.h_chosen"))
    if not content.chosen:
        yield Text(words("reports.none_chosen"))
        return
    appointments = agenda_of(content, words)
    for plan, appointment in zip_longest(content.chosen, appointments[: len(content.chosen)]):
        yield from _plan(plan, appointment, content, words)
    for look_back in appointments[len(content.chosen) :]:
        yield Heading(words("calendar.check_in_label"), 2)
        day = day_text(look_back.day, words)
        yield Text(words("reports.look_back", day=day[:1].upper() + day[1:]))


def looked_back_part(content: TakeAway, words: Words) -> Iterator[Block]:
    """What she told when she came back: each look back with its day, each action with what she did and saw."""
    for back in (entry for entry in content.conversation.entries if isinstance(entry, CheckedIn)):
        day = f" ({date_text(back.at.date(), words)})" if back.at else ""
        yield Heading(words("calendar.went") + day)
        for tried in back.tried:
            yield Heading(tried.title, 2)
            yield _named_facts(
                (("did", tried.did), ("saw", tried.saw), ("sure_now", _of_ten(tried.confidence, words))),
                words,
            )
        rulers = (("important", _of_ten(back.importance, words)), ("ready", _of_ten(back.readiness, words)))
        yield _named_facts(rulers, words)


def _named_facts(rows: Sequence[tuple[str, str]], words: Words) -> Facts:
    return Facts(tuple((words(f"calendar.{name}"), text) for name, text in rows if text))


def _of_ten(number: int | None, words: Words) -> str:
    return "" if number is None else words("reports.sure", number=number)


def suggestions_part(content: TakeAway, words: Words) -> Iterator[Block]:
    """What was suggested besides, the find-out action last."""
    extra = [content.find_out] if content.find_out else []
    if content.suggested or extra:
        yield Heading(words("reports.h_suggested"))
    for plan in (*content.suggested, *extra):
        yield from _plan(plan, None, content, words)


def _plan(plan: Plan, appointment: Appointment | None, content: TakeAway, words: Words) -> Iterator[Block]:
    action, made = plan.action, plan.chosen
    title = made.title if made and made.title else action.title
    cut = title.removesuffix(CUT).rstrip()
    whole = cut != title and action.what.startswith(cut) and len(action.what) <= LONGEST_TITLE
    yield Heading(action.what if whole else title, 2)
    if action.kind == "find_out":
        yield Text(words("reports.find_out"))
    if (made is None or cut != title) and not whole and action.what not in ("", title):
        yield Text(action.what)
    step = made.first_step if made else action.first_step
    rows = [
        ("step", step if step != title else ""),
        ("who", made.who if made else action.who),
        ("with_whom", made.with_whom if made else action.with_whom),
        ("when", when_text(made, appointment, words) if made else action.when),
        ("sign", made.first_sign if made else action.first_sign),
        ("obstacle", made.obstacle if made else ""),
        ("if_then", made.if_then if made else ""),
        ("confidence", _confidence_text(plan, words)),
        ("touches", _helps_text(plan, content, words)),
        ("because", _because(plan, content, words)),
    ]
    yield Facts(tuple((words(f"reports.{name}"), text) for name, text in rows if text))
    if plan.source is not None and made is None:
        yield Quotation(plan.source.citation.quote, source_text(plan.source, words))


def _confidence_text(plan: Plan, words: Words) -> str:
    sure = plan.chosen.confidence if plan.chosen else None
    if sure is None:
        return ""
    return words("reports.sure_low" if sure < LOW_CONFIDENCE else "reports.sure", number=sure)


def _helps_text(plan: Plan, content: TakeAway, words: Words) -> str:
    """Which cell rises from where to where, and which others a little; then no two actions read the same."""
    cells, gains = plan.action.cells, plan.gains or {}
    if plan.action.kind == "find_out":
        return f"{cells_text(cells, words)}. {words('reports.gain_know')}"
    if gains and plan.gain <= 0:
        return f"{cells_text(cells, words)}. {words('reports.gain_none')}"
    risen = [cell for cell in cells if gains.get(cell, 0.0) >= MAIN_GAIN]
    others = tuple(cell for cell in cells if cell not in risen)
    parts = [_rise(cell, content, words) for cell in risen]
    if others:
        named = cells_text(others, words)
        parts.append(words("reports.rises_some", cells=named) if risen else named)
    return " ".join(f"{part}." for part in parts)


def _rise(cell: Cell, content: TakeAway, words: Words) -> str:
    level = content.profile.cell(cell).level or 0
    now, following = (words(f"reports.level_{step}") for step in (level, min(level + 1, MAX_LEVEL)))
    return words("reports.rises", cell=cell_text(cell, words), now=now, next=following)


def _because(plan: Plan, content: TakeAway, words: Words) -> str:
    """The strongest words of hers that the action rests on, with their place."""
    items: Mapping[str, Evidence] = {
        item.id: item for cell in content.profile.cells for item in cell.evidence
    }
    found: Sequence[Evidence] = [items[name] for name in plan.because if name in items]
    if not found or plan.action.kind == "own":
        return ""
    place = said_where(found[0], places(content.conversation, words), words)
    return f"“{whole_sentence(found[0], content.conversation)}” ({place})"

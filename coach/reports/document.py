"""The document that an entrepreneur takes home: one content, as Markdown and as Word."""

from collections.abc import Iterator, Mapping

from coach.domain.conversation import goal_of
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.takeaway import Plan, TakeAway, strongest, voices_of
from coach.domain.values import CELLS, Cell, Perspective, Value
from coach.reports.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Picture,
    Quotation,
    Table,
    Text,
)
from coach.reports.chart import chart_png, profile_chart
from coach.reports.markdown import as_markdown
from coach.reports.word import as_word
from coach.reports.wording import (
    cell_text,
    cells_text,
    date_text,
    focus_text,
    gate_text,
    level_text,
    moment_text,
    number_text,
    places,
    said_where,
    shape_text,
    source_text,
)
from coach.words import Words

QUOTES_PER_CELL = 2
SOURCES_PER_VALUE = 1
STRONG_GAIN = 3.0  # balance points
LOW_CONFIDENCE = 7  # of 10; below it the step is made smaller


def markdown(content: TakeAway, words: Words) -> str:
    """Return the document as Markdown."""
    return as_markdown(document(content, words))


def word(content: TakeAway, words: Words) -> bytes:
    """Return the document as a Word file."""
    return as_word(document(content, words))


def document(content: TakeAway, words: Words) -> Document:
    """Return the document in the language of `words`, which is that of the talk."""
    blocks = [
        *_opening(content, words),
        *_picture_part(content, words),
        *_values_part(content, words),
        *_plans_part(content, words),
        *_unknown_part(content, words),
        *_return_part(content, words),
    ]
    title = words("reports.title", focus=focus_text(content.conversation.focus, words))
    return Document(title, content.conversation.language, tuple(blocks), marks(content))


def marks(content: TakeAway) -> Mapping[str, str]:
    """Return the machine-readable fields: who worded the talk, with or without a model, and when."""
    conversation = content.conversation
    voices = voices_of(conversation)
    modelled = [voice for voice in voices if voice != "guided"]
    return {
        "generator": "Waardebalans",
        "schema": "1",
        "language": conversation.language,
        "focus": conversation.focus or "all",
        "voice": ", ".join(voices) or "guided",
        "ai_model": ", ".join(modelled) or "none",
        "origin": conversation.origin,
        "date": content.made_on.isoformat() if content.made_on else "",
    }


def made_text(content: TakeAway, words: Words) -> str:
    """Return in one line how the document was made: by fixed rules, or with the help of a model."""
    modelled = [voice for voice in voices_of(content.conversation) if voice != "guided"]
    when = words("reports.made_on", date=date_text(content.made_on, words)) if content.made_on else ""
    how = words("reports.made_model", voice=", ".join(modelled)) if modelled else words("reports.made_guided")
    return f"{how} {when}".strip()


def _opening(content: TakeAway, words: Words) -> Iterator[Block]:
    conversation = content.conversation
    if conversation.origin == "demo":
        yield Text(words("reports.fictional"), "strong")
    day = conversation.started or content.made_on
    goal = goal_of(conversation)
    rows = [
        (words("reports.about"), focus_text(conversation.focus, words)),
        (words("reports.day"), date_text(day, words) if day else ""),
        (words("reports.aim"), f"“{goal}”" if goal else words("reports.no_aim")),
    ]
    yield Facts(tuple((name, text) for name, text in rows if text))
    yield Text(made_text(content, words), "quiet")


def _picture_part(content: TakeAway, words: Words) -> Iterator[Block]:
    profile = content.profile
    yield Heading(words("reports.h_picture"))
    yield Text(shape_text(profile, words), "strong")
    yield Text(_tilt_text(profile, words))
    yield profile_picture(profile, words)
    yield Heading(words("reports.h_numbers"), 2)
    yield from _numbers(profile, words)


def profile_picture(profile: BalanceProfile, words: Words, width_cm: float = 15.5) -> Picture:
    """Return the chart with the same in a table, and in a sentence for who cannot see it."""
    png = chart_png(profile_chart(profile, words))
    headings = ("", *(words(f"reports.{side}").capitalize() for side in Perspective))
    rows = tuple(
        (
            words(f"reports.{value}"),
            *(level_text(profile.cell(Cell(value, side)), words) for side in Perspective),
        )
        for value in Value
    )
    known = len(profile.standings)
    return Picture(
        png, words("reports.picture_alt", known=known, all=len(CELLS)), Table(headings, rows), width_cm
    )


def _tilt_text(profile: BalanceProfile, words: Words) -> str:
    if profile.tilt is None or profile.height is None or abs(profile.tilt) < 0.5:
        return ""
    return words("reports.tilt_outside" if profile.tilt > 0 else "reports.tilt_inside")


def _numbers(profile: BalanceProfile, words: Words) -> Iterator[Block]:
    low, high = (number_text(number, words) for number in profile.possible)
    if (
        profile.balance is None
        or profile.height is None
        or profile.balance_low is None
        or profile.balance_high is None
    ):
        yield Text(words("reports.no_number"))
        yield Bullets(tuple(gate_text(reason, words) for reason in profile.gate))
    else:
        band = words(
            "reports.band",
            low=number_text(profile.balance_low, words),
            high=number_text(profile.balance_high, words),
        )
        yield Facts((
            (words("reports.height"), number_text(profile.height, words)),
            (words("reports.balance"), f"{number_text(profile.balance, words)} ({band})"),
            (words("reports.spread"), words("reports.spread_steps", steps=profile.spread)),
        ))  # fmt: skip
    if len(profile.standings) < len(CELLS):
        yield Text(words("reports.possible", low=low, high=high), "quiet")


def _values_part(content: TakeAway, words: Words) -> Iterator[Block]:
    yield Heading(words("reports.h_values"))
    where = places(content.conversation, words)
    for value in Value:
        yield Heading(words(f"reports.{value}"), 2)
        cells = [content.profile.cell(Cell(value, side)) for side in Perspective]
        if all(map(_is_blank, cells)):
            yield Text(words("reports.unknown_both"))
        else:
            for cell in cells:
                yield from _cell(cell, where, words)
        for source in content.sources_on(value)[:SOURCES_PER_VALUE]:
            yield Quotation(source.citation.quote, source_text(source, words))


def _is_blank(cell: CellProfile) -> bool:
    said = (cell.level, cell.self_rating, cell.desired, cell.trend)
    return not cell.evidence and all(part is None for part in said)


def _cell(cell: CellProfile, where: Mapping[int, str], words: Words) -> Iterator[Block]:
    side = words(f"reports.{cell.cell.perspective}").capitalize()
    yield Text(" ".join([f"{side}: {level_text(cell, words)}.", *_beside(cell, words)]))
    for item in strongest(cell.evidence, QUOTES_PER_CELL):
        yield Quotation(item.quote, said_where(item, where, words))


def _beside(cell: CellProfile, words: Words) -> Iterator[str]:
    """What stands beside the level: a cost, her own rating, her wish, her reason for a correction."""
    if cell.harm and cell.level:  # level 0 says so itself
        yield words("reports.harm_line")
    if cell.source == "corrected":
        yield words("reports.reason", reason=cell.reason)
    if cell.self_rating is not None:
        yield words("reports.own_line", rating=cell.self_rating)
    if cell.trend is not None:
        yield words(f"reports.trend_{cell.trend + 1}")
    if cell.desired is not None:
        yield words("reports.wish_line", level=words(f"reports.level_{cell.desired}").lower())


def _plans_part(content: TakeAway, words: Words) -> Iterator[Block]:
    yield Heading(words("reports.h_chosen"))
    if not content.chosen:
        yield Text(words("reports.none_chosen"))
    for plan in content.chosen:
        yield from _plan(plan, content, words)
    if content.suggested or content.find_out:
        yield Heading(words("reports.h_suggested"))
    for plan in content.suggested:
        yield from _plan(plan, content, words)
    if content.find_out:
        yield from _plan(content.find_out, content, words)


def _plan(plan: Plan, content: TakeAway, words: Words) -> Iterator[Block]:
    action, made = plan.action, plan.chosen
    yield Heading(made.title if made and made.title else action.title, 2)
    if action.kind == "find_out":
        yield Text(words("reports.find_out"))
    if made is None and action.what and action.what != action.title:
        yield Text(action.what)
    rows = [
        ("touches", cells_text(action.cells, words)),
        ("step", made.first_step if made else action.first_step),
        ("who", made.who if made else action.who),
        ("with_whom", made.with_whom if made else action.with_whom),
        ("when", moment_text(made.when if made else action.when, words)),
        ("sign", made.first_sign if made else action.first_sign),
        ("if_then", made.if_then if made else ""),
        ("gain", _gain_text(plan, words)),
        ("confidence", _confidence_text(plan, words)),
    ]
    yield Facts(tuple((words(f"reports.{name}"), text) for name, text in rows if text))
    yield from _because(plan, content, words)


def _gain_text(plan: Plan, words: Words) -> str:
    if plan.action.kind == "find_out":
        return words("reports.gain_know")
    if not plan.gains:
        return ""
    size = "strong" if plan.gain >= STRONG_GAIN else "some" if plan.gain > 0 else "none"
    return words(f"reports.gain_{size}")


def _confidence_text(plan: Plan, words: Words) -> str:
    sure = plan.chosen.confidence if plan.chosen else None
    if sure is None:
        return ""
    return words("reports.sure_low" if sure < LOW_CONFIDENCE else "reports.sure", number=sure)


def _because(plan: Plan, content: TakeAway, words: Words) -> Iterator[Block]:
    where = places(content.conversation, words)
    items = {item.id: item for cell in content.profile.cells for item in cell.evidence}
    for name in plan.because[:1]:
        if name in items:
            yield Quotation(items[name].quote, said_where(items[name], where, words))
    if plan.source is not None and plan.chosen is None:
        yield Quotation(plan.source.citation.quote, source_text(plan.source, words))


def _unknown_part(content: TakeAway, words: Words) -> Iterator[Block]:
    if content.unknown:
        yield Heading(words("reports.h_unknown"))
        yield Text(words("reports.unknown_intro"))
        yield Bullets(tuple(cell_text(cell, words) for cell in content.unknown))


def _return_part(content: TakeAway, words: Words) -> Iterator[Block]:
    yield Heading(words("reports.h_return"))
    yield Text(
        words("reports.return_link", link=content.link) if content.link else words("reports.return_plain")
    )
    yield Text(words("reports.no_ranking"), "quiet")
    if content.sources:
        yield Text(words("reports.licence"), "quiet")

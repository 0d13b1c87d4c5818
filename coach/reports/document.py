"""The document that an entrepreneur takes home: one content, as Markdown, as Word and as PDF."""

from collections.abc import Iterator, Mapping

from coach.domain.conversation import Conversation, goal_of
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.takeaway import TakeAway, strongest, voices_of, whole_sentence
from coach.domain.values import CELLS, Cell, Perspective, Value
from coach.reports.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Link,
    Picture,
    Quotation,
    Table,
    Text,
)
from coach.reports.chart import profile_chart
from coach.reports.markdown import as_markdown
from coach.reports.pdf import as_pdf
from coach.reports.plans import looked_back_part, plans_part, suggestions_part
from coach.reports.word import as_word
from coach.reports.wording import (
    cell_text,
    date_text,
    focus_text,
    gate_text,
    level_text,
    number_text,
    places,
    said_where,
    shape_text,
    source_text,
)
from coach.words import Words

QUOTES_PER_CELL = 2
SOURCES_PER_VALUE = 1
PICTURE_WIDTH = 450  # pixels: the smaller, the larger its letters on paper


def markdown(content: TakeAway, words: Words) -> str:
    """Return the document as Markdown."""
    return as_markdown(document(content, words))


def word(content: TakeAway, words: Words) -> bytes:
    """Return the document as a Word file."""
    return as_word(document(content, words))


def pdf(content: TakeAway, words: Words) -> bytes:
    """Return the document as a PDF file."""
    return as_pdf(document(content, words))


def document(content: TakeAway, words: Words) -> Document:
    """Return the document in the language of `words`, which is that of the talk."""
    blocks = [
        *_opening(content, words),
        *_picture_part(content, words),
        *looked_back_part(content, words),
        *plans_part(content, words),
        *_values_part(content, words),
        *suggestions_part(content, words),
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
        (words("reports.day"), date_text(day, words) if day else ""),
        (words("reports.aim"), f"“{goal}”" if goal else ""),
    ]
    yield Facts(tuple((name, text) for name, text in rows if text))
    yield Text(made_text(content, words), "quiet")


def _picture_part(content: TakeAway, words: Words) -> Iterator[Block]:
    profile = content.profile
    yield Heading(words("reports.h_picture"))
    yield Text(shape_text(profile, words), "strong")
    yield Text(_tilt_text(profile, words))
    yield profile_picture(profile, words)
    if profile.standings:
        yield Heading(words("reports.h_numbers"), 2)
        yield from _numbers(profile, words)


def profile_picture(profile: BalanceProfile, words: Words, width_cm: float = 15.5) -> Picture:
    """Return the chart with the same in a table, and in a sentence for who cannot see it."""
    chart = profile_chart(profile, words, PICTURE_WIDTH).to_dict()
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
        chart, words("reports.picture_alt", known=known, all=len(CELLS)), Table(headings, rows), width_cm
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
        yield Bullets(tuple(_missing(profile, words)))
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


def _missing(profile: BalanceProfile, words: Words) -> Iterator[str]:
    """Why there is no number yet; values of which nothing is known share a line."""
    values = [
        words(f"reports.{reason.split(':')[1]}") for reason in profile.gate if reason.startswith("value:")
    ]
    yield from (gate_text(reason, words) for reason in profile.gate if not reason.startswith("value:"))
    if values:
        yield words("reports.gate_value", value=", ".join(values))


def _values_part(content: TakeAway, words: Words) -> Iterator[Block]:
    """Each value of which something was said; the others stand under what is open."""
    told = [value for value in Value if not all(map(_is_blank, _cells(content, value)))]
    if told:
        yield Heading(words("reports.h_values"))
    where = places(content.conversation, words)
    for value in told:
        yield Heading(words(f"reports.{value}"), 2)
        for cell in _cells(content, value):
            yield from _cell(cell, content.conversation, where, words)
        for source in content.sources_on(value)[:SOURCES_PER_VALUE]:
            yield Quotation(source.citation.quote, source_text(source, words))


def _cells(content: TakeAway, value: Value) -> list[CellProfile]:
    return [content.profile.cell(Cell(value, side)) for side in Perspective]


def _is_blank(cell: CellProfile) -> bool:
    said = (cell.level, cell.self_rating, cell.desired, cell.trend)
    return not cell.evidence and all(part is None for part in said)


def _cell(
    cell: CellProfile, conversation: Conversation, where: Mapping[int, str], words: Words
) -> Iterator[Block]:
    side = words(f"reports.{cell.cell.perspective}").capitalize()
    yield Text(" ".join([f"{side}: {level_text(cell, words)}.", *_beside(cell, words)]))
    sentences: dict[str, str] = {}
    for item in strongest(cell.evidence, len(cell.evidence)):
        sentences.setdefault(whole_sentence(item, conversation), said_where(item, where, words))
    for sentence, place in list(sentences.items())[:QUOTES_PER_CELL]:
        yield Quotation(sentence, place)


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


def _unknown_part(content: TakeAway, words: Words) -> Iterator[Block]:
    if content.unknown:
        yield Heading(words("reports.h_unknown"))
        yield Text(words("reports.unknown_intro"))
        yield Bullets(tuple(_open_text(cell, words) for cell in content.unknown))


def _open_text(cell: Cell, words: Words) -> str:
    """A cell with what belongs to it, so that she knows what to tell."""
    meant = words(f"profile.means_{cell.value}_{cell.perspective}").rstrip(".")
    return words("reports.open_cell", cell=cell_text(cell, words), meant=meant[:1].lower() + meant[1:])


def _return_part(content: TakeAway, words: Words) -> Iterator[Block]:
    yield Heading(words("reports.h_return"))
    yield Text(words("reports.return_link" if content.link else "reports.return_plain"))
    if content.link:
        yield Link(content.link)
    yield Text(words("reports.no_ranking"), "quiet")
    if content.sources:
        yield Text(words("reports.licence"), "quiet")

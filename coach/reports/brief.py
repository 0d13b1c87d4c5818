"""The coach's one-page brief of a conversation, as Markdown, as Word and as PDF."""

from collections.abc import Iterator, Mapping
from datetime import date

from coach.domain.brief import Brief, Contradiction, OpenQuestion
from coach.domain.profile import CellProfile
from coach.domain.takeaway import strongest, voices_of, whole_sentence
from coach.domain.values import Cell, Perspective, Value
from coach.reports.blocks import Block, Bullets, Document, Facts, Heading, Quotation, Table, Text
from coach.reports.markdown import as_markdown
from coach.reports.pdf import as_pdf
from coach.reports.word import as_word
from coach.reports.wording import (
    cell_text,
    cells_text,
    date_text,
    focus_text,
    level_text,
    places,
    said_where,
    shape_text,
    source_text,
)
from coach.words import Words

SHORT = 90  # characters of a quote in a table
SHOWN = 3


def markdown(brief: Brief, words: Words, made_on: date | None = None) -> str:
    """Return the brief as Markdown."""
    return as_markdown(document(brief, words, made_on))


def word(brief: Brief, words: Words, made_on: date | None = None) -> bytes:
    """Return the brief as a Word file on one page."""
    return as_word(document(brief, words, made_on))


def pdf(brief: Brief, words: Words, made_on: date | None = None) -> bytes:
    """Return the brief as a PDF file on one page."""
    return as_pdf(document(brief, words, made_on))


def document(brief: Brief, words: Words, made_on: date | None = None) -> Document:
    """Return the brief as a document in the language of `words`."""
    conversation = brief.conversation
    blocks = [
        *_opening(brief, words),
        *profile_part(brief, words),
        *_quotes(brief, words),
        *_open_ends(brief, words),
        *_contradictions(brief, words),
        *_patterns(brief, words),
        *_questions(brief, words),
        *_passages(brief, words),
    ]
    marks = {
        "generator": "Waardebalans",
        "kind": "brief",
        "conversation": conversation.id,
        "language": words.language,
        "voice": ", ".join(voices_of(conversation)) or "guided",
        "ai_model": "none",
        "date": made_on.isoformat() if made_on else "",
    }
    title = words("coach.title", focus=focus_text(conversation.focus, words))
    return Document(title, words.language, tuple(blocks), marks, compact=True)


def short(text: str, most: int = SHORT) -> str:
    """Return a quote on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def _opening(brief: Brief, words: Words) -> Iterator[Block]:
    conversation = brief.conversation
    if conversation.origin == "demo":
        yield Text(words("reports.fictional"), "strong")
    day = date_text(conversation.started, words) if conversation.started else ""
    state = words(f"coach.status_{conversation.status}")
    plans = "; ".join(short(one.title) for one in brief.chosen)
    rows = (
        ("aim", f"“{short(brief.goal, 220)}”" if brief.goal else words("reports.no_aim")),
        ("when", ", ".join(part for part in (day, state) if part)),
        ("picture", shape_text(brief.profile, words)),
        ("plan", plans),
    )
    yield Facts(tuple((words(f"coach.{name}"), text) for name, text in rows if text))


def profile_part(brief: Brief, words: Words) -> Iterator[Block]:
    """The twelve cells in words, each with the quote that carries it."""
    yield Heading(words("coach.h_profile"))
    headings = ("", *(words(f"reports.{side}").capitalize() for side in Perspective))
    rows = tuple(
        (
            words(f"reports.{value}"),
            *(_cell(brief.profile.cell(Cell(value, side)), words) for side in Perspective),
        )
        for value in Value
    )
    yield Table(headings, rows, (0.12, 0.44, 0.44))


def _cell(cell: CellProfile, words: Words) -> str:
    proof = strongest(cell.evidence, 1)
    quote = f": “{short(proof[0].quote, 48)}”" if proof else ""
    harm = f", {words('reports.harm')}" if cell.harm and cell.level else ""
    return f"{level_text(cell, words)}{harm}{quote}"


def _quotes(brief: Brief, words: Words) -> Iterator[Block]:
    where = places(brief.conversation, words)
    if brief.quotes:
        yield Heading(words("coach.h_quotes"))
    for item in brief.quotes[:SHOWN]:
        sentence = short(whole_sentence(item, brief.conversation), 160)
        yield Quotation(sentence, f"{cell_text(item.cell, words)} ({said_where(item, where, words)})")


def _open_ends(brief: Brief, words: Words) -> Iterator[Block]:
    yield Heading(words("coach.h_open"))
    never = ", ".join(words(f"reports.{value}") for value in brief.never)
    skipped = "; ".join(_question(number, words) for number in brief.skipped)
    thinnest = sorted(brief.thin, key=lambda one: one.words)[:SHOWN]
    thin = "; ".join(f"{_question(one.question, words)} (“{short(one.text, 40)}”)" for one in thinnest)
    unknown = cells_text(tuple(one.cell for one in brief.profile.cells if one.level is None), words)
    rows = [("never", never), ("unknown_cells", unknown), ("skipped", skipped), ("thin", thin)]
    named = tuple((words(f"coach.{name}"), text) for name, text in rows if text)
    yield Facts(named) if named else Text(words("coach.nothing"))


def _question(number: int, words: Words) -> str:
    return f"{number}. {words(f'reports.question_{number}')}"


def _contradictions(brief: Brief, words: Words) -> Iterator[Block]:
    if brief.contradictions:
        yield Heading(words("coach.h_contradictions"))
        yield Bullets(tuple(contradiction_text(one, words) for one in brief.contradictions[:SHOWN]))


def contradiction_text(one: Contradiction, words: Words) -> str:
    """Return a contradiction in one sentence."""
    first, second = short(one.first), short(one.second)
    if one.kind == "rating":
        second = words(f"reports.level_{one.second}").lower()
    if one.kind == "corrected":
        first = words(f"reports.level_{one.first}").lower() if one.first else words("reports.unknown")
    slots = {"first": first, "second": second, "cell": cell_text(one.cell, words) if one.cell else ""}
    if one.kind == "changed":
        slots["question"] = (
            words("reports.at_question", number=one.question) if one.question else slots["cell"]
        )
    return words(f"coach.contradiction_{one.kind}", **slots)


def _patterns(brief: Brief, words: Words) -> Iterator[Block]:
    if brief.patterns:
        yield Heading(words("coach.h_patterns"))
    for spotted in brief.patterns[:SHOWN]:
        rule = words("coach.rule", rule=spotted.hit.rule)
        yield Quotation(short(spotted.hit.quote), f"{words(f'coach.{spotted.hit.pattern}')} ({rule})")


def _questions(brief: Brief, words: Words) -> Iterator[Block]:
    yield Heading(words("coach.h_questions"))
    rows = tuple(
        (str(number), *question_text(one, words)) for number, one in enumerate(brief.questions, start=1)
    )
    yield Table(("", words("coach.to_ask"), words("coach.reason")), rows, (0.05, 0.55, 0.4))


def question_text(one: OpenQuestion, words: Words) -> tuple[str, str]:
    """Return a question for the meeting, and the reason to ask it."""
    slots = _slots(one, words)
    return words(f"coach.ask_{one.rule}", **slots), words(f"coach.reason_{one.rule}", **slots)


def _slots(one: OpenQuestion, words: Words) -> Mapping[str, str]:
    first, second = short(one.first, 70), short(one.second, 70)
    if one.rule in ("rating", "wish"):
        second = words(f"reports.level_{one.second}").lower()
    if one.rule == "wish":
        first = words(f"reports.level_{one.first}").lower()
    return {
        "first": first,
        "second": second,
        "cell": words(f"coach.in_{one.cell}") if one.cell else "",
        "value": words(f"coach.about_{one.value}") if one.value else "",
        "question": words(f"reports.question_{one.question}" if one.question else "reports.at_talk"),
    }


def _passages(brief: Brief, words: Words) -> Iterator[Block]:
    if brief.passages:
        yield Heading(words("coach.h_passages"))
    for source in brief.passages[:SHOWN]:
        yield Quotation(source.citation.quote, source_text(source, words))

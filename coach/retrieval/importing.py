"""Recognises what a document of others is (title, value, language, the seven questions) and writes it as an article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from coach.domain.errors import UnreadableFile
from coach.domain.values import Language, Value
from coach.retrieval.documents import FrontMatter
from coach.retrieval.embed import ngrams
from coach.retrieval.hints import Hints
from coach.retrieval.language import detect
from coach.retrieval.normalise import fold, words
from coach.retrieval.reading_files import Block, BlockKind, Opened, open_file
from coach.retrieval.table import VALUES

_HEADINGS: dict[int, tuple[str, ...]] = {
    1: ("Waar gaat het over?", "Wat is het?", "What is it about?", "What is this about?"),
    2: ("Welk gedrag is er nu te zien?", "Wat zien we nu?", "Which behaviour do we see now?", "What happens now?"),
    3: (
        "Wat maakt dat het zo blijft gaan?",
        "Welke systeemkrachten houden dit gedrag overeind?",
        "Waarom blijft het zo?",
        "What keeps it going?",
        "Which forces keep this behaviour in place?",
        "Why does it stay this way?",
    ),
    4: ("Bestaat ander gedrag?", "Kan het ook anders?", "Does other behaviour exist?", "Can it be done differently?"),
    5: (
        "Wat hebben die voorbeelden gemeen?",
        "Wat zijn de gemeenschappelijke kenmerken van dit gedrag?",
        "What do these examples share?",
        "What are the common features of this behaviour?",
    ),
    6: ("Hoe stimuleren we dit gedrag?", "Hoe brengen we dit op gang?", "How do we encourage it?"),
    7: (
        "Dient dit de balans van alle waarden?",
        "Dient dit alles dan de meervoudige waarde-balans?",
        "Does this serve the balance of all values?",
    ),
}
_SAME = 0.5  # likeness from which a heading is taken for one of the seven
_NAMES: dict[Value, str] = {
    Value.HUMAN: r"menselijke? (?:waarde|kapitaal)|human (?:value|capital)",
    Value.SOCIAL: r"socia\w*[- ](?:en )?relationele? (?:waarde|kapitaal)|sociale waarde|social (?:and relationship )?(?:value|capital)",
    Value.INTELLECTUAL: r"intellectuele? (?:waarde|kapitaal)|intellectual (?:value|capital)",
    Value.MATERIAL: r"materiele? (?:waarde|kapitaal)|(?:material|manufactured) (?:value|capital)",
    Value.NATURAL: r"natuurlijke? (?:waarde|kapitaal)|natural (?:value|capital)",
    Value.FINANCIAL: r"financiele? (?:waarde|kapitaal)|financial (?:value|capital)",
}
_AUTHORS = re.compile(r"^(?:auteurs?|door|tekst|authors?|by|written by)\s*:\s*(.+)$", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:lees (?:hier|ook|meer|verder)|geef een reactie|deel dit|reacties|laat een reactie|"
    r"read more|read also|leave a (?:comment|reply)|share this|comments?)\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<name>{'|'.join(_MONTHS)}),? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<name>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)


@dataclass(frozen=True)
class Part:
    """A headed part of a recognised document; `question` 1–7 or None."""

    heading: str
    question: int | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Recognised:
    """What a document was taken for; shown before it is stored, and what `article_file` writes."""

    path: Path
    title: str
    value: Value | None
    language: Language
    authors: tuple[str, ...]
    date: str
    source: str
    licence: str
    parts: tuple[Part, ...]
    hidden: int  # hidden characters that were removed

    @property
    def questions(self) -> tuple[int, ...]:
        """Return which of the seven questions were recognised, in order."""
        return tuple(sorted({part.question for part in self.parts if part.question}))

    @property
    def stem(self) -> str:
        """Return the name of its file without ending; the article's id is made of it."""
        return f"{'-'.join(words(self.title))[:60].strip('-') or 'article'}-{self.language}"


@dataclass(frozen=True)
class Wishes:
    """What the person who adds a document says about it; None leaves it to what is recognised."""

    title: str | None = None
    value: Value | None = None
    language: Language | None = None
    licence: str | None = None


def recognise(path: Path, hints: Mapping[Language, Hints], wishes: Wishes | None = None) -> Recognised:
    """Return what the document in `path` is taken for. Raises UnreadableFile with the reason."""
    wishes = wishes or Wishes()
    opened = open_file(path)
    facts = _known_facts(opened)
    blocks = list(_without_asides(opened.blocks))
    title, blocks = _title(blocks, wishes.title or facts.get("title"), path)
    text = " ".join(block.text for block in blocks)
    language = wishes.language or facts.get("language") or detect(text)
    if language is None:
        raise UnreadableFile(f"{path.name}: its language is neither Dutch nor English, say which with --language")
    authors, blocks = _authors(blocks, facts.get("authors", ()))
    parts = tuple(_parts(blocks, hints[language]))
    if not parts:
        raise UnreadableFile(f"{path.name}: has headings but no text")
    return Recognised(
        path=path,
        title=title,
        value=wishes.value or facts.get("value") or _value(title, text, hints[language]),
        language=language,
        authors=authors,
        date=str(facts.get("date") or _date(opened.blocks)),
        source=str(facts.get("source") or path.name),
        licence=wishes.licence or str(facts.get("licence") or ""),
        parts=parts,
        hidden=opened.hidden,
    )


def with_wishes(found: Recognised, wishes: Wishes) -> Recognised:
    """Return what was recognised with what the person says instead."""
    given: dict[str, Any] = {name: value for name, value in vars(wishes).items() if value is not None}
    return replace(found, **given)


def article_file(found: Recognised) -> str:
    """Return the article file for a recognised document: front matter and Markdown."""
    facts = {
        "title": found.title,
        "value": str(found.value) if found.value else None,
        "number": 1 + list(Value).index(found.value) if found.value else 0,
        "language": str(found.language),
        "authors": list(found.authors),
        "date": found.date,
        "source": found.source,
        "licence": found.licence,
    }
    head = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    sections = "\n\n".join("\n\n".join(filter(None, (_heading_line(part), *part.paragraphs))) for part in found.parts)
    return f"---\n{head}---\n\n{sections}\n"


def _heading_line(part: Part) -> str:
    number = f"{part.question}. " if part.question else ""
    return f"## {number}{part.heading}" if part.heading else ""


def _known_facts(opened: Opened) -> dict[str, Any]:
    """Return what a document says about itself, as far as it makes sense."""
    facts: dict[str, Any] = {}
    for name, given in opened.facts.items():
        try:
            checked = FrontMatter.model_validate({"title": "t", "language": "nl", name: given})
        except ValueError:
            continue
        facts[name] = getattr(checked, name)
    return facts


def _without_asides(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks but for what a web page puts around an article: short invitations to read on or to react."""
    for block in blocks:
        if not (_ASIDE.match(block.text) and len(block.text.split()) < 15):
            yield Block(block.kind, re.sub(r"(?<=[a-z])Geef een reactie$", "", block.text), block.level)


def _title(blocks: list[Block], given: str | None, path: Path) -> tuple[str, list[Block]]:
    """Return the title, and the blocks without it: its first heading, or its first line when that is short."""
    first = next((at for at, block in enumerate(blocks[:3]) if block.kind is BlockKind.HEADING), None)
    own = first is not None and _question_number(blocks[first].text) is None
    if first is not None and own:
        rest = blocks[:first] + blocks[first + 1 :]
        return given or blocks[first].text, rest
    if given:
        return given, blocks
    if blocks and len(blocks[0].text.split()) <= 20:
        return blocks[0].text.rstrip("."), blocks[1:]
    return path.stem.replace("-", " ").replace("_", " ").strip().capitalize(), blocks


def _authors(blocks: list[Block], given: Sequence[str]) -> tuple[tuple[str, ...], list[Block]]:
    for at, block in enumerate(blocks):
        match = _AUTHORS.match(block.text)
        if match and len(block.text.split()) <= 25:
            names = re.split(r",|;|&| en | and ", match.group(1).rstrip("."))
            return tuple(name.strip() for name in names if name.strip()), blocks[:at] + blocks[at + 1 :]
    return tuple(given), blocks


def _date(blocks: Sequence[Block]) -> str:
    """Return the first date in the first or last few blocks, as ISO 8601, empty without one."""
    for block in (*blocks[:4], *blocks[-3:]):
        if len(block.text.split()) > 25:
            continue
        for pattern in _DATES:
            if match := pattern.search(block.text):
                found = match.groupdict()
                month = int(found["month"]) if found.get("month") else _MONTHS[found["name"].lower()]
                return f"{found['year']}-{month:02d}-{int(found['day']):02d}"
    return ""


def _value(title: str, text: str, hints: Hints) -> Value | None:
    """Return the value an article is about: by its name in the title, by how often it is named, by its words."""
    for value, pattern in _NAMES.items():
        if re.search(pattern, fold(title)):
            return value
    folded = fold(text)
    named = {value: len(re.findall(pattern, folded)) for value, pattern in _NAMES.items()}
    most, second = sorted(named.values(), reverse=True)[:2]
    if most >= 3 and most >= 2 * second:
        return max(named, key=lambda value: named[value])
    shares = hints.values(f"{title} {text}")
    best = int(shares.argmax())
    rest = max(float(share) for at, share in enumerate(shares) if at != best)
    return VALUES[best] if shares[best] > 0.3 and shares[best] > 1.4 * rest else None


def _parts(blocks: Sequence[Block], hints: Hints) -> Iterator[Part]:
    numbers = _numbered(blocks)
    heading, question, paragraphs = "", None, list[str]()
    for at, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            _append(paragraphs, block)
            continue
        if paragraphs:
            yield Part(heading, question, tuple(paragraphs))
        bare = re.sub(r"^\d{1,2}\s*[.):]?\s+", "", block.text)
        found = numbers.get(at) if numbers else question_of(bare, hints)
        question = found if found or block.level <= 2 else question
        heading, paragraphs = bare, []
    if paragraphs:
        yield Part(heading, question, tuple(paragraphs))


def _append(paragraphs: list[str], block: Block) -> None:
    """Add a block; items of a list stay together, with the line that announces them."""
    if block.kind is not BlockKind.ITEM:
        paragraphs.append(block.text)
    elif paragraphs and (paragraphs[-1].endswith(":") or paragraphs[-1].split("\n")[-1].startswith("- ")):
        paragraphs[-1] += f"\n- {block.text}"
    else:
        paragraphs.append(f"- {block.text}")


def _numbered(blocks: Sequence[Block]) -> dict[int, int]:
    """Return which headings carry the numbers of the seven questions, {} unless at least three rise in order."""
    found = {at: number for at, block in enumerate(blocks) if (number := _question_number(block.text))}
    found = {at: number for at, number in found.items() if blocks[at].kind is BlockKind.HEADING}
    rising = list(found.values()) == sorted(set(found.values()))
    return found if rising and len(found) >= 3 else {}


def _question_number(text: str) -> int | None:
    match = re.match(r"^([1-7])\s*[.):]?\s+\S", text)
    return int(match.group(1)) if match else None


def question_of(heading: str, hints: Hints) -> int | None:
    """Return which of the seven questions a heading asks, in whatever words, None when it asks none."""
    likeness = {
        question: max(_likeness(heading, known) for known in headings) for question, headings in _HEADINGS.items()
    }
    best = max(likeness, key=lambda question: likeness[question])
    if likeness[best] >= _SAME:
        return best
    shares = hints.questions(heading)
    pointed = int(shares.argmax())
    return pointed if heading.endswith("?") and shares[pointed] >= 0.6 else None


def _likeness(one: str, other: str) -> float:
    """Return the share of letter groups that two headings have in common (Dice), 0 to 1."""
    first, second = ({gram for word in words(text) for gram in ngrams(word)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0

"""Opens documents of others (text, Markdown, HTML, Word, PDF) as plain blocks, for the import of articles."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.domain.errors import UnreadableFile
from coach.retrieval.blocks import BULLET, NUMBER, Block, BlockKind, flowing, heading_of, text_blocks

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000  # bytes in a Word file after unpacking
MAX_CHARACTERS = 1_000_000
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Opened:
    """A document as it could be opened: blocks, what it says of itself, hidden characters taken out."""

    blocks: tuple[Block, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    hidden: int = 0


def open_file(path: Path) -> Opened:
    """Return the blocks of a document, its type told by content. Raises UnreadableFile with the reason."""
    content = _content(path)
    opened = _reader(content, path)(content, path)
    blocks = tuple(_cleaned(opened.blocks))
    if sum(len(block.text) for block in blocks) < 40:
        raise UnreadableFile(f"{path.name}: holds no text to speak of (a scan, or empty)")
    hidden = sum(_count_hidden(block.text) for block in opened.blocks)
    return Opened(blocks, opened.facts, hidden)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(f"{path.name}: is larger than {MAX_BYTES // 1_000_000} MB")
        if size == 0:
            raise UnreadableFile(f"{path.name}: is empty")
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"{path.name}: cannot be read ({problem.strerror})") from problem


def _reader(content: bytes, path: Path) -> Callable[[bytes, Path], Opened]:
    start = content[:1024].lstrip().lower()
    if content.startswith(b"%PDF"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _word
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            f"{path.name}: is an old or a protected Office file; save it as .docx without password"
        )
    if start.startswith((b"<!doctype html", b"<html")) or (b"<body" in content[:20_000].lower()):
        return _html
    if b"\x00" in content:
        raise UnreadableFile(f"{path.name}: is not a text, HTML, Word or PDF document")
    return _text


def _count_hidden(text: str) -> int:
    return len(_HIDDEN.findall(text)) + sum(
        unicodedata.category(sign) == "Cc" for sign in text if sign not in "\n\t\r"
    )


def _cleaned(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        visible = "".join(
            sign
            for sign in _HIDDEN.sub("", block.text)
            if sign in "\n\t" or unicodedata.category(sign) != "Cc"
        )
        text = " ".join(unicodedata.normalize("NFC", visible).split())
        if text:
            yield Block(block.kind, text, block.level)


def _text(content: bytes, path: Path) -> Opened:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(f"{path.name}: has more than {MAX_CHARACTERS} characters")
    head = re.match(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    facts = _front_matter(head.group(1)) if head else {}
    body = text[head.end() :] if head and facts else text
    return Opened(tuple(text_blocks(body)), facts)


def _front_matter(head: str) -> dict[str, Any]:
    import yaml

    try:
        facts = yaml.safe_load(head)
    except yaml.YAMLError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _html(content: bytes, path: Path) -> Opened:
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        page = html.fromstring(content, parser=html.HTMLParser(encoding=_charset(content), huge_tree=False))
    except (LxmlError, ValueError) as problem:
        raise UnreadableFile(f"{path.name}: is not HTML that can be read") from problem
    for part in page.xpath(
        "//script|//style|//nav|//header|//footer|//aside|//form|//noscript|//template|//comment()"
    ):
        part.drop_tree()
    for part in page.xpath(
        "//*[@hidden or contains(@style,'display:none') or contains(@style,'display: none')]"
    ):
        part.drop_tree()
    main = (page.xpath("//article") or page.xpath("//main") or page.xpath("//body") or [page])[0]
    title = " ".join(page.xpath("string(//title)").split())
    authors = page.xpath("//meta[@name='author']/@content")
    facts = {"title": title} if title else {}
    return Opened(tuple(_html_blocks(main)), facts | ({"authors": list(authors)} if authors else {}))


def _charset(content: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4096])
    if declared:
        return declared.group(1).decode("ascii")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _html_blocks(main: Any) -> Iterator[Block]:
    for part in main.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "td"):
        if part.xpath("ancestor::p|ancestor::li|ancestor::blockquote"):
            continue
        text = part.text_content()
        if part.tag[0] == "h" and part.tag[1:].isdigit():
            yield Block(BlockKind.HEADING, text, int(part.tag[1:]))
        else:
            yield Block(BlockKind.ITEM if part.tag == "li" else BlockKind.PARAGRAPH, text)


def _word(content: bytes, path: Path) -> Opened:
    from io import BytesIO

    from docx import Document

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise UnreadableFile(f"{path.name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB")
        document = Document(BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        raise UnreadableFile(f"{path.name}: is not a Word document that can be read") from problem
    about = document.core_properties
    facts: dict[str, Any] = {"title": about.title} if about.title else {}
    return Opened(
        tuple(map(_word_block, document.paragraphs)),
        facts | ({"authors": [about.author]} if about.author else {}),
    )


def _word_block(paragraph: Any) -> Block:
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style == "title":
        return Block(BlockKind.HEADING, paragraph.text, 1)
    if style.startswith(("heading", "kop")):
        level = next((int(sign) for sign in style if sign.isdigit()), 2)
        return Block(BlockKind.HEADING, paragraph.text, level)
    if "list" in style or "lijst" in style or BULLET.match(paragraph.text):
        return Block(BlockKind.ITEM, BULLET.sub("", paragraph.text))
    heading = heading_of(paragraph.text) if _is_bold(paragraph) else None
    return heading or _plain(paragraph.text)


def _plain(text: str) -> Block:
    numbered = heading_of(text) if NUMBER.match(text) else None
    return numbered or Block(BlockKind.PARAGRAPH, text)


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _pdf(content: bytes, path: Path) -> Opened:
    from io import BytesIO

    try:
        from pypdf import PdfReader  # type: ignore[import-not-found, unused-ignore]
        from pypdf.errors import PyPdfError  # type: ignore[import-not-found, unused-ignore]
    except ImportError as problem:
        raise UnreadableFile(f"{path.name}: PDF needs the package pypdf, which is not installed") from problem
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"{path.name}: is protected with a password")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableFile(f"{path.name}: is not a PDF that can be read") from problem
    if sum(map(len, pages)) < 40 * len(pages):
        raise UnreadableFile(f"{path.name}: has pictures of pages instead of text (a scan)")
    title = reader.metadata.title if reader.metadata else None
    return Opened(tuple(text_blocks(flowing("\n".join(pages)))), {"title": title} if title else {})

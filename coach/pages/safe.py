"""Text that is not from our own files, made harmless for Streamlit's Markdown: for the pages that show it."""

import re
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

WORD_JOINER = "\u2060"  # invisible; parts what Streamlit would otherwise replace after its Markdown is read
_INVISIBLE = re.compile(  # control, direction and tag characters, lone surrogates; joiners in emoji stay
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~$:&^=@]")
_COLON_WORD = re.compile(
    r":(?=(?!\d{1,2}:)[\w+-]+:|material[/_])"
)  # :smile: :100: :material/home:, not 10:30:45
_DISGUISED = re.compile(
    r"https?:(?=//[^\s/]*@)|www(?=\.[^\s/]*@)", re.IGNORECASE
)  # bank.example@elsewhere.example


def safe_markdown(text: str, *, keep_lines: bool = False) -> str:
    """Return Markdown for st.markdown that shows `text` and can do nothing else.

    Kept: paragraphs, emphasis, lists, quotations, code, and links to http(s) and mailto with their host
    shown. A heading becomes a bold line, an image its description, HTML the characters that were typed.
    Streamlit's own signs (`:red[…]`, `:material/…:`, `$…$`, `:smile:`) stay the characters they are. With
    `keep_lines` each line break that was typed stays one.
    """
    parser = MarkdownIt("commonmark", {"html": False}).disable(["code", "lheading", "reference"])
    tree = SyntaxTreeNode(parser.parse(_readable(text)))
    return _blocks(tree.children, "\\\n" if keep_lines else "\n")


def safe_label(text: str) -> str:
    """Return `text` on one line with every sign as it was typed: for labels, captions, toasts and metrics.

    Not for st.text, st.dataframe, placeholders, select box options or file names: those read no Markdown.
    """
    return _literal(" ".join(_readable(text).split()))


def _readable(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _literal(text: str) -> str:
    parted = _DISGUISED.sub(rf"\g<0>{WORD_JOINER}", _COLON_WORD.sub(f":{WORD_JOINER}", text))
    return _MARKS.sub(r"\\\g<0>", parted)


def _blocks(nodes: list[SyntaxTreeNode], newline: str, between: str = "\n\n") -> str:
    return between.join(block for block in (_block(node, newline) for node in nodes) if block)


def _block(node: SyntaxTreeNode, newline: str) -> str:
    match node.type:
        case "paragraph":
            return _inline(node.children, newline)
        case "heading":
            words = _literal(_words(node).strip())
            return f"**{words}**" if words else ""
        case "bullet_list" | "ordered_list":
            return _list(node, newline)
        case "blockquote":
            return _prefixed(_blocks(node.children, newline), "> ", "> ")
        case "fence":
            return _code_block(node.content)
        case "hr":
            return "***"  # dashes under a line would make that line a heading
        case _:
            return _literal(node.content)


def _list(node: SyntaxTreeNode, newline: str) -> str:
    tight = any(
        child.hidden for item in node.children for child in item.children if child.type == "paragraph"
    )
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    items = []
    for place, item in enumerate(node.children):
        mark = "- " if start is None else f"{start + place}. "
        items.append(
            _prefixed(_blocks(item.children, newline, "\n" if tight else "\n\n"), mark, " " * len(mark))
        )
    return ("\n" if tight else "\n\n").join(items)


def _prefixed(text: str, first: str, following: str) -> str:
    head, *rest = text.split("\n")
    return "\n".join([f"{first}{head}".rstrip(), *(f"{following}{line}".rstrip() for line in rest)])


def _code_block(content: str) -> str:
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{content.rstrip()}\n{fence}"


def _inline(nodes: list[SyntaxTreeNode], newline: str) -> str:
    return "".join(_span(node, newline) for node in nodes)


def _span(node: SyntaxTreeNode, newline: str) -> str:
    match node.type:
        case "inline":
            return _inline(node.children, newline)
        case "em":
            return f"*{_inline(node.children, newline)}*"
        case "strong":
            return f"**{_inline(node.children, newline)}**"
        case "softbreak":
            return newline
        case "hardbreak":
            return "\\\n"
        case "code_inline":
            return _code(node.content)
        case "link":
            return _link(node, newline)
        case _:  # text; for an image its description
            return _literal(node.content)


def _code(content: str) -> str:
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _words(node: SyntaxTreeNode) -> str:
    if not node.children or node.type == "image":
        return " " if node.type in ("softbreak", "hardbreak") else node.content
    return "".join(_words(child) for child in node.children)


def _link(node: SyntaxTreeNode, newline: str) -> str:
    href = str(node.attrs.get("href", ""))
    host = _host(href)
    if host is None:
        return _inline(node.children, newline)
    words = _words(node).strip()
    target = href.replace("$", "%24").replace("<", "%3C").replace(">", "%3E")
    note = "" if words in ("", host, href) else f" ({_literal(host)})"
    return f"[{_inline(node.children, newline) if words else _literal(host)}](<{target}>){note}"


def _host(href: str) -> str | None:
    """Return what a link's reader must see, its host or mail address; None when the link must not be one."""
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return parts.path or None
    if parts.scheme in ("http", "https") and host and "@" not in parts.netloc:
        return host
    return None

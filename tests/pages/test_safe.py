"""Untrusted text: nothing in it loads, runs, links elsewhere or is read as one of Streamlit's signs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from coach.pages.safe import WORD_JOINER, safe_label, safe_markdown
from tests.pages.nasty import NASTY

READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
ALLOWED = {
    *(
        "root",
        "inline",
        "text",
        "paragraph",
        "em",
        "strong",
        "softbreak",
        "hardbreak",
        "code_inline",
        "fence",
        "link",
    ),
    *("bullet_list", "ordered_list", "list_item", "blockquote", "hr"),
}
SIGNS = """
![x]( [ ]( ) http://a.example javascript: <img < > :red[ :material/home: $ ` * ** _ # \\ &amp; | ~~ ``` a
:smile:
""".split()
pieces = st.sampled_from([*SIGNS, " ", "\n", "\n\n", "- ", "1. ", "> ", "    "])
mixtures = st.lists(pieces | st.text(max_size=5), max_size=30).map("".join)


def nodes(markdown: str) -> list[SyntaxTreeNode]:
    return list(SyntaxTreeNode(READER.parse(markdown)).walk())


def visible(markdown: str) -> str:
    return "".join(node.content for node in nodes(markdown) if node.type in ("text", "code_inline"))


def without_code(markdown: str) -> str:
    return re.sub(r"(?<!\\)(`+).*?(?<!`)\1(?!`)", "", markdown, flags=re.DOTALL)


def assert_harmless(markdown: str) -> None:
    found = nodes(markdown)
    assert {node.type for node in found} <= ALLOWED
    for link in (node for node in found if node.type == "link"):
        assert re.match(r"https?://|mailto:", str(link.attrs["href"]))
    assert all(not node.info for node in found if node.type == "fence")
    texts = [node.content for node in found if node.type == "text"]
    assert not any(re.search(r":(?!\d{1,2}:)[\w+-]+:|:material", text) for text in texts)
    assert not re.search(r"(?<!\\)(\\\\)*[$]", re.sub(r"\]\(<[^>]*>\)", "", without_code(markdown)))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_harmless(text: str) -> None:
    assert_harmless(safe_markdown(text))
    assert_harmless(safe_markdown(text, keep_lines=True))
    assert_harmless(safe_label(text))


@given(mixtures)
def test_any_mixture_of_signs_is_harmless(text: str) -> None:
    assert_harmless(safe_markdown(text))
    assert_harmless(safe_label(text))


@given(mixtures)
def test_a_label_shows_every_sign_on_one_line(text: str) -> None:
    label = safe_label(text)
    assert "\n" not in label
    shown = visible(label).replace(WORD_JOINER, "")
    assert shown == visible(safe_label(shown)).replace(WORD_JOINER, "")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=80))
def test_a_label_loses_no_readable_character(text: str) -> None:
    assert visible(safe_label(text)).replace(WORD_JOINER, "").split() == text.split()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Wij doen *veel* samen.", "Wij doen *veel* samen\\."),
        ("Eerst dit.\n\nDan dat.", "Eerst dit\\.\n\nDan dat\\."),
        ("- brood\n- taart", "- brood\n- taart"),
        ("1. brood\n2. taart", "1. brood\n2. taart"),
        ("- a\n  - b", "- a\n  - b"),
        ("> gezegd", "> gezegd"),
        ("# Kop met *nadruk*", "**Kop met nadruk**"),
        ("gebruik `code`", "gebruik `code`"),
        ("om 10:30:45", "om 10\\:30\\:45"),
        ("![een foto](https://sink.example/?d=1)", "een foto"),
        ("<b>vet</b>", "\\<b\\>vet\\</b\\>"),
        ("[meer](https://mvo.example/x)", "[meer](<https://mvo.example/x>) (mvo\\.example)"),
        ("[mvo.example](https://mvo.example)", "[mvo\\.example](<https://mvo.example>)"),
        ("[bank.example](https://k.example)", "[bank\\.example](<https://k.example>) (k\\.example)"),
        ("[](https://k.example)", "[k\\.example](<https://k.example>)"),
        ("[schrijf](mailto:a@b.example)", "[schrijf](<mailto:a@b.example>) (a\\@b\\.example)"),
        ("[x](data:text/html,hi)", "\\[x\\]\\(data\\:text/html,hi\\)"),
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("[weg](//elders.example)", "weg"),
        ("[weg](https://bank.example@elders.example/)", "weg"),
        ("", ""),
    ],
)
def test_what_is_kept_and_what_goes(typed: str, shown: str) -> None:
    assert safe_markdown(typed).replace(WORD_JOINER, "") == shown


def test_lines_that_were_typed_stay_lines_when_asked() -> None:
    assert safe_markdown("een\ntwee", keep_lines=True) == "een\\\ntwee"
    assert safe_markdown("een\ntwee") == "een\ntwee"


def test_signs_that_change_the_direction_of_text_are_gone() -> None:
    assert safe_markdown("a\u202eb\u2066c\x00d\ud800e") == "abcde"


def test_an_emoji_stays_whole() -> None:
    assert safe_label("👩‍🍳 bakt") == "👩‍🍳 bakt"


def test_only_the_reviewed_module_draws_raw_html() -> None:
    pages = Path(__file__).parents[2] / "coach" / "pages"
    found = {
        path.name
        for path in pages.glob("**/*.py")
        if re.search(r"unsafe_allow_html|st\.html\(", path.read_text())
    }
    assert found <= {"live.py"}

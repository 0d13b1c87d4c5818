"""Draws a document of the reports on a page, block by block, so that page and file say the same."""

import streamlit as st

from coach.pages.safe import safe_label
from coach.pages.staff import quoted
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
from coach.reports.pictures import chart_png


def paper(document: Document) -> None:
    """Draw all blocks of a document; every word is shown as it was typed."""
    with st.container(key="wb-paper"):
        st.header(safe_label(document.title), anchor=False)
        for block in document.blocks:
            _block(block)


def _block(block: Block) -> None:
    match block:
        case Heading():
            st.subheader(safe_label(block.text), anchor=False)
        case Text():
            _text(block)
        case Link():
            st.code(block.url, language=None, wrap_lines=True)
        case Quotation():
            st.markdown(quoted(block.words, block.source))
        case Bullets():
            st.markdown("\n".join(f"- {safe_label(item)}" for item in block.items))
        case Facts():
            st.markdown(
                "\n".join(f"- **{safe_label(name)}**: {safe_label(text)}" for name, text in block.rows)
            )
        case Table():
            st.markdown(_table(block))
        case Picture():
            st.image(chart_png(block.chart), caption=block.described)


def _text(block: Text) -> None:
    if block.tone == "quiet":
        st.caption(safe_label(block.text))
    elif block.text:
        text = safe_label(block.text)
        st.markdown(f"**{text}**" if block.tone == "strong" else text)


def _table(table: Table) -> str:
    lines = [table.headings, tuple("---" for _ in table.headings)]
    rows = [tuple(safe_label(cell) for cell in row) for row in table.rows]
    named = [tuple(safe_label(cell) or " " for cell in table.headings), lines[1]]
    return "\n".join("| " + " | ".join(row) + " |" for row in (*named, *rows))

"""Article passages as proof: each opens on the whole passage with the quoted sentences marked."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.conversation import Conversation
from coach.domain.errors import CoachError
from coach.domain.passages import Citation, Passage, Query
from coach.pages.safe import safe_label, safe_markdown
from coach.wiring import App
from coach.words import Words

_LONGEST_SECTION = 20  # passages


def cited_before(conversation: Conversation, position: int) -> frozenset[str]:
    """Return the ids of the passages that came by in the talk before a turn."""
    before = (reply for reply in conversation.replies if reply.position < position)
    return frozenset(citation.passage_id for reply in before for citation in reply.passages)


def sources(
    app: App, citations: Sequence[Citation], words: Words, place: str, earlier: frozenset[str]
) -> None:
    """Draw under a reply what it quotes; one of the `earlier` passages, by id, is only named.

    `place` tells the same passage in two places apart.
    """
    for citation in citations:
        told = {"number": citation.number, "title": safe_label(citation.title)}
        if citation.passage_id in earlier:
            st.caption(words("common.source_again", **told))
            continue
        label = words("common.source", **told)
        with st.expander(label, icon=":material/menu_book:", type="compact"):
            passage_text(app, citation.passage_id, citation.quote, words, f"{place}-{citation.number}")


def passage_text(app: App, passage_id: str, quote: str, words: Words, place: str) -> None:
    """Draw a passage with its article, section and licence; without the index only what was quoted."""
    try:
        passage = app.search.passage(passage_id)
        around = section_of(app, passage) if passage else ()
    except CoachError:
        passage, around = None, ()
    if passage is None:
        st.markdown(marked(quote, quote))
        st.caption(words("common.passage_gone"))
        return
    body = st.container()
    more = len(around) > 1 and st.toggle(words("common.read_section"), key=f"section-{place}")
    for part in around if more else [passage]:
        body.markdown(marked(part.text, quote))
    body.caption(attribution(app, passage))


def section_of(app: App, passage: Passage) -> Sequence[Passage]:
    """Return all passages of the section that a passage is from, in order of reading."""
    if passage.value is None:
        return [passage]
    query = Query("", passage.language, passage.value, passage.question, k=_LONGEST_SECTION)
    same = [found.passage for found in app.search.find(query)]
    return [one for one in same if (one.article_id, one.heading) == (passage.article_id, passage.heading)]


def attribution(app: App, passage: Passage) -> str:
    """Return Markdown that names article, section, authors and licence of a passage."""
    article = next((one for one in app.search.articles() if one.id == passage.article_id), None)
    named = [passage.title, passage.heading]
    if article is not None:
        named += [", ".join(article.authors), article.licence]
    return safe_label(" · ".join(part for part in named if part))


def marked(text: str, quote: str) -> str:
    """Return Markdown of a text with one literal part of it marked; text without that part stays as it is."""
    if not quote or quote not in text:
        return safe_markdown(text)
    before, _, after = text.partition(quote)
    return f"{_escaped(before)}:orange-background[{safe_label(quote)}]{_escaped(after)}"


def _escaped(text: str) -> str:
    lead, tail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{lead}{safe_label(text)}{tail}" if text.strip() else lead

"""The articles page: search the series, read the exact passage; the coach's page has the same search."""

import streamlit as st

from coach.domain.passages import Found, Query
from coach.domain.values import QUESTIONS, Language, Value
from coach.pages.proof import passage_text
from coach.pages.safe import safe_label
from coach.pages.state import READING, attempt, tell_trouble
from coach.wiring import App
from coach.words import Words

FOUND = 8  # passages shown


def page(app: App, words: Words) -> None:
    """Draw the page."""
    st.title(words("library.page_title"), anchor=False)
    st.markdown(words("library.intro"))
    search_block(app, words, "library", words.language)
    st.header(words("library.series"), anchor=False)
    for article in attempt(lambda: tuple(app.library.articles()), READING) or ():
        told = words(
            "library.series_line",
            title=article.title,
            language=words(f"library.language_{article.language}"),
            authors=", ".join(article.authors),
            date=article.date,
            licence=article.licence,
        )
        st.markdown(f"- {safe_label(told)}")
    tell_trouble(words)


def search_block(app: App, words: Words, place: str, language: Language) -> None:
    """Draw the search with its filters and what it finds; `place` tells two searches apart."""
    text = st.text_input(
        words("library.query"), key=f"{place}-query", placeholder=words("library.query_hint"), max_chars=400
    )
    columns = st.columns(3)
    with columns[0]:
        wanted = _filter(words, "language", list(Language), f"{place}-language", language)
    with columns[1]:
        value = _filter(words, "value", list(Value), f"{place}-value")
    with columns[2]:
        question = _filter(words, "question", list(QUESTIONS), f"{place}-question")
    if not text.strip():
        return
    query = Query(
        text.strip(), Language(wanted) if wanted else None, Value(value) if value else None,
        int(question) if question else None, k=FOUND,
    )  # fmt: skip
    found = attempt(lambda: app.search.find(query))
    if found is None:
        tell_trouble(words)
        st.warning(words("library.unavailable"))
    elif not found:
        st.info(words("library.nothing"))
    else:
        counted = "found_one" if len(found) == 1 else "found"
        st.caption(words(f"library.{counted}", count=len(found)))
        for number, one in enumerate(found, start=1):
            _found(app, one, query, words, f"{place}-{number}")


def _filter(
    words: Words,
    name: str,
    options: list[Language] | list[Value] | list[int],
    key: str,
    first: str | None = None,
) -> str | None:
    choices: list[str] = ["", *(str(option) for option in options)]
    chosen = st.selectbox(
        words(f"library.{name}"), choices, index=choices.index(first or ""), key=key, filter_mode=None,
        format_func=lambda choice: _choice(choice, name, words),
    )  # fmt: skip
    return chosen or None


def _choice(choice: str, name: str, words: Words) -> str:
    if not choice:
        return words("library.any")
    match name:
        case "language":
            return words(f"library.language_{choice}")
        case "value":
            return words(f"reports.{choice}")
        case _:
            return f"{choice}. {words(f'reports.question_{choice}')}"


def _found(app: App, one: Found, query: Query, words: Words, place: str) -> None:
    passage = one.passage
    quote = app.search.quote(passage, query)
    with st.container(border=True):
        st.markdown(f"**{safe_label(passage.title)}**  \n“{safe_label(quote)}”")
        with st.expander(words("library.whole")):
            passage_text(app, passage.id, quote, words, place)

"""Prepares a coach for a meeting: the brief of one conversation, with passages worth bringing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from coach.domain.brief import Brief, brief_of
from coach.domain.conversation import Conversation
from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Article, Citation, Query
from coach.domain.ports import Search
from coach.domain.takeaway import Source, citations_of, strongest
from coach.domain.values import Language, Value
from coach.services.suggestions import Catalogue, chosen_of

BROUGHT = 3
NO_TITLES: Mapping[str, str] = MappingProxyType({})
TO_BRING = MappingProxyType(
    {"weak": 6, "never": 1}
)  # the section to bring: what can be done, or what it is about


def prepare(conversation: Conversation, search: Search, titles: Mapping[str, str] = NO_TITLES) -> Brief:
    """Return the coach's brief. Without an index it comes without passages.

    `titles` are those of the catalogue's actions in the coach's language, by id; an action of her own keeps hers.
    """
    chosen = (replace(one, title=titles.get(one.action, one.title)) for one in chosen_of(conversation))
    brief = brief_of(conversation, tuple(chosen))
    try:
        passages = tuple(_passages(brief, search))[:BROUGHT]
    except IndexUnavailable:
        passages = ()
    return replace(brief, passages=passages)


def action_titles(catalogue: Catalogue, language: Language) -> Mapping[str, str]:
    """Return what the actions of the catalogue are called in a language, by id."""
    actions = (*catalogue.actions[language], *catalogue.find_out[language])
    return {action.id: action.title for action in actions}


def _passages(brief: Brief, search: Search) -> Iterator[Source]:
    """Passages that did not come by in the talk: on the weakest values, and on one never spoken of."""
    articles = {article.id: article for article in search.articles()}
    seen = {citation.quote for citation in citations_of(brief.conversation)}
    for query in _queries(brief):
        for found in search.find(query):
            quote = search.quote(found.passage, query)
            if quote not in seen:
                seen.add(quote)
                yield _source(found.passage.id, quote, query, search, articles)
                break


def _source(
    passage_id: str, quote: str, query: Query, search: Search, articles: dict[str, Article]
) -> Source:
    passage = search.passage(passage_id)
    if passage is None:
        return Source(Citation(1, passage_id, "", query.value, query.question, quote), None)
    citation = Citation(1, passage.id, passage.title, passage.value, passage.question, quote)
    return Source(citation, articles.get(passage.article_id))


def _queries(brief: Brief) -> Iterator[Query]:
    language = brief.conversation.language
    for value in _weakest(brief)[:2]:
        items = [item for cell in brief.profile.cells if cell.cell.value is value for item in cell.evidence]
        words = " ".join(item.quote for item in strongest(items, 2))
        yield Query(words or value, language, value, TO_BRING["weak"], k=4)
    for value in brief.never[:1]:
        yield Query(brief.goal or value, language, value, TO_BRING["never"], k=4)


def _weakest(brief: Brief) -> list[Value]:
    """Values of known cells, the lowest level first, a cost before anything else."""
    known = [cell for cell in brief.profile.cells if cell.level is not None]
    ordered = sorted(known, key=lambda cell: (not cell.harm, cell.level or 0, -cell.confidence))
    return list(dict.fromkeys(cell.cell.value for cell in ordered))

"""Gathers what a person takes home, for the profile page, the documents and the exports."""

from collections.abc import Iterator, Sequence
from datetime import date

from coach.domain.actions import Action, RankedAction
from coach.domain.conversation import Chosen, Conversation
from coach.domain.errors import IndexUnavailable
from coach.domain.passages import Article, Citation, Passage, Query
from coach.domain.ports import Search
from coach.domain.profile import build_profile
from coach.domain.takeaway import Plan, Source, TakeAway, citations_of
from coach.domain.values import Cell, Perspective, Value
from coach.services.suggestions import Catalogue, Suggestion, Suggestions, chosen_of, suggestions_for


def take_away(
    conversation: Conversation,
    catalogue: Catalogue,
    search: Search,
    made_on: date | None = None,
    link: str = "",
) -> TakeAway:
    """Return the content of the document to take away. Works without an index, then without passages."""
    suggestions = suggestions_for(conversation, catalogue, search)
    articles = _articles(search)
    extra = suggestions.find_out
    return TakeAway(
        conversation=conversation,
        profile=build_profile(conversation),
        plans=tuple(_plans(conversation, suggestions, catalogue, search, articles)),
        find_out=_plan(extra, search, articles) if extra else None,
        sources=tuple(_source(c, search, articles) for c in citations_of(conversation)),
        made_on=made_on,
        link=link,
    )


def _plans(
    conversation: Conversation,
    suggestions: Suggestions,
    catalogue: Catalogue,
    search: Search,
    articles: Sequence[Article],
) -> Iterator[Plan]:
    """First what she chose, in her order, then what was suggested besides."""
    shown = {one.action.id: one for one in suggestions.shown}
    find_out = {action.id: action for action in catalogue.find_out[conversation.language]}
    known = {one.action.id: one for one in suggestions.others}
    for choice in chosen_of(conversation):
        suggestion = shown.pop(choice.action, None)
        if suggestion is not None:
            yield _plan(suggestion, search, articles, choice)
        elif choice.action in known:
            yield _from_ranked(known[choice.action], choice)
        else:
            yield Plan(find_out.get(choice.action) or _her_own(choice, conversation.focus), choice)
    for suggestion in shown.values():
        yield _plan(suggestion, search, articles)


def _from_ranked(one: RankedAction, choice: Chosen) -> Plan:
    return Plan(one.action, choice, one.gain, one.score, one.gains)


def _her_own(choice: Chosen, focus: Value | None) -> Action:
    """An action that she wrote herself; it touches the value that the talk was about."""
    main = Cell(focus or Value.SOCIAL, Perspective.INTERNAL)
    return Action(choice.action, choice.title, main, kind="own", first_step=choice.first_step)


def _plan(
    suggestion: Suggestion, search: Search, articles: Sequence[Article], choice: Chosen | None = None
) -> Plan:
    ranked, action = suggestion.ranked, suggestion.action
    source = _passage_source(suggestion.passage, action, search, articles)
    return Plan(action, choice, ranked.gain, ranked.score, ranked.gains, suggestion.evidence, source)


def _passage_source(
    passage: Passage | None, action: Action, search: Search, articles: Sequence[Article]
) -> Source | None:
    if passage is None:
        return None
    query = Query(f"{action.title} {action.what}", passage.language, passage.value, passage.question, k=1)
    quote = search.quote(passage, query)
    citation = Citation(1, passage.id, passage.title, passage.value, passage.question, quote)
    return Source(citation, _article(passage, articles))


def _source(citation: Citation, search: Search, articles: Sequence[Article]) -> Source:
    try:
        passage = search.passage(citation.passage_id)
    except IndexUnavailable:
        passage = None
    return Source(citation, _article(passage, articles))


def _article(passage: Passage | None, articles: Sequence[Article]) -> Article | None:
    return next((one for one in articles if passage and one.id == passage.article_id), None)


def _articles(search: Search) -> Sequence[Article]:
    try:
        return search.articles()
    except IndexUnavailable:
        return ()

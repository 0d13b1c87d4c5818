"""Which actions fit this conversation: from the catalogue and her own, each with what it rests on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.domain import actions
from coach.domain.actions import Action, RankedAction, Ratings
from coach.domain.conversation import Chosen, Conversation, Exchange, Said, standing
from coach.domain.errors import IndexUnavailable
from coach.domain.evidence import WEIGHTS, Cue, Intent
from coach.domain.passages import Passage, Query
from coach.domain.ports import Search
from coach.domain.profile import BalanceProfile, build_profile
from coach.domain.steps import FollowUp
from coach.domain.values import Cell, Language, Perspective, Value

OWN = "own"
TITLE_LENGTH = 90  # characters
PROOFS = 3
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+")


@dataclass(frozen=True)
class Suggestion:
    """An action that is shown, with the evidence ids and the passage that it rests on."""

    ranked: RankedAction
    evidence: tuple[str, ...]
    passage: Passage | None

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.ranked.action


@dataclass(frozen=True)
class Suggestions:
    """At most three actions, beside them a find-out action when not knowing matters more, then the rest."""

    shown: tuple[Suggestion, ...]
    find_out: Suggestion | None
    others: tuple[RankedAction, ...]


@dataclass(frozen=True)
class Catalogue:
    """Actions and find-out actions of both languages."""

    actions: Mapping[Language, Sequence[Action]]
    find_out: Mapping[Language, Sequence[Action]]


def suggestions_for(conversation: Conversation, catalogue: Catalogue, search: Search) -> Suggestions:
    """Return what to suggest at the end of this conversation: the same entries always give the same answer."""
    profile = build_profile(conversation)
    ratings, said = ratings_of(conversation), _words_said(conversation)
    standings = profile.standings
    ranked = actions.rank(
        catalogue.actions[conversation.language], standings, ratings, lambda action: _fit(action, said)
    )
    own = own_action(conversation)
    weighed = [actions.weigh(own, standings, ratings)] if own else []
    shown = actions.suggest(_focus_first(ranked, conversation.focus), weighed)
    best = max((one.gain for one in shown), default=0.0)
    extra = actions.find_out(catalogue.find_out[conversation.language], standings, best)
    language = conversation.language
    return Suggestions(
        shown=tuple(_grounded(one, profile, language, search) for one in shown),
        find_out=_grounded(extra, profile, language, search) if extra else None,
        others=tuple(one for one in ranked if one not in shown),
    )


def _focus_first(ranked: Sequence[RankedAction], focus: Value | None) -> list[RankedAction]:
    """Put the best action for the value that the talk was about in front of all others."""
    about = [one for one in ranked if one.action.main.value is focus and one.gain > 0][:1]
    return [*about, *(one for one in ranked if one not in about)]


def ratings_of(conversation: Conversation) -> Ratings:
    """Return importance and confidence (0–10) per action id, as last given."""
    return {
        entry.action: (entry.importance, entry.confidence)
        for entry in conversation.entries
        if isinstance(entry, Chosen)
    }


def chosen_of(conversation: Conversation) -> tuple[Chosen, ...]:
    """Return the actions on her list, each as last written."""
    latest = {entry.action: entry for entry in conversation.entries if isinstance(entry, Chosen)}
    return tuple(entry for entry in latest.values() if entry.chosen)


def _words_said(conversation: Conversation) -> frozenset[str]:
    texts = [entry.text for entry in conversation.entries if isinstance(entry, Said)]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _fit(action: Action, said: frozenset[str]) -> float:
    """Number of everyday words of the action that she used, also inside her compounds ("werkplanning")."""
    return sum(
        keyword in said or any(len(keyword) > 4 and keyword in word for word in said)
        for keyword in action.keywords
    )


def own_action(conversation: Conversation) -> Action | None:
    """Return what she said at question 6 that she will do, in her own words, None if nothing."""
    answers = [
        exchange
        for exchange in standing(conversation.exchanges)
        if exchange.step.ask.question == 6 and exchange.heard.intent is Intent.ANSWER and exchange.heard.words > 2
    ]
    if not answers:
        return None
    plan = next((exchange for exchange in answers if Cue.ACTION in exchange.heard.cues), answers[0])
    cells = _cells_of(answers, conversation.focus)
    answer_to = {exchange.step.ask.follow_up: exchange.said.text for exchange in answers}
    return Action(
        id=OWN,
        title=_title(plan.said.text),
        main=cells[0],
        sides=tuple(cells[1:3]),
        kind="own",
        what=plan.said.text,
        who=answer_to.get(FollowUp.WHO, ""),
        when=answer_to.get(FollowUp.WHEN, ""),
        first_sign=answer_to.get(FollowUp.FIRST_SIGN, ""),
        first_step=_title(plan.said.text),
        question=6,
    )


def _cells_of(answers: Sequence[Exchange], focus: Value | None) -> list[Cell]:
    found = list(dict.fromkeys(finding.cell for exchange in answers for finding in exchange.heard.findings))
    default = focus or Value.SOCIAL
    return found or [Cell(default, Perspective.INTERNAL), Cell(default, Perspective.EXTERNAL)]


def _title(text: str) -> str:
    """Her own words, whole sentences as far as they fit."""
    first = next((match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip()), text)
    return first if len(first) <= TITLE_LENGTH else first[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _grounded(one: RankedAction, profile: BalanceProfile, language: Language, search: Search) -> Suggestion:
    items = [item for cell in one.action.cells for item in profile.cell(cell).evidence]
    strongest = sorted(items, key=lambda item: -WEIGHTS[item.kind])[:PROOFS]
    return Suggestion(one, tuple(item.id for item in strongest), _passage(one.action, language, search))


def _passage(action: Action, language: Language, search: Search) -> Passage | None:
    query = Query(f"{action.title} {action.what}", language, action.main.value, action.question, k=1)
    try:
        found = search.find(query)
    except IndexUnavailable:
        return None
    return found[0].passage if found else None

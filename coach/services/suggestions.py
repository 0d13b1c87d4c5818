"""Which actions fit this conversation: from the catalogue and her own, each with what it rests on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.domain import actions
from coach.domain.actions import Action, RankedAction, Ratings
from coach.domain.conversation import Chosen, Conversation, Exchange, standing
from coach.domain.errors import IndexUnavailable
from coach.domain.evidence import WEIGHTS, Cue, Intent
from coach.domain.passages import Passage, Query
from coach.domain.ports import Search
from coach.domain.profile import BalanceProfile, build_profile
from coach.domain.steps import FollowUp
from coach.domain.values import Cell, Language, Perspective, Value
from coach.services.fitting import Company, Trades, company_of

OWN = "own"
TITLE_LENGTH = 90  # characters
PROOFS = 3
SURE = 7  # of 10; below this confidence the first step is too big
_SENTENCE = re.compile(r"[^.!?\n]+")


@dataclass(frozen=True)
class Suggestion:
    """An action that is shown, with the evidence ids, the passage and the sentences of hers that it rests on."""

    ranked: RankedAction
    evidence: tuple[str, ...]
    passage: Passage | None
    words: tuple[str, ...] = ()

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
    trades: Mapping[Language, Trades] = field(default_factory=dict)

    def company(self, conversation: Conversation) -> Company:
        """Return what a conversation tells of the company."""
        language = conversation.language
        return company_of(conversation, self.trades.get(language, Trades()), self.actions[language])


def suggestions_for(conversation: Conversation, catalogue: Catalogue, search: Search) -> Suggestions:
    """Return what to suggest at the end of this conversation: the same entries always give the same answer."""
    profile = build_profile(conversation)
    ratings, standings = ratings_of(conversation), profile.standings
    company = catalogue.company(conversation)
    suited = [one for one in catalogue.actions[conversation.language] if company.suits(one)]
    ranked = actions.rank(suited, standings, ratings, company.fit)
    own = own_action(conversation)
    weighed = [actions.weigh(own, standings, ratings)] if own else []
    about = [one for one in suited if one.main.value is conversation.focus]
    first = actions.rank(about, standings, ratings, company.fit)
    shown = actions.suggest(_in_front(first, ranked), weighed)
    best = max((one.gain for one in shown), default=0.0)
    extra = actions.find_out(catalogue.find_out[conversation.language], standings, best)
    language = conversation.language
    return Suggestions(
        shown=tuple(_grounded(one, profile, company, language, search) for one in shown),
        find_out=_grounded(extra, profile, company, language, search) if extra else None,
        others=tuple(one for one in ranked if one not in shown),
    )


def _in_front(about: Sequence[RankedAction], ranked: Sequence[RankedAction]) -> list[RankedAction]:
    """Put the best action for the value that the talk was about in front of all others."""
    first = [one for one in about if one.gain > 0][:1]
    return [*first, *(one for one in ranked if one not in first)]


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


def action_with(catalogue: Catalogue, conversation: Conversation, name: str) -> Action | None:
    """Return the action with this id in the language of the talk: suggested, to find out, or hers at question 6."""
    language = conversation.language
    known = {one.id: one for one in (*catalogue.actions[language], *catalogue.find_out[language])}
    return own_action(conversation) if name == OWN else known.get(name)


def is_outward(catalogue: Catalogue, conversation: Conversation, choice: Chosen) -> bool:
    """Tell whether a chosen action touches a cell outside; one in her own words is taken to do so."""
    action = action_with(catalogue, conversation, choice.action)
    return action is None or any(cell.perspective is Perspective.EXTERNAL for cell in action.cells)


def own_action(conversation: Conversation) -> Action | None:
    """Return what she said at question 6 that she will do, in her own words, None if nothing."""
    answers = [
        exchange
        for exchange in standing(conversation.exchanges)
        if exchange.step.ask.question == 6
        and exchange.heard.intent is Intent.ANSWER
        and exchange.heard.words > 2
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


def _grounded(
    one: RankedAction, profile: BalanceProfile, company: Company, language: Language, search: Search
) -> Suggestion:
    """An action with what it rests on: sentences that name what it is about, then the hardest words on its cells."""
    if one.action.kind == "own":
        return Suggestion(one, _in_her_plan(one.action, profile), _passage(one.action, language, search))
    sentences = company.words_for(one.action)
    items = [item for cell in one.action.cells for item in profile.cell(cell).evidence]
    strongest = sorted(items, key=lambda item: (-WEIGHTS[item.kind], item.cell != one.action.main))
    named = [item for sentence in sentences for item in sentence.evidence]
    proofs = dict.fromkeys(item.id for item in [*named, *strongest])
    words = tuple(sentence.text for sentence in sentences)
    return Suggestion(one, tuple(proofs)[:PROOFS], _passage(one.action, language, search), words)


def _in_her_plan(own: Action, profile: BalanceProfile) -> tuple[str, ...]:
    """What was read in the very words of her plan."""
    items = [item for cell in profile.cells for item in cell.evidence if item.quote in own.what]
    return tuple(dict.fromkeys(item.id for item in items))[:PROOFS]


def _passage(action: Action, language: Language, search: Search) -> Passage | None:
    query = Query(f"{action.title} {action.what}", language, action.main.value, action.question, k=1)
    try:
        found = search.find(query)
    except IndexUnavailable:
        return None
    return found[0].passage if found else None

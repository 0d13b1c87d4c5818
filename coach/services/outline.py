"""Builds the export of a conversation, schema 1, from its entries."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from coach import prompts
from coach.domain.conversation import (
    Conversation,
    Exchange,
    Heard,
    Replied,
    Said,
    SpottedPattern,
    Valued,
    evidence_of,
    goal_of,
    patterns_of,
    standing,
)
from coach.domain.course import check_ins_of, predecessor_of, rulers_of
from coach.domain.evidence import Evidence
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.quality import Yardstick, measure
from coach.domain.returning import CheckedIn
from coach.domain.steps import Lead, Step
from coach.domain.takeaway import Plan, TakeAway, voices_of
from coach.domain.values import Language
from coach.domain.wording import Usage, total
from coach.services.schema import (
    ActionPart,
    BecausePart,
    CellPart,
    CheckInPart,
    EvidencePart,
    GainPart,
    Outline,
    PassagePart,
    PatternPart,
    ProfilePart,
    RulerPart,
    TriedPart,
    TurnPart,
    UsagePart,
)


def read_yardstick(folder: Path, language: Language) -> Yardstick:
    """Return what a language adds to the measures. Raises UnreadableFile."""
    return prompts.load(folder / language / "quality.yaml", Yardstick)


def outline(content: TakeAway, yardstick: Yardstick) -> Outline:
    """Return the conversation in schema 1; the same entries always give the same outline."""
    conversation = content.conversation
    usefulness = [entry.usefulness for entry in conversation.entries if isinstance(entry, Valued)]
    return Outline(
        schema=1,
        id=conversation.id,
        language=conversation.language,
        focus=conversation.focus or "all",
        origin=conversation.origin,
        voice=_voice(conversation),
        status=conversation.status,
        started=conversation.started,
        finished=_finished(conversation),
        goal=goal_of(conversation),
        turns=tuple(_turns(conversation)),
        evidence=tuple(_evidence(item) for item in evidence_of(conversation)),
        patterns=tuple(_pattern(spotted) for spotted in patterns_of(conversation)),
        profile=_profile(content.profile),
        actions=tuple(_action(plan) for plan in (*content.plans, *filter(None, [content.find_out]))),
        usefulness=usefulness[-1] if usefulness else None,
        rulers=tuple(RulerPart(**vars(ruler)) for ruler in rulers_of(conversation)),
        check_ins=tuple(_check_in(entry) for entry in check_ins_of(conversation)),
        after=predecessor_of(conversation) or None,
        usage=_usage(usage_of(conversation)),
        quality=measure(conversation, yardstick),
    )


def _check_in(entry: CheckedIn) -> CheckInPart:
    tried = tuple(TriedPart(**vars(one)) for one in entry.tried)
    return CheckInPart(
        position=entry.position, at=entry.at, tried=tried,
        importance=entry.importance, readiness=entry.readiness,
    )  # fmt: skip


def usage_of(conversation: Conversation) -> Usage | None:
    """Return what a conversation cost of a chat model, turns that were worded anew included; None of nothing."""
    return total(entry.usage for entry in conversation.entries if isinstance(entry, Replied | Heard))


def _usage(usage: Usage | None) -> UsagePart | None:
    return UsagePart(**vars(usage)) if usage else None


def _voice(conversation: Conversation) -> str:
    voices = voices_of(conversation)
    return next((voice for voice in voices if voice != "guided"), "guided")


def _finished(conversation: Conversation) -> datetime | None:
    closing = [reply.at for reply in conversation.replies if reply.step.lead is Lead.CLOSED]
    return closing[0] if closing and conversation.status == "finished" else None


def _turns(conversation: Conversation) -> Iterator[TurnPart]:
    exchanges = {exchange.said.position: exchange for exchange in conversation.exchanges}
    kept = {exchange.said.position for exchange in standing(conversation.exchanges)}
    stand = {reply.position for reply in conversation.replies}
    step: Step | None = None
    for entry in conversation.entries:
        if isinstance(entry, Replied):
            step = entry.step
            yield _coach_turn(entry, stands=entry.position in stand)
        elif isinstance(entry, Said):
            exchange = exchanges.get(entry.position)
            yield _her_turn(entry, exchange, step, stands=exchange is None or entry.position in kept)


def _coach_turn(reply: Replied, *, stands: bool) -> TurnPart:
    return TurnPart(
        position=reply.position,
        speaker="coach",
        text=reply.text,
        question=reply.step.ask.question,
        step=reply.step.id,
        passages=tuple(PassagePart(**vars(citation)) for citation in reply.passages),
        made_by=reply.made_by,
        prompt=reply.prompt,
        usage=_usage(reply.usage),
        fault=reply.fault,
        mended=reply.mended,
        stands=stands,
        at=reply.at,
    )


def _her_turn(said: Said, exchange: Exchange | None, open_step: Step | None, *, stands: bool) -> TurnPart:
    step = exchange.step if exchange else open_step
    return TurnPart(
        position=said.position,
        speaker="entrepreneur",
        text=said.text,
        question=step.ask.question if step else None,
        step=step.id if step else None,
        intent=exchange.heard.intent if exchange else None,
        revises=exchange.revises if exchange else said.revises,
        stands=stands,
        at=said.at,
    )


def _evidence(item: Evidence) -> EvidencePart:
    return EvidencePart(
        id=item.id, position=item.position, quote=item.quote, value=item.cell.value,
        perspective=item.cell.perspective, kind=item.kind, direction=item.direction, time=item.time,
        rule=item.rule,
    )  # fmt: skip


def _pattern(spotted: SpottedPattern) -> PatternPart:
    hit = spotted.hit
    return PatternPart(
        id=spotted.id, position=spotted.position, pattern=hit.pattern, quote=hit.quote, rule=hit.rule
    )


def _profile(profile: BalanceProfile) -> ProfilePart:
    return ProfilePart(
        cells=tuple(_cell(cell) for cell in profile.cells),
        height=_tenth(profile.height),
        balance=_tenth(profile.balance),
        balance_low=_tenth(profile.balance_low),
        balance_high=_tenth(profile.balance_high),
        spread=profile.spread,
        tilt=None if profile.tilt is None else round(profile.tilt, 2),
        shape=profile.shape,
        height_word=profile.height_word,
        gate=profile.gate,
    )


def _tenth(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def _hundredth(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _cell(cell: CellProfile) -> CellPart:
    return CellPart(
        value=cell.cell.value,
        perspective=cell.cell.perspective,
        level=cell.level,
        computed_level=cell.computed_level,
        source=cell.source,
        confidence=round(cell.confidence, 2),
        low=_hundredth(cell.low),
        high=_hundredth(cell.high),
        trend=cell.trend,
        desired=cell.desired,
        self_rating=cell.self_rating,
        harm=cell.harm,
        evidence=tuple(item.id for item in cell.evidence),
        reason=cell.reason,
    )


def _action(plan: Plan) -> ActionPart:
    action, made = plan.action, plan.chosen
    gains = plan.gains or {}
    return ActionPart(
        title=(made.title if made else "") or action.title,
        cells=tuple(
            GainPart(value=cell.value, perspective=cell.perspective, gain_levels=gains.get(cell, 0.0))
            for cell in action.cells
        ),
        gain=round(plan.gain, 2),
        score=round(plan.score, 2),
        kind=action.kind,
        first_step=made.first_step if made else action.first_step,
        who=made.who if made else action.who,
        with_whom=made.with_whom if made else action.with_whom,
        when=made.when if made else action.when,
        first_sign=made.first_sign if made else action.first_sign,
        because=BecausePart(
            evidence=plan.because, passages=(plan.source.citation.passage_id,) if plan.source else ()
        ),
        id=action.id,
        chosen=made is not None,
        if_then=made.if_then if made else "",
        obstacle=made.obstacle if made else "",
        importance=made.importance if made else None,
        confidence=made.confidence if made else None,
    )

"""What one change did, before and after: of a correction, of words taken back, of an answer put differently."""

from collections.abc import Iterator

import streamlit as st

from coach.domain.comparing import Effect, effect_of_answer, effect_of_correction, effect_of_last_change
from coach.domain.conversation import Conversation, Exchange
from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.values import Cell
from coach.reports.wording import cell_text, number_text
from coach.words import Words


def last_change(conversation: Conversation, words: Words) -> None:
    """Draw what her last correction did to cells and whole; nothing when her last act was something else."""
    effect = effect_of_last_change(conversation)
    if effect is None:
        return
    lines = [*_cells(effect, words), *_whole(effect, words)]
    told = "\n".join(f"- {line}" for line in lines) if lines else words("profile.effect_none")
    with st.container(border=True, key="wb-effect"):
        st.markdown(f"**{words('profile.effect_h')}**\n\n{told}")


def correction_effect(conversation: Conversation, cell: Cell, words: Words) -> None:
    """Draw what a correction that stands does to the whole."""
    lines = tuple(_whole(effect_of_correction(conversation, cell), words))
    st.markdown(f"{words('profile.effect_correction')}:")
    st.markdown("\n".join(f"- {line}" for line in lines) if lines else words("profile.effect_none"))


def answer_effect(conversation: Conversation, exchange: Exchange, words: Words) -> None:
    """Draw which cells an answer moved when it replaced an earlier one; nothing for one that replaced none."""
    effect = effect_of_answer(conversation, exchange)
    if effect is None:
        return
    lines = tuple(_cells(effect, words))
    if lines:
        st.markdown(words("profile.effect_answer") + "\n\n" + "\n".join(f"- {line}" for line in lines))
    else:
        st.caption(words("profile.effect_answer_none"))


def _cells(effect: Effect, words: Words) -> Iterator[str]:
    """One line for each cell with another level or other proof."""
    for cell in effect.cells:
        before, after = _level(effect.before.cell(cell), words), _level(effect.after.cell(cell), words)
        shown = words("profile.effect_surer") if before == after else after
        if before == after and effect.after.cell(cell).level is None:
            continue  # too little was said before, and still is
        yield words("profile.effect_cell", cell=cell_text(cell, words), before=before, after=shown)


def _whole(effect: Effect, words: Words) -> Iterator[str]:
    """Shape, height and balance, as far as they changed."""
    before, after = effect.before, effect.after
    for name, told in (
        ("profile.effect_shape", _shape),
        ("reports.height", _height),
        ("reports.balance", _balance),
    ):
        pair = told(before, words), told(after, words)
        if pair[0] != pair[1]:
            yield words("profile.effect_line", name=words(name), before=pair[0], after=pair[1])


def _level(cell: CellProfile, words: Words) -> str:
    return words("reports.unknown" if cell.level is None else f"reports.level_{cell.level}")


def _shape(profile: BalanceProfile, words: Words) -> str:
    none = words("profile.effect_not_shown")
    return none if profile.shape is None else words(f"profile.word_balance_{profile.shape}")


def _height(profile: BalanceProfile, words: Words) -> str:
    if profile.height is None or profile.height_word is None:
        return words("profile.effect_not_shown")
    return f"{words(f'profile.word_height_{profile.height_word}')} ({number_text(profile.height, words)})"


def _balance(profile: BalanceProfile, words: Words) -> str:
    none = words("profile.effect_not_shown")
    return none if profile.balance is None else number_text(profile.balance, words)

"""The rubric beside a conversation: scores with examples, earlier reviews, agreement, numbers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from coach.domain.quality import Quality
from coach.domain.review import Rubric, RubricLine
from coach.pages.safe import safe_label
from coach.pages.staff import plain
from coach.pages.state import READING, attempt, tell_trouble
from coach.reports.wording import date_text
from coach.services.review import agreements
from coach.wiring import App
from coach.words import Words

SHOWN = (
    "one_question_share", "open_share", "leading_share", "advice_before_six", "reflections_per_question",
    "talk_share", "median_words", "longest_words", "words_per_sentence", "jargon", "over_follow_up_limit",
)  # fmt: skip
SHARES = frozenset({"one_question_share", "open_share", "leading_share"})


def reviewer(words: Words) -> str:
    """Ask for the reviewer's name or sign, and return it."""
    return st.text_input(words("trainer.reviewer"), key="reviewer", max_chars=80).strip()


def rubric_form(app: App, conversation_id: str, rubric: Rubric, reviewer_name: str, words: Words) -> None:
    """Draw the rubric and keep what is scored, with the version that it was scored with."""
    st.header(words("trainer.rubric"), anchor=False)
    st.caption(words("trainer.rubric_version", title=rubric.title, version=rubric.version))
    with st.form(f"review-{conversation_id}", enter_to_submit=False):
        scores = {line.id: _line(line, conversation_id, words) for line in rubric.lines}
        comment = st.text_area(words("trainer.overall"), key=f"overall-{conversation_id}", max_chars=4000)
        if st.form_submit_button(words("trainer.save"), type="primary"):
            given = {line: score for line, score in scores.items() if score is not None}
            _keep(app, conversation_id, rubric, reviewer_name, given, comment, words)


def _line(line: RubricLine, conversation_id: str, words: Words) -> int | None:
    score: int | None = st.segmented_control(
        line.title, list(line.scale), key=f"score-{conversation_id}-{line.id}",
        format_func=lambda one: words(f"trainer.score_{one}"),
    )  # fmt: skip
    st.caption(line.definition)
    with st.expander(words("trainer.examples"), type="compact"):
        for name in ("hit", "near_hit", "near_miss", "miss"):
            st.markdown(f"**{words(f'trainer.{name}')}**: {safe_label(getattr(line, name))}")
    return score


def _keep(
    app: App,
    conversation_id: str,
    rubric: Rubric,
    reviewer_name: str,
    scores: Mapping[str, int],
    comment: str,
    words: Words,
) -> None:
    if not reviewer_name or not scores:
        st.warning(words("trainer.need_score" if reviewer_name else "trainer.need_reviewer"))
        return
    rubric.check(scores)
    kept = attempt(
        lambda: app.notebook.add_review(
            conversation_id, rubric.id, rubric.version, reviewer_name, scores, comment, datetime.now(UTC)
        )
    )
    if kept is None:
        tell_trouble(words)
    else:
        st.success(words("trainer.saved"))


def earlier(app: App, conversation_id: str, rubrics: Sequence[Rubric], words: Words) -> None:
    """Draw the reviews that this conversation has, newest first."""
    titles = {(r.id, r.version, line.id): line.title for r in rubrics for line in r.lines}
    with st.expander(words("trainer.earlier")):
        reviews = attempt(lambda: app.notebook.reviews(conversation_id), READING) or ()
        if not reviews:
            st.caption(words("trainer.earlier_none"))
        for review in reversed(reviews):
            day = date_text(review.at.astimezone().date(), words) if review.at else words("trainer.no_day")
            told = words(
                "trainer.earlier_line", reviewer=review.reviewer, day=day, version=review.rubric_version
            )
            st.markdown(f"**{safe_label(told)}**")
            lines = [
                f"- {safe_label(titles.get((review.rubric, review.rubric_version, line), line))}: {score}"
                for line, score in review.scores.items()
            ]
            st.markdown("\n".join(lines))
            if review.comment:
                st.markdown(plain(review.comment))


def quality(measured: Quality, words: Words) -> None:
    """Draw the counts that rules made of this conversation."""
    with st.expander(words("trainer.quality")):
        st.caption(words("trainer.quality_note"))
        rows = [(words(f"trainer.q_{name}"), _number(name, getattr(measured, name), words)) for name in SHOWN]
        _table((words("trainer.col_measure"), words("trainer.col_number")), rows)


def _number(name: str, number: float | None, words: Words) -> str:
    if number is None:
        return "–"
    told = f"{100 * number:.0f} %" if name in SHARES else f"{number:g}"
    return told.replace(".", words("reports.decimal"))


def agreement(app: App, rubric: Rubric, words: Words) -> None:
    """Draw how far reviewers agree, over all conversations that two of them scored."""
    with st.expander(words("trainer.agreement")):
        found = agreements(attempt(lambda: tuple(app.notebook.reviews()), READING) or (), rubric)
        if not found:
            st.caption(words("trainer.agreement_none"))
            return
        titles = {line.id: line.title for line in rubric.lines}
        rows = [
            (
                titles[one.line],
                f"{one.first} / {one.second}",
                words("trainer.same", same=one.same, pairs=one.pairs),
                "–" if one.kappa is None else f"{one.kappa:.2f}".replace(".", words("reports.decimal")),
            )
            for one in found
        ]
        _table(tuple(words(f"trainer.col_{name}") for name in ("line", "who", "same", "kappa")), rows)
        st.caption(words("trainer.agreement_note"))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [headings, ["---"] * len(headings), *([safe_label(cell) for cell in row] for row in rows)]
    st.markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))

"""The picture of a balance profile, drawn once for the page and for the documents."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import altair as alt

from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.values import MAX_LEVEL, Perspective, Value
from coach.reports.wording import cell_text, certainty
from coach.words import Words

INK = "#22303a"
QUIET = "#6b7780"
LINES = "#d9dfe3"
PAPER = "#ffffff"
COLOURS: Mapping[Perspective, str] = MappingProxyType(
    {Perspective.INTERNAL: "#1b5e6b", Perspective.EXTERNAL: "#b5651d"}
)
FONT = "'Source Sans', 'Liberation Sans', Arial, Helvetica, sans-serif"  # on a page: that of the page itself
BASE = -0.16  # bars begin left of level 0, so that level 0 can be seen
END = 4.14
ROW = 21  # pixels per row
RATING_PER_LEVEL = 2.5
LEGEND = (("firm", "careful"), ("unknown", "wished"), ("own", "harm"))
LEGEND_COLUMNS = (0.0, 2.15)
TRENDS: Mapping[int, str] = MappingProxyType({-1: "◀", 0: "=", 1: "▶"})  # the way it goes along the levels
_TOLD = alt.Tooltip("told:N", title=" ")

Row = dict[str, Any]
Spec = Mapping[str, Any]


def profile_chart(profile: BalanceProfile, words: Words, width: int = 560) -> alt.LayerChart:
    """Return the twelve cells as bars, level 0–4 from left to right, a block for each value.

    Solid is firm, an outline is careful, hatched without a bar is not enough said; a thick tick is the
    wish, a diamond the person's own rating, a red triangle a cost now; an arrow along the levels, or "=", is where
    it goes if she goes on like this. Readable without colour; `width` in pixels.
    """
    rows = [_row(cell, words) for cell in profile.cells]
    layers = [
        _grid(), *_bars(rows), *_hatch(rows), *_marks(rows), _trends(profile), _titles(words), *_legend(words),
    ]  # fmt: skip
    drawn = [layer for layer in layers if layer.data["values"]]  # an empty one is a picture without a name
    chart = alt.layer(*drawn).properties(
        width=width, height=ROW * len(_slots()), padding={"left": 4, "right": 8, "top": 4, "bottom": 4}
    )
    return styled(chart)


def styled(chart: alt.LayerChart | alt.FacetChart) -> alt.LayerChart:
    """Return a chart in our type and on white paper; who hears a page hears the marks that say so themselves."""
    plain = chart.configure(font=FONT, background=PAPER).configure_view(strokeWidth=0)
    configured: alt.LayerChart = plain.configure_mark(aria=False)
    return configured


def _slots() -> list[str]:
    """The rows of the picture from top to bottom: a title and two bars for each value, then the legend."""
    bars = [f"{value}.{part}" for value in Value for part in ("title", *Perspective)]
    return [*bars, "legend.gap", *(f"legend.{place}" for place in range(len(LEGEND) + 1))]


def _row(cell: CellProfile, words: Words) -> Row:
    side = cell.cell.perspective
    known = certainty(cell)
    own = None if cell.self_rating is None else cell.self_rating / RATING_PER_LEVEL
    return {
        "slot": str(cell.cell),
        "side": str(side),
        "base": BASE,
        "level": cell.level,
        "certainty": known,
        "wished": cell.desired,
        "own": own,
        "harm": cell.harm,
        "told": _told(cell, words),
        "spoken": f"{cell_text(cell.cell, words)}: {_told(cell, words)}",
    }


def _told(cell: CellProfile, words: Words) -> str:
    """One line that says in words what the bar shows."""
    if cell.level is None:
        return words("reports.unknown")
    return f"{words(f'reports.level_{cell.level}')} ({words(f'reports.{certainty(cell)}')})"


def _data(rows: list[Row]) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _y(words: Words | None = None) -> alt.Y:
    """The rows; with words the axis names the side of each bar."""
    scale = alt.Scale(domain=_slots(), paddingInner=0.22, paddingOuter=0.1)
    if words is None:
        return alt.Y("slot:O", scale=scale, title=None)
    names = {side: words(f"reports.{side}") for side in Perspective}
    inside, outside = (_quoted(names[side]) for side in Perspective)
    label = f"split(datum.value, '.')[1] == 'internal' ? {inside} : {outside}"
    bars = [slot for slot in _slots() if slot.rsplit(".", 1)[1] in tuple(Perspective)]
    axis = alt.Axis(
        values=bars, labelExpr=label, domain=False, ticks=False,
        labelColor=INK, labelFontSize=12, labelPadding=6,
    )  # fmt: skip
    return alt.Y("slot:O", scale=scale, title=None, axis=axis)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _x(field: str, words: Words | None = None) -> alt.X:
    """Level from left to right; with words the axis names the five levels, on two lines where needed."""
    scale = alt.Scale(domain=[BASE, END], nice=False, zero=False)
    if words is None:
        return alt.X(f"{field}:Q", scale=scale, title=None)
    names = ", ".join(_quoted(words(f"reports.level_{level}")) for level in range(MAX_LEVEL + 1))
    axis = alt.Axis(
        orient="top", values=list(range(MAX_LEVEL + 1)), grid=False, domain=False, ticks=False,
        labelExpr=f"split([{names}][datum.value], ' ')", labelColor=INK, labelFontSize=11,
        labelLineHeight=13, labelFlush=True, labelOverlap=False, labelPadding=12,
    )  # fmt: skip
    return alt.X(f"{field}:Q", scale=scale, title=None, axis=axis)


def _grid() -> alt.Chart:
    first, last = str(f"{Value.HUMAN}.title"), f"{Value.FINANCIAL}.{Perspective.EXTERNAL}"
    lines = [{"level": level, "slot": first, "last": last} for level in range(MAX_LEVEL + 1)]
    chart: alt.Chart = (
        alt.Chart(_data(lines)).mark_rule(color=LINES).encode(x=_x("level"), y=_y(), y2="last:O")
    )
    return chart


def _bars(rows: list[Row]) -> Iterator[alt.Chart]:
    """Solid bars for firm cells, outlines for careful ones."""
    for known in ("firm", "careful"):
        for side, colour in COLOURS.items():
            chosen = [row for row in rows if row["certainty"] == known and row["side"] == side]
            fill = colour if known == "firm" else PAPER
            yield (
                alt.Chart(_data(chosen))
                .mark_bar(fill=fill, stroke=colour, strokeWidth=2, aria=True)
                .encode(x=_x("base"), x2="level:Q", y=_y(), tooltip=_TOLD, description="spoken:N")
            )


def _hatch(rows: list[Row]) -> Iterator[alt.Chart]:
    """Slanted strokes over the full width, in a dashed frame, where not enough was said."""
    unknown = [row | {"base": 0, "end": MAX_LEVEL} for row in rows if row["certainty"] == "unknown"]
    yield (
        alt.Chart(_data(unknown))
        .mark_bar(fill=None, stroke=QUIET, strokeDash=[3, 3], aria=True)
        .encode(x=_x("base"), x2="end:Q", y=_y(), tooltip=_TOLD, description="spoken:N")
    )
    strokes = [{"slot": row["slot"], "at": step / 5} for row in unknown for step in range(1, 5 * MAX_LEVEL)]
    yield _slanted(strokes)


def _slanted(strokes: list[Row]) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(strokes))
        .mark_point(shape="stroke", angle=310, size=90, strokeWidth=1, stroke=QUIET, opacity=0.75)
        .encode(x=_x("at"), y=_y())
    )
    return chart


def _marks(rows: list[Row]) -> Iterator[alt.Chart]:
    """What the person wishes, how she rates herself, and what costs value now."""
    wished = [row for row in rows if row["wished"] is not None]
    yield from _ticks(wished, "wished")
    yield _diamond([row for row in rows if row["own"] is not None], "own")
    yield _triangle([row | {"at": (row["level"] or 0) + 0.2} for row in rows if row["harm"]], "at")


def _trends(profile: BalanceProfile) -> alt.Chart:
    """Behind a bar, clear of a cost sign: where this cell goes if nothing changes."""
    rows = [
        {
            "slot": str(cell.cell),
            "at": (0 if cell.level is None else cell.level) + (0.42 if cell.harm else 0.12),
            "sign": TRENDS[cell.trend],
        }
        for cell in profile.cells
        if cell.trend is not None
    ]
    return _signs(rows)


def _signs(rows: list[Row]) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_text(align="left", baseline="middle", fontSize=13, fontWeight="bold", color=INK)
        .encode(x=_x("at"), y=_y(), text="sign:N")
    )
    return chart


def _ticks(rows: list[Row], field: str) -> Iterator[alt.Chart]:
    for colour, thickness in ((PAPER, 7), (INK, 3)):
        yield (
            alt.Chart(_data(rows))
            .mark_tick(color=colour, thickness=thickness, size=ROW - 3, opacity=1)
            .encode(x=_x(field), y=_y())
        )


def _diamond(rows: list[Row], field: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_point(shape="diamond", fill=PAPER, stroke=INK, strokeWidth=1.8, size=110, opacity=1)
        .encode(x=_x(field), y=_y())
    )
    return chart


def _triangle(rows: list[Row], field: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_point(shape="triangle-down", fill="#a01c1c", stroke="#a01c1c", size=70, opacity=1)
        .encode(x=_x(field), y=_y())
    )
    return chart


def _titles(words: Words) -> alt.Chart:
    rows = [{"slot": f"{value}.title", "at": BASE, "name": words(f"reports.{value}")} for value in Value]
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_text(align="left", baseline="middle", fontWeight="bold", fontSize=13, color=INK, dy=3)
        .encode(x=_x("at", words), y=_y(words), text="name:N")
    )
    return chart


def _legend(words: Words) -> Iterator[alt.Chart]:
    """The signs with their meaning, below the bars, so that the picture stands alone on paper."""
    places: dict[str, Row] = {
        name: {"slot": f"legend.{line}", "base": column + 0.02, "end": column + 0.3, "at": column + 0.16}
        for line, names in enumerate(LEGEND)
        for name, column in zip(names, LEGEND_COLUMNS, strict=True)
    }
    for name, fill in (("firm", QUIET), ("careful", PAPER)):
        yield (
            alt.Chart(_data([places[name]]))
            .mark_bar(fill=fill, stroke=QUIET, strokeWidth=2)
            .encode(x=_x("base"), x2="end:Q", y=_y())
        )
    unknown = places["unknown"]
    yield (
        alt.Chart(_data([unknown]))
        .mark_bar(fill=None, stroke=QUIET, strokeDash=[3, 3])
        .encode(x=_x("base"), x2="end:Q", y=_y())
    )
    yield _slanted([unknown | {"at": unknown["base"] + step} for step in (0.07, 0.14, 0.21)])
    yield from _ticks([places["wished"]], "at")
    yield _diamond([places["own"]], "at")
    yield _triangle([places["harm"]], "at")
    going = {"slot": f"legend.{len(LEGEND)}", "end": 0.62}
    yield _signs([going | {"at": 0.0, "sign": " ".join(TRENDS.values())}])
    texts = [
        place | {"name": words(f"reports.{name}"), "at": place["end"] + 0.08}
        for name, place in (*places.items(), ("trend", going))
    ]
    yield (
        alt.Chart(_data(texts))
        .mark_text(align="left", fontSize=11, color=INK, baseline="middle")
        .encode(x=_x("at"), y=_y(), text="name:N")
    )

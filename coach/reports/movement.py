"""Two profiles in one picture: where each cell stood then, where it stands now, and what was only said less."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import altair as alt

from coach.domain.comparing import CellMove, Comparison
from coach.domain.values import MAX_LEVEL, Value
from coach.reports.chart import COLOURS, INK, LINES, PAPER, QUIET, styled
from coach.words import Words

ROW = 24  # pixels per row
EDGE = 0.3  # levels beside the first and last step
SHAPES: Mapping[str, str] = MappingProxyType(
    {"up": "triangle-right", "down": "triangle-left", "same": "circle", "less": "cross"}
)
SIGN_OF: Mapping[str, str] = MappingProxyType(
    {"up": "up", "cost_unsaid": "up", "down": "down", "same": "same", "new": "same", "less_said": "less"}
)
LEGEND_AT = (0.0, 2.15)  # levels: the two columns of the legend
Row = dict[str, Any]


def movement(found: Comparison, words: Words, width: int = 560) -> alt.LayerChart:
    """Return both profiles: an open circle then, a filled sign now, a line between them where a cell moved.

    A triangle points where it moved, a circle stayed or is new, a grey cross is only said less; the colour tells
    inside from outside and nothing else. `width` in pixels.
    """
    rows = [_row(one) for one in found.moves]
    layers = [_grid(words), *_lines(rows), *_points(rows), *_titles(words), *_legend(words)]
    drawn = [layer for layer in layers if layer.data["values"]]
    height = ROW * len(_slots())
    return styled(alt.layer(*drawn).properties(width=width, height=height))


def _slots() -> list[str]:
    bars = [f"{value}.{part}" for value in Value for part in ("title", "internal", "external")]
    return [*bars, "legend.gap", *(f"legend.{line}" for line in range(3))]


def _row(one: CellMove) -> Row:
    sign = SIGN_OF.get(one.move)
    after = one.level_before if sign == "less" else one.level_after
    return {
        "slot": str(one.cell), "side": str(one.cell.perspective), "sign": sign,
        "before": one.level_before, "after": after, "at": after,
    }  # fmt: skip


def _y(words: Words | None = None) -> alt.Y:
    scale = alt.Scale(domain=_slots(), paddingInner=0.2, paddingOuter=0.1)
    if words is None:
        return alt.Y("slot:O", scale=scale, title=None)
    names = {side: words(f"reports.{side}") for side in ("internal", "external")}
    label = f"split(datum.value, '.')[1] == 'internal' ? '{names['internal']}' : '{names['external']}'"
    bars = [slot for slot in _slots() if slot.endswith(("internal", "external"))]
    axis = alt.Axis(values=bars, labelExpr=label, domain=False, ticks=False, labelColor=INK, labelFontSize=12)
    return alt.Y("slot:O", scale=scale, title=None, axis=axis)


def _x(field: str, words: Words | None = None) -> alt.X:
    scale = alt.Scale(domain=[-EDGE, MAX_LEVEL + EDGE], nice=False, zero=False)
    if words is None:
        return alt.X(f"{field}:Q", scale=scale, title=None)
    names = ", ".join("'" + words(f"reports.level_{level}") + "'" for level in range(MAX_LEVEL + 1))
    axis = alt.Axis(
        orient="top", values=list(range(MAX_LEVEL + 1)), grid=False, domain=False, ticks=False,
        labelExpr=f"split([{names}][datum.value], ' ')", labelColor=INK, labelFontSize=11, labelLineHeight=13,
        labelFlush=True, labelOverlap=False, labelPadding=12,
    )  # fmt: skip
    return alt.X(f"{field}:Q", scale=scale, title=None, axis=axis)


def _data(rows: Sequence[Row]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def _grid(words: Words) -> alt.Chart:
    last = f"{Value.FINANCIAL}.external"
    rows = [{"level": level, "slot": f"{Value.HUMAN}.title", "last": last} for level in range(MAX_LEVEL + 1)]
    chart: alt.Chart = (
        alt.Chart(_data(rows)).mark_rule(color=LINES).encode(x=_x("level", words), y=_y(words), y2="last:O")
    )
    return chart


def _lines(rows: Sequence[Row]) -> Iterator[alt.Chart]:
    moved = [row for row in rows if row["before"] is not None and row["before"] != row["after"]]
    for side, colour in COLOURS.items():
        mine = [row for row in moved if row["side"] == side]
        yield (
            alt.Chart(_data(mine))
            .mark_rule(color=colour, strokeWidth=3)
            .encode(x=_x("before"), x2="after:Q", y=_y())
        )


def _points(rows: Sequence[Row]) -> Iterator[alt.Chart]:
    before = [row | {"at": row["before"]} for row in rows if row["before"] is not None]
    yield _sign(before, "circle", QUIET, PAPER, 150)
    for name, shape in SHAPES.items():
        for side, colour in COLOURS.items():
            mine = [row for row in rows if row["sign"] == name and row["side"] == side]
            shown = QUIET if name == "less" else colour
            yield _sign(mine, shape, shown, shown, 70 if name in ("same", "less") else 130)


def _sign(rows: Sequence[Row], shape: str, stroke: str, fill: str, size: int) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_point(shape=shape, stroke=stroke, fill=fill, strokeWidth=2, size=size, opacity=1)
        .encode(x=_x("at"), y=_y())
    )
    return chart


def _titles(words: Words) -> Iterator[alt.Chart]:
    rows = [{"slot": f"{value}.title", "at": -EDGE, "name": words(f"reports.{value}")} for value in Value]
    yield _text(rows, weight="bold", size=13)


def _text(rows: Sequence[Row], weight: Literal["normal", "bold"] = "normal", size: int = 11) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_text(align="left", baseline="middle", fontSize=size, fontWeight=weight, color=INK)
        .encode(x=_x("at"), y=_y(), text="name:N")
    )
    return chart


def _legend(words: Words) -> Iterator[alt.Chart]:
    """The signs with their meaning, below the picture."""
    names = ("then", "same", "up", "down", "less")
    for number, name in enumerate(names):
        line, column = divmod(number, len(LEGEND_AT))
        place = {"slot": f"legend.{line}", "at": LEGEND_AT[column]}
        fill = PAPER if name == "then" else QUIET
        yield _sign([place], SHAPES.get(name, "circle"), QUIET, fill, 110)
        yield _text([place | {"at": place["at"] + 0.16, "name": words(f"compare.legend_{name}")}])  # type: ignore[operator]

"""The second picture of a balance profile: six axes, one line for inside and one for outside."""

from collections.abc import Iterator
from math import cos, degrees, pi, sin
from types import MappingProxyType

import altair as alt

from coach.domain.profile import BalanceProfile, CellProfile
from coach.domain.values import MAX_LEVEL, Cell, Perspective, Value
from coach.reports.chart import COLOURS, INK, LINES, PAPER, QUIET, styled
from coach.reports.wording import certainty
from coach.words import Words

HUB = 0.6  # levels between the middle and level 0, so that level 0 can be seen
EDGE = MAX_LEVEL + HUB
WIDE = EDGE * 1.34  # from the middle to the left and right edge, with room for the names
HIGH = EDGE * 1.22  # from the middle to the upper edge
LOW = EDGE * 2.1  # from the middle to the lower edge, with room for the legend
UNIT = f"min(width / {2 * WIDE}, height / {HIGH + LOW})"  # pixels per level: the same both ways at any width
LINE = 0.52  # between two lines of the legend
NOTE = ("radar_firm", "radar_careful", "radar_unknown", "radar_wished", "radar_trend")
TICK = (0.16, 0.62)  # levels beside its spoke: where the tick of a wish begins and ends
ASIDE = 0.82  # the same for the arrow of where it goes
SHAPES = MappingProxyType({Perspective.INTERNAL: "circle", Perspective.EXTERNAL: "square"})
SIZES = MappingProxyType({Perspective.INTERNAL: 210, Perspective.EXTERNAL: 90})  # a square shows on a circle
DASHES = MappingProxyType({Perspective.INTERNAL: [1, 0], Perspective.EXTERNAL: [6, 4]})


def radar(profile: BalanceProfile, words: Words, width: int = 420) -> alt.LayerChart:
    """Return the profile as a radar: full line and circles inside, dashes and squares outside.

    Filled is firm, open is careful; an unknown cell is a gap in its line, never a point in the middle. Beside a
    spoke, inside to one hand and outside to the other, a tick is the wish and an arrow where it goes if she goes
    on like this. `width` in pixels. A page may draw it wider or narrower: the shape stays, and the legend stands
    in lines that fit a phone.
    """
    layers = [*_rings(), _spokes(), *_lines(profile), *_points(profile), *_wishes(profile), *_trends(profile)]
    chart = alt.layer(*layers, _names(words), *_legend(words)).properties(
        width=width, height=int(width * (HIGH + LOW) / (2 * WIDE))
    )
    return styled(chart)


def _angle(value: Value) -> float:
    return pi / 2 - 2 * pi * list(Value).index(value) / len(Value)


def _place(value: Value, distance: float) -> tuple[float, float]:
    return distance * cos(_angle(value)), distance * sin(_angle(value))


def _beside(cell: Cell, level: float, aside: float) -> tuple[float, float]:
    """A place so many levels beside the spoke of a cell: seen from the middle, inside to the left, outside right."""
    x, y = _place(cell.value, level + HUB)
    hand = aside if cell.perspective is Perspective.INTERNAL else -aside
    return x - hand * sin(_angle(cell.value)), y + hand * cos(_angle(cell.value))


def _x(field: str = "x") -> alt.X:
    edges = [alt.ExprRef(f"width / 2 {sign} {WIDE} * {UNIT}") for sign in "-+"]
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[-WIDE, WIDE], range=edges, nice=False), axis=None)


def _y(field: str = "y") -> alt.Y:
    edges: list[alt.ExprRef | float] = [alt.ExprRef(f"{HIGH + LOW} * {UNIT}"), 0]
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[-LOW, HIGH], range=edges, nice=False), axis=None)


def _rings() -> Iterator[alt.Chart]:
    for level in range(MAX_LEVEL + 1):
        corners = [_place(value, level + HUB) for value in (*Value, Value.HUMAN)]
        rows = [{"x": x, "y": y, "order": place} for place, (x, y) in enumerate(corners)]
        yield (
            alt.Chart(alt.InlineData(values=rows))
            .mark_line(color=LINES, strokeWidth=1)
            .encode(x=_x(), y=_y(), order="order:Q")
        )


def _spokes() -> alt.Chart:
    ends = [_place(value, EDGE) for value in Value]
    rows = [{"x": 0, "y": 0, "x2": x, "y2": y} for x, y in ends]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rule(color=LINES)
        .encode(x=_x(), y=_y(), x2="x2:Q", y2="y2:Q")
    )
    return chart


def _lines(profile: BalanceProfile) -> Iterator[alt.Chart]:
    """A line between neighbours that are both known."""
    around = list(Value)
    for side, colour in COLOURS.items():
        rows = []
        for value, following in zip(around, [*around[1:], around[0]], strict=True):
            start, end = profile.cell(Cell(value, side)).level, profile.cell(Cell(following, side)).level
            if start is not None and end is not None:
                (x, y), (x2, y2) = _place(value, start + HUB), _place(following, end + HUB)
                rows.append({"x": x, "y": y, "x2": x2, "y2": y2})
        yield (
            alt.Chart(alt.InlineData(values=rows))
            .mark_rule(color=colour, strokeWidth=2.5, strokeDash=DASHES[side])
            .encode(x=_x(), y=_y(), x2="x2:Q", y2="y2:Q")
        )


def _points(profile: BalanceProfile) -> Iterator[alt.Chart]:
    for cell in profile.cells:
        if cell.level is not None:
            yield _point(cell, cell.level)


def _point(cell: CellProfile, level: int) -> alt.Chart:
    side = cell.cell.perspective
    x, y = _place(cell.cell.value, level + HUB)
    return _sign(side, x, y, filled=certainty(cell) == "firm")


def _sign(side: Perspective, x: float, y: float, *, filled: bool) -> alt.Chart:
    fill = COLOURS[side] if filled else PAPER
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=[{"x": x, "y": y}]))
        .mark_point(
            shape=SHAPES[side], fill=fill, stroke=COLOURS[side], strokeWidth=2, size=SIZES[side], opacity=1
        )
        .encode(x=_x(), y=_y())
    )
    return chart


def _wishes(profile: BalanceProfile) -> Iterator[alt.Chart]:
    """A thick tick beside the spoke at the level that she wishes."""
    for cell in profile.cells:
        if cell.desired is not None:
            (x, y), (x2, y2) = (_beside(cell.cell, cell.desired, aside) for aside in TICK)
            row = {"x": x, "y": y, "x2": x2, "y2": y2}
            yield (
                alt.Chart(alt.InlineData(values=[row]))
                .mark_rule(color=COLOURS[cell.cell.perspective], strokeWidth=4)
                .encode(x=_x(), y=_y(), x2="x2:Q", y2="y2:Q")
            )


def _trends(profile: BalanceProfile) -> Iterator[alt.Chart]:
    """Beside a point: an arrow outwards or towards the middle, or "=", for where it goes if nothing changes."""
    for cell in profile.cells:
        if cell.level is not None and cell.trend is not None:
            x, y = _beside(cell.cell, cell.level, ASIDE)
            turned = (90 - degrees(_angle(cell.cell.value)) + (180 if cell.trend < 0 else 0)) * abs(
                cell.trend
            )
            yield (
                alt.Chart(alt.InlineData(values=[{"x": x, "y": y, "text": "▲" if cell.trend else "="}]))
                .mark_text(fontSize=12, color=INK, angle=turned % 360)
                .encode(x=_x(), y=_y(), text="text:N")
            )


def _names(words: Words) -> alt.Chart:
    rows = []
    for value in Value:
        x, y = _place(value, EDGE * 1.16)
        rows.append({"x": x, "y": y, "name": words(f"reports.{value}")})
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(fontSize=14, fontWeight="bold", color=INK)
        .encode(x=_x(), y=_y(), text="name:N")
    )
    return chart


def _legend(words: Words) -> Iterator[alt.Chart]:
    """Below the picture, in lines that are short enough for a phone: the two sides, then the three signs."""
    line = -EDGE * 1.33
    for side, left in ((Perspective.INTERNAL, -3.2), (Perspective.EXTERNAL, 0.5)):
        yield _sign(side, left, line, filled=True)
        yield _text(words(f"reports.{side}"), left + 0.45, line)
    for number, name in enumerate(NOTE, start=1):
        yield _text(words(f"reports.{name}"), -3.4, line - 0.2 - number * LINE, QUIET)


def _text(text: str, x: float, y: float, colour: str = INK) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=[{"x": x, "y": y, "text": text}]))
        .mark_text(align="left", baseline="middle", fontSize=12, color=colour)
        .encode(x=_x(), y=_y(), text="text:N")
    )
    return chart

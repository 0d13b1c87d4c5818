"""The picture: what is proved, tentative and unknown differ in form, not only in colour."""

import struct
from dataclasses import replace
from typing import Any

import pytest

from coach.domain.profile import build_profile
from coach.domain.values import CELLS, Language
from coach.reports.chart import profile_chart
from coach.reports.pictures import chart_png
from coach.reports.radar import radar
from coach.reports.wording import certainty
from tests.reports.sample import full_talk, machine_shop, silent_talk, words


def layers(chart: Any) -> list[dict[str, Any]]:
    """The layers, each with the rows it draws."""
    whole = chart.to_dict()
    rows = whole["datasets"]
    return [layer | {"rows": rows[layer["data"]["name"]]} for layer in whole["layer"]]


def slots(chart: Any, **mark: Any) -> set[str]:
    """The rows on which marks with these properties stand, the legend left out."""
    found: set[str] = set()
    for layer in layers(chart):
        if mark.items() <= layer["mark"].items():
            found |= {row["slot"] for row in layer["rows"]}
    return {slot for slot in found if not slot.startswith("legend")}


def test_unknown_cells_are_hatched_in_a_dashed_frame_and_have_no_bar() -> None:
    profile = build_profile(machine_shop())
    chart = profile_chart(profile, words())
    unknown = {str(cell.cell) for cell in profile.cells if cell.level is None}
    assert unknown
    assert slots(chart, type="bar", strokeDash=[3, 3]) == unknown
    assert slots(chart, type="point", shape="stroke") == unknown
    assert not slots(chart, type="bar", strokeWidth=2) & unknown


def test_firm_bars_are_filled_and_tentative_ones_are_outlines() -> None:
    profile = build_profile(machine_shop())
    chart = profile_chart(profile, words())
    careful = {str(cell.cell) for cell in profile.cells if certainty(cell) == "careful"}
    assert slots(chart, type="bar", fill="#ffffff", strokeWidth=2) == careful


def test_own_rating_is_a_diamond_and_a_wish_is_a_tick() -> None:
    chart = profile_chart(build_profile(machine_shop()), words())
    assert slots(chart, type="point", shape="diamond") == {"human.internal"}
    assert slots(chart, type="tick") == {"human.internal"}


def test_what_costs_value_now_gets_a_triangle() -> None:
    chart = profile_chart(build_profile(machine_shop()), words())
    assert slots(chart, type="point", shape="triangle-down") == {"natural.internal"}


@pytest.mark.parametrize("language", list(Language))
def test_axis_and_legend_speak_the_language(language: Language) -> None:
    told = str(profile_chart(build_profile(full_talk()), words(language)).to_dict())
    spoken = words(language)
    for key in ("level_0", "level_4", "internal", "external", "human", "unknown", "own", "wished"):
        assert spoken(f"reports.{key}") in told


@pytest.mark.parametrize("talk", [machine_shop, full_talk, silent_talk])
def test_both_pictures_become_png(talk: Any) -> None:
    profile = build_profile(talk())
    for chart in (profile_chart(profile, words()), radar(profile, words())):
        png = chart_png(chart.to_dict(), scale=1)
        width, height = struct.unpack(">II", png[16:24])
        assert png.startswith(b"\x89PNG")
        assert width > 300 and height > 300


def test_radar_leaves_a_gap_where_nothing_is_known() -> None:
    assert not [layer for layer in layers(radar(build_profile(silent_talk()), words())) if _is_line(layer)]
    drawn = [layer for layer in layers(radar(build_profile(full_talk()), words())) if _is_line(layer)]
    assert sum(len(layer["rows"]) for layer in drawn) == len(CELLS)


def test_radar_shows_beside_a_spoke_what_is_wished_and_where_it_goes() -> None:
    profile = build_profile(machine_shop())
    falling = tuple(replace(cell, trend=-1, desired=4) for cell in profile.cells)
    drawn = layers(radar(replace(profile, cells=falling), words()))
    known = [cell for cell in profile.cells if cell.level is not None]
    arrows = [
        layer for layer in drawn if layer["mark"]["type"] == "text" and layer["rows"][0].get("text") == "▲"
    ]
    assert len(arrows) == len(known)
    upright = next(layer["mark"]["angle"] for layer in arrows if layer["rows"][0]["y"] > 2)
    assert upright == 180  # people stand at the top: there, less is downwards
    assert sum(layer["mark"].get("strokeWidth") == 4 for layer in drawn) == len(CELLS)


def _is_line(layer: dict[str, Any]) -> bool:
    return layer["mark"].get("strokeWidth") == 2.5 and bool(layer["rows"])

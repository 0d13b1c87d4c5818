"""A chart as a picture for a file: PNG for Word and Markdown, SVG for what places it with its own letters."""

import zlib
from typing import Any

import altair as alt
import vl_convert

from coach.reports.chart import Spec

PRINTED = "Liberation Sans"  # ships with the program that draws, and is as wide as Arial
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chart_png(spec: Spec, scale: float = 2.0) -> bytes:
    """Return a chart, as the specification that `to_dict` gives, as a PNG; `scale` 2 is about 190 dots per inch."""
    return _packed(
        bytes(vl_convert.vegalite_to_png(_printed(spec, PRINTED), vl_version=_version(), scale=scale))
    )


def chart_svg(spec: Spec, font: str) -> str:
    """Return a chart as an SVG whose text stays text, in a font that whoever places it has."""
    return str(vl_convert.vegalite_to_svg(_printed(spec, font), vl_version=_version()))


def _printed(spec: Spec, font: str) -> dict[str, Any]:
    return {**spec, "config": {**spec["config"], "font": font}}


def _version() -> str:
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _packed(png: bytes) -> bytes:
    """Return the same picture in a third of the bytes: its data packed once more, as tight as it goes.

    A PNG is a signature and chunks of length, name, data and checksum (ISO/IEC 15948).
    """
    chunks, place = [], len(SIGNATURE)
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        chunks.append((png[place + 4 : place + 8], png[place + 8 : place + 8 + length]))
        place += length + 12
    drawn = zlib.compress(zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT")), 9)
    kept = [*(one for one in chunks if one[0] not in (b"IDAT", b"IEND")), (b"IDAT", drawn), (b"IEND", b"")]
    return SIGNATURE + b"".join(map(_chunk, kept))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, data = part
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

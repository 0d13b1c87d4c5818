"""Files for other programs: valid JSON, and CSV that no spreadsheet runs."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from coach.reports.exchange import as_csv, as_json, as_json_lines, as_json_list, harmless


class Told(BaseModel):
    text: str


def rows_of(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+31 6",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "\r=1",
        "＝1+1",
        '=HYPERLINK("http://x")',
        "\n=1",
        "\u00a0=1",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    cell = rows_of(as_csv(["a"], [{"a": text}]))[1][0]
    assert cell == f"'{text}"


def test_excel_sees_utf8_and_whole_cells() -> None:
    content = as_csv(["naam", "tekst"], [{"naam": "één", "tekst": 'zij zei: "nee",\nen ging; €'}])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert rows_of(content)[1] == ["één", 'zij zei: "nee",\nen ging; €']


def test_a_dutch_excel_gets_its_own_separator() -> None:
    content = as_csv(["a", "b"], [{"a": "x;y", "b": 2}], ";")
    assert rows_of(content, ";") == [["a", "b"], ["x;y", "2"]]


def test_missing_and_empty_cells_are_empty_and_numbers_stay_numbers() -> None:
    assert rows_of(as_csv(["a", "b", "c"], [{"b": None, "c": -1}]))[1] == ["", "", "-1"]
    assert harmless(-1) == -1


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_comes_back_behind_at_most_an_apostrophe(texts: list[str]) -> None:
    columns = [str(place) for place in range(len(texts))]
    content = as_csv(columns, [dict(zip(columns, texts, strict=True))])
    back = rows_of(content)[1]
    for cell, text in zip(back, texts, strict=True):
        kept = text.replace("\x00", "").encode("utf-8", "replace").decode()
        assert cell in (kept, f"'{kept}")
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_json_and_json_lines_keep_letters_as_they_are() -> None:
    told = Told(text="één\nregel")
    assert json.loads(as_json(told)) == {"text": "één\nregel"}
    assert "één" in as_json(told)
    assert [json.loads(line) for line in as_json_lines([told, told]).splitlines()] == [told.model_dump()] * 2
    assert json.loads(as_json_list([told])) == [told.model_dump()]

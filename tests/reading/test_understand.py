"""The command `coach understand`: one JSON line out for each line in, faults named, the rest still answered."""

import io
import json
from contextlib import redirect_stdout
from pathlib import Path

from coach.commands.understand import answer_lines
from coach.reading.rules import RuleReader

READER = RuleReader(Path(__file__).parents[2] / "prompts")


def run(*lines: str) -> tuple[list[dict[str, object]], list[str]]:
    out = io.StringIO()
    with redirect_stdout(out):
        faults = answer_lines(READER, lines)
    return [json.loads(line) for line in out.getvalue().splitlines()], faults


def test_an_answer_has_all_promised_fields() -> None:
    (found,), faults = run('{"text":"Elke maandag eten we samen","language":"nl","question":2}')
    assert not faults
    assert list(found) == ["intent", "kind", "values", "patterns", "stakeholders"]
    assert found["values"] == [
        {
            "value": "social",
            "perspective": "internal",
            "direction": "builds_up",
            "kind": "agreement_or_number",
            "time": "now",
            "quote": "Elke maandag eten we samen",
            "rule": "eten we samen",
        }
    ]


def test_what_is_no_answer_carries_nothing() -> None:
    (found,), _ = run('{"text":"Geen idee","language":"nl","question":2}')
    assert found == {"intent": "dont_know", "kind": None, "values": [], "patterns": [], "stakeholders": []}


def test_the_cell_of_the_balance_round_is_used() -> None:
    cell = '{"value":"natural","perspective":"external"}'
    (found,), _ = run('{"text":"Hier doe ik niets aan","language":"nl","question":7,"cell":' + cell + "}")
    values = found["values"]
    assert isinstance(values, list)
    assert (values[0]["value"], values[0]["direction"]) == ("natural", "neutral")


def test_a_bad_line_gets_an_error_and_the_others_an_answer() -> None:
    found, faults = run("not json", '{"text":"Geen idee","language":"nl"}', '{"text":"a","question":9}', "")
    assert len(found) == 3
    assert "error" in found[0]
    assert found[1]["intent"] == "dont_know"
    assert [fault.split(":")[0] for fault in faults] == ["line 1", "line 3"]

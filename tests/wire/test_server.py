"""The scripted server does what it is told, seen through the real client."""

import threading
import time
from typing import Literal

import openai
import pytest
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, SecretStr

from tests.wire import behaviours as acts
from tests.wire.client import PATIENCE, WORDS, Finding, Found, Method, client, eventually, heard
from tests.wire.format import pieces_of, smallest
from tests.wire.server import MODEL, ScriptedServer

# -- good answers ---------------------------------------------------------------------------------


def test_words_come_in_one_piece_with_their_count(server: ScriptedServer) -> None:
    server.replies.next(acts.says(WORDS))
    answer = client(server).invoke([("system", "Wees kort."), ("user", "hoi")])
    assert answer.text == WORDS
    assert answer.usage_metadata is not None and answer.usage_metadata["output_tokens"] > 0
    assert server.asked[0].messages == [("system", "Wees kort."), ("user", "hoi")]
    assert server.asked[0].headers["authorization"] == "Bearer k"


def test_words_come_as_a_stream_with_their_count_at_the_end(server: ScriptedServer) -> None:
    server.replies.next(acts.says(WORDS))
    chunks = [chunk for chunk in client(server).stream("hoi") if isinstance(chunk, AIMessageChunk)]
    assert [chunk.text for chunk in chunks if chunk.text] == pieces_of(WORDS)
    total = chunks[0]
    for chunk in chunks[1:]:
        total += chunk
    assert total.text == WORDS
    assert total.usage_metadata is not None and total.usage_metadata["input_tokens"] == 1
    assert total.response_metadata["finish_reason"] == "stop"


def test_the_class_and_the_function_give_the_same_client(server: ScriptedServer) -> None:
    made = ChatOpenAI(model=MODEL, base_url=server.url, api_key=SecretStr("k"), max_retries=0)
    assert made.invoke("hoi").text == client(server).invoke("hoi").text
    one, other = (asked.content for asked in server.asked)
    assert one | {"stream": None} == other | {"stream": None}


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
def test_structure_is_given_in_each_form(server: ScriptedServer, method: Method) -> None:
    found = Found(findings=[Finding(quote="we leren", value="human")], intent="answer")
    server.readings.next(acts.says(found.model_dump_json()))
    asked = client(server).with_structured_output(Found, method=method)
    assert asked.invoke("hoi") == found
    forms = {"json_schema": "json_schema", "function_calling": "tool", "json_mode": "json_object"}
    assert server.asked[0].structure == forms[method]
    assert server.for_words == [] and len(server.for_readings) == 1


@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
def test_without_a_script_structure_is_the_least_that_fits(server: ScriptedServer, method: Method) -> None:
    asked = client(server).with_structured_output(Found, method=method)
    assert asked.invoke("hoi") == Found(findings=[], intent="")


def test_structure_can_be_streamed(server: ScriptedServer) -> None:
    asked = client(server).with_structured_output(Found, method="function_calling")
    assert list(asked.stream("hoi"))[-1] == Found(findings=[], intent="")
    assert server.asked[0].streamed


def test_the_least_that_fits_a_schema() -> None:
    class All(BaseModel):
        words: list[str]
        number: int
        yes: bool
        one_of: Literal["a", "b"]
        maybe: Finding | None
        always: Finding
        preset: str = "x"

    least = All.model_validate(smallest(All.model_json_schema()))
    assert (least.words, least.number, least.one_of, least.maybe, least.preset) == ([], 0, "a", None, "x")


def test_a_queue_comes_before_the_usual_answer(server: ScriptedServer) -> None:
    server.replies.next(acts.says("een"), acts.says("twee"))
    server.replies.usual = lambda asked: acts.says(f"je zei {asked.of('user')}")
    assert [heard(server) for _ in range(3)] == ["een", "twee", "je zei hoi"]


def test_a_word_comes_in_whole(server: ScriptedServer) -> None:
    text = "Één ‘woord’ – en 😀\n\nnog een. "
    assert "".join(pieces_of(text)) == text
    server.replies.next(acts.says(text))
    assert heard(server) == text


# -- time -----------------------------------------------------------------------------------------


def test_the_first_word_and_the_others_can_take_their_time(server: ScriptedServer) -> None:
    server.replies.next(acts.slowly("een twee drie", before=0.3, between=0.1))
    begun = time.monotonic()
    came = [time.monotonic() - begun for chunk in client(server).stream("hoi") if chunk.text]
    assert came[0] >= 0.3
    assert came[-1] - came[0] >= 0.2


def test_silence_ends_when_the_client_gives_up(server: ScriptedServer) -> None:
    server.replies.next(acts.SILENT)
    begun = time.monotonic()
    with pytest.raises(openai.APITimeoutError):
        heard(server)
    assert time.monotonic() - begun < PATIENCE + 2
    assert eventually(lambda: server.asked[0].left)


def test_a_line_that_is_kept_alive_defeats_the_patience_of_the_client(server: ScriptedServer) -> None:
    server.replies.next(acts.SILENT_BUT_ALIVE)
    chunks = client(server).stream("hoi")
    begun = time.monotonic()
    stopper = stop_at(server, begun + 3 * PATIENCE)
    with pytest.raises(openai.APIConnectionError):
        list(chunks)
    stopper.join()
    assert time.monotonic() - begun > 2 * PATIENCE


def stop_at(server: ScriptedServer, when: float) -> threading.Thread:
    thread = threading.Timer(max(0.0, when - time.monotonic()), server.stop)
    thread.start()
    return thread

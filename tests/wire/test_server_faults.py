"""The scripted server goes wrong as it is told, seen through the real client."""

import openai
import pytest
from langchain_core.exceptions import OutputParserException
from langchain_core.messages import AIMessageChunk
from pydantic import ValidationError

from tests.wire import behaviours as acts
from tests.wire.behaviours import Behaviour, Cut
from tests.wire.client import WORDS, Found, Method, client, heard
from tests.wire.server import MODEL, ScriptedServer, scripted


@pytest.mark.parametrize(
    ("behaviour", "error", "status"),
    [
        (acts.WRONG_KEY, openai.AuthenticationError, 401),
        (acts.UNKNOWN_MODEL, openai.NotFoundError, 404),
        (acts.BUSY, openai.RateLimitError, 429),
        (acts.NO_CREDIT, openai.RateLimitError, 429),
        (acts.BROKEN, openai.InternalServerError, 500),
        (acts.OVERLOADED, openai.InternalServerError, 503),
        (acts.TOO_MUCH_TEXT, openai.BadRequestError, 400),
    ],
)
def test_a_status_becomes_the_error_that_belongs_to_it(
    server: ScriptedServer, behaviour: Behaviour, error: type[openai.APIStatusError], status: int
) -> None:
    server.replies.next(behaviour)
    with pytest.raises(error) as caught:
        heard(server)
    assert caught.value.status_code == status
    assert caught.value.code == behaviour.code


def test_a_busy_server_says_when_to_come_back(server: ScriptedServer) -> None:
    server.replies.next(acts.BUSY)
    with pytest.raises(openai.RateLimitError) as caught:
        heard(server)
    assert caught.value.response.headers["retry-after"] == "1"


def test_a_real_key_and_a_real_model_are_let_in() -> None:
    with scripted(key="goed", models=("een", "twee")) as server:
        with pytest.raises(openai.AuthenticationError):
            client(server, "een", "fout").invoke("hoi")
        with pytest.raises(openai.NotFoundError):
            client(server, "drie", "goed").invoke("hoi")
        assert client(server, "twee", "goed").invoke("hoi").text
        listed = openai.OpenAI(base_url=server.url, api_key="goed").models.list()
        assert [model.id for model in listed] == ["een", "twee"]
        assert server.looked_up == 1


def test_a_stopped_server_refuses_and_a_started_one_answers_again(server: ScriptedServer) -> None:
    model = client(server)
    assert model.invoke("hoi").text
    server.stop()
    with pytest.raises(openai.APIConnectionError):
        model.invoke("hoi")
    server.start()
    assert model.invoke("hoi").text


@pytest.mark.parametrize("how", Cut)
def test_a_stream_breaks_off_after_a_few_words(server: ScriptedServer, how: Cut) -> None:
    server.replies.next(acts.breaks_off(WORDS, how, after=3))
    came: list[AIMessageChunk] = []
    if how is Cut.CLEAN:
        take(server, came)  # the client does not notice
    else:
        with pytest.raises((openai.APIError, ValueError)):
            take(server, came)
    assert "".join(chunk.text for chunk in came) == "Je staat er"
    assert not any(chunk.response_metadata.get("finish_reason") for chunk in came)


def take(server: ScriptedServer, came: list[AIMessageChunk]) -> None:
    for chunk in client(server).stream("hoi"):
        assert isinstance(chunk, AIMessageChunk)
        came.append(chunk)


@pytest.mark.parametrize("behaviour", [acts.EMPTY, acts.BLANK])
def test_an_empty_answer_is_no_error_for_the_client(server: ScriptedServer, behaviour: Behaviour) -> None:
    server.replies.next(behaviour)
    assert heard(server).strip() == ""


def test_rubbish_comes_whole_and_is_the_same_each_time(server: ScriptedServer) -> None:
    noise = acts.rubbish()
    assert noise == acts.rubbish() and len(noise.text) == 50_000
    server.replies.next(noise)
    assert heard(server) == noise.text


@pytest.mark.parametrize("behaviour", [acts.NOT_JSON, acts.A_WEB_PAGE])
def test_a_body_that_is_no_json(server: ScriptedServer, behaviour: Behaviour) -> None:
    server.replies.usual = behaviour
    with pytest.raises(ValueError):
        client(server).invoke("hoi")
    with pytest.raises(ValueError):
        heard(server)


@pytest.mark.parametrize("text", ['{"findings": [{"quote": "x"', "[]", "ik kan dat niet", ""])
@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
def test_broken_structure_is_an_error_or_nothing(server: ScriptedServer, text: str, method: Method) -> None:
    server.readings.next(acts.says(text))
    asked = client(server).with_structured_output(Found, method=method)
    try:
        found = asked.invoke("hoi")
    except (ValidationError, OutputParserException, openai.APIError, ValueError, KeyError, TypeError):
        return
    assert not isinstance(found, Found)


def test_a_refusal_stands_in_its_own_field(server: ScriptedServer) -> None:
    server.replies.next(acts.refuses("Daar kan ik niet bij helpen."))
    answer = client(server).invoke("hoi")
    assert answer.text == ""
    assert answer.additional_kwargs["refusal"] == "Daar kan ik niet bij helpen."
    server.readings.next(acts.refuses("Nee."))
    asked = client(server).with_structured_output(Found, method="json_schema", include_raw=True)
    found = asked.invoke("hoi")
    assert isinstance(found, dict) and found["parsed"] is None


def test_a_tool_can_be_called_that_nobody_asked_for(server: ScriptedServer) -> None:
    server.replies.next(Behaviour('{"to": "x@example.org"}', calls="send_mail"))
    answer = client(server).stream("hoi")
    total = next(answer)
    for chunk in answer:
        total = total + chunk
    assert isinstance(total, AIMessageChunk)
    assert total.text == "" and total.tool_calls[0]["name"] == "send_mail"


def test_what_is_filtered_says_so(server: ScriptedServer) -> None:
    server.replies.next(acts.FILTERED)
    answer = client(server).invoke("hoi")
    assert (answer.text, answer.response_metadata["finish_reason"]) == ("", "content_filter")


def test_an_unknown_address_is_told(server: ScriptedServer) -> None:
    with pytest.raises(openai.NotFoundError):
        openai.OpenAI(base_url=server.url, api_key="k", max_retries=0).responses.create(
            model=MODEL, input="x"
        )

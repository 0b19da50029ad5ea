import time

import pytest
from support.wire_server import answers

from clickcall.provider.call_api import CallApi
from clickcall.provider.client import Client
from clickcall.provider.errors import AnswerUnknown

PARAMS = {
    "virtual_phone_number": "74993720692",
    "external_id": "34rty567",
    "contact": "79260000000",
    "first_call": "employee",
    "switch_at_once": False,
}


@pytest.fixture
def api(wires, serve, token):
    """api(script, **wire options) -> the API and the server behind it."""

    def make(script, **options):
        server = serve(script)
        return CallApi(Client(wires(**options), server.url), token), server

    return make


@pytest.mark.parametrize("session", [123467589, 2**63, 2**64 + 1, "9223372036854775808999"])
def test_the_session_id_is_kept_as_text_whatever_its_size(api, session):
    calls, _ = api(answers({"call_session_id": session}))
    assert calls.start_vnumber_call(PARAMS, request_id="r1").call_session_id == str(session)


@pytest.mark.parametrize(
    "data", [None, [], {}, "1", *({"call_session_id": bad} for bad in (None, "", True, 1.0, 1e30, "x", [], {}, 0, -1))]
)
def test_an_answer_without_a_session_id_is_unknown(api, data):
    calls, server = api(answers(data, {"limits": {"day_remaining": 5}}))
    with pytest.raises(AnswerUnknown) as caught:
        calls.start_vnumber_call(PARAMS, request_id="r1")
    assert (caught.value.cause, caught.value.http_status, len(server.requests)) == ("no_session_id", 200, 1)
    assert caught.value.metadata.limits.day_remaining == 5
    assert caught.value.raw["id"] == "r1"


def test_the_start_sends_the_parameters_as_they_are_with_the_token(api, token):
    calls, server = api(answers({"call_session_id": 1}))
    calls.start_vnumber_call(PARAMS, request_id="34rty567#2")
    assert server.requests[0].call == {
        "jsonrpc": "2.0",
        "id": "34rty567#2",
        "method": "start.vnumber_call",
        "params": {"access_token": token, **PARAMS},
    }


def test_only_a_start_avoids_a_connection_idle_for_long(api):
    calls, server = api(answers([]), idle_limit=0.02)
    calls.list_calls(request_id="r1")
    time.sleep(0.03)
    calls.list_calls(request_id="r2")
    time.sleep(0.03)
    with pytest.raises(AnswerUnknown):
        calls.start_vnumber_call(PARAMS, request_id="r3")
    assert [seen.connection for seen in server.requests] == [1, 1, 2]


def test_hanging_up_names_the_session_as_a_number(api):
    calls, server = api(answers({"success": "true"}))
    calls.release_call("9223372036854775808", request_id="r1")
    assert server.requests[0].call["params"]["call_session_id"] == 2**63
    assert b'"call_session_id": 9223372036854775808' in server.requests[0].body


def test_the_active_calls_come_with_the_points_left(api):
    calls, server = api(answers([{"call_session_id": 1}], {"limits": {"minute_remaining": 7}}))
    found = calls.list_calls(request_id="r1", direction="out")
    assert found == found.items == [{"call_session_id": 1}]
    assert found.metadata.limits.minute_remaining == 7
    assert server.requests[0].call["params"].keys() == {"access_token", "direction"}


@pytest.mark.parametrize("data", [None, {}, "[]", [1], [[]], [None]])
def test_a_list_that_is_none_is_not_an_empty_one(api, data):
    calls, _ = api(answers(data))
    with pytest.raises(AnswerUnknown, match="no_data"):
        calls.list_calls(request_id="r1")

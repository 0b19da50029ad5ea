import json
import logging
import traceback
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.wire_server import answers, hangs, http, resets, sends, success

from clickcall.provider.client import Client
from clickcall.provider.errors import AnswerUnknown, NotSent, Outcome, ProviderError, Refused

ECHO = "2fRN4g217ca0b4224a67988aff3e584f"
CONTACT = "79260000000"


def refusal(token: str) -> bytes:
    data = {"mnemonic": "access_token_invalid", "field": "access_token", "value": token}
    error = {"code": -32001, "message": f"Token {token} is invalid", "data": data}
    return http(json.dumps({"jsonrpc": "2.0", "id": "r1", "error": error}), "200 OK", f"X-Echo: {token}")


def test_the_envelope_is_json_rpc_with_our_id(wires, serve):
    server = serve(answers({}))
    Client(wires(), server.url).request("list.calls", {"access_token": "t", "text": "Привет"}, request_id="e1#2")
    expected = {"access_token": "t", "text": "Привет"}
    assert server.requests[0].call == {"jsonrpc": "2.0", "id": "e1#2", "method": "list.calls", "params": expected}


def test_numbers_beyond_63_bits_arrive_exactly(wires, serve):
    answer = Client(wires(), serve(answers({"n": 2**70 + 1})).url).request("m", {}, request_id="r1")
    assert answer.data == {"n": 2**70 + 1}


def test_half_an_emoji_still_makes_a_request(wires, serve):
    server = serve(answers({}))
    Client(wires(), server.url).request("m", {"text": "a\ud83d"}, request_id="r1")
    assert server.requests[0].call["params"] == {"text": "a?"}


@pytest.mark.parametrize(
    ("script", "kind", "cause"),
    [
        pytest.param(hangs, AnswerUnknown, "read_timeout", id="no answer"),
        pytest.param(resets, AnswerUnknown, "reset", id="reset"),
        pytest.param(sends(http("", "502 Bad Gateway")), AnswerUnknown, "http_5xx", id="502"),
        pytest.param(sends(http("<html>")), AnswerUnknown, "not_json", id="not JSON"),
        pytest.param(sends(http('{"jsonrpc":"2.0","id":"x","result":{}}')), AnswerUnknown, "wrong_id", id="wrong id"),
        pytest.param(sends(http('{"jsonrpc":"2.0","result":{}}')), AnswerUnknown, "wrong_id", id="no id"),
        pytest.param(
            sends(http('{"id":"r1","error":{"data":{"mnemonic":"internal_error"}}}')),
            AnswerUnknown,
            "internal_error",
            id="internal_error",
        ),
        pytest.param(
            sends(http('{"id":null,"error":{"data":{"mnemonic":"parse_error"}}}', "500 Oops")),
            Refused,
            "error",
            id="an error with null id in a 500",
        ),
        pytest.param(sends(http('{"id":"r1","error":{"code":1}}')), AnswerUnknown, "no_mnemonic", id="no mnemonic"),
        pytest.param(sends(http("", "307 Moved", "Location: http://127.0.0.1/")), Refused, "redirect", id="307"),
        pytest.param(sends(http("", "302 Moved", "Location: http://127.0.0.1/")), AnswerUnknown, "redirect", id="302"),
        pytest.param(sends(http("", "403 Forbidden")), Refused, "http_4xx", id="403"),
    ],
)
def test_every_end_of_a_request_has_its_outcome_and_is_sent_once(wires, serve, script, kind, cause):
    server = serve(script)
    with pytest.raises(kind) as caught:
        Client(wires(read_timeout=0.2), server.url).request("start.vnumber_call", {}, request_id="r1", fresh=True)
    assert caught.value.cause == cause
    assert len(server.arrived()) == 1


@pytest.mark.parametrize("script", [sends(refusal(ECHO)), sends(http(ECHO, f"500 {ECHO}")), hangs, resets])
def test_the_token_is_in_no_log_and_no_error(wires, serve, caplog, script):
    caplog.set_level(logging.DEBUG)
    client = Client(wires(read_timeout=0.2), serve(script).url)
    with pytest.raises(ProviderError) as caught:
        client.request("start.vnumber_call", {"access_token": ECHO, "contact": CONTACT}, request_id="r1")
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(vars(caught.value))
    assert ECHO not in told + caplog.text + repr(client)
    assert CONTACT not in told + caplog.text


def test_the_password_is_in_no_error(wires, serve):
    server = serve(sends(refusal("correct horse battery")))
    with pytest.raises(Refused) as caught:
        Client(wires(), server.url).request("login.user", {"password": "correct horse battery"}, request_id="r1")
    assert "correct horse" not in repr(vars(caught.value))
    assert caught.value.message == "Token …tery is invalid"


def test_one_line_a_request_says_how_it_ended(wires, serve, caplog):
    caplog.set_level(logging.INFO, "clickcall.provider")
    Client(wires(), serve(answers({})).url).request("list.calls", {}, request_id="r1")
    with pytest.raises(AnswerUnknown):
        Client(wires(), serve(sends(http("", "502 No"))).url).request("list.calls", {}, request_id="r2")
    lines = [(r.levelname, r.getMessage()) for r in caplog.records if r.name == "clickcall.provider"]
    assert [level for level, _ in lines] == ["INFO", "WARNING"]
    assert lines[0][1].startswith("list.calls id=r1 answered in ")
    assert lines[0][1].endswith(" ms, HTTP 200")
    assert lines[1][1].startswith("list.calls id=r2 unknown: http_5xx in ")


def test_a_request_that_did_not_leave_is_not_sent(wires):
    with pytest.raises(NotSent) as caught:
        Client(wires(), "http://127.0.0.1:1/").request("start.vnumber_call", {}, request_id="r1")
    assert (caught.value.outcome, caught.value.http_status) == (Outcome.NOT_SENT, None)


def test_threads_get_their_own_answers(wires, serve):
    server = serve(lambda seen, sock: sock.sendall(success(seen, seen.call["params"])))
    client = Client(wires(), server.url)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda n: client.request("m", {"n": n}, request_id=str(n)).data["n"], range(100)))
    assert found == list(range(100))

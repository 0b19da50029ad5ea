"""`GET /journal` and `POST /reset`."""

import json

import requests
from support.simulator import NUMBER, SEVER, Clock, Rpc

from clickcall.simulator import Simulator


def test_a_press_leaves_three_lines(call_api: Rpc, simulator: Simulator, clock: Clock) -> None:
    session = call_api.start(external_id="ours")
    clock.tick(60)
    answer = requests.get(f"{simulator.url}journal", timeout=5)
    asked, placed, ended = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    assert (asked["type"], asked["api"], asked["method"]) == ("request", "call", "start.vnumber_call")
    assert (asked["account"], asked["answer"], asked["params"]["external_id"]) == ("sever", "ok", "ours")
    assert (placed["event"], placed["call_session_id"]) == ("placed", session)
    assert (placed["request_id"], placed["virtual_phone_number"]) == (asked["id"], NUMBER)
    assert (ended["event"], ended["finish_reason"]) == ("ended", "caller_disconnects")
    assert asked["at"] <= placed["at"] < ended["at"]


def test_no_secret_is_written_down(call_api: Rpc, simulator: Simulator) -> None:
    call_api.start()
    call_api.ask("login.user", {"login": "api@sever.example", "password": "sever-password"})
    call_api.ask("list.calls", {"access_token": "short"})
    text = requests.get(f"{simulator.url}journal", timeout=5).text
    assert SEVER not in text
    assert "sever-password" not in text
    assert "short" not in text
    assert "…ef01" in text


def test_what_is_refused_stands_there_with_its_mnemonic(call_api: Rpc, simulator: Simulator) -> None:
    call_api.error("stop.calls")
    requests.post(call_api.url, data=b"{", headers={"Content-Type": "application/json"}, timeout=5)
    lines = simulator.journal()
    assert [(line["method"], line["answer"]) for line in lines] == [
        ("stop.calls", "method_not_found"),
        (None, "parse_error"),
    ]


def test_connections_are_numbered(call_api: Rpc, data_api: Rpc, simulator: Simulator) -> None:
    for rpc, method in [(call_api, "list.calls"), (data_api, "get.account"), (call_api, "list.calls")]:
        rpc.ask(method)
    first, second, third = [line["connection"] for line in simulator.journal()]
    assert first == third != second


def test_a_reset_forgets_calls_and_journal(call_api: Rpc, simulator: Simulator) -> None:
    session = call_api.start()
    answer = requests.post(f"{simulator.url}reset", timeout=5)
    assert (answer.status_code, answer.content) == (204, b"")
    assert simulator.journal() == []
    assert call_api.data("list.calls") == []
    assert call_api.start() > session


def test_the_journal_in_process_is_the_one_on_the_socket(call_api: Rpc, simulator: Simulator) -> None:
    call_api.start()
    text = requests.get(f"{simulator.url}journal", timeout=5).text
    assert simulator.journal() == [json.loads(line) for line in text.splitlines()]

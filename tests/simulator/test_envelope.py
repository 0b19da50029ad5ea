"""What the provider makes of HTTP and of the JSON-RPC envelope."""

import http.client
import json
from typing import Any

import pytest
import requests
from support.simulator import SEVER, Rpc

from clickcall.simulator import Simulator

GOOD = {"jsonrpc": "2.0", "id": "e1", "method": "list.calls", "params": {"access_token": SEVER}}
JSON = {"Content-Type": "application/json; charset=UTF-8"}


def error(simulator: Simulator, body: bytes, headers: dict[str, str] | None = None) -> tuple[Any, dict[str, Any]]:
    answer = requests.post(simulator.call_api_url, data=body, headers=headers or JSON, timeout=5)
    assert answer.status_code == 200
    return answer.json()["id"], answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "mnemonic", "code"),
    [
        (b"{", "parse_error", -32700),
        (b"", "parse_error", -32700),
        (b'{"id": NaN}', "parse_error", -32700),
        (b'{"id": 1e999}', "parse_error", -32700),
        (b"[" * 100_000, "parse_error", -32700),
        (b'\xef\xbb\xbf{"id": 1}', "parse_error", -32700),
        ("{'id': 'привет'}".encode("cp1251"), "character_encoding_not_allowed", -32602),
        (b'{"id": "\\ud800"}', "character_encoding_not_allowed", -32602),
        (b"[]", "batch_operations_not_supported", -32099),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "list.calls"}]', "batch_operations_not_supported", -32099),
        (b'"text"', "invalid_request", -32600),
    ],
)
def test_a_body_that_is_no_request_is_an_error_without_an_id(
    simulator: Simulator, body: bytes, mnemonic: str, code: int
) -> None:
    request_id, answer = error(simulator, body)
    assert (request_id, answer["code"], answer["data"]["mnemonic"]) == (None, code, mnemonic)
    assert "metadata" not in answer["data"]


@pytest.mark.parametrize(
    ("change", "mnemonic", "request_id"),
    [
        ({"jsonrpc": "1.0"}, "invalid_request", "e1"),
        ({"jsonrpc": 2.0}, "invalid_request", "e1"),
        ({"id": None}, "invalid_request", None),
        ({"id": True}, "invalid_request", None),
        ({"id": ["e1"]}, "invalid_request", None),
        ({"method": 5}, "invalid_request", "e1"),
        ({"params": ["by position"]}, "invalid_request", "e1"),
        ({"extra": 1}, "invalid_request", "e1"),
        ({"method": "stop.calls"}, "method_not_found", "e1"),
        ({"method": "get.account"}, "method_not_found", "e1"),
    ],
)
def test_a_malformed_request_is_refused_with_its_id_if_that_is_usable(
    simulator: Simulator, change: dict[str, Any], mnemonic: str, request_id: str | None
) -> None:
    answered_id, answer = error(simulator, json.dumps(GOOD | change).encode())
    assert (answered_id, answer["data"]["mnemonic"]) == (request_id, mnemonic)


def test_a_request_without_an_id_is_a_notification_and_refused(simulator: Simulator) -> None:
    body = {key: value for key, value in GOOD.items() if key != "id"}
    assert error(simulator, json.dumps(body).encode())[1]["data"]["mnemonic"] == "notifications_not_supported"


def test_a_number_is_an_id_and_comes_back_as_a_number(call_api: Rpc) -> None:
    assert call_api.ask("list.calls", request_id=12345678901234567890)["id"] == 12345678901234567890


def test_another_charset_is_refused_whatever_the_bytes(simulator: Simulator) -> None:
    headers = {"Content-Type": "application/json; charset=windows-1251"}
    mnemonic = error(simulator, json.dumps(GOOD).encode(), headers)[1]["data"]["mnemonic"]
    assert mnemonic == "character_encoding_not_allowed"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "v4.0", JSON, 405),
        ("POST", "v5.0", JSON, 404),
        ("POST", "v4.0", {"Content-Type": "text/plain"}, 415),
        ("POST", "v4.0", {}, 415),
        ("GET", "nothing", {}, 404),
        ("GET", "", {}, 200),
    ],
)
def test_http_has_rules_of_its_own(
    simulator: Simulator, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    data = json.dumps(GOOD).encode() if method == "POST" else None
    answer = requests.request(method, simulator.url + path, data=data, headers=headers, timeout=5)
    assert answer.status_code == status


@pytest.mark.parametrize(("length", "status"), [(None, 411), ("-1", 411), ("2000000", 413)])
def test_a_body_needs_a_sensible_length(simulator: Simulator, length: str | None, status: int) -> None:
    address = simulator.url.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.putrequest("POST", "/v4.0")
    if length:
        connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status == status
    connection.close()


def test_many_requests_share_a_connection(simulator: Simulator, call_api: Rpc) -> None:
    for _ in range(3):
        call_api.ask("list.calls")
    assert len({line["connection"] for line in simulator.journal()}) == 1

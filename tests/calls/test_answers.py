"""What an answer means: every row of the design's table, end to end over sockets.

In every case the provider gets the start of the call exactly once: not again by itself, nor by the same press again,
nor by the sweep.
"""

import json
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from support import people
from support.presses import connect, press, pressed, requests_of
from support.simulator import NUMBER, SEVER
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, sends, sends_and_closes

from clickcall.calls.report import exit_code, placed
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Dispatch, Member
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
WireSettings = Callable[..., None]
METADATA = {"limits": {"minute_limit": 100, "minute_remaining": 0, "minute_reset": 23, "day_limit": 9}}


def rpc_error(mnemonic: str | None, status: str = "200 OK", request_id: Any = "ours", **data: Any) -> Script:
    """A JSON-RPC error; with `request_id` "ours" it carries the request's own id."""

    def script(seen: Seen, sock: socket.socket) -> None:
        said = ({"mnemonic": mnemonic} if mnemonic else {}) | data
        error = {"code": -32602, "message": "No, said the provider", "data": said}
        answer = {"jsonrpc": "2.0", "id": seen.call["id"] if request_id == "ours" else request_id, "error": error}
        sock.sendall(http(json.dumps(answer), status))

    return script


def result(data: Any, request_id: Any = "ours", status: str = "200 OK") -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        answer = {"jsonrpc": "2.0", "id": seen.call["id"] if request_id == "ours" else request_id}
        sock.sendall(http(json.dumps(answer | {"result": {"data": data}}), status))

    return script


def drips(_seen: Seen, sock: socket.socket) -> None:
    """A byte now and then, so that no read ever waits long."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(40):
        sock.sendall(b" ")
        time.sleep(0.05)


@dataclass(frozen=True)
class Row:
    script: Script
    dispatch: Dispatch
    cause: str
    mnemonic: str | None = None


TABLE = {
    "session id": Row(result({"call_session_id": 7}), Dispatch.ACCEPTED, ""),
    "session id with HTTP 500": Row(result({"call_session_id": 7}, status="500 Oops"), Dispatch.ACCEPTED, ""),
    "error with HTTP 200": Row(rpc_error("scenario_not_found"), Dispatch.REFUSED, *["scenario_not_found"] * 2),
    "error with HTTP 500": Row(
        rpc_error("scenario_not_found", "500 Oops"), Dispatch.REFUSED, *["scenario_not_found"] * 2
    ),
    "error with id null": Row(
        rpc_error("scenario_not_found", request_id=None), Dispatch.REFUSED, *["scenario_not_found"] * 2
    ),
    "limit exceeded": Row(
        rpc_error("limit_exceeded", metadata=METADATA), Dispatch.REFUSED, "limit_exceeded", "limit_exceeded"
    ),
    "mnemonic never heard of": Row(rpc_error("something_new"), Dispatch.REFUSED, "something_new", "something_new"),
    "internal_error": Row(rpc_error("internal_error"), Dispatch.UNKNOWN, "internal_error", "internal_error"),
    "error without a mnemonic": Row(rpc_error(None), Dispatch.UNKNOWN, "no_mnemonic"),
    "error of another request": Row(
        rpc_error("scenario_not_found", request_id="another"), Dispatch.UNKNOWN, "wrong_id"
    ),
    "another request's id": Row(result({"call_session_id": 7}, "another"), Dispatch.UNKNOWN, "wrong_id"),
    "success with id null": Row(result({"call_session_id": 7}, None), Dispatch.UNKNOWN, "wrong_id"),
    "no session id": Row(result({}), Dispatch.UNKNOWN, "no_session_id"),
    "no data": Row(result(None), Dispatch.UNKNOWN, "no_session_id"),
    "not JSON": Row(sends(http("<html>")), Dispatch.UNKNOWN, "not_json"),
    "cut in the middle": Row(sends_and_closes(http('{"jsonrpc": "2.0"}')[:-4]), Dispatch.UNKNOWN, "reset"),
    "HTTP 502": Row(sends(http("<h1>Bad Gateway</h1>", "502 Bad Gateway")), Dispatch.UNKNOWN, "http_5xx"),
    "HTTP 503": Row(sends(http("", "503 Unavailable")), Dispatch.UNKNOWN, "http_5xx"),
    "HTTP 302": Row(sends(http("", "302 Found", "Location: /elsewhere")), Dispatch.UNKNOWN, "redirect"),
    "HTTP 303": Row(sends(http("", "303 See Other", "Location: /elsewhere")), Dispatch.UNKNOWN, "redirect"),
    "HTTP 307": Row(sends(http("", "307 Temporary Redirect", "Location: /v4.0")), Dispatch.REFUSED, "redirect"),
    "HTTP 308": Row(sends(http("", "308 Permanent Redirect", "Location: /v4.0")), Dispatch.REFUSED, "redirect"),
    "HTTP 404": Row(sends(http("not here", "404 Not Found")), Dispatch.REFUSED, "http_4xx"),
    "HTTP 403": Row(sends(http("<h1>no</h1>", "403 Forbidden")), Dispatch.REFUSED, "http_4xx"),
    "reset": Row(resets, Dispatch.UNKNOWN, "reset"),
    "closed without a word": Row(sends_and_closes(b""), Dispatch.UNKNOWN, "reset"),
    "no HTTP": Row(sends_and_closes(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Dispatch.UNKNOWN, "bad_status"),
    "never": Row(hangs, Dispatch.UNKNOWN, "read_timeout"),
    "a slow drip": Row(drips, Dispatch.UNKNOWN, "read_timeout"),
    "an endless answer": Row(sends(http(b" " * (1024 * 1024 + 1))), Dispatch.UNKNOWN, "too_large"),
}


def starts(server: WireServer) -> int:
    """How often a call was started, whatever else was asked."""
    return sum(seen.call["method"] == "start.vnumber_call" for seen in server.requests)


@pytest.mark.parametrize("name", TABLE)
def test_an_answer_means_what_the_table_says(
    scripted: Scripted, anna: Member, wire_settings: WireSettings, name: str
) -> None:
    row = TABLE[name]
    if row.cause == "read_timeout":
        wire_settings(CONNECT_TIMEOUT=0.2, READ_TIMEOUT=0.15)
    server = scripted(row.script)
    call = pressed(anna, external_id="once")
    assert (call.dispatch, call.cause) == (row.dispatch, row.cause)
    assert (call.error or {}).get("mnemonic") == row.mnemonic
    assert bool(call.call_session_id) == (row.dispatch == Dispatch.ACCEPTED)
    assert (call.status in ("unknown", "accepted")) != call.is_final

    assert press(anna, external_id="once").duplicate
    sweep_round(everything=True)
    assert starts(server) == 1
    again = Call.objects.get()
    assert again.dispatch == row.dispatch


def test_a_refusal_brings_its_message_its_field_and_the_limits(scripted: Scripted, anna: Member) -> None:
    scripted(rpc_error("limit_exceeded", field="contact", params={"limit_type": "minute"}, metadata=METADATA))
    error = pressed(anna).error
    assert error is not None
    assert (error["mnemonic"], error["message"], error["field"]) == (
        "limit_exceeded",
        "No, said the provider",
        "contact",
    )
    assert error["params"] == {"limit_type": "minute"}
    assert error["limits"]["minute_reset"] == 23


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.fixture
def keyed(anna: Member, wire_settings: WireSettings) -> Member:
    """Anna's account has a key and a number, and no provider yet."""
    people.make_token(anna.account, SEVER)
    people.make_number(anna.account, NUMBER)
    return anna


def not_sent(member: Member, cause: str) -> None:
    """The press was not sent, and says why; a new press may be made at once, and asks nothing."""
    placement = press(member)
    assert placement.call is not None
    call = Call.objects.get(pk=placement.call.pk)
    assert (call.dispatch, call.cause, call.is_final) == (Dispatch.NOT_SENT, cause, True)
    assert exit_code(placed(placement)) == 3
    assert press(member).warnings == []


def test_a_refused_connection_is_not_sent(keyed: Member) -> None:
    connect(keyed.account, f"http://127.0.0.1:{closed_port()}")
    not_sent(keyed, "refused")


def test_a_name_that_does_not_resolve_is_not_sent(keyed: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    connect(keyed.account, "http://provider.example")
    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    not_sent(keyed, "dns")


def test_a_connection_that_nobody_accepts_is_not_sent(keyed: Member, wire_settings: WireSettings) -> None:
    wire_settings(CONNECT_TIMEOUT=0.1)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        connect(keyed.account, f"http://127.0.0.1:{listener.getsockname()[1]}")
        not_sent(keyed, "connect_timeout")
        for one in waiting:
            one.close()


def test_a_certificate_that_nobody_vouches_for_is_not_sent(
    scripted: Scripted, anna: Member, tls: ssl.SSLContext
) -> None:
    server = scripted(result({"call_session_id": 7}), tls)
    not_sent(anna, "tls")
    assert server.requests == []


def test_a_handshake_that_never_comes_is_not_sent(
    keyed: Member, serve: Callable[..., WireServer], wire_settings: WireSettings
) -> None:
    wire_settings(CONNECT_TIMEOUT=0.4)
    server = serve(hangs)  # takes the greeting for the beginning of a request, and waits
    connect(keyed.account, f"https://127.0.0.1:{server.port}")
    not_sent(keyed, "tls")


def test_a_certificate_of_the_operators_own_authority_is_trusted(
    scripted: Scripted, anna: Member, tls: ssl.SSLContext, ca_bundle: str, wire_settings: WireSettings
) -> None:
    wire_settings(CA_BUNDLE=ca_bundle)
    scripted(result({"call_session_id": 7}), tls)
    assert pressed(anna).dispatch == Dispatch.ACCEPTED


FATES = {
    "79260000000": ("accepted", None, 1),
    "79260000007": ("refused", "contact_in_blacklist", 0),
    "79260000009": ("unknown", None, 1),
    "79260000010": ("unknown", None, 1),
    "79260000011": ("unknown", None, 1),
    "79260000012": ("unknown", None, 0),
    "79260000013": ("unknown", "internal_error", 0),
    "79260000014": ("unknown", "internal_error", 1),
    "79260000015": ("refused", "limit_exceeded", 0),
    "79260000016": ("refused", "access_token_expired", 0),
    "79260000021": ("unknown", None, 1),
}


@pytest.mark.parametrize("contact", FATES)
def test_the_fates_of_the_demo_end_as_the_readme_says(provider: Simulator, anna: Member, contact: str) -> None:
    dispatch, mnemonic, calls = FATES[contact]
    placement = press(anna, f"+{contact}")
    said = placed(placement)
    assert said["dispatch"] == dispatch
    assert (said["error"] or {}).get("mnemonic") == mnemonic
    assert len(requests_of(provider)) == 1
    assert sum(line.get("event") == "placed" for line in provider.journal()) == calls

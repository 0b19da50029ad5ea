"""Every way in which a request can fail to bring an answer, over real sockets."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

import pytest
from support.wire_server import answers, gzipped, hangs, http, resets, sends, sends_and_closes
from support.wires import BODY, HEAD, OK, cause_of

from clickcall.provider import connection
from clickcall.provider.errors import AnswerUnknown, NotSent
from clickcall.provider.wire import MAX_ANSWER, Wire


def test_a_closed_port_is_not_sent(wires):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert cause_of(NotSent, wires(), f"http://127.0.0.1:{port}/") == "refused"


def test_a_name_that_does_not_resolve_is_not_sent(wires, monkeypatch):
    def no_such_name(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    assert cause_of(NotSent, wires(), "http://callapi.example/") == "dns"


@pytest.mark.parametrize("url", [f"http://{'a' * 64}.example/", "http:///", "ftp://127.0.0.1/", "nonsense", ""])
def test_an_address_that_is_none_is_not_sent(wires, url):
    assert cause_of(NotSent, wires(), url) in {"dns", "unreachable"}


@pytest.fixture
def black_hole() -> Iterator[tuple[str, int]]:
    """An address at which nobody ever answers: the queue of those who wait to be accepted is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()


def test_a_connection_that_is_never_accepted_is_a_connect_timeout(wires, black_hole):
    started = time.monotonic()
    assert cause_of(NotSent, wires(connect_timeout=0.2), f"http://127.0.0.1:{black_hole[1]}/") == "connect_timeout"
    assert time.monotonic() - started < 1


def test_a_dead_address_leaves_time_for_the_next_one(wires, serve, black_hole, monkeypatch):
    server = serve(sends(OK))
    addresses = [black_hole, ("127.0.0.1", server.port)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    assert wires(connect_timeout=0.4).post("http://two.example/", BODY)[0] == 200


def test_several_dead_addresses_share_one_connect_timeout(wires, black_hole, monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", black_hole)] * 3
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    started = time.monotonic()
    assert cause_of(NotSent, wires(connect_timeout=0.2), "http://three.example/") == "connect_timeout"
    assert time.monotonic() - started < 1


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: tuple[str, int]) -> None:
    """Every name leads to these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)


def test_a_public_name_that_leads_inside_is_not_connected_to(wires, serve, monkeypatch):
    server = serve(sends(OK))
    leads_to(monkeypatch, ("127.0.0.1", server.port))
    assert cause_of(NotSent, wires(public_only=True), f"http://api.example.com:{server.port}/") == "unreachable"
    assert server.connections == 0
    assert wires().post(f"http://api.example.com:{server.port}/", BODY)[0] == 200


def test_of_several_addresses_only_the_public_ones_are_tried(wires, serve, monkeypatch):
    server, tried = serve(sends(OK)), []
    monkeypatch.setattr(connection, "_first_that_answers", lambda found, _exchange: tried.extend(found))
    leads_to(monkeypatch, ("127.0.0.1", server.port), ("8.8.8.8", 443), ("169.254.169.254", 80))
    cause_of(NotSent, wires(public_only=True), "http://api.example.com/")
    assert [address for *_, address in tried] == [("8.8.8.8", 443)]


def test_a_proxy_inside_is_the_operators(wires, serve):
    proxy = serve(sends(OK))
    wire = wires(public_only=True, proxy=f"http://127.0.0.1:{proxy.port}")
    assert wire.post("http://api.example.com/", BODY)[0] == 200


LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(hangs, id="no answer"),
        pytest.param(sends(OK[:-4]), id="half a body, then silence"),
        pytest.param(sends(*[bytes([b]) for b in OK * 2], pause=0.02), id="headers drip"),
        pytest.param(sends(LONG, *[b" "] * 90, pause=0.02), id="body drips"),
        pytest.param(sends(CHUNKED, *[b"1\r\n{\r\n"] * 90, pause=0.02), id="chunks drip"),
        pytest.param(sends(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 90, pause=0.02), id="100 for ever"),
    ],
)
def test_an_answer_that_is_not_complete_in_time_is_unknown(wires, serve, script):
    server = serve(script)
    started = time.monotonic()
    assert cause_of(AnswerUnknown, wires(read_timeout=0.2), server.url) == "read_timeout"
    assert time.monotonic() - started < 1
    assert len(server.arrived()) == 1


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        pytest.param(resets, "reset", id="reset"),
        pytest.param(sends_and_closes(b""), "reset", id="closed without a word"),
        pytest.param(sends_and_closes(OK[:-4]), "reset", id="half a body"),
        pytest.param(sends_and_closes(CHUNKED + b"5\r\n{"), "reset", id="half a chunk"),
        pytest.param(sends_and_closes(HEAD[:30]), "reset", id="half a head"),
        pytest.param(sends_and_closes(b"HTTP/1.1 404 Not Fo"), "reset", id="half a status line"),
        pytest.param(sends(http(b" " * 2 * MAX_ANSWER)), "too_large", id="2 MiB"),
        pytest.param(sends(gzipped(b" " * 5 * MAX_ANSWER)), "too_large", id="bomb"),
        pytest.param(sends(http("rubbish", "200 OK", "Content-Encoding: gzip")), "not_json", id="broken gzip"),
        pytest.param(sends_and_closes(b"220 smtp.example ESMTP\r\n"), "bad_status", id="not HTTP"),
        pytest.param(sends(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70000), "bad_status", id="a line without end"),
    ],
)
def test_after_the_request_left_the_answer_is_unknown(wires, serve, script, cause):
    server = serve(script)
    assert cause_of(AnswerUnknown, wires(), server.url) == cause
    assert len(server.arrived()) == 1


@pytest.mark.parametrize("script", [hangs, resets, sends_and_closes(OK[:-4])])
def test_over_tls_too_the_answer_is_unknown(wires, serve, tls, ca_bundle, script):
    server = serve(script, tls)
    wire = wires(ca_bundle=ca_bundle, read_timeout=0.2)
    assert cause_of(AnswerUnknown, wire, server.url) in {"read_timeout", "reset"}
    assert len(server.arrived()) == 1


def test_after_a_time_out_the_late_answer_is_nobody_elses(wires, serve):
    def late_then_at_once(seen, sock):
        time.sleep(0.2 if len(server.requests) == 1 else 0)
        sock.sendall(http(f'"{len(server.requests)}"'))

    server, wire = serve(late_then_at_once), wires(read_timeout=0.1)
    assert cause_of(AnswerUnknown, wire, server.url) == "read_timeout"
    wire.read_timeout = 5
    assert wire.post(server.url, BODY) == (200, b'"2"')


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_never_followed(wires, serve, status):
    target = serve(sends(OK))
    huge = http(b" " * 100, status, f"Location: {target.url}")
    assert wires().post(serve(sends(huge)).url, BODY)[0] == int(status[:3])
    assert target.requests == []


def test_the_body_of_a_redirect_is_not_read_without_bound(wires, serve):
    server = serve(sends(http(b" " * 2 * MAX_ANSWER, "302 Found", "Location: http://127.0.0.1/")))
    assert cause_of(AnswerUnknown, wires(), server.url) == "too_large"


def test_an_answer_of_exactly_the_limit_is_read(wires, serve):
    assert len(wires().post(serve(sends(http(b" " * MAX_ANSWER))).url, BODY)[1]) == MAX_ANSWER


def test_an_unasked_for_gzip_is_unpacked(wires, serve):
    assert wires().post(serve(sends(gzipped(b"{}"))).url, BODY) == (200, b"{}")


def test_the_request_is_what_the_provider_wants(wires, serve):
    server = serve(sends(OK))
    wires().post(server.url, BODY)
    head = server.requests[0].head
    assert head.startswith("POST /v4.0 HTTP/1.1\r\n")
    assert "Content-Type: application/json; charset=UTF-8\r\n" in head
    assert f"Content-Length: {len(BODY)}\r\n" in head
    assert server.requests[0].body == BODY


def test_many_requests_of_one_thread_open_one_connection(wires, serve):
    server, wire = serve(sends(OK)), wires()
    for _ in range(50):
        wire.post(server.url, BODY, fresh=True)
    assert wire.connections_opened == server.connections == 1


def test_a_request_that_must_not_be_repeated_avoids_a_connection_idle_for_long(wires, serve):
    server, wire = serve(sends(OK)), wires(idle_limit=0.02)
    wire.post(server.url, BODY)
    time.sleep(0.03)
    wire.post(server.url, BODY, fresh=True)
    assert [seen.connection for seen in server.requests] == [1, 2]


def test_a_read_may_use_a_connection_idle_for_long(wires, serve):
    server, wire = serve(sends(OK)), wires(idle_limit=0.02)
    wire.post(server.url, BODY)
    time.sleep(0.03)
    wire.post(server.url, BODY)
    assert [seen.connection for seen in server.requests] == [1, 1]


def test_a_connection_that_the_provider_closed_meanwhile_is_replaced(wires, serve):
    server, wire = serve(sends_and_closes(OK)), wires()
    for _ in range(2):
        assert wire.post(server.url, BODY)[0] == 200
        time.sleep(0.02)
    assert wire.connections_opened == 2


def test_32_threads_share_the_wire_and_keep_their_connections(wires, serve):
    def mirror(seen, sock):
        time.sleep(0.002)
        sock.sendall(http(seen.body))

    server, wire = serve(mirror), wires()
    bodies = [b'{"n": %d}' % n for n in range(320)]
    with ThreadPoolExecutor(32) as pool:
        found = list(pool.map(lambda body: wire.post(server.url, body)[1], bodies))
    assert found == bodies
    assert wire.connections_opened == server.connections <= 32


def _post_in_child(wire: Wire, url: str, pipe: object) -> None:
    pipe.send(wire.post(url, BODY)[0])  # type: ignore[attr-defined]


def test_a_forked_process_does_not_use_its_parents_connection(wires, serve):
    server, wire = serve(sends(OK)), wires()
    wire.post(server.url, BODY)
    context = get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_post_in_child, args=(wire, server.url, theirs))
    child.start()
    assert ours.poll(5)
    assert ours.recv() == 200
    child.join()
    assert [seen.connection for seen in server.requests] == [1, 2]


def test_cookies_are_not_kept_because_accounts_share_the_wire(wires, serve):
    server, wire = serve(sends(http("{}", "200 OK", "Set-Cookie: session=1; Path=/"))), wires()
    for _ in range(2):
        wire.post(server.url, BODY)
    assert "ookie" not in server.requests[1].head


def test_the_environment_is_not_asked(wires, serve, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert wires().post(serve(sends(OK)).url, BODY)[0] == 200


def test_a_closed_wire_works_again(wires, serve):
    server, wire = serve(answers({})), wires()
    wire.post(server.url, BODY)
    wire.close()
    assert wire.post(server.url, BODY)[0] == 200

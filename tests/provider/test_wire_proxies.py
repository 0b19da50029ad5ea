"""What goes through a proxy or its tunnel."""

import socket
import threading
import time
from contextlib import suppress

import pytest
from support.wire_server import hangs, http, resets, sends, sends_and_closes
from support.wires import BODY, HEAD, OK, cause_of

from clickcall.provider.errors import AnswerUnknown, NotSent
from clickcall.provider.wire import Wire


def test_an_http_address_goes_to_the_proxy(wires, serve):
    proxy = serve(sends(OK))
    assert wires(proxy=f"http://127.0.0.1:{proxy.port}").post("http://callapi.example/v4.0", BODY)[0] == 200
    assert proxy.requests[0].head.startswith("POST http://callapi.example/v4.0 HTTP/1.1\r\n")


def test_a_proxy_that_is_not_there_is_not_sent(wires):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert cause_of(NotSent, wires(proxy=f"http://127.0.0.1:{port}"), "https://callapi.example/") == "proxy"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(sends_and_closes(http("", "407 Proxy Authentication Required")), id="says no"),
        pytest.param(hangs, id="says nothing"),
        pytest.param(sends(*[bytes([b]) for b in HEAD], pause=0.02), id="drips"),
        pytest.param(resets, id="resets"),
    ],
)
def test_a_proxy_that_does_not_connect_us_is_not_sent(wires, serve, script):
    proxy = serve(script)
    started = time.monotonic()
    wire = wires(connect_timeout=0.4, proxy=f"http://127.0.0.1:{proxy.port}")
    assert cause_of(NotSent, wire, "https://callapi.example/") == "proxy"
    assert time.monotonic() - started < 2
    assert proxy.arrived()[0].head.startswith("CONNECT callapi.example:443")


def test_through_a_tunnel_a_handshake_that_never_comes_is_not_sent(wires, serve):
    proxy = serve(sends(b"HTTP/1.0 200 Connection established\r\n\r\n"))
    assert (
        cause_of(
            NotSent, wires(connect_timeout=0.4, proxy=f"http://127.0.0.1:{proxy.port}"), "https://callapi.example/"
        )
        == "tls"
    )


def _tunnel_to(port: int):
    def script(_seen, sock):
        other = socket.create_connection(("127.0.0.1", port))
        sock.sendall(b"HTTP/1.0 200 Connection established\r\n\r\n")

        def pump(source, target):
            with suppress(OSError):  # whichever end closes first takes the other's socket from under it
                while data := source.recv(65536):
                    target.sendall(data)

        threading.Thread(target=pump, args=(other, sock), daemon=True).start()
        with other:
            pump(sock, other)

    return script


def test_the_request_goes_through_a_tunnel_once_and_the_tunnel_is_kept(wires, serve, tls, ca_bundle):
    server = serve(sends(OK), tls)
    proxy = serve(_tunnel_to(server.port))
    wire = wires(proxy=f"http://127.0.0.1:{proxy.port}", ca_bundle=ca_bundle)
    assert [wire.post(server.url, BODY)[0] for _ in range(2)] == [200, 200]
    assert (proxy.connections, server.connections, wire.connections_opened) == (1, 1, 1)


def test_an_answer_lost_behind_a_tunnel_is_unknown(wires, serve, tls, ca_bundle):
    server = serve(hangs, tls)
    proxy = serve(_tunnel_to(server.port))
    wire = wires(proxy=f"http://127.0.0.1:{proxy.port}", ca_bundle=ca_bundle, read_timeout=0.2)
    assert cause_of(AnswerUnknown, wire, server.url) == "read_timeout"


def test_a_socks_proxy_is_refused_rather_than_silently_left_out():
    with pytest.raises(ValueError, match="http or https"):
        Wire(proxy="socks5://127.0.0.1:1080")

"""Certificates and handshakes: whatever fails there was not sent."""

import socket
import ssl
import threading
import time

import pytest
from support.wire_server import closes_with_a_reset, sends
from support.wires import BODY, OK, cause_of

from clickcall.provider.errors import NotSent


def test_an_untrusted_certificate_is_not_sent(wires, serve, tls):
    server = serve(sends(OK), tls)
    assert cause_of(NotSent, wires(), server.url) == "tls"
    assert server.requests == []


def test_a_certificate_for_another_name_is_not_sent(wires, serve, authority, ca_bundle):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    server = serve(sends(OK), context)
    assert cause_of(NotSent, wires(ca_bundle=ca_bundle), server.url) == "tls"


def test_a_trusted_certificate_is_answered_over_one_connection(wires, serve, tls, ca_bundle):
    server, wire = serve(sends(OK), tls), wires(ca_bundle=ca_bundle)
    assert [wire.post(server.url, BODY) for _ in range(3)] == [(200, b'{"ok": true}')] * 3
    assert wire.connections_opened == server.connections == 1


def test_an_empty_folder_of_certificates_trusts_nobody(wires, serve, tls, tmp_path):
    with pytest.raises(NotSent) as caught:
        wires(ca_bundle=str(tmp_path)).post(serve(sends(OK), tls).url, BODY)
    assert caught.value.cause == "tls"


def test_a_bundle_that_is_not_there_is_not_sent(wires, serve, tls, tmp_path):
    assert cause_of(NotSent, wires(ca_bundle=str(tmp_path / "none.pem")), serve(sends(OK), tls).url) == "tls"


def test_a_handshake_that_never_comes_is_not_sent(wires):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = time.monotonic()
        assert cause_of(NotSent, wires(connect_timeout=0.4), f"https://127.0.0.1:{listener.getsockname()[1]}/") == "tls"
        assert time.monotonic() - started < 1


def test_a_plain_server_behind_an_https_address_is_not_sent(wires, serve):
    server = serve(sends(OK))
    assert cause_of(NotSent, wires(connect_timeout=0.2), server.url.replace("http:", "https:")) == "tls"


def test_a_reset_during_the_handshake_is_not_sent(wires):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def slam() -> None:
            sock, _ = listener.accept()
            sock.recv(1)
            closes_with_a_reset(sock)
            sock.close()

        threading.Thread(target=slam, daemon=True).start()
        assert cause_of(NotSent, wires(), f"https://127.0.0.1:{listener.getsockname()[1]}/") == "tls"

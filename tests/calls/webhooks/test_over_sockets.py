"""The web server itself, and many notifications at once."""

import http.client
import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connections
from support import people
from support.hooks import SESSION, body, path_of, sender
from support.presses import at_once
from support.processes import START_SECONDS, line_of, manage

from clickcall.calls.webhooks.intake import LIMIT
from clickcall.models import Account, Call, HookDelivery, HookState
from clickcall.provider.hooks import EVENTS

pytestmark = pytest.mark.django_db(transaction=True)
CHUNKED = {"Transfer-Encoding": "chunked"}


def post(url: str, path: str, raw: bytes | Iterator[bytes], **headers: str) -> int:
    """The status; a body that is an iterator goes in chunks."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request("POST", path, raw, headers, encode_chunked=not isinstance(raw, bytes))
        return connection.getresponse().status
    finally:
        connection.close()


def stop_short(url: str, path: str, raw: bytes) -> None:
    """Says how long the body is, sends half of it and goes away."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(len(raw)))
    connection.endheaders()
    connection.send(raw[: len(raw) // 2])
    connection.close()


def pieces(raw: bytes, size: int = 1000) -> Iterator[bytes]:
    return (raw[place : place + size] for place in range(0, len(raw), size))


def test_gunicorn_takes_them_in_chunks_and_not_too_long_and_names_no_secret(account: Account) -> None:
    people.make_number(account)
    path, raw = path_of(account), json.dumps(body("incoming")).encode()
    connections.close_all()
    process = manage("serve", "--port", "0")
    try:
        url = line_of(process).removeprefix("ClickCall ")
        assert post(url, path, raw) == 200
        assert post(url, path, pieces(raw), **CHUNKED) == 200
        assert post(url, path, raw + b" " * LIMIT) == 413
        assert post(url, path, pieces(raw + b" " * LIMIT), **CHUNKED) == 413
        assert post(url, path.replace("/hooks/", "/hooks/x"), raw) == 404
        stop_short(url, path, raw)
        assert post(url, path, raw) == 200
        ends = time.monotonic() + 5
        while not HookDelivery.objects.filter(state=HookState.BROKEN).exists():
            assert time.monotonic() < ends, "what came of a body that stopped short was not stored"
            time.sleep(0.02)
    finally:
        process.terminate()
        _out, err = process.communicate(timeout=START_SECONDS)
    assert account.hook_secret.reveal() not in err
    assert sorted(HookDelivery.objects.values_list("state", flat=True)) == ["applied", "applied", "applied", "broken"]


def test_many_at_once_about_one_call_make_one_call_and_lose_nothing(account: Account) -> None:
    people.make_number(account)
    send = sender(account)
    told = [body(EVENTS[place % len(EVENTS)]) for place in range(16)]
    assert {answer.status_code for answer in at_once(16, lambda place: send(told[place]))} == {200}
    assert HookDelivery.objects.filter(state=HookState.APPLIED).count() == 16
    assert list(Call.objects.values_list("call_session_id", flat=True)) == [str(SESSION)]

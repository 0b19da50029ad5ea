"""One log-in for everybody who needs it, and none that outlives its key."""

import json
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support.presses import at_once
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, success

from clickcall.accounts import renewal, services, session_keys
from clickcall.models import Account, Secret, Token, TokenKind
from clickcall.provider.errors import AnswerUnknown, ProviderError, Refused

Scripted = Callable[..., WireServer]
threads = pytest.mark.django_db(transaction=True)


def login(account: Account, left: timedelta | None = None, **fields: Any) -> Token:
    """A login; with `left`, its session key "old" ends that much later."""
    if left is not None:
        fields |= {"session_key": Secret("old"), "session_expires_at": now() + left}
    given: dict[str, Any] = {"name": "robot", "login": "robot", "password": Secret("secret-password"), **fields}
    return Token.objects.get(pk=Token.objects.create(account=account, kind=TokenKind.LOGIN, **given).pk)


def gives(*keys: str, seconds: float = 0.0) -> Script:
    """Log-ins give these keys one after the other, each after so many seconds."""
    waiting, lock = list(keys), threading.Lock()

    def script(seen: Seen, sock: socket.socket) -> None:
        time.sleep(seconds)
        if seen.call["method"] == "logout.user":
            return sock.sendall(success(seen, {"success": "true"}))
        with lock:
            key = waiting.pop(0)
        return sock.sendall(success(seen, {"access_token": key, "expire_at": int(time.time()) + 3600}))

    return script


def refuses(mnemonic: str, seconds: float = 0.0) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        time.sleep(seconds)
        error = {"code": -32001, "message": "no", "data": {"mnemonic": mnemonic}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def asked(server: WireServer) -> list[str]:
    return [seen.call["method"] for seen in server.requests]


def fresh(token: Token) -> Token:
    """As another process reads it."""
    return Token.objects.select_related("account").get(pk=token.pk)


@threads
@pytest.mark.parametrize("left", [None, timedelta(seconds=2), timedelta(minutes=-1)])
def test_eight_who_need_a_key_log_in_once(scripted: Scripted, account: Account, left: timedelta | None) -> None:
    server, token = scripted(gives("one", seconds=0.1)), login(account, left)
    rows = [fresh(token) for _ in range(8)]
    assert at_once(8, lambda place: session_keys.current(account, rows[place])) == ["one"] * 8
    assert asked(server) == ["login.user"]
    assert (fresh(token).session_key.reveal(), fresh(token).lease_until) == ("one", None)


@threads
def test_eight_whose_key_is_dead_log_in_once(scripted: Scripted, account: Account) -> None:
    server, token = scripted(gives("one", seconds=0.1)), login(account, timedelta(minutes=30))
    rows = [fresh(token) for _ in range(8)]
    assert at_once(8, lambda place: session_keys.renew(account, rows[place], dead="old")) == ["one"] * 8
    assert asked(server) == ["login.user"]


@threads
def test_while_one_logs_in_the_others_go_on_with_the_old_key(scripted: Scripted, account: Account) -> None:
    server, token = scripted(gives("one", seconds=0.4)), login(account, timedelta(seconds=30))
    first = threading.Thread(target=at_once, args=(1, lambda _: session_keys.current(account, fresh(token))))
    first.start()
    server.arrived()
    started = time.monotonic()
    assert session_keys.current(account, fresh(token)) == "old"
    assert time.monotonic() - started < 0.3
    first.join()
    assert session_keys.current(account, fresh(token)) == "one"


@threads
def test_a_log_in_that_fails_is_not_tried_again_by_each_who_waited(scripted: Scripted, account: Account) -> None:
    server, token = scripted(refuses("auth_error", seconds=0.2)), login(account)
    rows = [fresh(token) for _ in range(8)]

    def fails(place: int) -> str:
        with pytest.raises(Refused) as caught:
            session_keys.current(account, rows[place])
        return caught.value.mnemonic

    assert at_once(8, fails) == ["auth_error"] * 8
    assert asked(server) == ["login.user"]
    assert fresh(token).last_error == "auth_error"
    assert fresh(token).lease_until is None


def test_who_waits_in_vain_gives_up_after_the_time_of_an_answer(
    scripted: Scripted, account: Account, wire_settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    wire_settings(CONNECT_TIMEOUT=0.05, READ_TIMEOUT=0.05)
    monkeypatch.setattr(session_keys.gateway, "answer_seconds", lambda: -0.9)
    server, token = scripted(hangs), login(account, lease_until=now() + timedelta(minutes=1))
    with pytest.raises(AnswerUnknown):
        session_keys.current(account, token)
    assert asked(server) == []


def test_the_lease_of_a_dead_process_ends_by_itself(scripted: Scripted, account: Account) -> None:
    scripted(gives("one"))
    token = login(account, lease_until=now() - timedelta(seconds=1))
    assert session_keys.current(account, token) == "one"


def test_a_login_that_was_replaced_meanwhile_keeps_no_key_of_the_old_one(scripted: Scripted, account: Account) -> None:
    token = login(account)

    def replaced(seen: Seen, sock: socket.socket) -> None:
        gives("of-the-old-login")(seen, sock)

    scripted(replaced)
    lease = session_keys._take(token)
    assert lease is not None
    services.replace_secret(fresh(token), login="other", password="another-password")
    assert session_keys._log_in(account, token, lease) == "of-the-old-login"
    assert not fresh(token).session_key


@pytest.mark.parametrize(("error", "kept"), [("auth_error", ""), ("reset", ""), ("forbidden", "forbidden")])
def test_a_log_in_takes_off_the_error_that_it_answers(
    scripted: Scripted, account: Account, error: str, kept: str
) -> None:
    scripted(gives("one"))
    token = login(account, last_error=error, last_error_at=now() - timedelta(hours=1))
    session_keys.current(account, token)
    assert fresh(token).last_error == kept


@pytest.mark.parametrize("left", [None, timedelta(minutes=9), timedelta(hours=-1)])
def test_the_worker_renews_ahead_of_the_end(scripted: Scripted, account: Account, left: timedelta | None) -> None:
    server, token = scripted(gives("one", "two")), login(account, left)
    assert renewal.renew_ahead() == 1
    assert fresh(token).session_key.reveal() == "one"
    assert renewal.renew_ahead() == 0
    assert asked(server) == ["login.user"]


def test_the_worker_leaves_alone_what_is_good_archived_or_no_login(scripted: Scripted, account: Account) -> None:
    server = scripted(gives())
    login(account, timedelta(minutes=11))
    login(account, timedelta(minutes=1), name="gone", archived_at=now())
    Token.objects.create(account=account, name="key", secret=Secret("key-0123456789abcdef"))
    assert renewal.renew_ahead() == 0
    assert asked(server) == []


def test_a_wrong_password_is_tried_again_after_five_minutes_not_at_once(scripted: Scripted, account: Account) -> None:
    server, token = scripted(refuses("auth_error")), login(account)
    for expected in (1, 0):
        assert renewal.renew_ahead() == expected
        renewal.forget()
    Token.objects.update(last_error_at=now() - timedelta(minutes=6))
    assert renewal.renew_ahead() == 1
    assert fresh(token).last_error == "auth_error"
    assert asked(server) == ["login.user"] * 2


def test_sessions_of_less_than_ten_minutes_are_not_renewed_in_every_round(scripted: Scripted, account: Account) -> None:
    scripted(gives("one", "two"))
    token = login(account)
    renewal.renew_ahead()
    Token.objects.update(session_expires_at=now() + timedelta(minutes=2))
    assert renewal.renew_ahead() == 0
    assert fresh(token).session_key.reveal() == "one"


@threads
def test_two_workers_renew_a_key_once(scripted: Scripted, account: Account) -> None:
    server = scripted(gives("one", seconds=0.1))
    token = login(account, timedelta(minutes=5))
    rows = [fresh(token) for _ in range(2)]
    assert set(at_once(2, lambda place: session_keys.renew(account, rows[place]))) <= {"old", "one"}
    assert asked(server) == ["login.user"]


@threads
@pytest.mark.parametrize("end", ["archive", "replace", "update"])
def test_a_login_that_is_not_used_any_more_is_logged_out(scripted: Scripted, account: Account, end: str) -> None:
    server, token = scripted(gives()), login(account, timedelta(minutes=30))
    if end == "archive":
        services.archive_token(token)
    elif end == "replace":
        services.replace_secret(token, secret="key-0123456789abcdef")
    else:
        services.update_token(token, password="another-password")
    (seen,) = server.arrived()
    assert (seen.call["method"], seen.call["params"]) == ("logout.user", {"access_token": "old"})
    assert not fresh(token).session_key
    assert fresh(token).session_expires_at is None


@threads
def test_what_is_only_renamed_stays_logged_in(scripted: Scripted, account: Account) -> None:
    server, token = scripted(gives()), login(account, timedelta(minutes=30))
    assert services.update_token(token, name="other", password="secret-password")
    assert asked(server) == []
    assert fresh(token).session_key.reveal() == "old"


@threads
@pytest.mark.parametrize("script", [resets, refuses("access_token_invalid")])
def test_a_log_out_that_does_not_work_stops_nothing(
    scripted: Scripted, account: Account, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    scripted(script)
    token = login(account, timedelta(minutes=30))
    assert services.archive_token(token)
    assert fresh(token).archived_at is not None
    assert "was not ended at the provider" in caplog.text
    assert "old" not in caplog.text.replace("'robot'", "")


@threads
def test_a_provider_out_of_reach_is_a_failure_like_any(account: Account) -> None:
    with pytest.raises(ProviderError):
        session_keys.current(account, login(account))
    assert Token.objects.get().last_error == "refused"

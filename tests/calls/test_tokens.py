"""Which access key a press goes out with, and what happens when one is dead."""

import json
import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.presses import press, pressed, requests_of
from support.simulator import SEVER, SEVER_EXPIRED
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, sends, success

from clickcall.calls.sweep import sweep_round
from clickcall.models import Account, Call, CallEvent, Dispatch, Member, Token, TokenKind
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
SECOND = "second-key-0123456789abcdef"
LOGIN_PASSWORD = "the-password-of-the-login"
DEAD = ["access_token_expired", "access_token_blocked", "access_token_invalid", "auth_error", "forbidden"]


def add_login(account: Account, name: str = "login", **fields: Any) -> Token:
    return Token.objects.create(
        account=account, name=name, kind=TokenKind.LOGIN, login="api@acme", password=LOGIN_PASSWORD, **fields
    )


def refuses(mnemonic: str) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        value = seen.call["params"].get("access_token") or seen.call["params"].get("password")
        data = {"mnemonic": mnemonic, "field": "access_token", "value": value}
        error = {"code": -32001, "message": f"the key {value} is no good", "data": data}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def works(seen: Seen, sock: socket.socket) -> None:
    sock.sendall(success(seen, {"call_session_id": 77}))


def by_key(scripts: dict[str, Script], login: Script | None = None) -> Script:
    """A script for each key, any other is invalid; log-ins give session-1, session-2 …, or do what `login` does."""
    numbers = count(1)

    def script(seen: Seen, sock: socket.socket) -> None:
        if seen.call["method"] != "login.user":
            scripts.get(seen.call["params"]["access_token"], refuses("access_token_invalid"))(seen, sock)
        elif login:
            login(seen, sock)
        else:
            sock.sendall(success(seen, {"access_token": f"session-{next(numbers)}", "expire_at": 4102444800}))

    return script


def sent(server: WireServer) -> list[tuple[str, str]]:
    """The keys of the requests that start a call and their ids."""
    calls = [seen.call for seen in server.requests if seen.call["method"] == "start.vnumber_call"]
    return [(call["params"]["access_token"], call["id"]) for call in calls]


def methods(server: WireServer) -> list[str]:
    return [seen.call["method"] for seen in server.requests]


def test_the_first_key_in_order_of_use_is_taken(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({SEVER: works, SECOND: works}))
    Token.objects.update(position=5)
    first = people.make_token(anna.account, SECOND, name="second", position=1)
    assert pressed(anna).token == first
    assert [key for key, _ in sent(server)] == [SECOND]


@pytest.mark.parametrize("mnemonic", DEAD)
def test_a_dead_key_is_passed_over_within_the_same_press(scripted: Scripted, anna: Member, mnemonic: str) -> None:
    server = scripted(by_key({SEVER: refuses(mnemonic), SECOND: works}))
    second = people.make_token(anna.account, SECOND, name="second", position=1)
    call = pressed(anna, external_id="X")
    assert (call.dispatch, call.token, call.error) == (Dispatch.ACCEPTED, second, None)
    assert sent(server) == [(SEVER, "X"), (SECOND, "X#2")]
    assert [seen.call["params"]["external_id"] for seen in server.requests] == ["X", "X"]


@pytest.mark.parametrize("mnemonic", ["scenario_not_found", "limit_exceeded", "ip_not_whitelisted", "account_inactive"])
def test_a_refusal_of_the_call_is_not_tried_with_another_key(scripted: Scripted, anna: Member, mnemonic: str) -> None:
    server = scripted(by_key({SEVER: refuses(mnemonic), SECOND: works}))
    people.make_token(anna.account, SECOND, name="second", position=1)
    assert pressed(anna).dispatch == Dispatch.REFUSED
    assert len(sent(server)) == 1


@pytest.mark.parametrize("script", [resets, sends(http("", "502 Bad Gateway")), refuses("internal_error")])
def test_a_lost_answer_is_not_tried_with_another_key(scripted: Scripted, anna: Member, script: Script) -> None:
    server = scripted(by_key({SEVER: script, SECOND: works}))
    people.make_token(anna.account, SECOND, name="second", position=1)
    assert pressed(anna).dispatch == Dispatch.UNKNOWN
    assert len(sent(server)) == 1


def test_a_lost_answer_to_the_second_key_is_unknown(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({SEVER: refuses("access_token_expired"), SECOND: resets}))
    people.make_token(anna.account, SECOND, name="second", position=1)
    people.make_token(anna.account, "third-key-0123456789", name="third", position=2)
    assert pressed(anna).dispatch == Dispatch.UNKNOWN
    assert len(sent(server)) == 2


def test_when_all_keys_are_dead_the_press_is_refused(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({SEVER: refuses("access_token_expired"), SECOND: refuses("access_token_blocked")}))
    people.make_token(anna.account, SECOND, name="second", position=1)
    call = pressed(anna)
    assert (call.dispatch, call.cause) == (Dispatch.REFUSED, "access_token_blocked")
    assert len(sent(server)) == 2


def test_an_archived_key_is_never_used(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({SECOND: works}))
    Token.objects.update(archived_at=now())
    people.make_token(anna.account, SECOND, name="second", position=9)
    assert pressed(anna).dispatch == Dispatch.ACCEPTED
    assert [key for key, _ in sent(server)] == [SECOND]


def test_the_last_error_of_a_key_is_noted_and_taken_off_again(scripted: Scripted, anna: Member) -> None:
    scripts = {SEVER: refuses("access_token_expired")}
    scripted(by_key(scripts))
    token = Token.objects.get()
    pressed(anna)
    token.refresh_from_db()
    assert token.last_error == "access_token_expired"
    assert token.last_error_at is not None
    scripts[SEVER] = works
    pressed(anna)
    token.refresh_from_db()
    assert (token.last_error, token.last_error_at) == ("", None)


def test_a_login_gives_a_session_key_that_is_kept_encrypted(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({"session-1": works}))
    Token.objects.all().delete()
    login = add_login(anna.account)
    pressed(anna)
    pressed(anna)
    assert methods(server) == ["login.user", "start.vnumber_call", "start.vnumber_call"]
    login.refresh_from_db()
    assert login.session_key.reveal() == "session-1"
    raw = Token.objects.extra(select={"raw": "session_key"}).values_list("raw", flat=True).get()
    assert "session-1" not in raw


def test_a_session_key_at_the_end_of_its_hour_is_renewed_before_the_press(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({"session-1": works}))
    Token.objects.all().delete()
    add_login(anna.account, session_key="session-0", session_expires_at=now() + timedelta(seconds=30))
    assert pressed(anna).dispatch == Dispatch.ACCEPTED
    assert sent(server)[0][0] == "session-1"


def test_a_dead_session_key_is_renewed_once(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({"session-1": works}))
    Token.objects.all().delete()
    add_login(anna.account, session_key="session-0", session_expires_at=now() + timedelta(minutes=30))
    call = pressed(anna, external_id="X")
    assert call.dispatch == Dispatch.ACCEPTED
    assert sent(server) == [("session-0", "X"), ("session-1", "X#2")]
    assert Token.objects.get().last_error == ""


def test_a_session_key_that_stays_dead_is_not_renewed_again(scripted: Scripted, anna: Member) -> None:
    server = scripted(by_key({SECOND: works}))
    Token.objects.all().delete()
    add_login(anna.account, session_key="session-0", session_expires_at=now() + timedelta(minutes=30))
    people.make_token(anna.account, SECOND, name="second", position=1)
    assert pressed(anna, external_id="X").dispatch == Dispatch.ACCEPTED
    assert sent(server) == [("session-0", "X"), ("session-1", "X#2"), (SECOND, "X#3")]
    assert methods(server).count("login.user") == 1


@pytest.mark.parametrize("login", [refuses("auth_error"), resets, sends(http("", "502 Bad Gateway"))])
def test_a_login_that_does_not_work_falls_through_to_the_next_key(
    scripted: Scripted, anna: Member, login: Script
) -> None:
    server = scripted(by_key({SECOND: works}, login))
    Token.objects.all().delete()
    bad = add_login(anna.account)
    people.make_token(anna.account, SECOND, name="second", position=1)
    assert pressed(anna, external_id="X").dispatch == Dispatch.ACCEPTED
    assert sent(server) == [(SECOND, "X")]
    bad.refresh_from_db()
    assert bad.last_error


@pytest.mark.parametrize(
    ("login", "dispatch", "cause"),
    [
        (refuses("auth_error"), Dispatch.REFUSED, "auth_error"),
        (resets, Dispatch.NOT_SENT, "login_unanswered"),
        (hangs, Dispatch.NOT_SENT, "login_unanswered"),
    ],
)
def test_without_a_key_nothing_of_the_call_was_sent(
    scripted: Scripted, anna: Member, login: Script, dispatch: Dispatch, cause: str, wire_settings: Callable[..., None]
) -> None:
    wire_settings(CONNECT_TIMEOUT=0.2, READ_TIMEOUT=0.15)
    server = scripted(by_key({}, login))
    Token.objects.all().delete()
    add_login(anna.account)
    call = pressed(anna)
    assert (call.dispatch, call.cause) == (dispatch, cause)
    assert sent(server) == []


def test_no_secret_is_in_rows_events_or_log_lines(
    scripted: Scripted, anna: Member, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scripted(by_key({SECOND: resets}))
    add_login(anna.account, position=1)
    people.make_token(anna.account, SECOND, name="second", position=2)
    placement = press(anna)
    sweep_round(everything=True)
    assert placement.call is not None
    row = Call.objects.filter(pk=placement.call.pk).values()[0]
    told = [str(row), *(str(data) for data in CallEvent.objects.values_list("data", flat=True)), caplog.text]
    for secret in (SEVER, SECOND, LOGIN_PASSWORD, "session-1", "session-2"):
        assert not any(secret in text for text in told), secret


def test_the_sweep_too_goes_on_with_the_next_key(provider: Simulator, anna: Member) -> None:
    Token.objects.update(secret=SEVER_EXPIRED)
    people.make_token(anna.account, SEVER, name="second", position=1)
    pressed(anna)
    result = sweep_round(everything=True)
    assert result.failed_accounts == []
    assert [line["answer"] for line in requests_of(provider, "list.calls")] == ["access_token_expired", "ok"]

"""What the doctor finds of access keys, with a provider on a real socket."""

import json
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now
from support import people
from support.doctoring import KEY, LIMITS, Scripted, apart, found, refuses, well
from support.wire_server import Script, Seen, http, resets

from clickcall.accounts import doctor
from clickcall.accounts.doctor import Finding
from clickcall.models import Account, Checkup, Secret, Token, TokenKind


def test_a_healthy_key_is_asked_one_harmless_question_an_api(
    scripted: Scripted, account: Account, token: Token
) -> None:
    server = scripted(well(limits=LIMITS))
    assert found(account) == [("main", "call", "ok", "ok"), ("main", "data", "ok", "ok")]
    assert sorted(seen.call["method"] for seen in server.requests) == ["get.account", "list.calls"]
    assert doctor.examine(account).ok


def test_without_a_key_that_is_what_is_found(account: Account) -> None:
    diagnosis = doctor.examine(account)
    assert [(one.code, one.level, one.token) for one in diagnosis.findings] == [("token_invalid", "fail", None)]
    assert "There is no access key" in diagnosis.findings[0].message("UIS")


@pytest.mark.parametrize(
    ("mnemonic", "code"),
    [
        ("access_token_invalid", "token_invalid"),
        ("access_token_expired", "token_expired"),
        ("access_token_blocked", "token_blocked"),
        ("forbidden", "component_missing"),
        ("account_inactive", "account_inactive"),
        ("method_component_disabled", "component_missing"),
        ("limit_exceeded", "points_low"),
        ("internal_error", "unreachable"),
        ("something_new", "unreachable"),
        ("method_not_found", "unreachable"),
    ],
)
def test_each_refusal_has_its_code(
    scripted: Scripted, account: Account, token: Token, mnemonic: str, code: str
) -> None:
    scripted(refuses(mnemonic))
    assert found(account) == [("main", "call", code, "fail"), ("main", "data", code, "fail")]
    assert not doctor.examine(account).ok


def test_a_plan_without_call_management_keeps_nobody_from_calling(
    scripted: Scripted, account: Account, token: Token
) -> None:
    scripted(apart(refuses("component_disabled"), well()))
    assert found(account) == [("main", "call", "component_missing", "warn"), ("main", "data", "ok", "ok")]
    assert doctor.examine(account).ok


@pytest.mark.parametrize(
    ("message", "data", "address"),
    [
        ("IP address 203.0.113.7 is not in the allow list", {}, "203.0.113.7"),
        ("Your IP 203.0.113.7.", {}, "203.0.113.7"),
        ("not allowed", {"params": {"ip": "203.0.113.8"}}, "203.0.113.8"),
        ("not allowed", {"value": "2001:db8::7"}, "2001:db8::7"),
        ("at 12:30:11 not allowed, add 0.0.0.0/0 or 203.0.113.9", {}, "203.0.113.9"),
        ("version 1.2.3.4.5 does not let 999.1.1.1 in", {}, ""),
        ("not allowed", {}, ""),
    ],
)
def test_our_own_address_is_read_out_of_the_answer(
    scripted: Scripted, account: Account, token: Token, message: str, data: dict[str, Any], address: str
) -> None:
    scripted(refuses("ip_not_whitelisted", message, **data))
    diagnosis = doctor.examine(account)
    assert [one.code for one in diagnosis.findings] == ["ip_not_allowed"] * 2
    assert diagnosis.address == address
    assert Checkup.objects.get().address == address
    remedy = diagnosis.findings[0].remedy("UIS")
    assert "not 0.0.0.0/0" in remedy
    assert "Usually: Account → Rules → API access → Allow list." in remedy
    assert address in remedy


def test_every_key_is_examined_by_name(scripted: Scripted, account: Account, token: Token) -> None:
    people.make_token(account, "second-key-0123456789abcdef", name="spare", position=1)
    people.make_token(account, "gone-key-0123456789abcdef", name="gone", archived_at=now())

    def script(seen: Seen, sock: socket.socket) -> None:
        is_main = seen.call["params"]["access_token"] == KEY
        (refuses("access_token_blocked") if is_main else well())(seen, sock)

    scripted(script)
    assert [(token, code) for token, _, code, _ in found(account)] == [
        ("main", "token_blocked"),
        ("main", "token_blocked"),
        ("spare", "ok"),
        ("spare", "ok"),
    ]


@pytest.mark.parametrize(("days", "warned"), [(0, True), (14, True), (15, False), (-1, False), (None, False)])
def test_a_key_whose_last_day_is_near_is_a_warning(
    scripted: Scripted, account: Account, days: int | None, warned: bool
) -> None:
    last = None if days is None else localdate(timezone=account.tz) + timedelta(days=days)
    people.make_token(account, KEY, expires_on=last)
    scripted(well())
    diagnosis = doctor.examine(account)
    assert [one.level for one in diagnosis.found("token_expired")] == (["warn"] if warned else [])
    assert len(diagnosis.found("ok")) == 2
    assert diagnosis.ok


def login(account: Account, **fields: Any) -> Token:
    given = {"name": "robot", "login": "robot", "password": Secret("secret-password"), **fields}
    return Token.objects.create(account=account, kind=TokenKind.LOGIN, **given)


def test_a_login_that_does_not_fit_is_one_finding(scripted: Scripted, account: Account) -> None:
    login(account)
    server = scripted(refuses("auth_error"))
    assert found(account) == [("robot", None, "login_wrong", "fail")]
    assert [seen.call["method"] for seen in server.requests] == ["login.user"]


def test_a_dead_session_key_is_renewed_once_and_no_finding(scripted: Scripted, account: Account) -> None:
    login(account, session_key=Secret("old"), session_expires_at=now() + timedelta(minutes=30))

    def script(seen: Seen, sock: socket.socket) -> None:
        params = seen.call["params"]
        if seen.call["method"] == "login.user":
            data = {"access_token": "new", "expire_at": int(time.time()) + 3600}
            sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "result": {"data": data}})))
        else:
            (well() if params["access_token"] == "new" else refuses("access_token_invalid"))(seen, sock)

    server = scripted(script)
    assert {code for _, _, code, _ in found(account)} == {"ok"}
    assert [seen.call["method"] for seen in server.requests].count("login.user") == 1


def test_a_session_key_that_stays_dead_is_invalid(scripted: Scripted, account: Account) -> None:
    login(account, session_key=Secret("old"), session_expires_at=now() + timedelta(minutes=30))

    def script(seen: Seen, sock: socket.socket) -> None:
        if seen.call["method"] == "login.user":
            data = {"access_token": "new", "expire_at": int(time.time()) + 3600}
            sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "result": {"data": data}})))
        else:
            refuses("access_token_invalid")(seen, sock)

    scripted(script)
    assert {code for _, _, code, _ in found(account)} == {"token_invalid"}


def test_the_newest_examination_is_kept_and_no_secret_in_it(scripted: Scripted, account: Account, token: Token) -> None:
    assert doctor.latest(account) is None
    scripted(refuses("access_token_invalid", f"the key {KEY} is no good", value=KEY))
    told = json.dumps(doctor.examine(account).printed())
    scripted(refuses("ip_not_whitelisted", f"{KEY} may not come from 203.0.113.7"))
    doctor.examine(account)
    kept = Checkup.objects.get()
    assert KEY not in told + json.dumps(kept.checks)
    newest = doctor.latest(account)
    assert newest is not None
    assert [one.code for one in newest.findings] == ["ip_not_allowed"] * 2
    assert (newest.address, newest.ok, newest.at) == ("203.0.113.7", False, kept.at)


@pytest.mark.parametrize(
    ("script", "before", "after"),
    [
        (refuses("access_token_blocked"), "", "access_token_blocked"),
        (refuses("forbidden"), "access_token_blocked", "forbidden"),
        (well(), "access_token_blocked", ""),
        (refuses("component_disabled"), "access_token_blocked", ""),
        (refuses("ip_not_whitelisted"), "access_token_blocked", "access_token_blocked"),
        (resets, "", ""),
    ],
)
def test_what_a_press_would_learn_of_a_key_is_noted_at_it(
    scripted: Scripted, account: Account, script: Script, before: str, after: str
) -> None:
    token = people.make_token(account, last_error=before)
    scripted(script)
    doctor.examine(account)
    token.refresh_from_db()
    assert token.last_error == after


def test_a_row_of_a_later_version_is_still_read() -> None:
    finding = Finding.from_row({"code": "brand_new", "level": "warn", "token": None, "api": None, "more": 1})
    assert finding.details == {}

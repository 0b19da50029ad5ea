"""What the doctor finds, with a provider on a real socket."""

import json
import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import trustme
from django.utils.timezone import localdate, now
from support import people
from support.presses import connect
from support.simulator import SEVER, SEVER_EXPIRED, sever_config
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, sends

from clickcall.accounts import doctor
from clickcall.accounts.doctor import Finding
from clickcall.models import Account, Checkup, Secret, Token, TokenKind
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
KEY = "test-key-0123456789abcdef"
LIMITS = {
    "day_limit": 1000,
    "day_remaining": 900,
    "day_reset": 3600,
    "minute_limit": 60,
    "minute_remaining": 60,
    "minute_reset": 30,
}


def answer(seen: Seen, *headers: str, **metadata: Any) -> bytes:
    """A good answer to either question."""
    rows = [] if seen.call["method"] == "list.calls" else [{"app_id": 1, "name": "Acme", "timezone": "Europe/Moscow"}]
    result = {"data": rows, "metadata": metadata}
    return http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "result": result}), "200 OK", *headers)


def well(*headers: str, seconds: float = 0.0, **metadata: Any) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        time.sleep(seconds)
        sock.sendall(answer(seen, *headers, **metadata))

    return script


def refuses(mnemonic: str, message: str = "no", **data: Any) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        error = {"code": -32001, "message": message, "data": {"mnemonic": mnemonic, **data}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def apart(call: Script, data: Script) -> Script:
    """One script for each API."""
    return lambda seen, sock: (call if seen.head.startswith("POST /v4.0") else data)(seen, sock)


def found(account: Account) -> list[tuple[str | None, str | None, str, str]]:
    return [(one.token, one.api, one.code, one.level) for one in doctor.examine(account).findings]


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


@pytest.mark.parametrize("script", [resets, sends(http("", "502 Bad Gateway")), sends(http("<html>"))])
def test_an_answer_that_is_none_is_asked_for_once_an_api(
    scripted: Scripted, account: Account, token: Token, script: Script
) -> None:
    people.make_token(account, "second-key-0123456789abcdef", name="spare", position=1)
    server = scripted(script)
    assert {(code, level) for _, _, code, level in found(account)} == {("unreachable", "fail")}
    assert len(server.requests) == 2


def test_nobody_at_the_address_is_unreachable(account: Account, token: Token) -> None:
    diagnosis = doctor.examine(account)
    assert [one.code for one in diagnosis.findings] == ["unreachable"] * 2
    assert "127.0.0.1 is not reached" in diagnosis.findings[0].message("UIS")


def test_a_wrong_path_names_the_page_where_it_is_mended(scripted: Scripted, account: Account, token: Token) -> None:
    scripted(sends(http("nothing here", "404 Not Found")))
    finding = doctor.examine(account).findings[0]
    assert finding.code == "unreachable"
    assert "under “Account”" in finding.remedy("UIS")


def test_a_certificate_of_nobodys_is_a_fault_of_tls(
    scripted: Scripted, account: Account, token: Token, tls: ssl.SSLContext
) -> None:
    server = scripted(well(), tls)
    assert server.url.startswith("https")
    finding = doctor.examine(account).findings[0]
    assert (finding.code, finding.level) == ("tls", "fail")
    assert "CLICKCALL_CA_BUNDLE" in finding.remedy("UIS")


@pytest.mark.usefixtures("token")
def test_a_certificate_of_another_name_is_a_fault_of_tls_too(
    scripted: Scripted,
    account: Account,
    authority: trustme.CA,
    ca_bundle: str,
    wire_settings: Callable[..., None],
) -> None:
    wire_settings(CA_BUNDLE=ca_bundle)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    scripted(well(), context)
    assert doctor.examine(account).findings[0].code == "tls"


@pytest.mark.usefixtures("token")
def test_a_trusted_certificate_is_none(
    scripted: Scripted, account: Account, tls: ssl.SSLContext, ca_bundle: str, wire_settings: Callable[..., None]
) -> None:
    wire_settings(CA_BUNDLE=ca_bundle)
    scripted(well(), tls)
    assert {code for _, _, code, _ in found(account)} == {"ok"}


def test_a_slow_answer_is_a_warning_with_its_seconds(
    scripted: Scripted, account: Account, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clickcall.accounts.doctor.asking.SLOW_SECONDS", 0.1)
    scripted(apart(well(seconds=0.15), well()))
    assert found(account) == [("main", "call", "slow", "warn"), ("main", "data", "ok", "ok")]
    assert Finding.from_row(Checkup.objects.get().checks[0]).message("UIS").startswith("Call API took 0.")


def test_no_answer_in_time_is_told_at_once_and_not_waited_for_again(
    scripted: Scripted, account: Account, token: Token, wire_settings: Callable[..., None]
) -> None:
    wire_settings(READ_TIMEOUT=0.1)
    people.make_token(account, "second-key-0123456789abcdef", name="spare", position=1)
    scripted(hangs)
    assert {(code, level) for _, _, code, level in found(account)} == {("slow", "fail")}


@pytest.mark.parametrize(("seconds", "code"), [(0, "ok"), (40, "ok"), (90, "clock_skew"), (-90, "clock_skew")])
def test_the_two_clocks_are_compared(
    scripted: Scripted, account: Account, token: Token, seconds: int, code: str
) -> None:
    theirs = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    scripted(well(f"Date: {theirs}"))
    assert {found for _, _, found, _ in found(account)} == {code}


@pytest.mark.parametrize("date", ["yesterday", "", "Mon, 99 Foo 2026 99:99:99 GMT"])
def test_a_date_that_is_none_tells_nothing(scripted: Scripted, account: Account, token: Token, date: str) -> None:
    scripted(well(f"Date: {date}"))
    assert {code for _, _, code, _ in found(account)} == {"ok"}


@pytest.mark.parametrize("spelling", ["current_version_deprecated", "current_version_depricated"])
def test_a_version_at_its_end_is_a_warning(scripted: Scripted, account: Account, token: Token, spelling: str) -> None:
    scripted(apart(well(api_version=spelling, latest_version="v5.0"), well()))
    finding, _ = doctor.examine(account).findings
    assert (finding.code, finding.level) == ("version_deprecated", "warn")
    assert "v5.0" in finding.message("UIS")


@pytest.mark.parametrize(
    ("limits", "code", "level"),
    [
        ({"minute_remaining": 15}, "points_low", "warn"),
        ({"day_remaining": 100}, "points_low", "warn"),
        ({"day_remaining": 0}, "points_low", "fail"),
        ({"minute_remaining": 16, "day_remaining": 101}, "ok", "ok"),
    ],
)
def test_points_down_to_the_reserve_are_low(
    scripted: Scripted, account: Account, token: Token, limits: dict[str, int], code: str, level: str
) -> None:
    scripted(well(limits=LIMITS | limits))
    assert {(code, level) for _, _, code, level in found(account)} == {(code, level)}


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


def test_numbers_in_use_that_ring_nobody_are_named(scripted: Scripted, account: Account, token: Token) -> None:
    scripted(well())
    people.make_number(account, "74993720692", has_scenario=False)
    people.make_number(account, "74993720693", has_scenario=True)
    people.make_number(account, "74993720694", has_scenario=False, enabled=False)
    people.make_number(account, "74993720695", has_scenario=False, gone_at=now())
    (finding,) = doctor.examine(account).found("number_without_scenario")
    assert (finding.level, finding.token, finding.api) == ("warn", None, None)
    assert "+7 499 372-06-92" in finding.message("UIS")


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


def test_the_simulator_is_examined_whole(account: Account) -> None:
    with Simulator(sever_config(minute_limit=10)) as simulator:
        connect(account, simulator.url)
        people.make_token(account, SEVER)
        people.make_token(account, SEVER_EXPIRED, name="old", position=1)
        assert found(account) == [
            ("main", "call", "ok", "ok"),
            ("main", "data", "ok", "ok"),
            ("old", "call", "token_expired", "fail"),
            ("old", "data", "token_expired", "fail"),
        ]
        methods = {line["method"] for line in simulator.journal() if line["type"] == "request"}
        assert methods == {"list.calls", "get.account"}


def test_a_row_of_a_later_version_is_still_read() -> None:
    finding = Finding.from_row({"code": "brand_new", "level": "warn", "token": None, "api": None, "more": 1})
    assert finding.details == {}

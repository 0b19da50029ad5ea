"""What the doctor finds of the way to the provider: the address, the certificate, the clock, the points."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import trustme
from django.utils.timezone import now
from support import people
from support.doctoring import LIMITS, Scripted, apart, found, well
from support.presses import connect
from support.simulator import SEVER, SEVER_EXPIRED, sever_config
from support.wire_server import Script, hangs, http, resets, sends

from clickcall.accounts import doctor
from clickcall.accounts.doctor import Finding
from clickcall.models import Account, Checkup, Token
from clickcall.simulator import Simulator


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


def test_numbers_in_use_that_ring_nobody_are_named(scripted: Scripted, account: Account, token: Token) -> None:
    scripted(well())
    people.make_number(account, "74993720692", has_scenario=False)
    people.make_number(account, "74993720693", has_scenario=True)
    people.make_number(account, "74993720694", has_scenario=False, enabled=False)
    people.make_number(account, "74993720695", has_scenario=False, gone_at=now())
    (finding,) = doctor.examine(account).found("number_without_scenario")
    assert (finding.level, finding.token, finding.api) == ("warn", None, None)
    assert "+7 499 372-06-92" in finding.message("UIS")


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

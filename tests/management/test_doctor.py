"""`manage.py doctor`: one JSON object, or lines for a person; and an exit code."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from support import people
from support.presses import connect
from support.simulator import SEVER, SEVER_EXPIRED, sever_config

from clickcall import gateway
from clickcall.models import Account
from clickcall.simulator import Simulator


@pytest.fixture
def provider(account: Account) -> Iterator[Simulator]:
    with Simulator(sever_config()) as simulator:
        connect(account, simulator.url)
        yield simulator
        gateway.quick_wire().close()


def doctor(*flags: str) -> tuple[str, int]:
    """What is printed, and the exit code."""
    out = io.StringIO()
    try:
        call_command("doctor", "--account", "acme", *flags, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), int(str(ended.code))
    return out.getvalue(), 0


def test_a_healthy_account_is_one_object_and_nought(provider: Simulator, account: Account) -> None:
    people.make_token(account, SEVER)
    text, code = doctor("--json")
    printed: dict[str, Any] = json.loads(text)
    assert (printed["account"], printed["ok"], code) == ("acme", True, 0)
    assert list(printed) == ["account", "ok", "checks"]
    assert [list(check) for check in printed["checks"]] == [["token", "api", "code", "level", "message", "remedy"]] * 2
    assert {check["level"] for check in printed["checks"]} == {"ok"}


def test_a_dead_key_is_one_and_says_so_in_the_language_asked_for(provider: Simulator, account: Account) -> None:
    people.make_token(account, SEVER_EXPIRED)
    text, code = doctor("--json")
    checks = json.loads(text)["checks"]
    assert code == 1
    assert [(check["token"], check["api"], check["code"], check["level"]) for check in checks] == [
        ("main", "call", "token_expired", "fail"),
        ("main", "data", "token_expired", "fail"),
    ]
    assert "has expired" in checks[0]["message"]
    assert SEVER_EXPIRED not in text
    russian, _ = doctor("--json", "--language", "ru")
    assert json.loads(russian)["checks"][0]["code"] == "token_expired"


def test_for_a_person_each_finding_is_a_line_with_its_remedy_below(provider: Simulator, account: Account) -> None:
    people.make_token(account, SEVER)
    people.make_number(account, "74993720692", has_scenario=False)
    text, code = doctor()
    lines = text.splitlines()
    assert code == 0
    assert lines[0] == "ok   main · call: Call API answers to the key “main”"
    assert lines[2].startswith("warn acme: The number +7 499 372-06-92 rings nobody")
    assert lines[3].startswith("     Give it a scenario")


@pytest.mark.django_db
def test_an_account_that_is_not_there_is_two() -> None:
    with pytest.raises(CommandError) as caught:
        doctor("--json")
    assert caught.value.returncode == 2

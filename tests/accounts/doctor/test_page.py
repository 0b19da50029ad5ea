"""The page of the doctor: what is known, and a button that asks anew."""

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people
from support.wire_server import Script, Seen, WireServer, http

from clickcall.accounts.doctor import Finding
from clickcall.accounts.views.doctor import together
from clickcall.models import Account, Checkup, Member

pytestmark = pytest.mark.django_db
PATH = "/keys/check/"
SignIn = Callable[[Member], Client]


def refuses(mnemonic: str, message: str) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        error = {"code": -32003, "message": message, "data": {"mnemonic": mnemonic}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def keep(account: Account, *findings: Finding, **fields: Any) -> None:
    Checkup.objects.create(account=account, at=now(), checks=[one.row() for one in findings], **fields)


def text(answer: Any) -> str:
    return answer.content.decode()


def test_before_the_first_check_the_page_says_what_it_does(as_: SignIn, adam: Member) -> None:
    assert "Not checked yet" in text(as_(adam).get(PATH))


def test_looking_asks_nobody_and_the_button_asks(
    as_: SignIn, adam: Member, scripted: Callable[..., WireServer]
) -> None:
    server = scripted(refuses("ip_not_whitelisted", "IP address 203.0.113.7 is not in the allow list"))
    people.make_token(adam.account)
    people.make_token(adam.account, "second-key-0123456789abcdef", name="spare", position=1)
    browser = as_(adam)
    browser.get(PATH)
    assert server.requests == []
    assert browser.post(PATH)["Location"] == PATH
    page = text(browser.get(PATH))
    assert len(server.requests) == 4
    assert page.count("does not let our address 203.0.113.7 in.") == 1
    assert 'data-copy="203.0.113.7"' in page
    assert "main · Call API, main · Data API, spare · Call API, spare · Data API" in page
    assert "ip_not_whitelisted · IP address 203.0.113.7 is not in the allow list" in page


def test_what_is_in_order_is_said_below_the_faults(as_: SignIn, adam: Member) -> None:
    fault = Finding("token_blocked", "fail", "spare", "call")
    keep(adam.account, Finding("ok", "ok", "main", "call"), Finding("slow", "warn", "main", "data"), fault)
    page = text(as_(adam).get(PATH))
    places = [page.index(words) for words in ("is blocked.", "did not answer in time.", "answers to the key")]
    assert places == sorted(places)


def test_the_words_are_in_the_language_of_the_reader(as_: SignIn, adam: Member) -> None:
    keep(adam.account, Finding("token_blocked", "fail", "main", "call"))
    adam.user.language = "ru"
    adam.user.save()
    assert 'lang="ru"' in text(as_(adam).get(PATH))


def test_another_accounts_findings_are_not_shown(as_: SignIn, account: Account, stranger: Member) -> None:
    keep(account, Finding("token_blocked", "fail", "main", "call"))
    assert "is blocked" not in text(as_(stranger).get(PATH))


def test_findings_that_read_alike_are_one() -> None:
    findings = [Finding("account_inactive", "fail", name, api) for name in ("a", "b") for api in ("call", "data")]
    (said,) = together([*findings, findings[0]], "UIS")
    assert said.where == ["a · Call API", "a · Data API", "b · Call API", "b · Data API"]

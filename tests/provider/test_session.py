from datetime import UTC, datetime, timedelta

import pytest
from support.wire_server import answers

from clickcall.provider import call_api, data_api
from clickcall.provider.client import Client
from clickcall.provider.errors import AnswerUnknown
from clickcall.provider.session import login, logout


def test_a_login_gives_a_key_and_its_end_in_utc(wires, serve):
    server = serve(answers({"access_token": "session-key-0001", "expire_at": 1_800_000_000, "app_id": 1}))
    key = login(Client(wires(), server.url), "api@acme.example", "pass", request_id="r1")
    assert (key.access_token, key.expires_at) == ("session-key-0001", datetime(2027, 1, 15, 8, tzinfo=UTC))
    assert server.requests[0].call["method"] == "login.user"
    assert server.requests[0].call["params"] == {"login": "api@acme.example", "password": "pass"}
    assert "session-key-0001" not in repr(key)


@pytest.mark.parametrize("expire_at", [None, "soon", 10**30, 0])
def test_a_key_without_a_readable_end_lives_the_documented_hour(wires, serve, expire_at):
    server = serve(answers({"access_token": "k", "expire_at": expire_at}))
    key = login(Client(wires(), server.url), "l", "p", request_id="r1")
    assert timedelta(minutes=59) < key.expires_at - datetime.now(UTC) <= timedelta(hours=1)


@pytest.mark.parametrize("data", [{}, None, [], {"access_token": None}, {"access_token": ""}])
def test_an_answer_without_a_key_is_no_login(wires, serve, data):
    with pytest.raises(AnswerUnknown, match="no_data"):
        login(Client(wires(), serve(answers(data)).url), "l", "p", request_id="r1")


def test_a_logout_names_the_key(wires, serve):
    server = serve(answers({"success": "true"}))
    logout(Client(wires(), server.url), "session-key-0001", request_id="r1")
    assert server.requests[0].call["params"] == {"access_token": "session-key-0001"}


def test_both_apis_offer_the_same_pair():
    assert (call_api.login, call_api.logout) == (data_api.login, data_api.logout) == (login, logout)

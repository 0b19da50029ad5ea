"""The door: keys, session keys, addresses, rights."""

from collections.abc import Callable

import pytest
from support.simulator import NORTHWIND, NUMBER, SEVER, SEVER_EXPIRED, Clock, Rpc, sever_config

from clickcall.simulator import Config
from clickcall.simulator.config import Token

Start = Callable[[Config], Rpc]


@pytest.mark.parametrize(
    ("token", "mnemonic"),
    [("nobodys-token-0123456789", "access_token_invalid"), (SEVER_EXPIRED, "access_token_expired")],
)
def test_a_dead_token_is_named_and_echoed(call_api: Rpc, token: str, mnemonic: str) -> None:
    call_api.token = token
    error = call_api.error("list.calls")
    assert (error["mnemonic"], error["code"], error["value"]) == (mnemonic, -32001, token)
    assert "metadata" not in error


@pytest.mark.parametrize("state", ["blocked", "expired", "invalid"])
def test_a_token_in_a_bad_state_is_refused_as_such(call_api_of: Start, state: str) -> None:
    rpc = call_api_of(sever_config(tokens=(Token("bad-token-0123456789", state=state),)))
    rpc.token = "bad-token-0123456789"
    assert rpc.error("list.calls")["mnemonic"] == f"access_token_{state}"


def test_a_token_must_be_there_and_be_a_string(call_api: Rpc) -> None:
    call_api.token = None
    missing, wrong = call_api.error("list.calls"), call_api.error("list.calls", access_token=5)
    assert (missing["mnemonic"], missing["field"]) == ("required_parameter_missed", "access_token")
    assert (wrong["mnemonic"], wrong["field"]) == ("data_type_error", "access_token")


def test_the_door_comes_before_the_parameters(call_api: Rpc) -> None:
    call_api.token = "nobodys-token-0123456789"
    assert call_api.error("start.vnumber_call", nonsense=1)["mnemonic"] == "access_token_invalid"


def test_an_inactive_account_is_refused(call_api_of: Start) -> None:
    error = call_api_of(sever_config(inactive=True)).error("list.calls")
    assert (error["mnemonic"], error["code"]) == ("account_inactive", -32009)


def test_a_strangers_address_is_refused_and_named(call_api_of: Start) -> None:
    error = call_api_of(sever_config(allowed_ips=("203.0.113.0/24",))).error("list.calls")
    assert (error["mnemonic"], error["code"]) == ("ip_not_whitelisted", -32003)
    assert error["message"] == "IP address 127.0.0.1 is not in the allow list"
    assert "metadata" not in error


def test_with_an_empty_allow_list_nobody_is_let_in(call_api_of: Start) -> None:
    assert call_api_of(sever_config(allowed_ips=())).error("list.calls")["mnemonic"] == "ip_not_whitelisted"


def test_an_allowed_network_is_let_in(call_api_of: Start) -> None:
    assert call_api_of(sever_config(allowed_ips=("127.0.0.0/8",))).data("list.calls") == []


def test_a_token_without_the_right_to_an_api_is_forbidden(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(tokens=(Token(SEVER, rights=("data",)),)))
    assert rpc.error("list.calls")["mnemonic"] == "forbidden"


def test_accounts_do_not_see_each_others_numbers_and_calls(call_api: Rpc) -> None:
    session = call_api.start()
    call_api.token = NORTHWIND
    assert call_api.data("list.calls") == []
    assert call_api.error("release.call", call_session_id=session)["mnemonic"] == "call_session_not_found"
    stolen = call_api.error(
        "start.vnumber_call", virtual_phone_number=NUMBER, contact="79260000000", first_call="employee"
    )
    assert stolen["mnemonic"] == "virtual_phone_number_not_found"


def test_a_session_key_lives_an_hour_in_both_apis(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.token = None
    key = call_api.data("login.user", login="api@sever.example", password="sever-password")
    assert key["expire_at"] == int(clock.now + 3600)
    call_api.token = data_api.token = key["access_token"]
    assert data_api.data("get.account")[0]["app_id"] == 4861
    clock.tick(3599)
    assert call_api.data("list.calls") == []
    clock.tick(1)
    assert call_api.error("list.calls")["mnemonic"] == "access_token_invalid"


def test_logging_out_ends_a_session_key_but_no_permanent_one(call_api: Rpc) -> None:
    assert call_api.error("logout.user")["mnemonic"] == "access_token_invalid"
    call_api.token = None
    key = call_api.data("login.user", login="api@sever.example", password="sever-password")
    call_api.token = key["access_token"]
    assert call_api.data("logout.user") == {"success": "true"}
    assert call_api.error("list.calls")["mnemonic"] == "access_token_invalid"


def test_a_wrong_login_is_an_auth_error(call_api: Rpc) -> None:
    call_api.token = None
    for login, password in [("api@sever.example", "wrong"), ("nobody", "sever-password")]:
        assert call_api.error("login.user", login=login, password=password)["mnemonic"] == "auth_error"
    assert call_api.error("login.user", login="nobody")["field"] == "password"

"""`start.vnumber_call` beyond the conformance cases: codes, texts, options of the account, session ids."""

from collections.abc import Callable
from typing import Any

import pytest
from support.simulator import NUMBER, Rpc, sever_config

from clickcall.simulator import Config

Start = Callable[[Config], Rpc]
GOOD = {"virtual_phone_number": NUMBER, "contact": "79260000000", "first_call": "employee"}
TTS = {"type": "tts", "value": "x"}


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (
            {"contact_message": {"type": "tts", "value": "я" * 301}},
            -32602,
            "The maximum length of Text-to-Speech message is 300. The length of your message is 301",
        ),
        ({"contact_message": {"type": "media", "value": "9"}}, -32602, "The media file with id 9 not found"),
        (
            {"virtual_phone_number": "74950000000"},
            -32007,
            "Virtual phone number 74950000000 not found. It is not your virtual phone number.",
        ),
        ({"virtual_phone_number": "78123098765"}, -32007, "Virtual phone number does not have a scenario"),
        ({"contact": NUMBER}, -32602, "Parameter contact can not contain own virtual phone number"),
        (
            {"contact": "79991112233"},
            -32602,
            "The contact 79991112233 has been found in the blacklist",
        ),
    ],
)
def test_the_seeds_errors_have_its_codes_and_words(
    call_api: Rpc, change: dict[str, Any], code: int, message: str
) -> None:
    error = call_api.error("start.vnumber_call", **(GOOD | change))
    assert (error["code"], error["message"]) == (code, message)
    assert error["metadata"]["limits"]["day_remaining"] == 1_000_000


def test_params_of_an_error_travel_with_it(call_api: Rpc) -> None:
    error = call_api.error("start.vnumber_call", **GOOD, contact_message={"type": "tts", "value": "я" * 301})
    assert error["params"] == {"tts_message_max_length": 300, "sent_tts_message_length": 301}
    assert (error["field"], error["value"]) == ("contact_message.value", "я" * 301)


@pytest.mark.parametrize(
    "contact",
    ["12345", "101", "048617", "0486101234", "1234567890123456", "٧٩٢٦٠٠٠٠٠٠٠", "79260000000\n", "7926доб1", ""],
)
def test_a_contact_is_e164_or_a_sip_number_and_nothing_else(call_api: Rpc, contact: str) -> None:
    answer = call_api.ask("start.vnumber_call", GOOD | {"contact": contact})
    if contact == "048617":
        assert "result" in answer
    else:
        assert answer["error"]["data"]["mnemonic"] == "invalid_parameter_value"


@pytest.mark.parametrize(
    ("change", "mnemonic", "field"),
    [
        ({"direction": None}, "data_type_error", "direction"),
        ({"switch_at_once": 1}, "data_type_error", "switch_at_once"),
        ({"contact_message": "hello"}, "data_type_error", "contact_message"),
        ({"contact_message": TTS | {"voice": "a"}}, "unexpected_parameters", "contact_message.voice"),
        ({"contact_message": TTS | {"value": " "}}, "invalid_parameter_value", "contact_message.value"),
        ({"contact_message": {}}, "required_parameter_missed", "contact_message.type"),
        ({"dtmf_string": ""}, "invalid_parameter_value", "dtmf_string"),
        ({"Contact": "1"}, "unexpected_parameters", "Contact"),
    ],
)
def test_a_strict_provider_lets_nothing_pass(call_api: Rpc, change: dict[str, Any], mnemonic: str, field: str) -> None:
    error = call_api.error("start.vnumber_call", **(GOOD | change))
    assert (error["mnemonic"], error["field"]) == (mnemonic, field)


def test_other_usage_rules_need_their_component(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(automatic_number_management=False))
    error = rpc.error("start.vnumber_call", **GOOD, virtual_phone_usage_rule="random")
    assert (error["mnemonic"], error["field"], error["code"]) == (
        "component_disabled",
        "virtual_phone_usage_rule",
        -32008,
    )
    assert "result" in rpc.ask("start.vnumber_call", GOOD | {"virtual_phone_usage_rule": "fixed"})


@pytest.mark.parametrize("spelling", ["forbidden_direction", "security_rules"])
def test_an_account_may_be_forbidden_to_call_abroad(call_api_of: Start, spelling: str) -> None:
    rpc = call_api_of(sever_config(international=False, forbidden_direction=spelling))
    error = rpc.error("start.vnumber_call", **(GOOD | {"contact": "442071838750"}))
    assert (error["mnemonic"], error["code"], error["field"]) == (spelling, -32002, "contact")
    assert rpc.data("list.calls") == []
    for contact in ("79260000000", "0486173"):
        assert "result" in rpc.ask("start.vnumber_call", GOOD | {"contact": contact})


def test_usage_rules_choose_among_numbers_that_suit(call_api: Rpc) -> None:
    def shown(contact: str, rule: str) -> str:
        session = call_api.start(contact, virtual_phone_usage_rule=rule)
        rows = call_api.data("list.calls")
        return next(row["virtual_phone_number"] for row in rows if row["call_session_id"] == session)

    assert shown("79261234567", "fixed") == NUMBER
    assert len({shown("79261234567", "random") for _ in range(4)}) == 4
    assert len({shown("79261234567", "fixed_for_numa") for _ in range(3)}) == 1
    assert shown("78311234567", "regional_random") == "78312000022"
    assert shown("73431234567", "regional_fixed_for_numa") == NUMBER


def test_an_account_may_accept_the_parameter_that_the_table_does_not_list(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(accepts_show_virtual_phone_number=True))
    assert "result" in rpc.ask("start.vnumber_call", GOOD | {"show_virtual_phone_number": True})
    assert rpc.error("start.vnumber_call", **GOOD, show_virtual_phone_number="1")["mnemonic"] == "data_type_error"


def test_the_method_is_not_idempotent(call_api: Rpc) -> None:
    first, second = call_api.start(external_id="same"), call_api.start(external_id="same")
    assert second > first > 2**32
    assert [row["external_id"] for row in call_api.data("list.calls")] == ["same", "same"]


def test_session_ids_tell_the_start_in_microseconds(call_api: Rpc) -> None:
    session = call_api.start()
    (row,) = call_api.data("list.calls")
    assert row["call_session_id"] == session
    assert session // 10**6 >= 1_795_000_000

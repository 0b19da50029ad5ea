"""The last look before anything is sent."""

from typing import Any

import pytest

from clickcall.calls import payload
from clickcall.calls.payload import PayloadError

LEAST = {"virtual_phone_number": "74993720692", "contact": "79260000000", "first_call": "employee"}


def refused(**values: Any) -> tuple[str, str]:
    with pytest.raises(PayloadError) as caught:
        payload.build(LEAST | values)
    return caught.value.mnemonic, caught.value.field


def test_what_was_left_alone_is_left_out() -> None:
    assert payload.build(LEAST | {"dtmf_string": None, "switch_at_once": None, "contact_message": None}) == LEAST


def test_no_is_not_the_same_as_left_alone() -> None:
    assert payload.build(LEAST | {"switch_at_once": False}) == LEAST | {"switch_at_once": False}


@pytest.mark.parametrize("name", LEAST)
def test_what_is_required_must_be_there(name: str) -> None:
    assert refused(**{name: None}) == ("required_parameter_missed", name)


@pytest.mark.parametrize("name", ["type", "value"])
def test_a_message_is_whole(name: str) -> None:
    message = {"type": "tts", "value": "Hello"}
    del message[name]
    assert refused(contact_message=message) == ("required_parameter_missed", f"contact_message.{name}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact", 79260000000),
        ("virtual_phone_number", 74993720692),
        ("external_id", 34),
        ("dtmf_string", 12),
        ("direction", True),
        ("switch_at_once", "true"),
        ("switch_at_once", 1),
        ("early_switching", "false"),
        ("show_virtual_phone_number", "true"),
        ("contact_message", "Hello"),
        ("contact_message", []),
    ],
)
def test_every_value_has_its_own_json_type(name: str, value: Any) -> None:
    assert refused(**{name: value}) == ("data_type_error", name)


def test_types_inside_a_message_are_checked_too() -> None:
    message = {"type": "media", "value": 237}
    assert refused(contact_message=message) == ("data_type_error", "contact_message.value")


def test_a_name_that_the_table_does_not_have_is_refused() -> None:
    assert refused(media_file_id=237) == ("unexpected_parameters", "media_file_id")
    assert refused(access_token="x") == ("unexpected_parameters", "access_token")
    message = {"type": "tts", "value": "Hello", "voice": "Alena"}
    assert refused(contact_message=message) == ("unexpected_parameters", "contact_message.voice")


def test_half_a_character_never_gets_on_the_wire() -> None:
    assert refused(external_id="\ud83d") == ("character_encoding_not_allowed", "external_id")
    message = {"type": "tts", "value": "Hello \ud83d"}
    assert refused(contact_message=message) == ("character_encoding_not_allowed", "contact_message.value")


def test_what_was_given_is_not_changed() -> None:
    values = LEAST | {"dtmf_string": None}
    payload.build(values)
    assert values == LEAST | {"dtmf_string": None}

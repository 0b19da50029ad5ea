"""The rules of `start.vnumber_call`: the customer's parameter table, then what only the account can tell."""

import re
from collections.abc import Container
from typing import Any

from clickcall.simulator.config import Account
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.schema import Param, Schema, one_of

E164 = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)
CONTACT = re.compile(r"[1-9][0-9]{6,14}|0[0-9]{5,8}", re.ASCII)
"""An E.164 number, or an employee's SIP number, which begins with 0. Extensions are shorter and not supported."""
_SIP = "0"

TABLE: Schema = {
    "virtual_phone_number": Param(required=True, pattern=E164),
    "virtual_phone_usage_rule": one_of(
        "fixed", "fixed_for_numa", "random", "regional_random", "regional_fixed_for_numa"
    ),
    "external_id": Param(),
    "dtmf_string": Param(pattern=re.compile(r"[0-9*#.]+", re.ASCII)),
    "direction": one_of("in", "out"),
    "contact": Param(required=True, pattern=CONTACT),
    "first_call": one_of("contact", "employee", required=True),
    "switch_at_once": Param("boolean"),
    "early_switching": Param("boolean"),
    "contact_message": Param(
        "object",
        fields={"type": one_of("media", "tts", required=True), "value": Param(required=True)},
    ),
}


def table(account: Account) -> Schema:
    """The parameters that this account may send: `show_virtual_phone_number` is not in the documented table."""
    if account.accepts_show_virtual_phone_number:
        return {**TABLE, "show_virtual_phone_number": Param("boolean")}
    return TABLE


def judge(account: Account, params: dict[str, Any], blocked: Container[str]) -> None:
    """Raise the Refusal for parameters that are well-formed and yet not permitted to this account.

    `blocked` are the phones on its blacklist at present.
    """
    _combination(params)
    _numbers(account, params, blocked)
    if params.get("virtual_phone_usage_rule", "fixed") != "fixed" and not account.automatic_number_management:
        raise Refusal(
            "component_disabled",
            "virtual_phone_usage_rule",
            params["virtual_phone_usage_rule"],
            component="automatic_number_management",
        )
    if "contact_message" in params:
        message = params["contact_message"]
        _message(account, message["type"], message["value"])


def _combination(params: dict[str, Any]) -> None:
    allowed = params["first_call"] == "employee" and params.get("switch_at_once") is True
    if params.get("early_switching") is True and not allowed:
        raise Refusal("invalid_parameters_combination")


def _numbers(account: Account, params: dict[str, Any], blocked: Container[str]) -> None:
    digits, contact = params["virtual_phone_number"], params["contact"]
    number = account.number(digits)
    if number is None:
        raise Refusal("virtual_phone_number_not_found", "virtual_phone_number", digits, virtual_phone_number=digits)
    if not number.rings:
        raise Refusal("scenario_not_found")
    if account.number(contact):
        raise Refusal("own_virtual_phone_number_not_allowed", "contact", contact)
    if contact in blocked:
        raise Refusal("contact_in_blacklist", "contact", contact, contact=contact)
    if not account.international and not contact.startswith((account.country_code, _SIP)):
        spelling = account.forbidden_direction
        raise Refusal("forbidden_direction", "contact", contact, spelling=spelling, contact=contact)


def _message(account: Account, kind: str, value: str) -> None:
    field = "contact_message.value"
    if kind == "media":
        if value not in {media.id for media in account.media}:
            raise Refusal("media_file_not_found", field, value, media_file_id=value)
        return
    longest = account.tts_message_max_length
    if not value.strip():
        raise Refusal("invalid_parameter_value", field, value)
    if len(value) > longest:
        raise Refusal(
            "tts_text_exceeded",
            field,
            value,
            tts_message_max_length=longest,
            sent_tts_message_length=len(value),
        )

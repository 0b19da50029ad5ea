"""Every error that the provider answers: its code, its text and what it carries."""

from typing import Any

CATALOGUE: dict[str, tuple[int, str]] = {
    "parse_error": (-32700, "The request is not valid JSON"),
    "invalid_request": (-32600, "The JSON sent is not a valid request: check id, jsonrpc, method and params"),
    "method_not_found": (-32601, "The method {method} does not exist"),
    "internal_error": (-32603, "Internal error. Report the request and its time to technical support"),
    "character_encoding_not_allowed": (-32602, "The character encoding must be UTF-8"),
    "data_type_error": (-32602, "The parameter {field} must be of the type {expected}"),
    "required_parameter_missed": (-32602, "The required parameter {field} is missing"),
    "invalid_parameter_value": (-32602, "The value of the parameter {field} is not allowed"),
    "unexpected_parameters": (-32602, "The method does not know the parameter {field}"),
    "invalid_parameters_combination": (-32602, "The combination of parameters is not permitted"),
    "date_interval_limit_reached": (-32602, "The interval between the dates must not exceed three months"),
    "call_session_not_found": (-32602, "The call session {call_session_id} was not found"),
    "tts_text_exceeded": (
        -32602,
        (
            "The maximum length of Text-to-Speech message is {tts_message_max_length}. "
            "The length of your message is {sent_tts_message_length}"
        ),
    ),
    "media_file_not_found": (-32602, "The media file with id {media_file_id} not found"),
    "own_virtual_phone_number_not_allowed": (
        -32602,
        "Parameter contact can not contain own virtual phone number",
    ),
    "contact_in_blacklist": (-32602, "The contact {contact} has been found in the blacklist"),
    "virtual_phone_number_not_found": (
        -32007,
        "Virtual phone number {virtual_phone_number} not found. It is not your virtual phone number.",
    ),
    "scenario_not_found": (-32007, "Virtual phone number does not have a scenario"),
    "access_token_invalid": (-32001, "The access token is not valid"),
    "access_token_expired": (-32001, "The access token has expired"),
    "access_token_blocked": (-32001, "The access token is blocked"),
    "auth_error": (-32001, "The login or the password is wrong"),
    "forbidden_direction": (-32002, "The security rules forbid calls to {contact}"),
    "ip_not_whitelisted": (-32003, "IP address {ip} is not in the allow list"),
    "forbidden": (-32003, "There is no permission for the method {method}"),
    "tag_not_found": (-32602, "The tag with id {tag_id} was not found"),
    "duplicate_tag": (-32602, "The call has the tag with id {tag_id} already"),
    "error": (-32602, "{text}"),
    "method_component_disabled": (-32008, "The component that the method {method} belongs to is disabled"),
    "parameter_component_disabled": (-32008, "The component that the parameter {field} belongs to is disabled"),
    "component_disabled": (-32008, "The component {component} is disabled"),
    "account_inactive": (-32009, "The account is blocked"),
    "limit_exceeded": (-32029, "The limit of {limit_max_value} points a {limit_type} is exceeded"),
    "batch_operations_not_supported": (-32099, "Batch operations are not supported"),
    "notifications_not_supported": (-32099, "Notifications are not supported"),
}

BARE = frozenset(
    (
        *("parse_error", "invalid_request", "method_not_found"),
        *("batch_operations_not_supported", "notifications_not_supported"),
        *("access_token_invalid", "access_token_expired", "access_token_blocked", "auth_error"),
        "ip_not_whitelisted",
    )
)
"""Answers without `metadata`: nobody's limits are known, or they are nobody's business."""

NOTHING: Any = object()
"""No value to echo; `None` is a value."""


class Refusal(Exception):  # noqa: N818 (an answer, no fault of ours)
    """A JSON-RPC error. `field` is dotted, `value` is what was sent, `params` fill the text and travel with it.

    `name` is the catalogue's; `mnemonic` what is answered, the same unless the documents leave the `spelling` open.
    """

    def __init__(self, name: str, field: str = "", value: Any = NOTHING, *, spelling: str = "", **params: Any) -> None:
        super().__init__(name)
        self.name, self.mnemonic = name, spelling or name
        self.field, self.value, self.params = field, value, params

    def body(self) -> dict[str, Any]:
        """The `error` member of the answer, without metadata."""
        code, text = CATALOGUE[self.name]
        data: dict[str, Any] = {"mnemonic": self.mnemonic}
        if self.field:
            data["field"] = self.field
        if self.value is not NOTHING:
            data["value"] = self.value
        data["params"] = self.params
        return {"code": code, "message": text.format(field=self.field, **self.params), "data": data}

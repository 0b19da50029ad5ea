"""What a refusal teaches: the next press is stopped beside the field, without asking the provider again."""

import logging
from typing import Any

from ..accounts.services import update_account
from ..models import Account, Dispatch
from ..numbers.services import mark_media_gone
from .events import Event

log = logging.getLogger("clickcall.calls")


def learn(account: Account, event: Event, payload: dict[str, Any]) -> None:
    """Keeps the limit, file or component that a refusal named. Source: errors of `start.vnumber_call`."""
    if event.news.dispatch != Dispatch.REFUSED:
        return
    error = event.columns.get("error") or {}
    message = payload.get("contact_message") or {}
    match error.get("mnemonic"):
        case "tts_text_exceeded":
            _learn_length(account, (error.get("params") or {}).get("tts_message_max_length"))
        case "media_file_not_found" if message.get("type") == "media":
            mark_media_gone(account=account, provider_id=message["value"])
        case "component_disabled" if _is_about_numbers(error.get("field"), payload):
            update_account(account, automatic_number_management=False)


def _is_about_numbers(field: object, payload: dict[str, Any]) -> bool:
    """A missing component that was named, or that can only be this one: other rules than *fixed* need it."""
    rule = payload.get("virtual_phone_usage_rule")
    return rule not in (None, "fixed") and field in (None, "", "virtual_phone_usage_rule")


def _learn_length(account: Account, limit: object) -> None:
    text = str(limit)
    if text.isdecimal() and 0 < int(text) < 1_000_000:
        update_account(account, tts_max_length=int(text))
    else:
        log.warning("tts_text_exceeded came without a usable limit")

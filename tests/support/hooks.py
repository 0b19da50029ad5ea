"""Notifications as a provider sends them, made the short way."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clickcall.calls.webhooks import addresses
from clickcall.models import Account

Send = Callable[..., HttpResponse]
SESSION = 2**40 + 5
BODY = {
    "notification_mnemonic": "waiting_for_answer",
    "notification_time": "2026-11-23 12:00:00",
    "app_id": 4,
    "call_session_id": SESSION,
    "virtual_phone_number": "74993720692",
    "contact_phone_number": "79260000000",
    "employee_id": 7,
    "employee_full_name": "Анна Кузнецова",
    "communication_id": 99,
}


def body(event: str, **fields: Any) -> dict[str, Any]:
    return {"event": event} | BODY | fields


def path_of(account: Account) -> str:
    """The address that the account's notifications come to; made here if there is none."""
    addresses.make_secret(account)
    return reverse("hook", args=[str(account.public_id), account.hook_secret.reveal()])


def sender(account: Account) -> Send:
    """send(what, **headers): posts an event's fields, or the bytes as they are."""
    path = path_of(account)

    def send(what: dict[str, Any] | bytes, **headers: Any) -> HttpResponse:
        raw = what if isinstance(what, bytes) else json.dumps(what).encode()
        response: HttpResponse = Client().post(path, raw, content_type="application/json", headers=headers)
        return response

    return send

"""What comes to the address: stored, answered, and who is turned away."""

import json
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from support.hooks import SESSION, Send, body, path_of

from clickcall.calls.webhooks import applying, intake
from clickcall.models import Account, Call, HookDelivery, HookState, Member, VirtualNumber

pytestmark = pytest.mark.django_db
WRONG = "x" * 43


def the_row() -> HookDelivery:
    return HookDelivery.objects.get()


def test_a_notification_is_stored_applied_and_answered_with_an_empty_object(send: Send) -> None:
    response = send(body("incoming"))
    assert (response.status_code, response.json()) == (200, {})
    row = the_row()
    assert (row.event, row.call_session_id, row.state, row.problem) == ("incoming", str(SESSION), "applied", "")
    assert json.loads(row.body) == body("incoming")
    assert Call.objects.get().call_session_id == str(SESSION)


def test_it_is_stored_before_it_is_applied(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(applying, "take_in", lambda *args, **own: seen.append(the_row().state))
    send(body("incoming"))
    assert seen == [HookState.NEW]


def test_a_bug_of_ours_loses_nothing_and_is_no_concern_of_the_sender(
    send: Send, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **own: Any) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(applying, "take_in", fail)
    with caplog.at_level(logging.ERROR, logger="clickcall.hooks"):
        response = send(body("incoming"))
    assert (response.status_code, the_row().state) == (200, HookState.NEW)
    assert "it is kept and tried again" in caplog.text
    monkeypatch.undo()
    assert applying.apply_waiting() == 1
    assert the_row().state == HookState.APPLIED


def test_a_database_that_fails_after_the_row_is_stored_is_no_concern_of_the_sender_either(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **own: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(applying, "take_in", fail)
    monkeypatch.setattr(applying._UPDATE, "write", fail)
    assert (send(body("incoming")).status_code, the_row().state) == (200, HookState.NEW)


def test_an_address_without_its_last_character_is_the_same_address(account: Account, number: VirtualNumber) -> None:
    response = Client().post(path_of(account).rstrip("/"), body("incoming"), content_type="application/json")
    assert (response.status_code, the_row().state) == (200, HookState.APPLIED)


@pytest.mark.parametrize("verb", ["get", "head", "put", "patch", "delete", "options"])
def test_other_verbs_are_not_allowed(account: Account, verb: str) -> None:
    response = getattr(Client(), verb)(path_of(account))
    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("public_id", "secret"),
    [("own", WRONG), ("own", "ключ"), ("own", "%00"), ("unknown", "own"), ("no-uuid", "own"), ("own", "•" * 300)],
)
def test_a_wrong_address_is_not_found_and_stores_nothing(account: Account, public_id: str, secret: str) -> None:
    path_of(account)
    names = {"own": str(account.public_id), "unknown": str(uuid4())}
    secret = account.hook_secret.reveal() if secret == "own" else secret
    path = reverse("hook", args=[names.get(public_id, public_id), secret])
    assert Client().post(path, b"{}", content_type="application/json").status_code == 404
    assert not HookDelivery.objects.exists()


def test_another_accounts_secret_does_not_open(account: Account, stranger: Member) -> None:
    path_of(account)
    path_of(stranger.account)
    path = reverse("hook", args=[str(account.public_id), stranger.account.hook_secret.reveal()])
    assert Client().post(path, b"{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("stand_in", ["a secret that opens nothing, of about the length of others", "", " "])
def test_an_account_without_a_secret_has_no_address(account: Account, stand_in: str) -> None:
    path = f"/hooks/{account.public_id}/{stand_in}/"
    assert Client().post(path, b"{}", content_type="application/json").status_code == 404


def test_a_wrong_address_asks_the_database_as_often_whether_the_account_is_there_or_not(account: Account) -> None:
    path_of(account)
    asked = []
    for public_id in (str(account.public_id), str(uuid4()), "no-uuid"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("hook", args=[public_id, WRONG]), b"{}", content_type="application/json")
        asked.append(len(queries))
    assert asked == [1, 1, 1]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'"text"', b"7", b"null", b'{"event": ""abc""}', b"\xff\xfe\x00", b'{"a": NaN}', b"[" * 30_000],
)
def test_what_is_no_flat_object_is_stored_and_refused(send: Send, raw: bytes) -> None:
    response = send(raw)
    assert (response.status_code, response.json()) == (400, {})
    assert the_row().state == HookState.BROKEN
    assert not Call.objects.exists()


@pytest.mark.parametrize("nested", [{"a": 1}, [[1]], [{"a": 1}]])
def test_a_nested_object_is_stored_and_refused(send: Send, nested: object) -> None:
    assert send(body("incoming", tags=nested)).status_code == 400
    assert the_row().problem == "nested tags"


def test_a_list_of_ids_is_no_nested_object(send: Send) -> None:
    assert send(body("incoming", leg_ids=[1, 2])).status_code == 200
    assert the_row().state == HookState.APPLIED


@pytest.mark.parametrize("wrong", [{"event": "hello"}, {"event": None}, {"call_session_id": ""}, {}])
def test_an_object_about_nothing_is_kept_for_the_admin_but_not_refused(send: Send, wrong: dict[str, Any]) -> None:
    assert send(body("incoming") | wrong if wrong else {}).status_code == 200
    assert the_row().state == HookState.BROKEN
    assert not Call.objects.exists()


def test_exactly_64_kib_are_taken_and_one_byte_more_is_not(send: Send) -> None:
    raw = json.dumps(body("incoming")).encode()
    assert send(raw + b" " * (intake.LIMIT - len(raw))).status_code == 200
    assert send(raw + b" " * (intake.LIMIT - len(raw) + 1)).status_code == 413
    assert HookDelivery.objects.count() == 1


def test_unknown_fields_and_nulls_do_no_harm(send: Send) -> None:
    response = send(body("incoming", employee_id=None, employee_full_name=None, novelty="x", mnemonic=None))
    assert (response.status_code, the_row().state) == (200, HookState.APPLIED)


def test_no_session_and_no_cookie_is_made(send: Send) -> None:
    assert not send(body("incoming")).cookies


def test_secrets_are_masked_in_what_is_stored(send: Send, account: Account) -> None:
    secret = account.hook_secret.reveal()
    send(body("incoming", access_token="very-secret-key-0123456789", url=f"https://x.example/hooks/a/{secret}/"))
    send(b'{"access_token": "very-secret-key-0123456789", %s' % secret.encode())
    stored = "".join(HookDelivery.objects.values_list("body", flat=True))
    assert "very-secret" not in stored
    assert secret not in stored


def test_what_no_database_takes_is_replaced(send: Send) -> None:
    assert send(b'{"event": "incoming", "call_session_id": 5, "x": "\\u0000\\ud800", "y": 1e999}').status_code == 200
    assert send(b'{"\x00').status_code == 400
    assert HookDelivery.objects.count() == 2


def test_an_event_about_another_accounts_call_is_foreign(send: Send, stranger: Member) -> None:
    VirtualNumber.objects.create(account=stranger.account, digits="74951045771")
    assert send(body("incoming", virtual_phone_number="74951045771")).status_code == 200
    assert the_row().state == HookState.FOREIGN
    assert not Call.objects.exists()

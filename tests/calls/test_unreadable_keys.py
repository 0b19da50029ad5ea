"""CLICKCALL_TOKEN_KEYS was changed or lost: what was stored cannot be read, and pages and calls say so."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from support import people
from support.hooks import path_of
from support.presses import pressed, requests_of
from support.simulator import SEVER

from clickcall.accounts import session_keys
from clickcall.accounts.renewal import forget, renew_ahead
from clickcall.models import Account, Call, Dispatch, Member, Token
from clickcall.models.fields import UnreadableSecret
from clickcall.simulator import Simulator

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def lost(provider: Simulator, anna: Member, settings: Any) -> Account:
    """Anna's account, whose key and address for notifications cannot be read any more."""
    path_of(anna.account)
    settings.CLICKCALL_TOKEN_KEYS = [Fernet.generate_key().decode()]
    return anna.account


def test_a_press_is_refused_in_words_and_the_admin_can_be_told(
    lost: Account, provider: Simulator, anna: Member, as_: SignIn
) -> None:
    call = pressed(anna)
    assert (call.dispatch, call.cause, call.error) == (
        Dispatch.NOT_SENT,
        "key_unreadable",
        {"mnemonic": None, "message": "key_unreadable"},
    )
    page = as_(anna).get("/contacts/").content.decode()
    assert "Not called: the access key cannot be read" in page
    assert "Nothing was sent, no call was made. The admin can enter it again under “Access keys”" in page
    assert "Tell the admin" in page
    assert requests_of(provider) == []


def test_the_next_key_places_the_call(lost: Account, provider: Simulator, anna: Member) -> None:
    people.make_token(lost, SEVER, name="second", position=9)
    assert pressed(anna).dispatch == Dispatch.ACCEPTED
    assert Token.objects.get(name="main").last_error == "key_unreadable"


def test_the_admins_pages_say_which_key_and_what_to_do(lost: Account, adam: Member, as_: SignIn) -> None:
    client, token = as_(adam), lost.tokens.get()
    assert "The key cannot be read" in client.get("/keys/").content.decode()
    page = client.get(f"/keys/{token.pk}/").content.decode()
    assert "Put the value before back, or enter the key again." in page
    assert "The address cannot be read any more" in client.get(reverse("calls:hooks")).content.decode()
    client.post(f"/keys/{token.pk}/replace/", {"kind": "key", "secret": SEVER})
    assert (lost.tokens.get().secret.reveal(), lost.tokens.get().last_error) == (SEVER, "")


def test_the_doctor_names_it(lost: Account, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises((SystemExit, CommandError)):
        call_command("doctor", "--account", lost.slug, "--json")
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [(one["token"], one["code"], one["level"]) for one in checks] == [("main", "key_unreadable", "fail")]
    assert Token.objects.get().last_error == "key_unreadable"


def test_a_login_whose_password_cannot_be_read_is_not_tried(lost: Account, anna: Member, settings: Any) -> None:
    Token.objects.all().delete()
    people.make_token(lost, "", kind="login", login="me", password="secret-password")
    settings.CLICKCALL_TOKEN_KEYS = [Fernet.generate_key().decode()]
    forget()
    assert renew_ahead() == 1
    assert Token.objects.get().last_error == session_keys.UNREADABLE
    assert Token.objects.get().lease_until is None
    assert pressed(anna).cause == "key_unreadable"


def test_a_notification_is_not_taken_for_wrong_while_nobody_can_tell(lost: Account, settings: Any) -> None:
    keys, settings.CLICKCALL_TOKEN_KEYS = settings.CLICKCALL_TOKEN_KEYS, [Fernet.generate_key().decode()]
    with pytest.raises(UnreadableSecret):
        Client().post(f"/hooks/{lost.public_id}/not-the-secret-at-all/", {}, content_type="application/json")
    settings.CLICKCALL_TOKEN_KEYS = keys
    with pytest.raises(CommandError, match="CLICKCALL_TOKEN_KEYS"):
        call_command("hooks", "--account", lost.slug)
    assert not Call.objects.exists()

"""What the database itself refuses, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from support import people
from support.calls import make_call

from clickcall.models import (
    LIVE,
    Account,
    BlacklistEntry,
    Brand,
    Call,
    CallEvent,
    Contact,
    ContactList,
    ContactPhone,
    MediaFile,
    Member,
    Preset,
    Status,
    Team,
    Token,
    TokenKind,
    User,
    VirtualNumber,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
URLS = {"call_api_url": "https://one.example/v4.0", "data_api_url": "https://two.example/v2.0"}


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The database refuses what happens inside, by the constraint of this name (SQLite: or its last column)."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"brand": "acme"}, "account_"),
        ({"brand": Brand.UIS}, "account_urls_are_for_custom"),
        ({"brand": Brand.CUSTOM, "call_api_url": ""}, "account_urls_are_for_custom"),
        ({"brand": Brand.CUSTOM, "data_api_url": ""}, "account_urls_are_for_custom"),
        ({"colour": 0}, "account_colour_known"),
        ({"colour": 6}, "account_colour_known"),
    ],
)
@pytest.mark.django_db
def test_an_account_has_a_brand_or_two_addresses(fields: dict[str, Any], name: str) -> None:
    with refused(name):
        people.make_account(**(URLS | fields))


@pytest.mark.parametrize("brand", [Brand.UIS, Brand.COMAGIC, Brand.CALLGEAR])
@pytest.mark.django_db
def test_a_brand_brings_its_own_addresses(brand: Brand) -> None:
    account = people.make_account(brand=brand, call_api_url="", data_api_url="")
    assert account.urls[0].startswith("https://callapi.")
    assert account.urls[1].startswith("https://dataapi.")
    assert account.brand_name == brand.label


def test_names_are_unique_within_their_account(account: Account, stranger: Member, leads: ContactList) -> None:
    other = stranger.account
    Team.objects.create(account=account, name="North")
    people.make_token(account)
    people.make_number(account)
    Preset.objects.create(account=account, name="Ordinary call")
    MediaFile.objects.create(account=account, provider_id="237")
    BlacklistEntry.objects.create(account=account, digits="79260000000")
    makers: dict[str, Any] = {
        "team_once_per_account": lambda owner: Team.objects.create(account=owner, name="NORTH"),
        "token_once_per_account|clickcall_token.name": people.make_token,
        "number_once_per_account|clickcall_virtualnumber.digits": people.make_number,
        "preset_once_per_account|clickcall_preset.name": lambda owner: Preset.objects.create(
            account=owner, name="Ordinary call"
        ),
        "media_file_once_per_account|clickcall_mediafile.provider_id": lambda owner: MediaFile.objects.create(
            account=owner, provider_id="237"
        ),
        "blacklist_entry_once|clickcall_blacklistentry.digits": lambda owner: BlacklistEntry.objects.create(
            account=owner, digits="79260000000"
        ),
        "list_once_per_account|clickcall_contactlist.name": people.make_list,
    }
    for name, make in makers.items():
        with refused(name):
            make(account)
        make(other)


@pytest.mark.django_db
def test_a_user_name_is_one_whatever_its_letters() -> None:
    User.objects.create(username="Anna")
    with refused("user_name_once"):
        User.objects.create(username="aNNA")


def test_a_user_is_one_member_of_an_account(anna: Member, stranger: Member) -> None:
    Member.objects.create(account=stranger.account, user=anna.user, name="Анна")
    with refused("member_once_per_account|clickcall_member.user_id"):
        Member.objects.create(account=anna.account, user=anna.user, name="Анна")


def test_a_member_has_a_known_role(account: Account) -> None:
    with refused("member_role_known"):
        people.make_member(account, "eva", "director")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": TokenKind.KEY},
        {"kind": TokenKind.KEY, "secret": "x", "login": "me"},
        {"kind": TokenKind.KEY, "secret": "x", "password": "y"},
        {"kind": TokenKind.LOGIN, "login": "me"},
        {"kind": TokenKind.LOGIN, "password": "y"},
        {"kind": TokenKind.LOGIN, "login": "me", "password": "y", "secret": "x"},
        {"kind": "cookie", "secret": "x"},
    ],
)
def test_a_token_is_a_key_or_a_login_and_never_both(account: Account, fields: dict[str, str]) -> None:
    with refused("token_key_or_login"):
        Token.objects.create(account=account, name="other", **fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"early_switching": True}, "preset_early_switching_allowed"),
        ({"early_switching": True, "switch_at_once": False}, "preset_early_switching_allowed"),
        (
            {"early_switching": True, "switch_at_once": True, "first_call": "contact"},
            "preset_early_switching_allowed",
        ),
        ({"first_call": "operator"}, "preset_first_call_known"),
        ({"first_call": ""}, "preset_first_call_known"),
        ({"direction": "outbound"}, "preset_direction_known"),
        ({"virtual_phone_usage_rule": "regional"}, "preset_usage_rule_known"),
        ({"message_type": "tts"}, "preset_message_whole"),
        ({"message_value": "Hello"}, "preset_message_whole"),
        ({"message_type": "text", "message_value": "Hello"}, "preset_message_whole"),
    ],
)
def test_a_preset_cannot_hold_what_may_not_be_sent(account: Account, fields: dict[str, Any], name: str) -> None:
    with refused(name):
        Preset.objects.create(account=account, name="Other", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"early_switching": True, "switch_at_once": True},
        {"early_switching": False, "first_call": "contact"},
        {"early_switching": None},
        {"message_type": "tts", "message_value": "Hello"},
    ],
)
def test_a_preset_holds_what_may_be_sent(account: Account, fields: dict[str, Any]) -> None:
    assert Preset.objects.create(account=account, name="Other", **fields).pk


def test_an_account_has_one_default_preset(account: Account, stranger: Member) -> None:
    first = Preset.objects.create(account=account, name="First", is_default=True)
    Preset.objects.create(account=stranger.account, name="First", is_default=True)
    with refused("preset_one_default|clickcall_preset.account_id"):
        Preset.objects.create(account=account, name="Second", is_default=True)
    Preset.objects.filter(pk=first.pk).update(archived_at=NOW)
    Preset.objects.create(account=account, name="Second", is_default=True)


def test_a_press_is_one_row(anna: Member, boris: Member, stranger: Member) -> None:
    make_call(anna, external_id="press-1")
    make_call(stranger, external_id="press-1")
    with refused("call_once_per_press|clickcall_call.external_id"):
        make_call(boris, external_id="press-1")
    assert Call.objects.filter(external_id="press-1").count() == 2


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"external_id": None}, "call_press_has_its_id"),
        ({"external_id": ""}, "call_press_has_its_id"),
        ({"member": None}, "call_press_has_its_id"),
        ({"dispatch": ""}, "call_press_has_its_id"),
        ({"origin": "inbound", "dispatch": ""}, "call_press_has_its_id"),
        ({"origin": "inbound", "external_id": None}, "call_press_has_its_id"),
        ({"origin": "outbound"}, "call_"),
    ],
)
def test_only_a_press_has_an_id_and_a_dispatch(anna: Member, fields: dict[str, Any], name: str) -> None:
    with refused(name):
        make_call(anna, **fields)


def test_a_session_seen_without_a_press_is_one_row(anna: Member) -> None:
    other = {"origin": "inbound", "external_id": None, "dispatch": "", "call_session_id": "5"}
    make_call(anna, call_session_id="5")  # a press may be the same session
    make_call(anna, **other)
    with refused("call_once_per_session_seen|clickcall_call.call_session_id"):
        make_call(anna, **other)


@pytest.mark.parametrize("status", LIVE)
def test_a_final_call_is_not_live(anna: Member, status: Status) -> None:
    call = make_call(anna)
    with refused("call_final_is_not_live"):
        Call.objects.filter(pk=call.pk).update(status=status, is_final=True)
    Call.objects.filter(pk=call.pk).update(status=status, is_final=False)


@pytest.mark.parametrize(
    ("column", "name"), [("status", "call_status_known"), ("dispatch", "call_dispatch_known"), ("origin", "call_")]
)
def test_a_call_speaks_in_known_words(anna: Member, column: str, name: str) -> None:
    call = make_call(anna)
    with refused(name):
        Call.objects.filter(pk=call.pk).update(**{column: "gone"})


def test_an_event_has_a_known_source(anna: Member) -> None:
    with refused("event_source_known"):
        CallEvent.objects.create(account=anna.account, source="rumour", kind="seen")


def test_a_contact_has_a_phone_once_and_of_a_known_kind(ivan: Contact) -> None:
    phone = {"contact": ivan, "account": ivan.account}
    with refused("phone_once_per_contact|clickcall_contactphone.digits"):
        ContactPhone.objects.create(digits="79260000000", **phone)
    with refused("phone_kind_known"):
        ContactPhone.objects.create(digits="79260000001", kind="fax", **phone)


def test_a_file_is_of_a_known_kind(account: Account) -> None:
    with refused("media_file_kind_known"):
        MediaFile.objects.create(account=account, provider_id="1", kind="other")


def test_what_a_call_names_cannot_be_deleted(anna: Member, number: VirtualNumber) -> None:
    preset = Preset.objects.create(account=anna.account, name="Ordinary call")
    make_call(anna, number=number, preset=preset)
    for row in (number, preset, anna, anna.user, anna.account):
        with pytest.raises(IntegrityError), transaction.atomic():  # Django's ProtectedError is one
            row.delete()

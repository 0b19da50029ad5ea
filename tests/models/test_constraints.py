"""What the database itself refuses, whoever writes."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from support import people
from support.calls import make_call
from support.refused import refused

from clickcall.models import (
    Account,
    BlacklistEntry,
    Brand,
    Contact,
    ContactPhone,
    MediaFile,
    Member,
    Preset,
    Team,
    Token,
    TokenKind,
    User,
    VirtualNumber,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
URLS = {"call_api_url": "https://one.example/v4.0", "data_api_url": "https://two.example/v2.0"}


def make_row(model: Any, account: Account, **fields: Any) -> Any:
    return model.objects.create(account=account, **fields)


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


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (people.make_token, "token_once_per_account|clickcall_token.name"),
        (people.make_number, "number_once_per_account|clickcall_virtualnumber.digits"),
        (people.make_list, "list_once_per_account|clickcall_contactlist.name"),
        (partial(make_row, Preset, name="Main"), "preset_once_per_account|clickcall_preset.name"),
        (partial(make_row, Team, name="North"), "team_once_per_account"),
        (
            partial(make_row, MediaFile, provider_id="237"),
            "media_file_once_per_account|clickcall_mediafile.provider_id",
        ),
        (partial(make_row, BlacklistEntry, digits="7926"), "blacklist_entry_once|clickcall_blacklistentry.digits"),
    ],
    ids=lambda value: value.partition("|")[0] if isinstance(value, str) else "",
)
def test_names_are_unique_within_their_account(account: Account, stranger: Member, make: Any, name: str) -> None:
    make(account)
    make(stranger.account)
    with refused(name):
        make(account)


def test_a_team_is_one_whatever_its_letters(account: Account) -> None:
    make_row(Team, account, name="North")
    with refused("team_once_per_account"):
        make_row(Team, account, name="NORTH")


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
        {"kind": "pin", "secret": "x"},
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
        ({"direction": "via"}, "preset_direction_known"),
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

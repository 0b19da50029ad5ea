from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from support import people

from clickcall.accounts import services
from clickcall.models import Account, Brand

pytestmark = pytest.mark.django_db
CUSTOM = {
    "brand": "custom",
    "call_api_url": "https://call.example.org/v4.0",
    "data_api_url": "https://d.example.org/v2",
}


def refused(**fields: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        services.create_account(**({"slug": "acme", "name": "Acme", "brand": "uis"} | fields))
    return caught.value.message_dict


def test_an_account_of_a_known_brand_has_the_brands_addresses() -> None:
    account = services.create_account(slug="acme", name=" Acme ", brand="uis")
    assert (account.name, account.urls[0]) == ("Acme", "https://callapi.uiscom.ru/v4.0")


def test_accounts_get_different_colours() -> None:
    colours = [services.create_account(slug=f"a{n}", name="A", brand="uis").colour for n in range(6)]
    assert colours == [1, 2, 3, 4, 5, 1]


def test_a_short_name_belongs_to_one_account() -> None:
    services.create_account(slug="acme", name="Acme", brand="uis")
    assert list(refused()) == ["slug"]


def test_an_operator_may_name_a_neighbour_without_a_dot() -> None:
    urls = {"call_api_url": "http://provider:9000/v4.0", "data_api_url": "http://127.0.0.1:9000/v2.0"}
    assert services.create_account(slug="acme", name="Acme", brand="custom", **urls).urls == tuple(urls.values())


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"brand": "custom"}, ["call_api_url", "data_api_url"]),
        ({**CUSTOM, "data_api_url": "ftp://d.example.org"}, ["data_api_url"]),
        ({**CUSTOM, "data_api_url": "http://[::1"}, ["data_api_url"]),
        ({**CUSTOM, "brand": "uis"}, ["call_api_url", "data_api_url"]),
        ({"brand": "skype"}, ["brand"]),
        ({"name": " "}, ["name"]),
        ({"slug": "a b"}, ["slug"]),
        ({"timezone": "Moscow"}, ["timezone"]),
        ({"country": "XX"}, ["country"]),
        ({"colour": 9}, ["colour"]),
        ({"tts_max_length": -1}, ["tts_max_length"]),
        ({"name": "", "country": "Russia"}, ["country", "name"]),
    ],
)
def test_what_an_account_cannot_hold_is_said_at_its_field(fields: dict[str, object], where: list[str]) -> None:
    assert sorted(refused(**fields)) == where
    assert not Account.objects.exists()


def test_a_column_that_does_not_exist_is_the_callers_mistake() -> None:
    with pytest.raises(TypeError, match="shoe_size"):
        services.create_account(slug="acme", name="Acme", brand="uis", shoe_size=42)


def test_leaving_custom_addresses_drops_them(account: Account) -> None:
    assert services.update_account(account, brand="comagic")
    account.refresh_from_db()
    assert (account.brand, account.call_api_url, account.data_api_url) == (Brand.COMAGIC, "", "")


def test_going_to_custom_addresses_needs_both(account: Account) -> None:
    services.update_account(account, brand="uis")
    with pytest.raises(ValidationError) as caught:
        services.update_account(account, brand="custom", call_api_url="https://call.example.org/v4.0")
    assert list(caught.value.message_dict) == ["data_api_url"]
    assert services.update_account(account, **CUSTOM)


def test_a_new_zone_counts_at_once(account: Account) -> None:
    assert account.tz.key == "Europe/Moscow"
    services.update_account(account, timezone="Asia/Omsk")
    assert account.tz.key == "Asia/Omsk"


def test_the_same_again_changes_nothing(account: Account) -> None:
    assert not services.update_account(account, name="Acme", timezone="Europe/Moscow", tts_max_length=None)


@pytest.mark.parametrize(("change", "kept"), [({"name": "Acme & Co"}, "Asia/Omsk"), ({"brand": "uis"}, "")])
def test_what_a_provider_told_of_its_zone_is_forgotten_with_its_address(change: dict[str, str], kept: str) -> None:
    account = people.make_account(provider_timezone="Asia/Omsk")
    services.update_account(account, **change)
    assert Account.objects.get(pk=account.pk).provider_timezone == kept


INSIDE = {"call_api_url": "http://provider:9000/v4.0", "data_api_url": "http://provider:9000/v2.0"}


def test_addresses_are_the_operators_only_if_the_operator_gave_them() -> None:
    fields = {"slug": "acme", "name": "Acme", "brand": "custom"}
    account = services.create_account(**fields, **INSIDE, by_operator=True)
    assert account.typed_urls == []
    services.update_account(account, **INSIDE, name="Acme & Co")
    assert account.typed_urls == []
    services.update_account(account, **CUSTOM | {"call_api_url": INSIDE["call_api_url"]})
    assert account.typed_urls == [CUSTOM["data_api_url"]]
    assert services.update_account(account, data_api_url=CUSTOM["data_api_url"], by_operator=True)
    assert account.typed_urls == []
    services.update_account(account, data_api_url="https://e.example.org/v2")
    services.update_account(account, brand="uis")
    assert account.typed_urls == []


def test_what_comes_with_a_new_account_out_of_a_page_was_typed() -> None:
    account = services.create_account(slug="acme", name="Acme", **CUSTOM)
    assert account.typed_urls == [CUSTOM["call_api_url"], CUSTOM["data_api_url"]]


def test_of_older_accounts_only_what_a_page_would_have_taken_counts_as_typed() -> None:
    inside = people.make_account("inside", call_api_url="https://api.corp/v4.0", data_api_url="https://10.0.0.8/v2.0")
    mixed = people.make_account("mixed", data_api_url=CUSTOM["data_api_url"])
    known = people.make_account("known", brand="uis", call_api_url="", data_api_url="")
    import_module("clickcall.migrations.0016_typed_urls").fill(apps, connection.schema_editor())
    typed = dict(Account.objects.values_list("pk", "typed_urls"))
    assert typed == {inside.pk: [], mixed.pk: [CUSTOM["data_api_url"]], known.pk: []}

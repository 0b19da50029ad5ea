import pytest
from django.core.exceptions import ValidationError
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

import pytest
from django.test import override_settings

from clickcall.accounts import services
from clickcall.models import Account, Brand, Member

pytestmark = pytest.mark.django_db
SENT = {
    "name": "Acme",
    "colour": "2",
    "brand": "uis",
    "call_api_url": "",
    "data_api_url": "",
    "country": "ru",
    "timezone": "Asia/Omsk",
    "tts_max_length": "300",
    "automatic_number_management": "no",
}
URLS = {"call_api_url": "https://call.example.com/v4.0", "data_api_url": "https://data.example.com/v2.0"}


def text(answer) -> str:
    return answer.content.decode()


def test_the_settings_are_saved(as_, adam: Member) -> None:
    assert as_(adam).post("/account/", SENT | {"show_virtual_phone_number": "on"})["Location"] == "/account/"
    account = Account.objects.get()
    assert (account.brand, account.country, account.timezone, account.colour) == ("uis", "RU", "Asia/Omsk", 2)
    assert (account.tts_max_length, account.automatic_number_management) == (300, False)
    assert account.show_virtual_phone_number


def test_what_is_not_known_can_be_left_unknown(as_, adam: Member) -> None:
    unknown = {"timezone": "", "tts_max_length": "", "automatic_number_management": ""}
    as_(adam).post("/account/", SENT | unknown)
    account = Account.objects.get()
    assert (account.timezone, account.tts_max_length, account.automatic_number_management) == ("", None, None)


def test_the_page_shows_what_is_set(as_, adam: Member) -> None:
    services.update_account(adam.account, automatic_number_management=True, timezone="UTC", tts_max_length=120)
    page = text(as_(adam).get("/account/"))
    assert '<option value="yes" selected>' in page
    assert 'value="UTC"' in page
    assert '<option value="Europe/Moscow">' in page
    assert 'value="120"' in page
    assert "every call may be refused" in page


def test_leaving_custom_addresses_drops_them_whatever_stands_in_the_fields(as_, adam: Member) -> None:
    as_(adam).post("/account/", SENT | URLS | {"brand": "callgear"})
    account = Account.objects.get()
    assert (account.brand, account.call_api_url, account.data_api_url) == (Brand.CALLGEAR, "", "")


def test_custom_addresses_are_saved(as_, adam: Member) -> None:
    as_(adam).post("/account/", SENT | {"brand": "custom"} | {name: f" {url}/ " for name, url in URLS.items()})
    account = Account.objects.get()
    assert (account.call_api_url, account.data_api_url) == tuple(URLS.values())


def test_addresses_that_the_operator_gave_stay_although_they_are_private(as_, adam: Member) -> None:
    private = {"call_api_url": adam.account.call_api_url, "data_api_url": adam.account.data_api_url}
    assert as_(adam).post("/account/", SENT | {"brand": "custom", "name": "New"} | private).status_code == 302
    assert Account.objects.get().name == "New"


@override_settings(CLICKCALL_ALLOW_PRIVATE_URLS=True)
def test_the_operator_may_allow_private_addresses(as_, adam: Member) -> None:
    local = {"call_api_url": "http://simulator:9000/v4.0", "data_api_url": "http://simulator:9000/v2.0"}
    assert as_(adam).post("/account/", SENT | {"brand": "custom"} | local).status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"brand": "custom", **URLS, "data_api_url": "https://10.0.0.8/v2.0"}, "data_api_url"),
        ({"brand": "custom", **URLS, "data_api_url": ""}, "data_api_url"),
        ({"brand": "skype"}, "brand"),
        ({"timezone": "Moscow/Kremlin"}, "timezone"),
        ({"country": "XX"}, "country"),
        ({"country": "RUS"}, "country"),
        ({"colour": "6"}, "colour"),
        ({"tts_max_length": "many"}, "tts_max_length"),
        ({"tts_max_length": "0"}, "tts_max_length"),
        ({"automatic_number_management": "perhaps"}, "automatic_number_management"),
        ({"name": ""}, "name"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(as_, adam: Member, given, field: str) -> None:
    before = Account.objects.values().get()
    answer = as_(adam).post("/account/", SENT | {"name": "Typed name"} | given)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert "Typed name" in text(answer) or field == "name"
    assert 'value="300"' in text(answer) or field == "tts_max_length"
    assert Account.objects.values().get() == before

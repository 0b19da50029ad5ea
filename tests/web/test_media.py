"""Which hosts a page may play media from."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from support import people

from clickcall.models import Account, Brand, Member
from clickcall.web.media import is_playable, media_hosts, origin, plays_media


@pytest.mark.parametrize(
    ("brand", "host"),
    [
        (Brand.UIS, "https://app.uiscom.ru"),
        (Brand.COMAGIC, "https://app.comagic.ru"),
        (Brand.CALLGEAR, "https://app.callgear.com"),
    ],
)
def test_each_brand_has_a_host_of_its_own(brand: Brand, host: str) -> None:
    assert media_hosts(Account(brand=brand)) == [host]


def test_with_custom_addresses_it_is_the_data_apis_host() -> None:
    account = Account(brand=Brand.CUSTOM, data_api_url="http://127.0.0.1:9000/v2.0")
    assert media_hosts(account) == ["http://127.0.0.1:9000"]
    assert media_hosts(Account(brand=Brand.CUSTOM, data_api_url="")) == []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://app.uiscom.ru/system/media/talk/1/2/", "https://app.uiscom.ru"),
        ("HTTPS://APP.UISCOM.RU/x", "https://app.uiscom.ru"),
        ("http://[::1]:9000/x", "http://[::1]:9000"),
        ("https://app.uiscom.ru:8443/x", "https://app.uiscom.ru:8443"),
        ("https://app.uiscom.ru@evil.example/x", ""),
        ("https://app.uiscom.ru:port/x", ""),
        ("https://[::1/x", ""),
        ("javascript:alert(1)", ""),
        ("//app.uiscom.ru/x", ""),
        ("data:audio/wav;base64,", ""),
        ("", ""),
    ],
)
def test_only_http_addresses_have_an_origin(link: str, found: str) -> None:
    assert origin(link) == found


@pytest.mark.parametrize(
    "link",
    [
        "https://app.uiscom.ru.evil.example/x",
        "http://app.uiscom.ru/x",
        "https://evil.example/app.uiscom.ru",
        "https://app.comagic.ru/x",
        "",
    ],
)
def test_a_link_elsewhere_is_not_played(link: str) -> None:
    account = Account(brand=Brand.UIS)
    assert is_playable(account, "https://app.uiscom.ru/system/media/talk/1/2/")
    assert not is_playable(account, link)


def test_a_page_that_plays_something_allows_the_brands_host_alone(rf: RequestFactory) -> None:
    request: Any = rf.get("/")
    request.member = Member(account=people.Account(brand=Brand.UIS))
    response: Any = plays_media(lambda request: HttpResponse())(request)
    assert response._csp_update == {"media-src": ["'self'", "https://app.uiscom.ru"]}

"""Numbers and files are an admin's: nobody else of the account enters, and nobody sees another account's."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import Account, MediaFile, Member, VirtualNumber
from clickcall.numbers import services

SignIn = Callable[..., Client]
PAGES = ["list", "new", "edit", "stop", "media"]
DEEDS = ["new", "edit", "label", "stop", "use", "default", "media", "media_gone", "media_restore"]
OF_A_NUMBER = {"edit", "label", "stop", "use", "default"}
OF_A_FILE = {"media_gone", "media_restore"}


@pytest.fixture
def media_file(account: Account) -> MediaFile:
    return services.add_media_file(account=account, provider_id="237")


@pytest.fixture
def address(number: VirtualNumber, media_file: MediaFile) -> Callable[[str], str]:
    def of(name: str) -> str:
        args = [number.pk] if name in OF_A_NUMBER else [media_file.pk] if name in OF_A_FILE else []
        return reverse(f"numbers:{name}", args=args)

    return of


@pytest.mark.parametrize("who", ["anna", "maria"])
@pytest.mark.parametrize("name", PAGES)
def test_sales_and_managers_see_no_page(
    request: pytest.FixtureRequest, as_: SignIn, address: Callable[[str], str], who: str, name: str
) -> None:
    assert as_(request.getfixturevalue(who)).get(address(name)).status_code == 403


@pytest.mark.parametrize("who", ["anna", "maria"])
@pytest.mark.parametrize("name", DEEDS)
def test_sales_and_managers_change_nothing(
    request: pytest.FixtureRequest, as_: SignIn, address: Callable[[str], str], who: str, name: str
) -> None:
    assert as_(request.getfixturevalue(who)).post(address(name)).status_code == 403


@pytest.mark.parametrize("name", sorted(OF_A_NUMBER | OF_A_FILE))
def test_a_stranger_finds_nothing(
    stranger: Member, number: VirtualNumber, as_: SignIn, address: Callable[[str], str], name: str
) -> None:
    assert as_(stranger).post(address(name), {"member": stranger.pk}).status_code == 404
    assert VirtualNumber.objects.get(pk=number.pk).enabled


@pytest.mark.parametrize("name", ["list", "media"])
def test_a_stranger_sees_an_empty_list(stranger: Member, as_: SignIn, address: Callable[[str], str], name: str) -> None:
    html = as_(stranger).get(address(name)).content.decode()
    assert "+7 499 372-06-92" not in html
    assert not re.search(r"(?<![\w-])237(?![\w-])", html)  # nor as a part of a key that was drawn by lot


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_signed_in_is_asked_to(client: Client, address: Callable[[str], str], name: str) -> None:
    assert client.get(address(name)).status_code == 302


@pytest.mark.parametrize("name", ["use", "default", "label", "media_gone", "media_restore"])
def test_reading_changes_nothing(adam: Member, as_: SignIn, address: Callable[[str], str], name: str) -> None:
    assert as_(adam).get(address(name)).status_code == 405

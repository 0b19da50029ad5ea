"""The page of files that a call can play."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import Account, MediaFile, Member
from clickcall.numbers import services

SignIn = Callable[..., Client]


@pytest.fixture
def admin(adam: Member, as_: SignIn) -> Client:
    return as_(adam)


def test_without_files_the_page_says_that_any_id_is_sent(admin: Client) -> None:
    assert "any ID is sent as it is" in admin.get(reverse("numbers:media")).content.decode()


def test_a_file_is_added_by_its_id(admin: Client, account: Account, django_assert_max_num_queries: Any) -> None:
    admin.post(reverse("numbers:media"), {"provider_id": "237", "name": "Hello", "kind": "system"})
    assert MediaFile.objects.get(account=account, provider_id="237").kind == "system"
    with django_assert_max_num_queries(12):
        html = admin.get(reverse("numbers:media")).content.decode()
    assert "Hello" in html
    assert "any ID is sent as it is" not in html


@pytest.mark.parametrize("typed", ["", "hello", "12 34", "-1", "9" * 41])
def test_what_is_no_id_is_refused_beside_the_field(admin: Client, typed: str) -> None:
    response = admin.post(reverse("numbers:media"), {"provider_id": typed, "name": "Kept", "kind": "user"})
    assert "provider_id" in response.context["form"].errors
    assert 'value="Kept"' in response.content.decode()
    assert not MediaFile.objects.exists()


def test_a_file_that_is_there_already_is_not_added_twice(admin: Client, account: Account) -> None:
    services.add_media_file(account=account, provider_id="237")
    response = admin.post(reverse("numbers:media"), {"provider_id": "237", "kind": "user"})
    assert response.context["form"].errors["provider_id"] == ["This file is already on the list."]


def test_a_file_is_marked_gone_and_comes_back(admin: Client, account: Account) -> None:
    media_file = services.add_media_file(account=account, provider_id="237")
    admin.post(reverse("numbers:media_gone", args=[media_file.pk]))
    assert not MediaFile.objects.playable().exists()
    assert "Not at the provider" in admin.get(reverse("numbers:media")).content.decode()
    admin.post(reverse("numbers:media_restore", args=[media_file.pk]))
    assert MediaFile.objects.playable().exists()


def test_a_file_of_the_providers_own_host_is_played_on_the_page(admin: Client, account: Account) -> None:
    link = "http://127.0.0.1:9/system/media/file/237/"
    MediaFile.objects.create(account=account, provider_id="237", name="Hello", duration=65, play_link=link)
    answer = admin.get(reverse("numbers:media"))
    html = answer.content.decode()
    assert f'src="{link}"' in html
    assert 'preload="none"' in html
    assert "1:05" in html
    assert "media-src 'self' http://127.0.0.1:9" in answer.headers["Content-Security-Policy"]


def test_a_file_of_another_host_is_only_linked(admin: Client, account: Account) -> None:
    MediaFile.objects.create(account=account, provider_id="237", name="Hello", play_link="https://elsewhere.example/x")
    html = admin.get(reverse("numbers:media")).content.decode()
    assert "<audio" not in html
    assert 'href="https://elsewhere.example/x"' in html
    assert "noreferrer" in html


def test_a_file_without_a_link_can_only_be_played_in_calls(admin: Client, account: Account) -> None:
    MediaFile.objects.create(account=account, provider_id="237", name="Hello")
    html = admin.get(reverse("numbers:media")).content.decode()
    assert "Can be played" in html
    assert "<audio" not in html

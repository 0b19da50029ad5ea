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

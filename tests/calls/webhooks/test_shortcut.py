"""Notifications go past what only pages need, and nothing else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from support.hooks import Send, body, path_of

from clickcall.models import Account, HookDelivery, Member

pytestmark = pytest.mark.django_db


def test_nobodys_session_is_looked_up(account: Account, anna: Member, as_: Callable[[Member], Client]) -> None:
    browser, path = as_(anna), path_of(account)
    with CaptureQueriesContext(connection) as queries:
        response = browser.post(path, body("incoming"), content_type="application/json")
    assert (response.status_code, HookDelivery.objects.count()) == (200, 1)
    assert not any("django_session" in query["sql"] for query in queries)


def test_a_request_has_its_name_and_its_headers_all_the_same(send: Send) -> None:
    response = send(body("incoming"))
    assert response.headers.keys() >= {"X-Request-ID", "X-Content-Type-Options", "Content-Security-Policy"}


def test_a_host_that_is_not_ours_is_refused(send: Send, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["ours.example"]
    assert send(body("incoming"), host="other.example").status_code == 400
    assert send(body("incoming"), host="ours.example").status_code == 200
    assert HookDelivery.objects.count() == 1


def test_what_is_no_address_of_notifications_is_a_page_like_others(client: Client) -> None:
    for path in ("/hooks/", "/hooks/one/", "/hooks/one/two/three/", "/x/hooks/one/two/"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8"), path

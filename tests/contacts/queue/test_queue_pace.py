"""How fast the queue offers while the provider's requests run short."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from support.queue import HTMX, Crowd, ended, phase, take
from time_machine import travel

from clickcall.models import ContactList, Member, Points, QueueEntry

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def points_of(member: Member, **fields: Any) -> None:
    resets = {"minute_resets_at": now() + timedelta(seconds=30), "day_resets_at": now() + timedelta(hours=5)}
    Points.objects.create(account=member.account, seen_at=now(), **resets, **fields)


def test_the_reserve_of_requests_slows_the_next_offer_down(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    first, second = crowd(2)
    browser = as_(anna, **HTMX)
    with travel(now(), tick=False) as clock:
        take(browser, leads)
        points_of(anna, minute_limit=100, minute_remaining=20)
        ended(anna, first)
        slow = take(browser, leads)
        assert (phase(slow), slow.context["standing"].seconds_left) == ("slow", 20)
        assert "The next contact comes in" in slow.content.decode()
        clock.shift(21)
        assert take(browser, leads).context["contact"] == second


def test_with_no_requests_left_nobody_is_offered_until_they_come_back(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    points_of(anna, day_limit=100, day_remaining=0)
    page = take(as_(anna, **HTMX), leads)
    assert (phase(page), QueueEntry.objects.count()) == ("slow", 0)
    assert "limit is used up" in page.content.decode()

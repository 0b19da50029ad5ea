"""What came in raw goes after `CLICKCALL_RAW_DAYS`; what was learnt from it stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from support.calls import make_call

from clickcall.calls.webhooks import raw_days
from clickcall.management.jobs import JOBS
from clickcall.models import Account, CallEvent, HookDelivery, Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_done_yet(db: None) -> None:
    cache.delete(raw_days._DONE_UP_TO)


def notification(account: Account, days: float, state: str = "applied") -> HookDelivery:
    return HookDelivery.objects.create(
        account=account, body="{}", state=state, received_at=now() - timedelta(days=days)
    )


def event(caller: Member, days: float) -> CallEvent:
    call = caller.calls.first() or make_call(caller)
    return CallEvent.objects.create(
        account=caller.account, call=call, source="hook", kind="x", data={"a": 1}, at=now() - timedelta(days=days)
    )


def test_old_notifications_go_and_young_ones_stay(account: Account) -> None:
    notification(account, 91)
    young = notification(account, 89)
    raw_days.forget_raw()
    assert list(HookDelivery.objects.all()) == [young]


def test_one_that_was_not_applied_stays_whatever_its_age(account: Account) -> None:
    notification(account, 91, "new")
    raw_days.forget_raw()
    assert HookDelivery.objects.count() == 1


def test_of_an_old_event_only_what_was_said_goes(anna: Member) -> None:
    old, young = event(anna, 91), event(anna, 89)
    raw_days.forget_raw()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.data, old.kind, young.data) == ({}, "x", {"a": 1})


def test_the_days_are_a_setting(account: Account, settings: Any) -> None:
    settings.CLICKCALL_RAW_DAYS = 1
    notification(account, 2)
    raw_days.forget_raw()
    assert not HookDelivery.objects.exists()


def test_it_goes_on_batch_by_batch_and_rests_when_nothing_is_left(
    anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_days, "BATCH", 2)
    for _ in range(3):
        notification(anna.account, 91)
        event(anna, 91)
    left = []
    for _ in range(3):
        raw_days.forget_raw()
        left.append((HookDelivery.objects.count(), CallEvent.objects.exclude(data={}).count()))
    assert left == [(1, 1), (0, 0), (0, 0)]
    notification(anna.account, 91)
    raw_days.forget_raw()
    assert HookDelivery.objects.count() == 1
    raw_days.wake()
    raw_days.forget_raw()
    assert HookDelivery.objects.count() == 0


def test_no_event_is_looked_at_twice(anna: Member) -> None:
    event(anna, 91)
    raw_days.forget_raw()
    raw_days.wake()
    CallEvent.objects.update(data={"b": 2})
    raw_days.forget_raw()
    assert CallEvent.objects.get().data == {"b": 2}


def test_the_worker_has_it_among_its_jobs() -> None:
    assert raw_days.forget_raw in JOBS

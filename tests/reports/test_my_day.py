"""A member's own day: what counts, and when it begins."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.calls import make_call
from time_machine import travel

from clickcall.models import CallRules, Effect, Member, Origin, Outcome, WrapUp
from clickcall.reports.my_day import begin_of_day, my_day

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 12:00 in Moscow
BUSY = {"finish_reason": "caller_busy"}


def called(member: Member, at: datetime = NOON, **facts: object) -> None:
    times = {"requested_at": at - timedelta(minutes=5), "finished_at": at - timedelta(minutes=1)}
    make_call(member, **{**times, **facts})


def test_calls_talks_and_minutes_of_the_day(anna: Member, boris: Member) -> None:
    called(anna, **BUSY)
    called(anna, finish_reason="operator_not_responsive")
    called(anna, dispatch="refused", finished_at=None)
    called(anna, talk_duration=100)
    called(anna, talk_duration=10)
    inbound = {"origin": Origin.INBOUND, "dispatch": "", "external_id": None, "call_session_id": "7"}
    called(anna, talk_duration=50, **inbound)
    called(anna, NOON - timedelta(days=1), talk_duration=600)
    called(boris, talk_duration=600)
    with travel(NOON):
        day = my_day(anna)
    assert (day.calls, day.talks, day.reached, day.seconds, day.minutes) == (3, 3, 1, 160, 3)


def test_a_talk_with_a_machine_reached_nobody(anna: Member) -> None:
    call = make_call(anna, requested_at=NOON, finished_at=NOON, talk_duration=100)
    outcome = Outcome.objects.create(account=anna.account, name="Machine", effect=Effect.MACHINE)
    WrapUp.objects.create(call=call, account=anna.account, member=anna, outcome=outcome, decided_at=now())
    with travel(NOON):
        assert (my_day(anna).talks, my_day(anna).reached) == (1, 0)


@pytest.mark.parametrize(
    ("hour", "day"), [(0, 22), (1, 23), (20, 23)], ids=["3:00, still the day before", "4:00", "23:00"]
)
def test_the_day_begins_at_the_accounts_hour(anna: Member, hour: int, day: int) -> None:
    began = begin_of_day(anna, CallRules(), datetime(2026, 11, 23, hour, 0, tzinfo=UTC))
    assert (began.day, began.hour, began.utcoffset()) == (day, 4, timedelta(hours=3))


def test_the_page_shows_the_figures_and_what_they_mean(as_: Callable[[Member], Client], anna: Member) -> None:
    called(anna, now(), talk_duration=61)
    page = as_(anna).get("/log/my-day/").content.decode()
    for words in ("My day", "04:00", "Minutes of talk", "What these figures mean", "at least 15 seconds"):
        assert words in page


def test_the_figures_lead_to_the_calls_of_the_day(as_: Callable[[Member], Client], anna: Member) -> None:
    called(anna, NOON - timedelta(days=3), contact_name="Old Client", talk_duration=61)
    called(anna, talk_duration=61, contact_name="Client of Today")
    with travel(NOON):
        client = as_(anna)
        page = client.get("/log/my-day/").content.decode()
        links = [address.replace("&amp;", "&") for address in re.findall(r'<a class="tile" href="([^"]+)"', page)]
        for address in links:
            listed = client.get(address).content.decode()
            assert "Client of Today" in listed
            assert "Old Client" not in listed
    assert len(links) == 2

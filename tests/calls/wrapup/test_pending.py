"""After which calls a person is asked, and which one waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.talks import talked

from clickcall.calls import services
from clickcall.calls.wrapup.pending import unsaid
from clickcall.models import Call, CallRules, Contact, Member, Origin, PhoneCheck, WrapUp


def test_a_talk_waits_until_something_was_said_about_it(talk: Call, anna: Member, boris: Member) -> None:
    assert unsaid(anna) == talk.pk
    assert unsaid(boris) is None
    draft = WrapUp.objects.create(call=talk, account=talk.account, member=anna, note="x")
    assert unsaid(anna) == talk.pk
    WrapUp.objects.filter(pk=draft.pk).update(decided_at=now())
    assert unsaid(anna) is None


def test_putting_the_bar_away_does_not_get_round_it(talk: Call, anna: Member) -> None:
    services.close(talk)
    assert unsaid(anna) == talk.pk


def test_a_short_talk_is_not_asked_about_and_how_short_is_a_setting(anna: Member, ivan: Contact) -> None:
    talked(anna, ivan, talk_duration=4)
    with CaptureQueriesContext(connection) as asked:
        assert unsaid(anna) is None
    assert len(asked) == 1, "each press asks"
    CallRules.objects.create(account=anna.account, outcome_from_seconds=3)
    assert unsaid(anna) is not None


@pytest.mark.parametrize(("seconds", "waits"), [(4, False), (6, True)])
def test_before_the_talk_was_measured_the_legs_tell(anna: Member, ivan: Contact, seconds: int, waits: bool) -> None:
    end = now() - timedelta(seconds=20)
    began = end - timedelta(seconds=seconds)
    times = {"employee_answered_at": began, "contact_answered_at": began, "finished_at": end}
    talked(anna, ivan, talk_duration=None, **times)
    assert (unsaid(anna) is not None) is waits


@pytest.mark.parametrize(
    "reason", ["caller_busy", "caller_not_responsive", "no_success_caller_call", "operator_not_responsive"]
)
def test_what_the_facts_say_is_never_asked(anna: Member, ivan: Contact, reason: str) -> None:
    make_call(anna, contact=ivan, requested_at=now() - timedelta(minutes=1), finished_at=now(), finish_reason=reason)
    assert unsaid(anna) is None


def test_neither_inbound_calls_nor_phone_checks_nor_last_weeks_are_asked_about(anna: Member, ivan: Contact) -> None:
    inbound = {"origin": Origin.INBOUND, "external_id": None, "dispatch": "", "call_session_id": "1"}
    talked(anna, ivan, **inbound)
    check = talked(anna, None)
    number = people.make_number(anna.account)
    PhoneCheck.objects.create(account=anna.account, member=anna, number=number, call=check)
    long_ago = now() - timedelta(days=5)
    talked(anna, ivan, requested_at=long_ago, finished_at=long_ago + timedelta(minutes=4))
    assert unsaid(anna) is None


def test_a_press_asks_with_one_question(anna: Member, ivan: Contact) -> None:
    done = talked(anna, ivan)
    WrapUp.objects.create(call=done, account=done.account, member=anna, decided_at=now())
    with CaptureQueriesContext(connection) as queries:
        assert unsaid(anna) is None
    assert len(queries) == 1

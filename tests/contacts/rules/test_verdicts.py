"""What stands in the way of a press, one by one and for a page at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support import people

from clickcall.contacts.rules import known, verdict, verdicts, weigh
from clickcall.models import (
    BlacklistEntry,
    Call,
    Callback,
    CallRules,
    Consent,
    Contact,
    ContactList,
    Dispatch,
    DoNotCall,
    Effect,
    Member,
    Origin,
    Outcome,
    Purpose,
    Status,
    WithoutConsent,
    WrapUp,
)
from clickcall.models.saving import save_changes

pytestmark = pytest.mark.django_db
MOBILE, LANDLINE = "79260000000", "74232000000"  # Vladivostok
OUTSIDE, UNKNOWN = ["ask: outside_hours"], ["ask: time_unknown"]


def judged(member: Member, contact: Contact | None, at: datetime, digits: str = MOBILE) -> list[str]:
    """What both ways of asking say, which has to be the same."""
    one = verdict(member, contact, digits, at)
    if contact is None:
        assert weigh(again(member), [(None, digits)], at)[None, digits] == one
    else:
        row = Contact.objects.prefetch_related("phones").get(pk=contact.pk)
        assert verdicts(again(member), [row], at)[contact.pk] == one
    return [f"{one.kind}: {code}" for code in one.codes]


def again(member: Member) -> Member:
    """The member as the next request has them: what one page has looked up, the next one looks up anew."""
    return Member.objects.select_related("account").get(pk=member.pk)


def attempt(by: Member, at: datetime, **facts: Any) -> Call:
    given = {"dispatch": Dispatch.ACCEPTED, "status": Status.NO_ANSWER, "is_final": True, "member": by}
    given |= {"external_id": f"{at}-{Call.objects.count()}", **facts}
    return Call.objects.create(account=by.account, contact_phone=MOBILE, requested_at=at, **given)


def test_nothing_stands_in_the_way_of_a_call_by_day(anna: Member, ivan: Contact, noon: datetime) -> None:
    assert judged(anna, ivan, noon) == []


def test_who_asked_not_to_be_called_is_not_called_until_it_is_lifted(
    anna: Member, ivan: Contact, noon: datetime, stranger: Member
) -> None:
    DoNotCall.objects.create(account=stranger.account, digits=MOBILE)
    assert judged(anna, ivan, noon) == []
    entry = DoNotCall.objects.create(account=anna.account, digits=MOBILE, member=anna)
    assert judged(anna, ivan, noon) == ["block: do_not_call"]
    assert judged(anna, None, noon) == ["block: do_not_call"]
    save_changes(entry, lifted_at=noon)
    assert judged(anna, ivan, noon) == []


def test_the_pbx_blacklist_blocks(anna: Member, ivan: Contact, noon: datetime) -> None:
    entry = BlacklistEntry.objects.create(account=anna.account, digits=MOBILE)
    assert judged(anna, ivan, noon) == ["block: pbx_blacklist"]
    save_changes(entry, gone_at=noon)
    assert judged(anna, ivan, noon) == []


@pytest.mark.parametrize(
    ("without", "codes"),
    [
        (WithoutConsent.NOTHING, []),
        (WithoutConsent.ASK, ["ask: no_consent"]),
        (WithoutConsent.BLOCK, ["block: no_consent"]),
    ],
)
def test_a_list_says_what_a_missing_consent_does(
    anna: Member, ivan: Contact, leads: ContactList, noon: datetime, without: str, codes: list[str]
) -> None:
    save_changes(leads, without_consent=without)
    assert judged(anna, ivan, noon) == []  # a service needs no consent
    save_changes(leads, purpose=Purpose.ADVERTISING)
    assert judged(anna, ivan, noon) == codes
    Consent.objects.create(account=anna.account, digits=MOBILE, state="given", at=noon)
    assert judged(anna, ivan, noon) == []
    Consent.objects.create(account=anna.account, digits=MOBILE, state="withdrawn", at=noon + timedelta(days=1))
    assert judged(anna, ivan, noon) == codes


def test_a_phone_that_is_called_without_its_contact_is_judged_by_the_strictest_list_that_it_is_on(
    anna: Member, boris: Member, ivan: Contact, leads: ContactList, stranger: Member, noon: datetime
) -> None:
    for owner, without in ((stranger, "block"), (boris, "block"), (boris, "ask")):
        theirs = people.make_list(owner.account, f"Others who {without}", owner)
        save_changes(theirs, purpose=Purpose.ADVERTISING, without_consent=without)
        people.make_contact(theirs, "Ольга", MOBILE)
    assert judged(anna, None, noon) == ["block: no_consent"]
    assert judged(anna, ivan, noon) == []  # what the call is for is said, and needs no consent
    strictest = ContactList.objects.get(account=anna.account, without_consent="block")
    save_changes(strictest, archived_at=noon)
    assert judged(anna, None, noon) == ["ask: no_consent"]
    Contact.objects.filter(list__members=boris).update(archived_at=noon)
    assert judged(anna, None, noon) == []
    save_changes(leads, purpose=Purpose.ADVERTISING)
    assert judged(anna, None, noon) == ["ask: no_consent"]
    assert "This phone is on a list" in verdict(anna, None, MOBILE, noon).words(anna).second
    Consent.objects.create(account=anna.account, digits=MOBILE, state="given", at=noon)
    assert judged(anna, None, noon) == []


@pytest.mark.parametrize(("hours", "codes"), [(-6, OUTSIDE), (-5, []), (5, []), (6, OUTSIDE)])
def test_calls_are_made_within_the_hours_of_the_contacts_clock(
    anna: Member, ivan: Contact, noon: datetime, hours: int, codes: list[str]
) -> None:
    save_changes(ivan, timezone="Asia/Yekaterinburg")  # 14:00 at noon
    assert judged(anna, ivan, noon + timedelta(hours=hours)) == codes


@pytest.mark.parametrize(("hours", "codes"), [(-4, UNKNOWN), (-3, []), (5, []), (6, UNKNOWN)])
def test_an_hour_that_nobody_knows_asks_from_the_evening_until_the_morning_of_the_account(
    anna: Member, ivan: Contact, noon: datetime, hours: int, codes: list[str]
) -> None:
    assert judged(anna, ivan, noon + timedelta(hours=hours)) == codes


def test_without_hours_nobody_asks_for_them(anna: Member, ivan: Contact, noon: datetime) -> None:
    CallRules.objects.create(account=anna.account, hours_on=False)
    assert judged(anna, ivan, noon + timedelta(hours=12)) == []


def test_a_landline_tells_its_time(anna: Member, noon: datetime) -> None:
    assert judged(anna, None, noon + timedelta(hours=1), LANDLINE) == ["ask: outside_hours"]
    assert judged(anna, None, noon, LANDLINE) == []


def test_a_colleagues_sip_number_has_no_hours(anna: Member, noon: datetime) -> None:
    assert judged(anna, None, noon + timedelta(hours=12), "0486173") == []


def test_a_third_attempt_on_a_day_is_the_last(anna: Member, boris: Member, ivan: Contact, noon: datetime) -> None:
    attempt(anna, noon - timedelta(hours=13))  # yesterday
    attempt(anna, noon - timedelta(hours=2))
    attempt(boris, noon - timedelta(hours=1))
    assert judged(anna, ivan, noon) == []
    attempt(boris, noon - timedelta(minutes=5), status=Status.TALKED, talk_duration=60)
    assert judged(anna, ivan, noon) == ["ask: attempts_day"]


@pytest.mark.parametrize(
    "facts",
    [
        {"dispatch": Dispatch.REFUSED, "status": Status.REFUSED},
        {"dispatch": Dispatch.NOT_PLACED, "status": Status.NOT_PLACED},
        {"status": Status.YOU_MISSED},
        {"origin": Origin.INBOUND, "external_id": None, "dispatch": "", "member": None, "status": Status.MISSED},
    ],
)
def test_what_did_not_ring_the_client_is_no_attempt(
    anna: Member, ivan: Contact, noon: datetime, facts: dict[str, Any]
) -> None:
    for place in range(3):
        attempt(anna, noon - timedelta(minutes=place), call_session_id=f"s{place}", **facts)
    assert judged(anna, ivan, noon) == []


def test_ten_attempts_in_thirty_days_without_a_talk_are_enough(anna: Member, ivan: Contact, noon: datetime) -> None:
    for place in range(9):
        attempt(anna, noon - timedelta(days=2 + place * 3))
    assert judged(anna, ivan, noon) == []
    attempt(anna, noon - timedelta(days=1))
    assert judged(anna, ivan, noon) == ["ask: attempts_month"]
    talk = attempt(anna, noon - timedelta(hours=20), status=Status.TALKED, talk_duration=15)
    assert judged(anna, ivan, noon) == []
    machine = Outcome.objects.create(account=anna.account, name="Machine", effect=Effect.MACHINE)
    WrapUp.objects.create(account=anna.account, call=talk, member=anna, outcome=machine)
    assert judged(anna, ivan, noon) == ["ask: attempts_month"]


def test_no_cap_is_no_cap(anna: Member, ivan: Contact, noon: datetime) -> None:
    CallRules.objects.create(account=anna.account, attempts_a_day=0, attempts_a_month=0)
    for place in range(12):
        attempt(anna, noon - timedelta(minutes=place))
    assert judged(anna, ivan, noon) == []


def test_a_callback_that_the_client_asked_for_passes_hours_and_caps_within_half_an_hour(
    anna: Member, ivan: Contact, leads: ContactList, noon: datetime
) -> None:
    save_changes(ivan, timezone="Asia/Magadan")  # 20:00
    for place in range(3):
        attempt(anna, noon - timedelta(minutes=place))
    promised = Callback.objects.create(
        account=anna.account, contact=ivan, digits=MOBILE, due_at=noon + timedelta(minutes=31), made_by=anna
    )
    stopped = ["ask: outside_hours", "ask: attempts_day"]
    save_changes(promised, asked_by_client=True)
    assert judged(anna, ivan, noon) == stopped
    save_changes(promised, due_at=noon + timedelta(minutes=30))
    assert judged(anna, ivan, noon) == []
    save_changes(leads, purpose=Purpose.ADVERTISING)
    assert judged(anna, ivan, noon) == ["ask: no_consent"]
    save_changes(promised, asked_by_client=False)
    assert judged(anna, ivan, noon) == ["ask: no_consent", *stopped]


def test_a_block_is_said_alone(anna: Member, ivan: Contact, noon: datetime) -> None:
    save_changes(ivan, timezone="Asia/Magadan")
    DoNotCall.objects.create(account=anna.account, digits=MOBILE)
    assert judged(anna, ivan, noon) == ["block: do_not_call"]


def test_a_page_costs_the_same_for_one_row_and_for_thirty(anna: Member, leads: ContactList, noon: datetime) -> None:
    for place in range(40):
        people.make_contact(leads, f"Contact {place}", f"7926{place:07}")
    for many, queries in ((1, 3), (30, 3)):
        rows = list(Contact.objects.prefetch_related("phones")[:many])
        viewer = again(anna)
        with CaptureQueriesContext(connection) as asked:
            verdicts(viewer, rows, noon)
        assert len(asked) == queries
    rows = list(Contact.objects.prefetch_related("phones"))
    assert len(verdicts(anna, rows, noon)) == 40


def test_a_press_costs_two_queries(anna: Member, ivan: Contact, noon: datetime) -> None:
    for contact in (ivan, None):
        with CaptureQueriesContext(connection) as asked:
            verdict(anna, contact, MOBILE, noon)
        assert len(asked) == 2


def test_a_pages_buttons_find_their_verdicts(anna: Member, ivan: Contact, noon: datetime) -> None:
    assert known(anna, ivan.pk, MOBILE) is None
    row = Contact.objects.prefetch_related("phones").get(pk=ivan.pk)
    told = verdicts(anna, [row], noon)
    assert known(anna, ivan.pk, MOBILE) is told[ivan.pk]

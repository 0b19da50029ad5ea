"""A day of the provider beside a day of ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support import people
from support.sightings import CLIENT, reported
from support.simulator import NUMBER

from clickcall.calls.reconcile.comparing import Comparison, compare
from clickcall.calls.reconcile.gathering import Day
from clickcall.models import Account, Call, Dispatch, Member, Origin, Status
from clickcall.provider.sighting import Sighting

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = Day.of(date(2026, 11, 23), MOSCOW)
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
ENDED = NOON + timedelta(seconds=40)
HOW: dict[str, Any] = {
    "finish_reason": "caller_disconnects",
    "wait_duration": 9,
    "talk_duration": 31,
    "total_duration": 40,
}
pytestmark = pytest.mark.usefixtures("number")


def ours(member: Member, **fields: Any) -> Call:
    """A press of noon that has ended, as the provider's row of `theirs` has it."""
    given: dict[str, Any] = {
        "external_id": "a-press",
        "call_session_id": "500",
        "contact_phone": CLIENT,
        "number_digits": NUMBER,
        "dispatch": Dispatch.ACCEPTED,
        "status": Status.TALKED,
        "is_final": True,
        "requested_at": NOON,
        "accepted_at": NOON,
        "finished_at": ENDED,
        **HOW,
    }
    return Call.objects.create(account=member.account, member=member, **(given | fields))


def theirs(**fields: Any) -> Sighting:
    given = {"external_id": "a-press", "is_by_api": True, "started_at": NOON, "finished_at": ENDED, **HOW}
    return reported(**(given | fields))


def compared(account: Account, *sightings: Sighting, at: datetime = LATER) -> tuple[Comparison, dict[str, Any]]:
    found = compare(account, DAY, sightings, at)
    return found, found.result(account, DAY)


def counts(result: dict[str, Any]) -> tuple[int, int, int, int]:
    return result["provider"], result["ours"], result["both"], result["others"]


def test_a_day_on_which_both_have_the_same_is_equal(anna: Member) -> None:
    ours(anna)
    found, result = compared(anna.account, theirs())
    assert found.is_equal
    assert result == {
        "account": "acme",
        "day": "2026-11-23",
        "provider": 1,
        "ours": 1,
        "both": 1,
        "only_ours": [],
        "only_provider": [],
        "others": 0,
        "different": [],
    }


def test_a_call_that_only_one_side_has_is_named(anna: Member) -> None:
    ours(anna)
    found, result = compared(anna.account, theirs(call_session_id="501", external_id="elsewhere"))
    assert not found.is_equal
    assert result["only_ours"] == [{"external_id": "a-press", "call_session_id": 500}]
    assert result["only_provider"] == [{"external_id": "elsewhere", "call_session_id": 501}]
    assert counts(result) == (1, 1, 0, 0)


def test_an_inbound_call_over_our_number_belongs_to_the_log_and_one_over_another_does_not(account: Account) -> None:
    client = theirs(external_id="", is_by_api=False)
    other = theirs(external_id="", is_by_api=False, call_session_id="501", virtual_number="74950000000")
    _, result = compared(account, client, other)
    assert result["only_provider"] == [{"external_id": None, "call_session_id": 500}]


@pytest.mark.parametrize("is_known", [True, False])
def test_another_programs_calls_are_counted_apart(anna: Member, is_known: bool) -> None:
    if is_known:
        ours(anna, origin=Origin.OTHER, external_id=None, dispatch=Dispatch.NONE)
    found, result = compared(anna.account, theirs(external_id=""))
    assert found.is_equal
    assert counts(result) == (0, 0, 0, 1)


def test_a_second_session_of_one_press_is_one_too_many(anna: Member) -> None:
    ours(anna)
    _, result = compared(anna.account, theirs(), theirs(call_session_id="501"))
    assert result["only_provider"] == [{"external_id": "a-press", "call_session_id": 501}]
    assert counts(result) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"talk_duration": 3}, {"talk_duration": [3, 31]}),
        ({"talk_duration": None}, {"talk_duration": [None, 31]}),
        ({"talk_duration": 30}, {}),
        ({"finish_reason": "caller_busy"}, {"finish_reason": ["caller_busy", "caller_disconnects"]}),
        ({"contact_phone": "79269999999"}, {"contact_phone": ["79269999999", CLIENT]}),
        ({"contact_phone": "0101"}, {}),
        ({"number_digits": "74950000000"}, {"number_digits": ["74950000000", NUMBER]}),
        ({"number_digits": "74950000000", "params": {"virtual_phone_usage_rule": "random"}}, {}),
        ({"accepted_at": NOON + timedelta(minutes=4)}, {}),
        (
            {"accepted_at": NOON + timedelta(minutes=6)},
            {"accepted_at": ["2026-11-23T09:06:00Z", "2026-11-23T09:00:00Z"]},
        ),
        ({"finished_at": ENDED + timedelta(seconds=50)}, {}),
        (
            {"finished_at": ENDED + timedelta(seconds=90)},
            {"finished_at": ["2026-11-23T09:02:10Z", "2026-11-23T09:00:40Z"]},
        ),
    ],
)
def test_what_is_said_differently_is_named_with_both_values(anna: Member, changed: Any, fields: Any) -> None:
    ours(anna, **changed)
    found, result = compared(anna.account, theirs())
    assert (result["different"][0]["fields"] if result["different"] else {}) == fields
    assert found.is_equal == (not fields)


@pytest.mark.parametrize(
    ("dispatch", "status", "is_final"),
    [
        (Dispatch.UNKNOWN, Status.UNKNOWN, False),
        (Dispatch.SENDING, Status.CALLING, False),
        (Dispatch.NOT_PLACED, Status.NOT_PLACED, True),
        (Dispatch.REFUSED, Status.REFUSED, True),
    ],
)
def test_a_press_that_we_do_not_call_placed_is_missing_nowhere_but_differs_where_the_provider_has_it(
    anna: Member, dispatch: str, status: str, is_final: bool
) -> None:
    ours(anna, dispatch=dispatch, status=status, is_final=is_final, call_session_id="", accepted_at=None)
    found, result = compared(anna.account)
    assert (found.is_equal, counts(result)) == (True, (0, 0, 0, 0))
    found, result = compared(anna.account, theirs())
    assert not found.is_equal
    assert result["different"][0]["fields"]["dispatch"] == [dispatch, "accepted"]


def test_a_live_call_has_no_end_to_compare(anna: Member) -> None:
    live: dict[str, Any] = dict.fromkeys([*HOW, "finished_at"])
    ours(anna, **(live | {"finish_reason": "", "is_final": False, "status": Status.TALKING}))
    ongoing = theirs(ongoing=True, finished_at=None, finish_reason="")
    assert compared(anna.account, ongoing)[0].is_equal
    _, result = compared(anna.account, theirs())
    assert result["different"][0]["fields"]["finished_at"] == [None, "2026-11-23T09:00:40Z"]


def test_a_call_of_the_last_minutes_may_not_be_in_the_report_yet(anna: Member) -> None:
    ours(anna)
    assert compared(anna.account, at=NOON + timedelta(seconds=590))[0].is_equal
    assert not compared(anna.account, at=NOON + timedelta(seconds=610))[0].is_equal


@pytest.mark.parametrize("seconds", [-1, 0])
def test_a_press_at_midnight_belongs_to_the_day_in_which_it_began_at_the_provider(anna: Member, seconds: int) -> None:
    ours(anna, requested_at=DAY.begins - timedelta(seconds=1), accepted_at=DAY.begins)
    _, result = compared(anna.account, theirs(started_at=DAY.begins + timedelta(seconds=seconds)))
    assert counts(result) == ((1, 1, 1, 0) if seconds == 0 else (0, 0, 0, 0))


def test_calls_of_other_days_and_other_accounts_do_not_count(anna: Member, stranger: Member) -> None:
    people.make_number(stranger.account)
    ours(stranger)
    ours(anna, requested_at=NOON - timedelta(days=1))
    found, result = compared(anna.account, theirs(external_id="x", started_at=DAY.ends + timedelta(minutes=1)))
    assert (found.is_equal, counts(result)) == (True, (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", date(2026, 10, 25), 25),
        ("Europe/London", date(2026, 3, 29), 23),
        ("Europe/Moscow", date(2026, 3, 29), 24),
        ("America/Havana", date(2026, 11, 1), 25),
        ("Pacific/Kiritimati", date(2026, 1, 1), 24),
    ],
)
def test_a_day_is_as_long_as_the_clocks_of_the_account_make_it(zone: str, day: date, hours: int) -> None:
    found = Day.of(day, ZoneInfo(zone))
    assert found.ends - found.begins == timedelta(hours=hours)
    assert found.begins.astimezone(ZoneInfo(zone)).date() == day
    assert not found.has(found.ends)

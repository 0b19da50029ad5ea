"""What people read about calls that nobody pressed for, about colleagues on the line, and about ends never told."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from support.calls import build_call

from clickcall.calls import bar, endings
from clickcall.calls.reasons import REASONS
from clickcall.calls.wording import Wording, describe
from clickcall.models import Call, Dispatch, Employee, Member, Origin, Status

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DONE = {"finished_at": BEGAN + timedelta(minutes=4)}
YOU = re.compile(r"(?i)\b(you|your|вы|вам|вас|ваш\w*|press|нажмите)\b")
SESSION = {"external_id": None, "dispatch": Dispatch.NONE, "params": {}, "requested_at": BEGAN, "call_session_id": "7"}
RUNG = {"employee_ringing_at": BEGAN, "employee_name": "Олег Дементьев"}

# The others are states of a request.
OF_SESSIONS = set(Status) - {Status.UNKNOWN, Status.CALLING, Status.NOT_SENT, Status.REFUSED, Status.NOT_PLACED}


def session(colleague: Member, origin: str = "inbound", **fields: Any) -> Call:
    """A session seen at the provider; `status` and its end follow from the facts unless said."""
    said = {name: fields.pop(name) for name in ("status", "is_final") if name in fields}
    call = build_call(colleague, **(SESSION | {"origin": origin} | fields))
    for name, value in said.items():
        setattr(call, name, value)
    return call


def read(member: Member, call: Call) -> tuple[str, str]:
    wording: Wording = describe(call, member)
    return wording.heading, wording.second


@pytest.mark.parametrize(("origin", "status"), [*itertools.product(["inbound", "other"], sorted(OF_SESSIONS))])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_whoever_did_not_press_is_never_spoken_to(
    anna: Member, maria: Member, origin: str, status: Status, language: str
) -> None:
    for reason, member in itertools.product(("", *REASONS), (anna, None)):
        who = {"member": member, "member_name": member.name if member else ""}
        call = session(anna, origin, status=status, is_final=True, **DONE, finish_reason=reason, **who)
        with translation.override(language):
            for viewer in (anna, maria):
                wording, why = describe(call, viewer), endings.why(call, viewer)
                said = f"{wording.heading} {wording.second} {wording.short} {why}"
                assert not YOU.search(said), said


def test_a_call_that_comes_in_says_who_calls_and_whose_phone_rings(anna: Member) -> None:
    assert read(anna, session(anna)) == ("Иван Петров is calling", "")
    assert read(anna, session(anna, **RUNG)) == ("Иван Петров is calling", "Ringing Олег Дементьев")


def test_a_talk_says_who_of_ours_is_on_the_line(anna: Member, maria: Member) -> None:
    on = {"employee_answered_at": BEGAN, "contact_answered_at": BEGAN, "employee_name": "Олег Дементьев"}
    assert read(anna, session(anna, **on)) == ("Talking", "Олег Дементьев is on the line")
    assert read(maria, build_call(anna, **on | {"employee_name": ""})) == ("Talking", "Анна Кузнецова is on the line")


def test_a_missed_call_says_whether_it_was_returned(anna: Member) -> None:
    missed = {**DONE, "is_missed": True, "wait_duration": 41}
    wording = describe(session(anna, **missed), anna)
    assert (wording.heading, wording.second) == ("Missed call", "Nobody picked up, not called back yet")
    assert (wording.seconds, wording.pill) == (41, "is-attn")
    returned = describe(session(anna, **missed, returned_at=BEGAN + timedelta(minutes=18)), anna)
    assert (returned.second, returned.pill) == ("Nobody picked up, called back after 18 min", "")
    got_through = describe(session(anna, **missed, got_through_at=BEGAN + timedelta(hours=2)), anna)
    assert (got_through.second, got_through.pill) == ("Nobody picked up, talked 2 h later", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"talk_duration": 30, "finish_reason": "caller_disconnects"}, "The client called and talked"),
        ({"is_missed": True, "finish_reason": "operator_not_responsive"}, "The client called and reached nobody"),
        (
            {"talk_duration": 30, "finish_reason": "another_operator_answer", "status": Status.SOMEBODY_ELSE},
            "The client called and talked to a colleague",
        ),
    ],
)
def test_each_end_says_what_happened_to_the_caller(anna: Member, fields: dict[str, Any], words: str) -> None:
    why = endings.why(session(anna, **DONE, **fields), anna)
    assert why is not None
    assert why.client == words


def test_a_call_made_by_other_means_ends_like_any(anna: Member) -> None:
    call = session(anna, "other", **DONE, finish_reason="caller_busy")
    why = endings.why(call, anna)
    assert why is not None
    assert (describe(call, anna).heading, why.client) == ("Busy", "The client was called, the line was busy")
    assert why.remedy == ""


def test_what_an_admin_can_mend_is_said_without_a_press_too(anna: Member) -> None:
    why = endings.why(session(anna, **DONE, status=Status.ENDED, finish_reason="no_active_scenario"), anna)
    assert why is not None
    assert (why.remedy, why.who) == ("The admin can set the number up in the UIS cabinet", "The admin")


@pytest.mark.parametrize(
    ("fields", "client"),
    [
        ({}, "The client may have been called"),
        ({"employee_answered_at": BEGAN, "contact_answered_at": BEGAN}, "The client was called and answered"),
        ({"contact_ringing_at": BEGAN}, "The client was called and waited"),
    ],
)
def test_an_end_that_was_never_told_is_not_guessed(anna: Member, fields: dict[str, Any], client: str) -> None:
    call = build_call(anna, given_up_at=BEGAN, **fields)
    assert call.status == Status.ENDED
    assert read(anna, call) == ("UIS never told how it ended", client)


def test_a_caller_whose_end_was_never_told_called(anna: Member) -> None:
    assert read(anna, session(anna, given_up_at=BEGAN)) == ("UIS never told how it ended", "The client called")


def test_a_press_that_rings_a_colleague_says_so_to_a_linked_caller(anna: Member) -> None:
    anna.employee = Employee.objects.create(account=anna.account, provider_id="7", name="Анна Кузнецова")
    ringing = build_call(anna, **RUNG)
    assert read(anna, ringing) == ("Ringing Олег Дементьев", "This number rings others too")
    ringing.employee_name = "Анна Кузнецова"
    assert read(anna, ringing)[0] == "Your phone is ringing — pick up"


def test_an_unlinked_caller_is_told_to_pick_up_all_the_same(anna: Member) -> None:
    heading, second = read(anna, build_call(anna, **RUNG))
    assert heading == "Ringing Олег Дементьев"
    assert second == "If this is your phone, pick up. It shows +7 499 372-06-92"


def test_a_manager_reads_whose_phone_rings(anna: Member, maria: Member) -> None:
    assert read(maria, build_call(anna, **RUNG)) == ("Ringing Олег Дементьев", "")


def test_a_colleague_who_talks_in_ones_stead_is_named(anna: Member) -> None:
    anna.employee = Employee.objects.create(account=anna.account, provider_id="7", name="Анна Кузнецова")
    on = {"employee_answered_at": BEGAN, "contact_answered_at": BEGAN}
    talking = build_call(anna, **on, employee_name="Олег Дементьев")
    assert read(anna, talking) == ("Talking", "Олег Дементьев picked up, not you")


def test_the_bar_follows_a_name_that_comes_later(anna: Member) -> None:
    call = build_call(anna, employee_ringing_at=BEGAN)
    before = bar.version(call, anna)
    call.employee_name = "Олег Дементьев"
    assert bar.version(call, anna) != before


def test_a_line_that_has_ended_cannot_be_hung_up_though_more_is_to_be_learnt(anna: Member) -> None:
    call = build_call(anna, call_session_id="7", finished_at=BEGAN)
    assert not call.is_final
    assert not bar.can_hang_up(call)
    assert bar.can_hang_up(build_call(anna, call_session_id="7"))
    assert bar.contents(call, anna)["is_over"]


def test_a_call_that_came_in_can_be_hung_up_while_it_lives(anna: Member) -> None:
    assert bar.can_hang_up(session(anna))
    assert session(anna).origin == Origin.INBOUND

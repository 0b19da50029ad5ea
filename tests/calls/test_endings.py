"""How an ended call is explained: heading, second line and pill, the client, and who can do something about it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from support.calls import BEGAN, build_call, build_ending

from clickcall.calls import bar, endings
from clickcall.calls.reasons import REASONS
from clickcall.calls.wording import describe
from clickcall.models import Call, Member, Origin, Status

CLIENT_FIRST = {"params": {"first_call": "contact"}}


@pytest.mark.parametrize(
    ("reason", "heading", "second", "pill"),
    [
        (
            "employee_status_break",
            "Your status is “Break”",
            "The client was not called. Set the status to “Available” and press again",
            "Status in the way",
        ),
        (
            "no_money",
            "There is no money left at UIS",
            "The client was not called. The admin can top up the account",
            "No money at UIS",
        ),
        (
            "numa_in_black_list",
            "The number is on the PBX blacklist",
            "The client was not called. The admin can remove it",
            "UIS won't dial",
        ),
        (
            "no_active_scenario",
            "This number rings nobody",
            "The client was not called. The admin can set the number up in the UIS cabinet",
            "Settings",
        ),
        (
            "app_is_inactive",
            "UIS has blocked the account",
            "The client was not called. The admin can ask UIS why",
            "Blocked at UIS",
        ),
        (
            "internal_error",
            "Something broke at UIS",
            "The client may have been called. Press again; if it goes on, the admin can tell the support of UIS",
            "Hitch at UIS",
        ),
        (
            "operator_busy",
            "You didn't pick up",
            "The client was not called. Your phone was busy. Finish the other call and press again",
            "You didn't pick up",
        ),
    ],
)
def test_the_caller_reads_heading_client_and_remedy(
    anna: Member, reason: str, heading: str, second: str, pill: str
) -> None:
    wording = describe(build_ending(anna, reason), anna)
    assert (wording.heading, wording.second, wording.short) == (heading, second, pill)


def test_a_manager_reads_about_the_person(anna: Member, maria: Member) -> None:
    on_a_break = describe(build_ending(anna, "employee_status_break"), maria)
    assert on_a_break.heading == "Анна Кузнецова: the status is “Break”"
    busy = describe(build_ending(anna, "operator_busy"), maria)
    assert busy.heading == "Анна Кузнецова did not pick up"
    assert busy.second.startswith("The client was not called. Анна Кузнецова: the phone was busy. ")


def test_in_russian_it_is_said_as_in_the_office(anna: Member) -> None:
    with translation.override("ru"):
        wording = describe(build_ending(anna, "employee_status_break"), anna)
    assert wording.heading == "Ваш статус — «Перерыв»"
    assert wording.second == "Клиенту не звонили. Поставьте статус «Доступен» и нажмите ещё раз"


def test_you_did_not_pick_up_is_said_only_of_a_phone_that_was_to_ring(anna: Member) -> None:
    missed = {code for code in REASONS if build_ending(anna, code).status == Status.YOU_MISSED}
    assert missed == {
        "operator_not_responsive",
        "operator_busy",
        "no_operator_confirmation",
        "no_success_operator_call",
    }


@pytest.mark.parametrize(
    ("reason", "fields", "client"),
    [
        ("no_money", CLIENT_FIRST, "The client may have been called"),
        ("no_money", {"employee_answered_at": BEGAN}, "The client may have been called"),
        ("no_money", {"contact_ringing_at": BEGAN}, "The client was called and waited"),
        ("no_money", {"contact_answered_at": BEGAN}, "The client was called, answered and reached nobody"),
        ("timeout", {}, "The client may have been called"),
        ("numa_in_black_list", CLIENT_FIRST, "The client was not called"),
        ("employee_status_break", CLIENT_FIRST, "The client was called and waited"),
        ("employee_status_break", {"origin": Origin.INBOUND}, "The client called and reached nobody"),
    ],
)
def test_a_client_who_may_have_been_rung_is_never_said_to_be_undisturbed(
    anna: Member, reason: str, fields: dict[str, Any], client: str
) -> None:
    assert describe(build_ending(anna, reason, **fields), anna).second.partition(". ")[0] == client


def test_an_answered_call_that_nobody_joined_says_so(anna: Member) -> None:
    call = build_ending(anna, "caller_disconnects", **CLIENT_FIRST, contact_answered_at=BEGAN)
    assert describe(call, anna).second == "The client was called, answered and reached nobody"


@pytest.mark.parametrize(
    ("fields", "client"),
    [
        ({"reason": "caller_busy"}, "The client was called, the line was busy"),
        ({"reason": "caller_not_responsive"}, "The client was called and did not answer"),
        ({"reason": "no_success_caller_call"}, "The client was called and could not be reached"),
        ({"reason": "caller_disconnects", "talk_duration": 9}, "The client was called and talked"),
        (
            {"reason": "another_operator_answer", "talk_duration": 9},
            "The client was called and talked to a colleague",
        ),
        ({"origin": Origin.INBOUND, "talk_duration": 9}, "The client called and talked"),
    ],
)
def test_the_page_says_of_the_client_what_the_heading_knows(anna: Member, fields: dict[str, Any], client: str) -> None:
    assert endings.client(build_ending(anna, **({"reason": ""} | fields))) == client


@pytest.mark.parametrize(
    ("reason", "own", "others"),
    [
        ("employee_status_break", "You", "Анна Кузнецова"),
        ("no_money", "The admin", "The admin"),
        ("sip_trunk_is_locked", "UIS", "UIS"),
        ("caller_busy", "", ""),
    ],
)
def test_the_page_names_who_can_do_it(anna: Member, maria: Member, reason: str, own: str, others: str) -> None:
    call = build_ending(anna, reason)
    mine, theirs = endings.why(call, anna), endings.why(call, maria)
    assert mine is not None
    assert theirs is not None
    assert (mine.who, theirs.who) == (own, others)


def test_an_unknown_reason_is_shown_as_it_came(anna: Member) -> None:
    call = build_ending(anna, "eaten_by_a_bear")
    assert describe(call, anna).second == "Nobody talked. UIS says: eaten_by_a_bear"
    why = endings.why(call, anna)
    assert why == endings.Why("The client may have been called", "UIS says: eaten_by_a_bear")


def test_a_call_that_lives_or_was_never_placed_has_no_end_to_explain(anna: Member) -> None:
    assert endings.why(build_call(anna), anna) is None
    assert endings.why(build_call(anna, dispatch="refused", cause="forbidden"), anna) is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("no_money", True),
        ("sip_trunk_is_locked", True),
        ("numa_in_black_list", True),
        ("max_out_call_reached", False),
        ("internal_error", False),
        ("employee_status_break", False),
        ("caller_busy", False),
    ],
)
@pytest.mark.django_db
def test_the_bar_offers_either_another_call_or_to_tell_the_admin(anna: Member, reason: str, told: bool) -> None:
    contents = bar.contents(build_ending(anna, reason), anna)
    assert contents["can_tell"] is told
    assert (contents["again"] is None) is told


@pytest.mark.django_db
def test_the_page_explains_and_only_managers_read_the_raw_reason(anna: Member, maria: Member, as_: Any) -> None:
    call = build_ending(anna, "no_active_scenario")
    call.save()
    pages = [_page(as_(member), call) for member in (anna, maria)]
    for html in pages:
        for text in (
            "This number rings nobody",
            "The client was not called",
            "What to do",
            "Who can do it",
            "The admin",
        ):
            assert text in html
    assert ["no_active_scenario" in html for html in pages] == [False, True]


def _page(client: Client, call: Call) -> str:
    return client.get(reverse("reports:call", args=[call.pk])).content.decode()

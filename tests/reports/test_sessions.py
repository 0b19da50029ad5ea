"""Calls that nobody pressed for, in the log, on their page and in a contact's history."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import LIVE, Call, CallEvent, Contact, Dispatch, EventSource, Member, Origin, Status
from clickcall.reports import queries
from clickcall.reports.rows import people

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
AT = datetime(2026, 11, 20, 11, 17, 31, tzinfo=UTC)


@pytest.fixture
def make_session(make_call: MakeCall) -> MakeCall:
    def make(colleague: Member, **fields: Any) -> Call:
        given = {"origin": Origin.INBOUND, "external_id": None, "dispatch": Dispatch.NONE, "requested_at": AT}
        given |= {"call_session_id": str(Call.objects.count() + 1)}
        return make_call(colleague, **(given | fields))

    return make


def missed(make_session: MakeCall, colleague: Member, **fields: Any) -> Call:
    given = {"status": Status.MISSED, "is_missed": True, "talk_duration": None, "wait_duration": 41}
    return make_session(colleague, **given | {"finished_at": AT + timedelta(seconds=41)} | fields)


def page_of(client: Client, call: Call) -> str:
    return client.get(reverse("reports:call", args=[call.pk])).content.decode()


def test_a_call_that_came_in_is_told_without_a_press(anna: Member, ivan: Contact, make_session: MakeCall, as_: SignIn):
    call = make_session(
        anna,
        contact=ivan,
        employee_name="Анна Кузнецова",
        answered_by="Анна Кузнецова",
        employee_ringing_at=AT + timedelta(seconds=1),
        employee_answered_at=AT + timedelta(seconds=5),
        finished_at=AT + timedelta(seconds=60),
        finish_reason="caller_disconnects",
    )
    html = page_of(as_(anna), call)
    for text in (
        "Иван Петров → Анна Кузнецова",
        'Иван Петров called <span class="tel">+7 499 372-06-92</span>',
        "Анна Кузнецова: the phone rang",
        "Анна Кузнецова picked up",
        "Number that was called",
        "The client called and talked",
        "Who picked up",
    ):
        assert text in html
    for text in ("How we call", "pressed “Call”", "Who called", "You picked up", "Your phone rang"):
        assert text not in html


def test_a_missed_call_says_how_long_they_waited_and_what_became_of_it(
    anna: Member, ivan: Contact, make_session: MakeCall, as_: SignIn
) -> None:
    call = missed(make_session, anna, contact=ivan, returned_at=AT + timedelta(minutes=18))
    for html in (page_of(as_(anna), call), as_(anna).get(reverse("reports:mine")).content.decode()):
        assert "0:41" in html
    assert "called back after 18 min" in as_(anna).get(reverse("reports:mine")).content.decode()
    assert "The client was called back" in page_of(as_(anna), call)


@pytest.mark.parametrize(("origin", "words"), [(Origin.INBOUND, "Inbound"), (Origin.OTHER, "Not from ClickCall")])
def test_the_log_shows_which_way_a_call_went(
    maria: Member, anna: Member, make_session: MakeCall, make_call: MakeCall, as_: SignIn, origin: str, words: str
) -> None:
    make_call(anna, requested_at=AT)
    make_session(anna, origin=origin)
    html = as_(maria).get(reverse("reports:log")).content.decode()
    assert 'aria-label="Outbound"' in html
    assert f'aria-label="{words}"' in html


@pytest.mark.parametrize("few", [1000, 0])
def test_the_log_can_be_narrowed_to_what_came_in_and_to_what_was_missed(
    maria: Member, anna: Member, make_session: MakeCall, make_call: MakeCall, as_: SignIn, few: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    make_call(anna)
    make_session(anna, origin=Origin.OTHER)
    answered, lost = make_session(anna), missed(make_session, anna)
    client = as_(maria)

    def found(tab: str) -> set[Call]:
        return {row.call for row in client.get(reverse("reports:log"), {"status": tab}).context["rows"]}

    assert found("inbound") == {answered, lost}
    assert found("missed") == {lost}


def test_the_history_tells_missed_calls_and_who_picked_up(
    anna: Member, boris: Member, ivan: Contact, make_session: MakeCall, as_: SignIn
) -> None:
    missed(make_session, anna, contact=ivan)
    make_session(anna, contact=ivan, answered_by="Олег Дементьев")
    html = as_(anna).get(reverse("contacts:detail", args=[ivan.pk])).content.decode()
    for text in ("Missed", "waited 0:41", "not called back yet", "Олег Дементьев", "Inbound call"):
        assert text in html
    assert "<span>you</span>" not in html


def test_a_salesperson_opens_from_the_history_what_they_may_see(
    anna: Member, boris: Member, maria: Member, ivan: Contact, make_session: MakeCall, as_: SignIn
) -> None:
    call = make_session(anna, contact=ivan)
    Call.objects.update(member=None)
    link, path = reverse("reports:call", args=[call.pk]), reverse("contacts:detail", args=[ivan.pk])
    Contact.objects.update(owner=boris)
    linked = [link in as_(who).get(path).content.decode() for who in (anna, boris, maria)]
    opened = [as_(who).get(link).status_code for who in (anna, boris, maria)]
    assert (linked, opened) == ([False, True, True], [404, 200, 200])


@pytest.mark.parametrize(
    ("who", "may"), [("anna", False), ("boris", True), ("maria", True), ("adam", True), ("stranger", None)]
)
def test_a_call_to_a_shared_number_is_hung_up_by_whom_it_rings_and_by_managers(
    request: pytest.FixtureRequest, anna: Member, boris: Member, make_session: MakeCall, as_: SignIn, who: str, may: Any
) -> None:
    call = make_session(boris, status=Status.INCOMING, is_final=False, talk_duration=None)
    assert call.number is not None
    call.number.members.add(anna, boris)
    client = as_(request.getfixturevalue(who))
    html = client.get(reverse("reports:call", args=[call.pk]))
    assert html.status_code == (404 if may is None else 200)
    assert (reverse("calls:hang_up", args=[call.pk]) in html.content.decode()) is bool(may)
    assert client.post(reverse("calls:hang_up", args=[call.pk])).status_code == (302 if may else 404)


def test_what_the_witness_said_belongs_to_the_story(
    anna: Member, maria: Member, make_call: MakeCall, as_: SignIn
) -> None:
    call = make_call(
        anna, status=Status.UNKNOWN, dispatch="unknown", is_final=False, witness="silent", talk_duration=None
    )
    CallEvent.objects.create(account=call.account, call=call, source=EventSource.WITNESS, kind="silent")
    assert "You said that your phone did not ring" in page_of(as_(anna), call)
    html = page_of(as_(maria), call)
    assert "Анна Кузнецова said that the phone did not ring" in html
    assert "“My phone did not ring”" in html


def test_an_end_that_was_never_told_is_said_to_be_so(anna: Member, make_call: MakeCall, as_: SignIn) -> None:
    call = make_call(anna, status=Status.ENDED, talk_duration=None, given_up_at=AT)
    assert "UIS never told how it ended" in page_of(as_(anna), call)


@pytest.mark.parametrize(
    ("fields", "ours"),
    [
        ({"answered_by": "Олег"}, "Олег"),
        ({"member_name": "", "employee_name": "Олег"}, "Олег"),
        ({"member_name": ""}, "Moscow"),
        ({"member_name": "", "number_name": ""}, "Us"),
    ],
)
def test_our_side_of_a_call_is_somebody(
    anna: Member, make_session: MakeCall, fields: dict[str, str], ours: str
) -> None:
    assert people(make_session(anna, **fields), anna) == ("+7 926 000-00-00", ours)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("who", ["anna", "maria"])
def test_every_status_of_every_origin_can_be_read(
    request: pytest.FixtureRequest, anna: Member, make_session: MakeCall, as_: SignIn, who: str, language: str
) -> None:
    member = request.getfixturevalue(who)
    member.user.language = language
    member.user.save()
    client = as_(member)
    for place, (origin, status) in enumerate(itertools.product(Origin, Status)):
        ours = {"external_id": f"{status}", "dispatch": "accepted"} if origin == Origin.PRESS else {}
        call = make_session(anna, origin=origin, status=status, is_final=status not in LIVE, **ours)
        if place % 3 == 0:  # a third of the pages is a page of each status
            assert call.number_name in page_of(client, call)
    rows = client.get(reverse("reports:mine" if who == "anna" else "reports:log"), {"till": "2026-11-21"}).context[
        "rows"
    ]
    assert len(rows) == 50

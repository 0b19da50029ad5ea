"""My phone: what everybody is told about their own, and the check from press to answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.presses import form_of, placed_at, requests_of

from clickcall.calls import services
from clickcall.models import Account, Call, Member, PhoneAnswer, PhoneCheck, VirtualNumber
from clickcall.models.saving import save_changes
from clickcall.simulator import Simulator

SignIn = Callable[[Member], Client]
PAGE = "/calls/my-phone/"


def html(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def start(client: Client, **data: str) -> HttpResponse:
    return client.post(f"{PAGE}check/", {"external_id": "one", **data})


def reply(client: Client, answer: str) -> HttpResponse:
    check = PhoneCheck.objects.get()
    return client.post(f"{PAGE}checks/{check.pk}/answer/", {"answer": answer})


def test_it_says_which_phones_ring_and_who_leads_the_number(as_: SignIn, linked: Member) -> None:
    number = linked.default_number
    assert number is not None
    scenarios = [{"id": "1", "name": "Only Anna", "is_active": True}, {"id": "2", "name": "Night", "is_active": False}]
    save_changes(number, scenarios=scenarios)
    assert linked.employee is not None
    save_changes(linked.employee, phones=["0486101", "79260000077"], status="available")
    shown = html(as_(linked).get(PAGE))
    assert shown.index("SIP 101") < shown.index("+7 926 000-00-77")
    assert "“Only Anna”" in shown
    assert "Night" not in shown
    assert "Save it as “Work call — pick up”" in shown
    assert "Available" in shown


def test_what_is_not_known_is_said_to_be_unknown(as_: SignIn, mine: Simulator, anna: Member) -> None:
    shown = html(as_(anna).get(PAGE))
    assert "Your phones at UIS are not known here" in shown
    assert "no call has shown it yet" in shown
    assert "Every call of the last month reached you" in shown


def test_the_newest_calls_that_did_not_reach_me_stand_with_cause_and_remedy(as_: SignIn, linked: Member) -> None:
    began = now() - timedelta(seconds=3)  # the same day as the page, but for a moment at midnight
    for place, reason in enumerate(["sip_offline", "employee_status_break", "caller_busy"]):
        at = began + timedelta(seconds=place)
        make_call(linked, finish_reason=reason, requested_at=at, finished_at=at, closed_at=at)
    shown = html(as_(linked).get(PAGE))
    assert "Your phone was not connected to UIS" in shown
    assert "Your status is “Break”" in shown
    assert "Open the softphone and try again" in shown
    assert "Busy" not in shown
    assert "offline, today" in shown


def test_a_colleagues_troubles_are_none_of_mine(as_: SignIn, linked: Member, boris: Member) -> None:
    make_call(boris, finish_reason="sip_offline", finished_at=now())
    assert "Your phone was not connected" not in html(as_(linked).get(PAGE))


def test_without_a_number_there_is_nothing_to_check(as_: SignIn, anna: Member) -> None:
    shown = html(as_(anna).get(PAGE))
    assert "You have no number to call from" in shown
    assert "phone-check-title" not in shown


def test_the_check_calls_me_asks_and_says_what_came_of_it(as_: SignIn, linked: Member, provider: Simulator) -> None:
    client = as_(linked)
    assert start(client).status_code == 302
    asking = html(client.get(PAGE))
    assert "We are calling you now. Nobody else is called." in asking
    assert "Did YOUR phone ring?" in asking
    assert reply(client, "mine").status_code == 302
    shown = html(client.get(PAGE))
    assert "rings your phone." in shown
    assert "Ready · SIP 101" in shown
    assert len(placed_at(provider)) == 1
    assert len(requests_of(provider, "release.call")) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [("other", "This number rings somebody else's phone."), ("nothing", "Your phone did not ring.")],
)
def test_another_answer_says_who_can_help(as_: SignIn, linked: Member, answer: str, words: str) -> None:
    client = as_(linked)
    start(client)
    reply(client, answer)
    shown = html(client.get(PAGE)).replace("&#x27;", "'")
    assert words in shown
    assert "admin" in shown


def test_who_picked_up_instead_is_named(as_: SignIn, linked: Member) -> None:
    client = as_(linked)
    start(client)
    Call.objects.update(answered_by="Олег Дементьев")
    assert "Олег Дементьев picked up" in html(client.get(PAGE))
    Call.objects.update(answered_by=linked.name)
    assert f"{linked.name} picked up" not in html(client.get(PAGE))


def test_two_presses_of_one_page_place_one_call(as_: SignIn, linked: Member, provider: Simulator) -> None:
    client = as_(linked)
    start(client)
    start(client)
    assert len(placed_at(provider)) == 1
    assert PhoneCheck.objects.count() == 1


def test_a_running_call_is_asked_about_and_only_yes_calls(as_: SignIn, linked: Member, provider: Simulator) -> None:
    services.place_call(form_of(linked), external_id="a-client")
    client = as_(linked)
    asked = start(client)
    assert asked.status_code == 409
    assert "still running" in html(asked)
    assert len(placed_at(provider)) == 1
    assert start(client, confirm="in_call").status_code == 302
    assert len(placed_at(provider)) == 2


@pytest.mark.parametrize("whose", ["boris", "mine"])
def test_a_call_to_a_client_is_never_taken_for_my_check_by_its_id(
    as_: SignIn, linked: Member, boris: Member, provider: Simulator, whose: str
) -> None:
    services.place_call(form_of(boris if whose == "boris" else linked), external_id="lead-17", asks=False)
    assert start(as_(linked), external_id="lead-17", confirm="in_call").status_code == 404
    assert not PhoneCheck.objects.exists()
    assert len(placed_at(provider)) == 1
    assert requests_of(provider, "release.call") == []


def test_the_check_of_a_colleague_who_shares_my_phone_is_not_mine(
    as_: SignIn, linked: Member, boris: Member, provider: Simulator
) -> None:
    save_changes(boris, default_number=linked.default_number)
    start(as_(linked))
    Call.objects.update(contact_phone="79260000077")
    assert start(as_(boris), phone="+79260000077", confirm="in_call,busy_number,just_called").status_code == 404
    assert [check.member for check in PhoneCheck.objects.all()] == [linked]


@pytest.mark.parametrize("external_id", ["я" * 10, "x" * 65])
def test_an_id_that_no_press_may_have_begins_no_check(as_: SignIn, linked: Member, external_id: str) -> None:
    assert start(as_(linked), external_id=external_id).status_code == 422
    assert not Call.objects.exists()


def test_a_wrong_phone_stays_in_its_field_with_the_reason(as_: SignIn, mine: Simulator, anna: Member) -> None:
    response = start(as_(anna), phone="8 926")
    assert response.status_code == 422
    assert 'value="8 926"' in html(response)
    assert "There is no such number" in html(response)
    assert not Call.objects.exists()


def test_without_an_access_key_it_is_said_in_words(as_: SignIn, account: Account, anna: Member) -> None:
    save_changes(anna, default_number=people.make_number(account))
    response = start(as_(anna), phone="+7 926 000-00-77")
    assert response.status_code == 422
    assert "No access key" in html(response)


def test_a_check_that_was_never_placed_asks_nothing(as_: SignIn, linked: Member, provider: Simulator) -> None:
    client = as_(linked)
    start(client)
    Call.objects.update(dispatch="refused", cause="limit_exceeded", status="refused", is_final=True)
    shown = html(client.get(PAGE))
    assert "Did YOUR phone ring?" not in shown
    assert "The client was not disturbed" in shown


def test_the_question_is_followed_until_the_call_is_over(as_: SignIn, linked: Member) -> None:
    client = as_(linked)
    start(client)
    check = PhoneCheck.objects.get()
    path = f"{PAGE}checks/{check.pk}/"
    first = client.get(path)
    assert first.status_code == 200
    assert "data-live" in html(first)
    assert client.get(f"{path}?seen=-accepted-10-0").status_code == 204
    Call.objects.update(status="ended", is_final=True)
    over = client.get(path)
    assert over.status_code == 286
    assert "data-live" not in html(over)
    assert "Did YOUR phone ring?" in html(over)


def test_an_old_check_without_an_answer_may_be_repeated(as_: SignIn, linked: Member) -> None:
    client = as_(linked)
    start(client)
    PhoneCheck.objects.update(asked_at=now() - timedelta(hours=1))
    shown = html(client.get(PAGE))
    assert "was not answered" in shown
    assert "Check again" in shown


def test_nobody_answers_for_somebody_else(as_: SignIn, linked: Member, boris: Member, adam: Member) -> None:
    start(as_(linked))
    for other in (boris, adam):
        assert reply(as_(other), "mine").status_code == 404
    assert PhoneCheck.objects.get().answer == PhoneAnswer.NONE


def test_an_answer_that_does_not_exist_is_refused(as_: SignIn, linked: Member) -> None:
    client = as_(linked)
    start(client)
    assert reply(client, "perhaps").status_code == 400
    assert reply(client, "").status_code == 400


def test_the_check_of_another_number_is_not_shown_for_mine(as_: SignIn, linked: Member) -> None:
    other = VirtualNumber.objects.create(account=linked.account, digits="74950000001")
    call = make_call(linked)
    PhoneCheck.objects.create(account=linked.account, member=linked, number=other, call=call, answer="mine")
    assert "rings your phone." not in html(as_(linked).get(PAGE))


def test_the_page_costs_a_fixed_number_of_queries(
    as_: SignIn, linked: Member, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _place in range(8):
        make_call(linked, finish_reason="sip_offline", finished_at=now())
    client = as_(linked)
    client.get(PAGE)
    with django_assert_max_num_queries(16):
        client.get(PAGE)

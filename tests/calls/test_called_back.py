"""Called you back: who is shown to whom, and the one press that returns a call."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.press_pages import HTMX, PRESS

from clickcall.calls.called_back import callers
from clickcall.models import Call, Contact, Member, Role
from clickcall.simulator import Simulator
from clickcall.web import waiting
from clickcall.web.context import navigation

As = Callable[..., Client]


def missed(member: Member, minutes_ago: int = 5, **fields: Any) -> Call:
    """A call that rang this member and that nobody answered."""
    at = now() - timedelta(minutes=minutes_ago)
    given = {"origin": "inbound", "external_id": None, "dispatch": "", "is_missed": True, "contact_name": ""}
    given |= {"call_session_id": str(Call.objects.count() + 1), "requested_at": at, "finished_at": at}
    given |= {"wait_duration": 41, "finish_reason": "operator_not_responsive"}
    return make_call(member, **(given | fields))


def offered(response: HttpResponse) -> int:
    """How many people the page offers to call back."""
    return len(re.findall(r'id="press-[^"]*-back"', response.content.decode()))


def count(member: Member) -> str:
    member = Member.objects.get(pk=member.pk)  # of a new request
    items = [item for group in navigation(member, "/") for item in group["items"]]
    return str(next(item["count"] for item in items if item["url"] == reverse("reports:called_back")))


def test_everybody_who_tried_stands_there_once_with_the_newest_call_first(anna: Member) -> None:
    missed(anna, 30)
    first = missed(anna, 3)
    other = missed(anna, 9, contact_phone="78120000037")
    found = callers(anna)
    assert [(caller.call, caller.times) for caller in found] == [(first, 2), (other, 1)]
    assert [caller.button.phone for caller in found] == ["+79260000000", "+78120000037"]
    assert len(callers(anna, most=1)) == 1


def test_the_contact_is_named_only_to_those_who_see_it(anna: Member, boris: Member, maria: Member) -> None:
    contact = people.make_contact(people.make_list(anna.account, "His", boris), company="ООО «Ромашка»")
    missed(anna, contact=contact, contact_name="Иван Петров")
    (hers,), (hers_manager,) = callers(anna), callers(maria)
    assert (hers.contact, hers.button.contact_id, hers.button.who) == (None, None, "Иван Петров")
    assert (hers_manager.contact, hers_manager.company) == (contact, "ООО «Ромашка»")


def test_an_archived_contact_is_called_by_phone(maria: Member, ivan: Contact) -> None:
    Contact.objects.update(archived_at=now())
    missed(maria, contact=ivan)
    assert callers(maria)[0].button.contact_id is None


@pytest.mark.parametrize("role", Role.values)
def test_the_navigation_counts_people_and_not_calls(account: Any, role: str) -> None:
    member = people.make_member(account, "eva", role)
    assert count(member) == ""
    missed(member, 9)
    missed(member, 3)
    missed(member, 6, contact_phone="78120000037")
    assert count(member) == "2"


def test_a_salesperson_counts_ones_own(anna: Member, boris: Member, maria: Member) -> None:
    missed(anna)
    assert [count(member) for member in (anna, boris, maria)] == ["1", "", "1"]


def test_the_figure_ends_at_a_hundred(maria: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    for place in range(2):
        missed(maria, contact_phone=f"7812000003{place}")
    assert count(maria) == "1+"


def test_the_salespersons_day_begins_with_them(mine: Simulator, anna: Member, as_: As) -> None:
    missed(anna, contact_phone="78120000037")
    text = as_(anna).get(reverse("contacts:list")).content.decode()
    for words in ("Called you back", "+7 812 000-00-37", "Waited 0:41, nobody picked up", "Not among the contacts"):
        assert words in text
    assert "Call back: +7 812 000-00-37" in text
    assert "Called you back</h2>" not in as_(anna).get(reverse("contacts:list"), {"q": "иван"}).content.decode()


def test_where_nobody_waits_nothing_stands(anna: Member, as_: As) -> None:
    assert "Called you back</h2>" not in as_(anna).get(reverse("contacts:list")).content.decode()
    assert "Nobody called back" in as_(anna).get(reverse("reports:called_back")).content.decode()


def test_more_than_five_are_on_a_page_of_their_own(anna: Member, as_: As) -> None:
    for place in range(7):
        missed(anna, contact_phone=f"7812000003{place}")
    home = as_(anna).get(reverse("contacts:list"))
    assert (offered(home), "All 7" in home.content.decode()) == (5, True)
    assert offered(as_(anna).get(reverse("reports:called_back"))) == 7


def test_the_managers_log_begins_with_them_too(maria: Member, anna: Member, as_: As) -> None:
    missed(anna)
    client = as_(maria)
    assert "Called you back</h2>" in client.get(reverse("reports:log")).content.decode()
    assert "Called you back</h2>" not in client.get(reverse("reports:log"), {"status": "talked"}).content.decode()
    assert "Called you back</h2>" not in client.get(reverse("reports:mine")).content.decode()


@pytest.mark.parametrize(("who", "seen"), [("anna", 1), ("boris", 0), ("maria", 1), ("stranger", 0)])
def test_sales_see_theirs_managers_all_strangers_none(
    request: pytest.FixtureRequest, anna: Member, as_: As, who: str, seen: int
) -> None:
    call = missed(anna)
    client = as_(request.getfixturevalue(who))
    assert offered(client.get(reverse("reports:called_back"))) == seen
    assert client.get(reverse("reports:call", args=[call.pk])).status_code == (200 if seen else 404)


def test_one_press_returns_the_call(mine: Simulator, anna: Member, ivan: Contact, as_: As) -> None:
    missed(anna, contact=ivan, contact_name=ivan.name)
    client = as_(anna)
    form = re.search(r'id="press-\d+-79260000000-back".*?</form>', client.get("/contacts/").content.decode(), re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]*)" value="([^"]*)"', form[0]))
    answer = client.post(PRESS, fields, **HTMX)
    assert "Call again" in answer.content.decode()
    call = Call.objects.get(origin="press")
    assert (call.contact, call.contact_phone, call.external_id) == (ivan, "79260000000", fields["external_id"])

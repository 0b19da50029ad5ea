"""Promises on pages: the agenda, the reminder on every page, a contact's own, and moving them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people

from clickcall.models import Callback, CallRules, Contact, Member

SignIn = Callable[[Member], Client]
AGENDA, REMINDER = "/contacts/callbacks/", "/contacts/callbacks/reminder/"


def make(contact: Contact, member: Member | None, minutes: int = -5, **more: object) -> Callback:
    given = {"account": contact.account, "contact": contact, "digits": "79260000000", "made_by": member or more["by"]}
    note = str(more.get("note", ""))
    return Callback.objects.create(**given, member=member, due_at=now() + timedelta(minutes=minutes), note=note)


def test_the_agenda_has_tabs_for_ones_own_for_anyones_and_for_all_that_one_sees(
    as_: SignIn, ivan: Contact, anna: Member, boris: Member
) -> None:
    for member, note in ((anna, "Hers"), (None, "Anyones"), (boris, "His")):
        make(ivan, member, note=note, by=anna)
    seen = {whose: as_(anna).get(f"{AGENDA}?whose={whose}").content.decode() for whose in ("mine", "anyones", "all")}
    found = {
        whose: [note for note in ("Hers", "Anyones", "His") if f">{note}<" in page] for whose, page in seen.items()
    }
    assert found == {"mine": ["Hers"], "anyones": ["Anyones"], "all": ["Hers", "Anyones", "His"]}
    assert as_(anna).get(f"{AGENDA}?whose=nonsense").context["tab"] == "mine"


def test_what_is_overdue_stands_apart_from_what_comes(as_: SignIn, ivan: Contact, anna: Member) -> None:
    make(ivan, anna)
    make(ivan, anna, 60 * 24 * 9)
    days = as_(anna).get(AGENDA).context["days"]
    assert [(title, len(rows)) for title, rows in days] == [("Time to call", 1), ("Later", 1)]


def test_a_page_that_is_open_hears_of_what_falls_due_and_is_left_alone_until_then(
    as_: SignIn, ivan: Contact, anna: Member, boris: Member
) -> None:
    browser = as_(anna)
    assert browser.get(REMINDER).status_code == 204
    made = make(ivan, anna, +5)
    make(ivan, boris)
    assert browser.get(REMINDER).status_code == 204
    Callback.objects.filter(pk=made.pk).update(due_at=now() - timedelta(seconds=1))
    told = browser.get(REMINDER)
    assert ivan.name in told.content.decode()
    assert browser.get(f"{REMINDER}?seen={told.context['version']}").status_code == 204
    Callback.objects.filter(pk=made.pk).update(done_at=now())
    gone = browser.get(f"{REMINDER}?seen={told.context['version']}")
    assert (gone.status_code, ivan.name in gone.content.decode()) == (200, False)


def test_every_page_reminds_and_calls_with_one_press(as_: SignIn, ivan: Contact, anna: Member) -> None:
    anna.default_number = people.make_number(anna.account)
    anna.save()
    people.make_token(anna.account)
    make(ivan, anna)
    page = as_(anna).get("/calls/my-phone/").content.decode()
    assert 'id="press-1-79260000000-due"'.replace("1", str(ivan.pk), 1) in page
    assert 'class="count is-due">1<' in page


def test_the_buttons_of_promises_hide_the_phone_where_an_account_hides_phones(
    as_: SignIn, ivan: Contact, anna: Member
) -> None:
    CallRules.objects.create(account=anna.account, masks_numbers=True)
    make(ivan, anna)
    for path in (AGENDA, "/contacts/", f"/contacts/{ivan.pk}/", REMINDER):
        assert "79260000000" not in as_(anna).get(path).content.decode()


def test_a_contacts_page_shows_what_was_agreed_and_sets_a_new_time(as_: SignIn, ivan: Contact, anna: Member) -> None:
    browser, path = as_(anna), f"/contacts/{ivan.pk}/"
    choice = browser.get(path).context["times"][2].value
    said = {"when": choice, "about": "The price", "asked_by_client": "1", "anyone": "1"}
    browser.post(f"{path}callback/", said)
    made = Callback.objects.get()
    assert (f"{made.due_at:%Y-%m-%dT%H:%M:%SZ}", made.note, made.member) == (choice, "The price", None)
    assert made.asked_by_client
    assert "The price" in browser.get(path).content.decode()


@pytest.mark.parametrize("said", [{}, {"when": "other", "at": "2020-01-01T10:00"}, {"when": "x"}])
def test_a_time_that_cannot_be_meant_promises_nothing(
    as_: SignIn, ivan: Contact, anna: Member, said: dict[str, str]
) -> None:
    answer = as_(anna).post(f"/contacts/{ivan.pk}/callback/", said, follow=True)
    assert answer.context["messages"]
    assert not Callback.objects.exists()


def test_a_promise_is_moved_and_taken_off(as_: SignIn, ivan: Contact, anna: Member) -> None:
    made, browser = make(ivan, anna), as_(anna)
    there = browser.post(f"{AGENDA}{made.pk}/move/", {"when": "2027-03-01T10:00:00Z", "contact": str(ivan.pk)})
    assert there["Location"] == f"/contacts/{ivan.pk}/"
    assert Callback.objects.get().due_at.isoformat() == "2027-03-01T10:00:00+00:00"
    assert browser.post(f"{AGENDA}{made.pk}/off/")["Location"] == AGENDA
    assert Callback.objects.get().done_at
    assert browser.post(f"{AGENDA}{made.pk}/off/").status_code == 404


def test_only_who_sees_a_promise_moves_it(
    as_: SignIn, ivan: Contact, anna: Member, boris: Member, maria: Member, stranger: Member
) -> None:
    ivan.list.members.set([anna])
    made = make(ivan, anna)
    for member, status in ((boris, 404), (stranger, 404), (maria, 302)):
        assert as_(member).post(f"{AGENDA}{made.pk}/move/", {"when": "2027-03-01T10:00:00Z"}).status_code == status
    assert as_(boris).post(f"/contacts/{ivan.pk}/callback/", {}).status_code == 404


def test_a_page_says_which_promise_a_new_one_replaces(as_: SignIn, ivan: Contact, anna: Member) -> None:
    browser, page = as_(anna), f"/contacts/{ivan.pk}/callback/"
    tomorrow, after = (f"{now() + timedelta(days=days):%Y-%m-%dT10:00:00Z}" for days in (1, 2))
    assert "instead of" not in browser.post(page, {"when": tomorrow}, follow=True).content.decode()
    assert "instead of " in browser.post(page, {"when": after}, follow=True).content.decode()
    (left,) = Callback.objects.open()
    moved = browser.post(f"/contacts/callbacks/{left.pk}/move/", {"when": tomorrow}, follow=True).content.decode()
    assert "instead of" not in moved

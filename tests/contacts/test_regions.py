"""Where a phone is from by the provider's report, and what the pages make of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people

from clickcall.contacts import services
from clickcall.contacts.regions import note_regions
from clickcall.contacts.services import NewPhone
from clickcall.contacts.zones import Source, zone_of
from clickcall.models import Contact, ContactList, ContactPhone, Member

pytestmark = pytest.mark.django_db
MOBILE, OMSK = "79260000000", "Омская область"
SignIn = Callable[[Member], Client]


def regions(contact: Contact) -> list[str]:
    return [phone.region for phone in ContactPhone.objects.filter(contact=contact)]


def test_every_contact_with_the_number_learns_its_region(leads: ContactList, ivan: Contact, stranger: Member) -> None:
    partner = people.make_contact(leads, "Пётр", "74012000000", MOBILE)
    theirs = people.make_contact(people.make_list(stranger.account))
    assert note_regions(ivan.account, {MOBILE: OMSK, "79990000000": OMSK}) == 2
    assert (regions(ivan), regions(partner), regions(theirs)) == ([OMSK], ["", OMSK], [""])
    assert zone_of(ivan, MOBILE).source == Source.REPORT
    assert zone_of(partner, "74012000000").name == "Europe/Kaliningrad"


def test_nonsense_takes_nothing_away(ivan: Contact) -> None:
    note_regions(ivan.account, {MOBILE: OMSK})
    for told in ("", "Атлантида", "null", "Омская область " * 10, "<b>Омск</b>"):
        assert note_regions(ivan.account, {MOBILE: told, "": OMSK}) == 0
    assert regions(ivan) == [OMSK]


def test_what_is_known_is_not_written_again(ivan: Contact, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    note_regions(ivan.account, {MOBILE: OMSK})
    with django_assert_num_queries(1):
        assert note_regions(ivan.account, {MOBILE: OMSK}) == 0


def test_a_contact_that_is_edited_keeps_what_was_told_of_its_number(ivan: Contact) -> None:
    note_regions(ivan.account, {MOBILE: OMSK})
    services.update_contact(ivan, phones=[NewPhone("79991112233"), NewPhone(MOBILE, label="Мобильный")])
    assert regions(ivan) == ["", OMSK]


def test_the_page_says_the_time_there_and_who_says_so(as_: SignIn, anna: Member, ivan: Contact) -> None:
    browser, path = as_(anna), f"/contacts/{ivan.pk}/"
    note_regions(ivan.account, {MOBILE: OMSK})
    with time_machine.travel(datetime(2026, 11, 23, 9, 20, tzinfo=UTC), tick=False):
        told = browser.get(path).content.decode()
        services.update_contact(ivan, city="Пермь")
        said = browser.get(path).content.decode()
    assert "15:20 there, Омская область" in told
    assert f"By the number&#x27;s region, as {ivan.account.brand_name} reports it" in told
    assert "14:20 there, Пермь" in said
    assert "By the city or region" in said

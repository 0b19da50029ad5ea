"""Somebody else's client: the button says whose before the press, and the press asks."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.press_pages import HTMX, PRESS, fields

from clickcall.models import Call, CallRules, Contact, ContactList, Member
from clickcall.simulator import Simulator

As = Callable[..., Client]


def buttons(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture
def his(ivan: Contact, boris: Member) -> Contact:
    ivan.owner = boris
    ivan.save()
    return ivan


@pytest.fixture(autouse=True)
def _at_any_hour(anna: Member) -> None:
    CallRules.objects.create(account=anna.account, hours_on=False, attempts_a_day=0, attempts_a_month=0)


@pytest.mark.parametrize("path", ["/contacts/", "/contacts/{pk}/"])
def test_the_button_says_whose_client_it_is(
    mine: Simulator, anna: Member, boris: Member, his: Contact, as_: As, path: str
) -> None:
    text = buttons(as_(anna), path.format(pk=his.pk))
    assert "Client: Борис" in text
    assert "Client: " not in buttons(as_(boris), path.format(pk=his.pk))


def test_whoever_left_is_asked_about_no_more(
    mine: Simulator, anna: Member, boris: Member, his: Contact, as_: As
) -> None:
    boris.archived_at = now()
    boris.save()
    assert "Client: " not in buttons(as_(anna), "/contacts/")
    as_(anna).post(PRESS, fields(contact_id=str(his.pk)), **HTMX)
    assert Call.objects.count() == 1


def test_the_press_asks_with_the_owner_s_name_and_goes_on_when_told(
    mine: Simulator, anna: Member, his: Contact, as_: As
) -> None:
    client = as_(anna)
    asked = client.post(PRESS, fields(contact_id=str(his.pk)), **HTMX).content.decode()
    assert "This is a client of Борис Лисин" in asked
    assert not Call.objects.exists()
    client.post(PRESS, fields(contact_id=str(his.pk), confirm="not_yours"), **HTMX)
    assert Call.objects.get().confirmed == ["not_yours"]


def test_a_page_of_many_owners_costs_no_query_each(mine: Simulator, anna: Member, leads: ContactList, as_: As) -> None:
    client, counts = as_(anna), []
    for first in (0, 10):
        for place in range(first, first + 10):
            owner = people.make_member(anna.account, f"seller{place}")
            people.make_contact(leads, f"Клиент {place}", f"792611100{place:02}", owner=owner)
        with CaptureQueriesContext(connection) as queries:
            assert buttons(client, "/contacts/").count("Client: ") >= first + 10
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""The retry plan of a list, as managers set it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from clickcall.contacts import services
from clickcall.models import ContactList, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def test_the_usual_plan_is_said_in_words(as_: SignIn, maria: Member, leads: ContactList) -> None:
    page = as_(maria).get(f"/contacts/lists/{leads.pk}/retry-plan/").content.decode()
    assert "The usual plan" in page
    assert "Again in 2 hours, in the other half of the next day, in 3 days; after 4 attempts" in page


def test_a_manager_sets_a_plan_and_goes_back_to_the_usual_one(as_: SignIn, maria: Member, leads: ContactList) -> None:
    browser, url = as_(maria), f"/contacts/lists/{leads.pk}/retry-plan/"
    assert browser.post(url, {"step0": "1h", "step1": "", "step2": "7d"}).status_code == 302
    leads.refresh_from_db()
    assert leads.retry_plan == ["1h", "7d"]
    browser.post(url, {"step0": "1h", "usual": "1"})
    leads.refresh_from_db()
    assert leads.retry_plan == []


def test_a_step_that_does_not_exist_is_refused(as_: SignIn, maria: Member, leads: ContactList) -> None:
    response = as_(maria).post(f"/contacts/lists/{leads.pk}/retry-plan/", {"step0": "never"})
    assert response.context["form"].errors
    with pytest.raises(ValidationError):
        services.set_retry_plan(leads, ["never"])
    leads.refresh_from_db()
    assert leads.retry_plan == []


def test_sales_and_strangers_set_no_plan(as_: SignIn, anna: Member, stranger: Member, leads: ContactList) -> None:
    url = f"/contacts/lists/{leads.pk}/retry-plan/"
    assert [as_(member).post(url, {"step0": "1h"}).status_code for member in (anna, stranger)] == [403, 404]

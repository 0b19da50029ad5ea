"""A talk whose end is known and whose reason is not: a notification tells the one, the report the other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support.calls import make_call
from support.press_pages import HTMX, PRESS, fields

from clickcall.models import Contact, Employee, Member
from clickcall.simulator import Simulator

SignIn = Callable[[Member], Client]
OLEG, ANNA = "Олег Дементьев", "Кузнецова Анна"
SOON, LATER = timedelta(seconds=3), timedelta(minutes=3)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(
    ("name", "ago", "reason", "asks"),
    [
        (ANNA, SOON, "", True),
        ("", SOON, "", False),
        (OLEG, SOON, "", False),
        ("", LATER, "", True),
        (OLEG, LATER, "", None),
        (OLEG, SOON, "caller_disconnects", True),
    ],
)
def test_how_it_went_is_asked_once_it_is_known_who_talked(
    mine: Simulator,
    as_: SignIn,
    anna: Member,
    ivan: Contact,
    name: str,
    ago: timedelta,
    reason: str,
    asks: bool | None,
    linked: bool,
) -> None:
    if linked:
        anna.employee = Employee.objects.create(account=anna.account, provider_id="7", name=ANNA)
        anna.save()
    if asks is None:  # only the name of a linked caller is sure
        asks = not linked
    told = {"talk_duration": 185, "finish_reason": reason, "answered_by": name, "finished_at": now() - ago}
    call, client = make_call(anna, contact=ivan, requested_at=now() - timedelta(minutes=9), **told), as_(anna)
    assert ("How did it go?" in client.get("/contacts/").content.decode()) == asks
    bar = client.get(reverse("calls:live", args=[call.pk]), **HTMX)
    assert bar.status_code == (200 if not asks and ago == SOON else 286)
    answer = client.post(PRESS, fields("next", "+79261112233"), **HTMX).content.decode()
    assert ("First say how" in answer) == asks

"""The company's rules at a press: what stops it, who goes on with what reason, and what is written down."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from support.dials import ACCEPTED, INVALID, dial
from support.press_pages import HTMX, PRESS, fields
from support.presses import placed_at

from clickcall.models import Call, Callback, CallRules, Consent, Contact, DoNotCall, Member, StoppedPress
from clickcall.models.saving import save_changes
from clickcall.simulator import Simulator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("company_hours")]
SignIn = Callable[[Member], Client]
PHONE = "79260000000"
CHECK = "/calls/my-phone/check/"
NOON = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Noon in Moscow; the clock goes on."""
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def magadan(ivan: Contact) -> Contact:
    """Somebody who has 20:00."""
    save_changes(ivan, timezone="Asia/Magadan")
    return ivan


def told(client: Client, to: Contact | None = None, **more: str) -> str:
    """What a press in a row is answered."""
    given = fields(contact_id=str(to.pk) if to else "", **more)
    return client.post(PRESS, given, **HTMX).content.decode()


def recorded() -> list[tuple[str, str, bool]]:
    rows = StoppedPress.objects.order_by("pk").values_list("rule", "reason", "call")
    return [(rule, reason, call is not None) for rule, reason, call in rows]


def test_do_not_call_stops_every_page(mine: Simulator, anna: Member, boris: Member, ivan: Contact, as_: SignIn) -> None:
    DoNotCall.objects.create(account=anna.account, digits=PHONE, member=boris, at=NOON - timedelta(days=6))
    page = told(as_(anna), ivan)
    assert "<strong>Do not call</strong> · Asked on 12 Nov 2026, noted by Борис Лисин." in page
    assert "the client was not disturbed" in page
    told(as_(anna), ivan, confirm="do_not_call", reason="I want to", external_id="two")
    told(as_(anna), place="dialpad", external_id="three")
    assert placed_at(mine) == []
    assert Call.objects.count() == 0
    assert recorded() == [("do_not_call", "", False)] * 3


def test_do_not_call_stops_the_command_line_too(mine: Simulator, anna: Member) -> None:
    DoNotCall.objects.create(account=anna.account, digits=PHONE, member=anna, at=NOON)
    said = dial()
    assert (said["exit"], said["dispatch"]) == (INVALID, "invalid")
    assert said["errors"] == {"contact": ["Do not call. Asked on 18 Nov 2026, noted by Анна Кузнецова."]}
    assert recorded() == [("do_not_call", "", False)]


def test_a_list_that_wants_consent_stops_the_command_line(mine: Simulator, anna: Member, ivan: Contact) -> None:
    save_changes(ivan.list, purpose="ads", without_consent="block")
    said = dial()
    assert (said["exit"], [*said["errors"]]) == (INVALID, ["contact"])
    Consent.objects.create(account=anna.account, digits=PHONE, state="given")
    assert dial()["exit"] == ACCEPTED


def test_outside_hours_a_command_line_is_warned_and_written_down(
    mine: Simulator, anna: Member, magadan: Contact
) -> None:
    said = dial()
    assert (said["exit"], said["warnings"]) == (ACCEPTED, ["outside_hours"])
    assert recorded() == [("outside_hours", "From the command line", True)]


def test_outside_hours_a_page_asks_for_a_reason_and_writes_it_down(
    mine: Simulator, anna: Member, magadan: Contact, as_: SignIn
) -> None:
    client = as_(anna)
    page = told(client, magadan)
    assert "20:00 there" in page.replace("It&#x27;s ", "")
    assert "Company rule: calls from 9:00" in page
    assert "Remind me at 9:00" in page
    assert "Call because…" in page
    assert "Say why" in told(client, magadan, confirm="outside_hours", reason=" ")
    assert recorded() == [("outside_hours", "", False)]
    assert placed_at(mine) == []
    told(client, magadan, confirm="outside_hours", reason="They asked me to")
    assert len(placed_at(mine)) == 1
    assert recorded() == [("outside_hours", "They asked me to", True)]
    assert Call.objects.get().confirmed == ["outside_hours"]


def test_an_unknown_hour_needs_no_reason(mine: Simulator, anna: Member, ivan: Contact, as_: SignIn) -> None:
    CallRules.objects.create(account=anna.account, unknown_asks_from=12)
    page = told(as_(anna), ivan)
    assert "We don&#x27;t know the time there" in page
    assert "It may be night" in page
    assert f"/contacts/{ivan.pk}/edit/#id_city" in page
    assert 'name="reason"' not in page
    told(as_(anna), ivan, confirm="time_unknown")
    assert len(placed_at(mine)) == 1
    assert recorded() == [("time_unknown", "", True)]


def test_a_question_that_came_up_since_is_asked_before_the_call(
    mine: Simulator, anna: Member, boris: Member, magadan: Contact, as_: SignIn
) -> None:
    save_changes(magadan, owner=boris, timezone="Asia/Vladivostok")  # 19:00
    client = as_(anna)
    assert 'value="not_yours"' in told(client, magadan)
    with time_machine.travel(NOON + timedelta(hours=1, minutes=10)):
        for seen in ("not_yours", "1"):  # the latter is what pages said that were drawn before codes were asked for
            page = told(client, magadan, confirm=seen, reason="Because")
            assert 'value="not_yours,outside_hours"' in page
            assert 'value="Because"' in page  # and nothing typed is lost
        assert placed_at(mine) == []
        told(client, magadan, confirm="not_yours,outside_hours", reason="They asked")
    assert Call.objects.get().confirmed == ["not_yours", "outside_hours"]
    assert recorded() == [("outside_hours", "They asked", True)]


def test_remind_me_makes_a_callback_for_when_calls_begin_there(anna: Member, magadan: Contact, as_: SignIn) -> None:
    answer = as_(anna).post("/calls/remind/", fields(contact_id=str(magadan.pk)), **HTMX)
    assert "at 9:00 there, at 1:00 here" in answer.content.decode()
    made = Callback.objects.get()
    assert (made.contact, made.digits, made.member, made.made_by) == (magadan, PHONE, anna, anna)
    assert made.due_at == datetime(2026, 11, 18, 22, 0, tzinfo=UTC)  # 9:00 in Magadan
    assert made.asked_by_client is False


def test_by_day_there_is_nothing_to_be_reminded_of(anna: Member, ivan: Contact, as_: SignIn) -> None:
    answer = as_(anna).post("/calls/remind/", fields(contact_id=str(ivan.pk)), follow=True)
    assert "you can call now" in answer.content.decode()
    assert Callback.objects.count() == 0


def test_nobody_is_reminded_of_a_stranger_s_contact(stranger: Member, magadan: Contact, as_: SignIn) -> None:
    as_(stranger).post("/calls/remind/", fields(contact_id=str(magadan.pk)), **HTMX)
    assert Callback.objects.count() == 0


def test_a_callback_that_the_client_asked_for_is_not_asked_about(
    mine: Simulator, anna: Member, magadan: Contact, as_: SignIn
) -> None:
    Callback.objects.create(
        account=anna.account, contact=magadan, digits=PHONE, due_at=NOON, made_by=anna, asked_by_client=True
    )
    told(as_(anna), magadan)
    assert len(placed_at(mine)) == 1
    assert recorded() == []


def test_a_phone_check_is_not_asked_about_like_a_call_to_a_client(mine: Simulator, anna: Member, as_: SignIn) -> None:
    CallRules.objects.create(account=anna.account, weekday_from=13)
    telephone = "74012710000"  # a landline in Kaliningrad, where it is 11:00
    assert "11:00" in told(as_(anna), place="dialpad", contact=telephone)
    as_(anna).post(CHECK, {"external_id": "check", "phone": f"+{telephone}", "confirm": "in_call"})
    assert [line["contact"] for line in placed_at(mine)] == [telephone]


def test_a_phone_check_calls_nobody_whom_nobody_may_call(mine: Simulator, anna: Member, as_: SignIn) -> None:
    DoNotCall.objects.create(account=anna.account, digits=PHONE)
    as_(anna).post(CHECK, {"external_id": "check", "phone": f"+{PHONE}", "confirm": "in_call"})
    assert placed_at(mine) == []

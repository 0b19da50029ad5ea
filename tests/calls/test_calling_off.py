"""A page says that a press placed no call only once it is certain that the press never will, however late it comes."""

from collections.abc import Callable

import pytest
from django.test import Client
from support.press_pages import HTMX, PRESS, fields, offered
from support.presses import at_once, form_of, placed_at, press, pressed

from clickcall.calls import services
from clickcall.models import Call, CallEvent, CallRules, Dispatch, Member, Status, StoppedPress
from clickcall.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Member], Client]
STATE = "/calls/state/one/?place=row&contact=%2B79260000000&contact_id=&name="


def test_a_press_that_comes_after_it_was_called_off_places_no_call(provider: Simulator, anna: Member) -> None:
    called_off = services.call_off(form_of(anna), external_id="late")
    assert (called_off.status, called_off.cause, called_off.is_final) == (Status.NOT_SENT, "called_off", True)
    late = press(anna, external_id="late")
    assert (late.call, late.duplicate) == (called_off, True)
    assert placed_at(provider) == []
    assert list(CallEvent.objects.values_list("kind", flat=True)) == ["pressed", "called_off"]


def test_calling_off_goes_past_no_rule_of_the_company(provider: Simulator, anna: Member, company_hours: None) -> None:
    CallRules.objects.create(account=anna.account, unknown_asks_from=0)
    form = form_of(anna)
    assert form.verdict.findings
    call = services.call_off(form, external_id="late")
    assert (call.confirmed, call.warnings) == ([], form.warnings)
    assert not StoppedPress.objects.exists()


def test_a_press_that_was_quicker_is_told_as_it_is(provider: Simulator, anna: Member) -> None:
    call = pressed(anna, external_id="quick")
    told = services.call_off(form_of(anna), external_id="quick")
    assert (told.pk, told.dispatch) == (call.pk, Dispatch.ACCEPTED)
    assert Call.objects.count() == 1


@pytest.mark.parametrize("external_id", ["a", "b", "c"])
def test_a_press_and_its_calling_off_agree_whoever_comes_first(
    provider: Simulator, anna: Member, external_id: str
) -> None:
    def work(place: int) -> str:
        if place % 2:
            return str(press(anna, external_id=external_id).call.dispatch)  # type: ignore[union-attr]
        return str(services.call_off(form_of(anna), external_id=external_id).dispatch)

    told, call = at_once(4, work), Call.objects.get()
    assert len(placed_at(provider)) == (call.dispatch == Dispatch.ACCEPTED)
    # Whoever asked while the press was being sent was told that, and no more.
    assert set(told) <= {str(call.dispatch), str(Dispatch.SENDING)}
    assert call.dispatch in (Dispatch.ACCEPTED, Dispatch.NOT_SENT)


def test_the_page_that_gave_up_gets_a_fresh_button_and_the_late_press_rings_nobody(
    mine: Simulator, anna: Member, as_: SignIn
) -> None:
    browser = as_(anna)
    assert browser.get(STATE, **HTMX).status_code == 404
    assert Call.objects.count() == 0
    answer = browser.post(STATE, fields(), **HTMX)
    assert "the press did not reach our server in time" in answer.content.decode()
    assert "Nothing was sent, no call was made" in answer.content.decode()
    assert offered(answer) != ["one"]
    late = browser.post(PRESS, fields(), **HTMX)
    assert "the press did not reach our server in time" in late.content.decode()
    assert placed_at(mine) == []


@pytest.mark.parametrize(
    "wrong", [{"contact": "nobody"}, {"external_id": "two"}, {"external_id": ""}], ids=["form", "other ID", "no ID"]
)
def test_what_could_not_be_pressed_is_not_called_off_either(
    mine: Simulator, anna: Member, as_: SignIn, wrong: dict[str, str]
) -> None:
    assert as_(anna).post(STATE, {**fields(), **wrong}, **HTMX).status_code == 404
    assert Call.objects.count() == 0


def test_nobody_calls_off_a_colleague_s_press_or_a_stranger_s(
    mine: Simulator, anna: Member, boris: Member, stranger: Member, as_: SignIn
) -> None:
    call = pressed(anna, external_id="one")
    assert as_(boris).post(STATE, fields(), **HTMX).status_code == 404
    assert as_(stranger).post(STATE, fields(), **HTMX).status_code == 404
    call.refresh_from_db()
    assert (call.dispatch, Call.objects.count()) == (Dispatch.ACCEPTED, 1)

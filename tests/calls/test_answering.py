"""The answer to a press that is filled in looks like the one that its template draws, whatever stands in it."""

from dataclasses import replace
from html import unescape

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from support.calls import make_call

from clickcall.calls import answering, bar
from clickcall.calls.buttons import Button
from clickcall.calls.preflight import preflight
from clickcall.calls.wrapup.shown import NOTHING
from clickcall.models import Call, Contact, Member, Status
from clickcall.web.stencils import Stencils

NASTY = ("<b>\"Ромашка\" & 'Ко'</b>", "7000000000000001 \x02bar_who\x03 100%s", "")


@pytest.fixture(autouse=True)
def fresh() -> None:
    answering._stencils.clear()


@pytest.fixture
def asked(ready: Member) -> HttpRequest:
    request = RequestFactory().post("/calls/")
    request.user, request.member = ready.user, ready  # type: ignore[attr-defined]
    return request


def accepted(member: Member, contact: Contact | None, name: str = "", company: str = "", **more: object) -> Call:
    """What is stored of a call that was accepted a moment ago."""
    given = {"contact": contact, "contact_name": name, "contact_company": company, "call_session_id": "17/9 &4"}
    made = make_call(member, status=Status.ACCEPTED, dispatch="accepted", **{**given, **more})
    made.account = member.account
    return made


def both(request: HttpRequest, place: str, call: Call, member: Member) -> tuple[str, str]:
    """As it is filled in, and as its template draws it."""
    button = Button(place, "+79260000000", call.contact_id, call.contact_name, "press-1", preflight(member))
    used = replace(button, used_at=timezone.now())
    shown = {**bar.contents(call, member, NOTHING), "csrf_token": ""}
    drawn = answering.draw(request, used, call, shown)
    return drawn, render_to_string(answering.TEMPLATE, {**shown, "button": used}, request)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("place", ["row", "icon", "back", "due"])
def test_a_filled_answer_is_the_template_s_own(
    ready: Member, ivan: Contact, asked: HttpRequest, place: str, language: str
) -> None:
    with translation.override(language):
        both(asked, place, accepted(ready, ivan, "Somebody else", "Some company"), ready)
        for name in NASTY:
            drawn, template = both(asked, place, accepted(ready, ivan, name, name), ready)
            assert drawn == template
            assert name in unescape(drawn)


def test_a_call_to_nobody_s_contact_has_a_look_of_its_own(ready: Member, ivan: Contact, asked: HttpRequest) -> None:
    both(asked, "row", accepted(ready, ivan, "Иван", "Ромашка"), ready)
    for call in (
        accepted(ready, None),
        accepted(ready, ivan, "Иван"),
        accepted(ready, None, params={"first_call": "contact"}),
    ):
        drawn, template = both(asked, "row", call, ready)
        assert drawn == template
    assert len(answering._stencils) == 4


def test_the_next_answer_of_the_same_look_needs_no_template(
    ready: Member, ivan: Contact, asked: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(asked, "row", accepted(ready, ivan, "Иван"), ready)
    button = Button("row", "+79260000001", 7, "Пётр", "press-2", preflight(ready), used_at=timezone.now())
    call = accepted(ready, ivan, "Пётр")
    monkeypatch.setattr(answering, "render_to_string", None)
    assert "Пётр" in answering.draw(asked, button, call, {**bar.contents(call, ready, NOTHING), "csrf_token": ""})


@pytest.mark.parametrize("change", [{"status": Status.CALLING, "dispatch": "sending"}, {"status": Status.REFUSED}])
def test_any_other_state_is_drawn_by_the_template(
    ready: Member, ivan: Contact, asked: HttpRequest, change: dict[str, object]
) -> None:
    call = accepted(ready, ivan, "Иван")
    for name, value in change.items():
        setattr(call, name, value)
    drawn, template = both(asked, "row", call, ready)
    assert drawn == template
    assert len(answering._stencils) == 0


def test_looks_are_not_kept_without_end(
    ready: Member, ivan: Contact, asked: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stencils, "MOST", 2)
    for place in ("row", "icon", "back", "due"):
        drawn, template = both(asked, place, accepted(ready, ivan, "Иван"), ready)
        assert drawn == template
    assert len(answering._stencils) == 2

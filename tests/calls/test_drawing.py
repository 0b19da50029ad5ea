"""Buttons that are filled in look like those that their template draws, whatever stands in them."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from support import people

from clickcall.calls import drawing
from clickcall.calls.buttons import Button
from clickcall.calls.preflight import preflight
from clickcall.models import Member, VirtualNumber

NASTY = ("<b>\"Ромашка\" & 'Ко'</b>", "\x02name\x03", "key", "")


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize("place", ["row", "icon", "queue"])
@pytest.mark.parametrize("name", NASTY)
def test_a_filled_button_is_the_template_s_own(ready: Member, place: str, name: str) -> None:
    first = Button(place, "+79260000001", 1, "Somebody else", "press-0", preflight(ready))
    drawing.draw(first, "token")
    button = Button(place, "+79260000000", 7, name, "press-1", preflight(ready))
    drawn = drawing.draw(button, "token")
    assert squeezed(drawn) == squeezed(render_to_string(drawing.TEMPLATE, {"button": button, "csrf_token": "token"}))


def test_a_used_button_is_heard_as_it_is_seen_and_with_whom_it_calls(ready: Member) -> None:
    button = Button("row", "+79260000000", 7, "Иван", "press-1", preflight(ready), used_at=timezone.now())
    drawn = drawing.draw(button, "token")
    assert "aria-label" not in drawn
    assert re.search(
        r"Call again <span class=\"keep\">called at [\d:]+</span></span>\s*<span[^>]*>: Иван</span>", drawn
    )


def test_a_contact_without_a_phone_has_no_button(ready: Member) -> None:
    assert "<form" not in drawing.draw(None, "token")


def test_a_blocked_button_says_why(account: object, boris: Member) -> None:
    people.make_token(boris.account)
    button = Button("row", "+79260000000", 7, "Иван", "press-1", preflight(boris))
    assert "You have no number to call from" in drawing.draw(button, "token")


@pytest.mark.parametrize("place", ["row", "icon"])
@pytest.mark.parametrize("name", NASTY)
def test_a_blocked_button_that_is_filled_in_is_the_template_s_own(boris: Member, place: str, name: str) -> None:
    people.make_token(boris.account)
    drawing.draw(Button(place, "+79260000001", 1, "Somebody else", "press-0", preflight(boris)), "token")
    button = Button(place, "+79260000000", 7, name, "press-1", preflight(boris))
    expected = render_to_string(drawing.TEMPLATE, {"button": button, "csrf_token": "token"})
    assert squeezed(drawing.draw(button, "token")) == squeezed(expected)


def test_a_stencil_is_no_other_member_s(ready: Member, maria: Member, number: VirtualNumber) -> None:
    button = Button("row", "+79260000000", 7, "Иван", "press-1", preflight(ready))
    drawing.draw(button, "mine")
    assert 'value="hers"' in drawing.draw(button, "hers")

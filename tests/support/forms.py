"""Forms of presses, made the short way."""

from typing import Any

from clickcall.calls.forms import CallForm
from clickcall.calls.params import WIRE_NAMES
from clickcall.models import Member

LEAST = {"virtual_phone_number": "74993720692", "contact": "+7 926 000-00-00", "first_call": "employee"}


def press(member: Member, **data: Any) -> CallForm:
    """The form of the least press, with these values."""
    return CallForm(LEAST | data, member=member)


def sent(form: CallForm) -> dict[str, Any]:
    """What a valid form puts on the wire."""
    assert form.is_valid(), form.errors
    return form.payload("x1")


def refusal(form: CallForm) -> tuple[str, str]:
    """Wire name and code of the only error; it says something, and nothing can be sent."""
    assert not form.is_valid()
    ((field, errors),) = form.errors.as_data().items()
    ((wire_name, (text,)),) = form.wire_errors().items()
    assert len(text) > 10
    assert wire_name == WIRE_NAMES.get(field, field)
    return wire_name, errors[0].code or ""

"""What a button says of the phone that it calls: the phone itself, or, where phones are hidden, a row that has it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..contacts.masking import hides
from ..models import Call, ContactPhone, Member, PhoneKind

_PHONE, _CALL = "p", "c"
_LONGEST_KEY = 18  # digits of a row's key
_REFERENCE = re.compile(rf"([{_PHONE}{_CALL}])([0-9]{{1,{_LONGEST_KEY}}})")


def of_phone(phone: ContactPhone, member: Member) -> str:
    """A contact's phone as the member's buttons say it: digits with a plus, a SIP number, or "p12"."""
    if hides(member):
        return f"{_PHONE}{phone.pk}"
    return phone.digits if phone.kind == PhoneKind.SIP else f"+{phone.digits}"


def of_call(call: Call, member: Member) -> str:
    """The phone of a call that the member sees: digits with a plus, a SIP number, or "c12"."""
    if hides(member):
        return f"{_CALL}{call.pk}"
    return call.contact_phone if call.contact_phone.startswith("0") else f"+{call.contact_phone}"


def is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text) is not None


def names(text: str, phone: ContactPhone) -> bool:
    """Whether a button that says this means that phone."""
    return text.removeprefix("+") == phone.digits or text == f"{_PHONE}{phone.pk}"


def resolved(text: str, member: Member) -> str:
    """The phone where the text names a call, else the text as it is. Raises ValidationError if nobody sees the call."""
    found = _REFERENCE.fullmatch(text)
    if found is None or found[1] != _CALL:
        return text
    call = Call.objects.visible_to(member).filter(pk=int(found[2])).order_by().first()
    if call is None or not call.contact_phone:
        raise ValidationError(_("The contact has changed. Reload the page and press again."), code="changed")
    return call.contact_phone if call.contact_phone.startswith("0") else f"+{call.contact_phone}"

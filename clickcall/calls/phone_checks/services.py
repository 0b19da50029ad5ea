"""The phone check: a real call that ends at the member's own phone, so that nobody else is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Call, Contact, Direction, FirstCall, Member, PhoneAnswer, PhoneCheck
from .. import services
from ..forms import CallForm
from ..guards import Question
from .own_phones import of_employee

PATIENCE = timedelta(seconds=40)  # then the call is ended without an answer
_FORGOTTEN = timedelta(minutes=10)  # a call that could not be ended until then ends by itself
PARAMETERS = {
    "first_call": FirstCall.EMPLOYEE.value,
    "switch_at_once": "false",
    "early_switching": "false",
    "direction": Direction.OUT.value,
}


@dataclass(frozen=True, slots=True)
class Begun:
    """The check that has begun; without one there are `questions` to be answered first."""

    check: PhoneCheck | None
    questions: list[Question] = field(default_factory=list)


class CheckForm(CallForm):
    """A press from the member's own number to the member's own phone: the linked one, else `phone` as it was typed."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, member: Member) -> None:
        number = member.default_number
        own = linked_phone(member)
        given = {
            **PARAMETERS,
            "virtual_phone_number": number.digits if number else "",
            "contact": own or (data or {}).get("phone", ""),
        }
        super().__init__(given if data is not None else None, member=member)
        self.unnamed = _("Phone check")

    def _only_contact_with(self, digits: str) -> Contact | None:
        """A check belongs to no client, whoever else has this phone."""
        return None


def linked_phone(member: Member) -> str:
    """The SIP number of the linked employee, which a call may be placed to; empty when there is none."""
    own = of_employee(member.employee, member.account.country)
    return next((phone.digits for phone in own if phone.is_sip), "")


def begin(form: CheckForm, *, external_id: str, confirmed: bool = False) -> Begun:
    """Places the call of a valid form like any press: one for each ID, and asked about first where a press would be.

    Raises ValidationError, with nothing stored, when the account has no access key.
    """
    placed = services.place_call(form, external_id=external_id, confirmed=confirmed)
    if placed.call is None or form.number is None:
        return Begun(None, placed.questions)
    check, _new = PhoneCheck.objects.get_or_create(
        call=placed.call,
        defaults={
            "account": form.account,
            "member": form.member,
            "number": form.number,
            "asked_at": placed.call.requested_at,
        },
    )
    return Begun(check)


def tell(check: PhoneCheck, answer: PhoneAnswer, *, member: Member) -> bool:
    """Stores what the member said, once, and ends the call. False when it was said before."""
    unsaid = PhoneCheck.objects.filter(pk=check.pk, answer=PhoneAnswer.NONE)
    if answer == PhoneAnswer.NONE or not unsaid.update(answer=answer, answered_at=now()):
        return False
    if check.call:
        _end(check.call, member)
        services.close(check.call)
    return True


def hang_up_overdue() -> int:
    """Ends the calls of checks that nobody answered in time; how many. Any number of workers may ask."""
    moment = now()
    overdue = PhoneCheck.objects.filter(
        answer=PhoneAnswer.NONE,
        answered_at=None,
        asked_at__range=(moment - _FORGOTTEN, moment - PATIENCE),
        call__is_final=False,
    ).exclude(call__call_session_id="")
    ended = 0
    for check in overdue.select_related("call__account", "member"):
        # Whoever writes the time is the one who hangs up; the answer stays open.
        if check.call and PhoneCheck.objects.filter(pk=check.pk, answered_at=None).update(answered_at=moment):
            _end(check.call, check.member)
            ended += 1
    return ended


def _end(call: Call, member: Member) -> None:
    call.refresh_from_db()
    services.hang_up(call, member=member)

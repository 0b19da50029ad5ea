"""The phone check: a real call that ends at the member's own phone, so that nobody else is called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...contacts.rules import Kind, Verdict
from ...models import Call, CallEvent, Contact, Direction, EventSource, FirstCall, Member, PhoneAnswer, PhoneCheck
from .. import services
from ..forms import CallForm
from ..guards import Question
from .own_phones import of_employee

PATIENCE = timedelta(seconds=40)  # then the call is ended without an answer
_GRACE = timedelta(seconds=2)  # for the answer's own request to hang up
_HUNG_UP = CallEvent.objects.filter(call=OuterRef("call"), source=EventSource.HANG_UP)
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
            "external_id": (data or {}).get("external_id", ""),
        }
        super().__init__(given if data is not None else None, member=member)
        self.unnamed = _("Phone check")

    def _only_contact_with(self, digits: str) -> Contact | None:
        """A check belongs to no client, whoever else has this phone."""
        return None

    def _judged(self, digits: str) -> Verdict:
        """The company's rules are about clients; but that a phone is one's own was only typed where none is linked.

        Whom nobody may call is not called for a check either.
        """
        if digits == linked_phone(self.member):
            return Verdict()
        return Verdict(tuple(one for one in super()._judged(digits).findings if one.kind == Kind.BLOCK))


def linked_phone(member: Member) -> str:
    """The SIP number of the linked employee, which a call may be placed to; empty when there is none."""
    own = of_employee(member.employee, member.account.country)
    return next((phone.digits for phone in own if phone.is_sip), "")


def begin(form: CheckForm, *, external_id: str, confirmed: Collection[str] = ()) -> Begun:
    """Places the call of a valid form like any press: one for each ID, and asked about first where a press would be.

    Raises ValidationError, with nothing stored, when the account has no access key, and `Call.DoesNotExist` when the ID
    is that of another call than this very check: it is not ended for it.
    """
    placed = services.place_call(form, external_id=external_id, confirmed=confirmed)
    if placed.call is None or form.number is None:
        return Begun(None, placed.questions)
    if placed.duplicate and not _is_check_of(form, placed.call):
        raise Call.DoesNotExist
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


def _is_check_of(form: CheckForm, call: Call) -> bool:
    """By its own columns: a second press may come before the first one has stored its check."""
    is_to_me = call.contact_phone == form.digits and call.contact_id is None
    return is_to_me and call.member_id == form.member.pk and call.number_id == (form.number and form.number.pk)


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
    """Ends the calls of checks that nobody answered in time, and those whose answer came before the provider's own.

    How many. Any number of workers may ask.
    """
    moment = now()
    open_calls = PhoneCheck.objects.filter(asked_at__gte=moment - _FORGOTTEN, call__is_final=False)
    silent = Q(answered_at=None, asked_at__lte=moment - PATIENCE)
    said = ~Q(answer=PhoneAnswer.NONE) & Q(answered_at__lte=moment - _GRACE) & ~Exists(_HUNG_UP)
    overdue = open_calls.filter(silent | said).exclude(call__call_session_id="")
    checks = [check for check in overdue.select_related("call__account", "member") if _claim(check, moment)]
    for check in checks:
        if check.call:
            _end(check.call, check.member)
    return len(checks)


def _claim(check: PhoneCheck, moment: datetime) -> bool:
    """Where nobody has answered, whoever writes the time is the one who hangs up; the answer stays open."""
    if check.answered_at:
        return True
    return bool(PhoneCheck.objects.filter(pk=check.pk, answered_at=None).update(answered_at=moment))


def _end(call: Call, member: Member) -> None:
    call.refresh_from_db()
    services.hang_up(call, member=member)

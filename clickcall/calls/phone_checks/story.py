"""What "My phone" tells a member: which phones ring, what they show, how they are, and what went wrong lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Call, Dispatch, Member, PhoneCheck, Status, VirtualNumber
from .. import endings
from ..reasons import GROUPS, Group
from ..wording import Wording, describe
from .light import telling_calls
from .own_phones import OwnPhone, of_employee
from .services import PATIENCE

_LATELY = timedelta(days=30)
_CAUSES = 5
_ASKED_FOR = timedelta(minutes=15)  # a check without an answer is asked about for so long
_NOT_REACHED = Q(status__in=[Status.YOU_MISSED, Status.YOU_OFFLINE, Status.SOMEBODY_ELSE]) | Q(
    status=Status.ENDED, finish_reason__in=list(GROUPS[Group.ME])
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A call whose ringing did not reach the member, with its cause and what to do."""

    call: Call
    wording: Wording
    why: endings.Why | None


@dataclass(frozen=True, slots=True)
class Heard:
    """When the phone was last seen: offline, or ringing and talking."""

    at: datetime
    is_offline: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest check: still to be answered, or what came of it. `picked_up_by` is somebody else's name."""

    check: PhoneCheck
    call: Call
    wording: Wording
    is_open: bool
    is_overdue: bool
    picked_up_by: str

    @property
    def was_placed(self) -> bool:
        """Whether a phone may have rung."""
        return self.call.dispatch not in (Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED)

    @property
    def stage(self) -> str:
        """How the call stands; there is no client whom it could ring."""
        if self.call.status == Status.RINGING_YOU:
            return _("Ringing you")
        return _("You're on the line") if self.call.employee_answered_at else _("On its way")

    @property
    def version(self) -> str:
        """Changes whenever the question would look different."""
        over = f"{int(self.is_open)}{int(self.is_overdue)}"
        return f"{self.check.answer}-{self.call.status}-{over}-{len(self.picked_up_by)}"


def scenarios(number: VirtualNumber) -> list[str]:
    """The names of those that answer the number now."""
    return [str(one.get("name") or one.get("id") or "") for one in number.scenarios if one.get("is_active")]


def phones_of(member: Member) -> list[OwnPhone]:
    """The linked employee's phones in the provider's order."""
    return of_employee(member.employee, member.account.country)


def heard(member: Member) -> Heard | None:
    """The newest sign of life; None where no call of the last month tells."""
    call = telling_calls(member.account_id, member.pk, now() - _LATELY).first()
    return Heard(call.requested_at, call.status == Status.YOU_OFFLINE) if call else None


def troubles(member: Member) -> list[Trouble]:
    """The newest calls of the last month that did not reach the member."""
    calls = Call.objects.filter(account_id=member.account_id, member=member, requested_at__gte=now() - _LATELY)
    found = list(calls.filter(_NOT_REACHED, is_final=True).order_by("-requested_at", "-pk")[:_CAUSES])
    for call in found:
        call.account = member.account
    return [Trouble(call, describe(call, member), endings.why(call, member)) for call in found]


def newest(member: Member) -> Asked | None:
    """The member's newest check from the number that is theirs now."""
    checks = PhoneCheck.objects.filter(member=member, number=member.default_number_id).exclude(call=None)
    check = checks.select_related("call", "number").first()
    return asked(check, member) if check else None


def asked(check: PhoneCheck, member: Member) -> Asked | None:
    """A check as its member sees it; None for one whose call was never stored."""
    call = check.call
    if call is None:
        return None
    call.account = member.account
    age = now() - check.asked_at
    is_open = not check.answer and age < _ASKED_FOR
    return Asked(
        check=check,
        call=call,
        wording=describe(call, member),
        is_open=is_open,
        is_overdue=age >= PATIENCE or check.answered_at is not None or call.is_final,
        picked_up_by=_somebody_else(call, member),
    )


def _somebody_else(call: Call, member: Member) -> str:
    """Who answered in the member's stead, if anybody said so."""
    mine = {member.name, member.employee.name if member.employee else ""}
    return call.answered_by if call.answered_by and call.answered_by not in mine else ""

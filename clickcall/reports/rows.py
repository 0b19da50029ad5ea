"""A call as one row of a log: who called whom, and beside the outcome the few words that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..calls import endings
from ..calls.causes import explain
from ..calls.whose import returned, who
from ..models import Call, Member, Origin, Status
from . import recordings

# Which way a call went: its icon, and its name for those who do not see it.
_DIRECTIONS = {
    Origin.PRESS: ("phone-outgoing", gettext_lazy("Outbound")),
    Origin.INBOUND: ("phone-incoming", gettext_lazy("Inbound")),
    Origin.OTHER: ("phone-forwarded", gettext_lazy("Not from ClickCall")),
}


@dataclass(frozen=True, slots=True)
class Row:
    call: Call
    caller: str
    called: str
    detail: str
    waited: int | None  # seconds until the contact was given up, or gave up
    icon: str
    direction: str
    has_recording: bool


def rows(calls: Iterable[Call], viewer: Member) -> list[Row]:
    return [_row(call, viewer) for call in calls]


def _row(call: Call, viewer: Member) -> Row:
    caller, called = people(call, viewer)
    icon, direction = _DIRECTIONS[Origin(call.origin)]
    return Row(
        call=call,
        caller=caller,
        called=called,
        detail=detail(call),
        waited=_waited(call),
        icon=icon,
        direction=str(direction),
        has_recording=recordings.is_there(call),
    )


def _waited(call: Call) -> int | None:
    return call.wait_duration if call.status in (Status.NO_ANSWER, Status.MISSED) else None


def people(call: Call, viewer: Member) -> tuple[str, str]:
    """Who called and who was called, as the viewer reads it."""
    ours = call.member_name or call.answered_by or call.employee_name or call.number_name or _("Us")
    if call.origin != Origin.PRESS and call.answered_by:
        ours = call.answered_by
    client = who(call, viewer)
    return (client, ours) if call.origin == Origin.INBOUND else (ours, client)


def detail(call: Call) -> str:
    """What the outcome's own words leave open; empty where they say it all."""
    brand = str(call.account.brand_name)
    match call.status:
        case Status.YOU_MISSED | Status.YOU_OFFLINE:
            called = endings.client_was_called(call)
            return _("the client was called and waited") if called else _("the client was not called")
        case Status.MISSED:
            return returned(call)
        case Status.SOMEBODY_ELSE:
            return call.answered_by
        case Status.REFUSED | Status.NOT_SENT:
            return explain(call.cause, brand)[0]
        case Status.UNKNOWN:
            return _("the answer of %(brand)s got lost") % {"brand": brand}
        case Status.NOT_PLACED:
            return _("checked with %(brand)s") % {"brand": brand}
    return ""

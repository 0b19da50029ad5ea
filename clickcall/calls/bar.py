"""What the live bar shows: the newest press of a member until it has ended and was put away."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from ..models import Call, Dispatch, Member, Status
from ..models.prepared import PreparedModels
from . import endings
from .buttons import Button
from .preflight import preflight
from .services import new_external_id
from .wording import describe, who

# A call that ended longer ago no longer needs a place on every page.
_LINGERS = timedelta(minutes=10)
_LONGEST = timedelta(hours=12)
# Every page asks for it.
_NEWEST = PreparedModels(int, int, datetime, ask=lambda *which: Call.objects.on_the_bar(*which)[:1])


def current(member: Member) -> Call | None:
    """The call to show: an open one, or one that ended a moment ago and was not put away."""
    calls = _NEWEST.instances(member.account_id, member.pk, now() - _LONGEST)
    call = calls[0] if calls else None
    if call is None or (call.is_final and now() - (call.finished_at or call.requested_at) > _LINGERS):
        return None
    call.account = member.account
    return call


def contents(call: Call, member: Member) -> dict[str, Any]:
    """The bar's template context."""
    wording = describe(call, member)
    title = f"{wording.short} {{clock}}" if wording.clock else wording.short
    return {
        "call": call,
        "wording": wording,
        "who": who(call),
        "version": version(call),
        "tab_title": f"{title} · {who(call)}",
        "can_hang_up": can_hang_up(call),
        "again": _again(call, member),
        "can_tell": _can_tell(call) and not member.is_admin,
        "bar_label": _("Current call") if not call.is_final else _("Last call"),
    }


def _again(call: Call, member: Member) -> Button | None:
    """The bar's own button after a call that came to nothing; what an admin has to mend is no better again."""
    if not call.is_final or call.status == Status.TALKED or _can_tell(call):
        return None
    is_sip = call.contact_phone.startswith("0")
    phone = call.contact_phone if is_sip else f"+{call.contact_phone}"
    return Button("bar", phone, call.contact_id, call.contact_name, new_external_id(), preflight(member))


def _can_tell(call: Call) -> bool:
    """What an admin has to mend."""
    return call.status in (Status.REFUSED, Status.SOMEBODY_ELSE) or endings.needs_admin(call)


def can_hang_up(call: Call) -> bool:
    """A line that the provider told us of and that is still open."""
    return call.dispatch == Dispatch.ACCEPTED and not call.is_final and bool(call.call_session_id)


def version(call: Call) -> str:
    """Changes whenever the bar would look different: a poll that names it is answered 204."""
    ringing = (call.employee_answered_at is not None, call.contact_ringing_at is not None)
    return f"{call.status}-{call.call_session_id}-{int(call.is_final)}-{int(ringing[0])}{int(ringing[1])}"

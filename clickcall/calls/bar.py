"""What the live bar shows: the newest press of a member until it has ended and was put away."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ..accounts.session_keys import UNREADABLE
from ..models import Call, Dispatch, Member, Status, Witness
from ..models.columns import attnames, loaded
from ..models.prepared import Prepared
from . import endings, witness
from .buttons import Button
from .preflight import preflight
from .references import of_call
from .services import new_external_id
from .whose import is_own
from .wording import describe, who
from .wrapup import shown
from .wrapup.pending import comes_soon, is_perhaps_a_colleagues

# A call that ended longer ago no longer needs a place on every page.
_LINGERS = timedelta(minutes=10)
_LONGEST = timedelta(hours=12)
# Whose phone has not rung by now may want to know why.
_RINGS_BY_NOW = timedelta(seconds=15)
# Every page asks for it.
_CALL = attnames(Call)
_NEWEST = Prepared(
    int,
    int,
    datetime,
    ask=lambda *which: (
        Call.objects.filter(pk__in=Call.objects.on_the_bar(*which).values("pk")[:1])
        .order_by()
        .values_list(*_CALL, *shown.COLUMNS)
    ),
)


def drawn(member: Member) -> dict[str, Any]:
    """The context of the member's bar: empty without a call to show."""
    call, said = _newest(member)
    return contents(call, member, said) if call else {}


def of_page(member: Member) -> dict[str, Any]:
    """The same, looked up once a page: the member lives as long as the request."""
    if "_bar" not in member.__dict__:
        member.__dict__["_bar"] = drawn(member)
    found: dict[str, Any] = member.__dict__["_bar"]
    return found


def current(member: Member) -> Call | None:
    """The call to show: an open one, or one that ended a moment ago or waits for its outcome, and was not put away."""
    return _newest(member)[0]


def _newest(member: Member) -> tuple[Call | None, shown.Known | None]:
    lines = _NEWEST.rows(member.account_id, member.pk, now() - _LONGEST)
    if not lines:
        return None, None
    call = loaded(Call, _CALL, lines[0])
    call.account, call.member = member.account, member
    said = shown.of_lines(call, [line[len(_CALL) :] for line in lines])
    return (None, None) if _is_history(call) and not said.is_asked(call) else (call, said)


def _is_history(call: Call) -> bool:
    return endings.is_over(call) and now() - (call.finished_at or call.requested_at) > _LINGERS


def contents(call: Call, member: Member, said: shown.Known | None = None) -> dict[str, Any]:
    """The bar's template context; `said` where it is at hand."""
    wording = describe(call, member)
    title = f"{wording.short} {{clock}}" if wording.clock else wording.short
    return {
        "call": call,
        "wording": wording,
        "who": who(call, member),
        "version": quote(version(call, member)),
        "tab_title": f"{title} · {who(call, member)}",
        "can_hang_up": can_hang_up(call),
        "again": _again(call, member),
        "is_over": endings.is_over(call),
        "may_turn": may_turn(call),
        "my_phone": reverse("calls:my_phone") if _is_late(call, member) else "",
        **testimony(call, member),
        **shown.on_the_bar(call, member, said),
        "can_tell": _can_tell(call) and not member.is_admin,
        "bar_label": _("Current call") if not endings.is_over(call) else _("Last call"),
    }


def testimony(call: Call, member: Member) -> dict[str, Any]:
    """What the witness of a lost answer is asked and offered: `asked`, and `anew`, a button of the same call."""
    asked = witness.is_asked(call, member)
    silent = call.witness == Witness.SILENT and is_own(call, member)
    offered = (asked or silent) and witness.may_press_anew(call)
    return {"asked": asked, "anew": _button(call, member) if offered else None}


def _again(call: Call, member: Member) -> Button | None:
    """The bar's own button after a call that came to nothing; what an admin has to mend is no better again."""
    if not endings.is_over(call) or call.status == Status.TALKED or _can_tell(call):
        return None
    return _button(call, member)


def _button(call: Call, member: Member) -> Button:
    name = who(call, member) if call.contact_name else ""
    return Button("bar", of_call(call, member), call.contact_id, name, new_external_id(), preflight(member))


def _is_late(call: Call, member: Member) -> bool:
    """Whether the caller's phone was said to ring so long ago that it may be the wrong one, or silent."""
    began = call.employee_ringing_at
    if call.status != Status.RINGING_YOU or began is None or not is_own(call, member):
        return False
    return now() >= began + _RINGS_BY_NOW


def _can_tell(call: Call) -> bool:
    """What an admin has to mend."""
    if call.status == Status.NOT_SENT:
        return call.cause == UNREADABLE
    return call.status in (Status.REFUSED, Status.SOMEBODY_ELSE) or endings.needs_admin(call)


def may_turn(call: Call) -> bool:
    """Whether the bar may yet look otherwise, so that it goes on asking."""
    return not call.is_final or (comes_soon(call) and is_perhaps_a_colleagues(call))


def can_hang_up(call: Call) -> bool:
    """A line that the provider told us of and that is still open."""
    known = call.dispatch in (Dispatch.ACCEPTED, Dispatch.NONE) and bool(call.call_session_id)
    return known and not endings.is_over(call)


def version(call: Call, viewer: Member) -> str:
    """Changes whenever the bar or the card would look different: a poll that names it is answered 204.

    Some of it changes by the clock alone: the question to the witness, the doubt whether a phone rings, and who talked.
    """
    lines = (call.employee_answered_at, call.contact_ringing_at, call.finished_at)
    doubts = witness.is_asked(call, viewer), _is_late(call, viewer), may_turn(call)
    turns = (call.is_final, *(at is not None for at in lines), *doubts)
    marks = "".join(str(int(turn)) for turn in turns)
    return f"{call.status}-{call.call_session_id}-{marks}-{call.witness}-{call.employee_name}-{call.answered_by}"

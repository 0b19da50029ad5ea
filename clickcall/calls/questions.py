"""The soft guards in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now
from django.utils.translation import gettext as _

from ..models import Call, Member, Origin, Status, Witness
from . import lifecycle
from .guards import Question
from .whose import ours, who


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` with its running clock, what follows it, and what the button that goes on says.

    `remind` is what another button says, which makes a callback of the press, and `city` a link to where it is set.
    """

    icon: str
    text: str
    action: str
    clock: datetime | None = None
    second: str = ""
    remind: str = ""
    city: str = ""


def ask(question: Question, viewer: Member) -> Asked:
    """A question as the member reads it."""
    if question.finding:
        words = question.finding.words(viewer)
        return Asked(words.icon, words.heading, words.action, second=words.second, remind=words.remind, city=words.city)
    if question.owner:
        text = _("This is a client of %(name)s") % {"name": question.owner.name}
        return Asked("user", text, _("Call anyway"))
    call = question.call
    if call is None:
        raise ValueError(question.code)
    if question.code == "in_call":
        since = lifecycle.facts_of(call).talk_began_at or call.requested_at
        return Asked("audio-lines", _in_call(call, viewer), _("Call anyway"), since)
    if question.code == "number_busy":
        text = _("%(name)s is on a call from this number") % {"name": _busy(call)}
        return Asked("audio-lines", text, _("Call anyway"), call.requested_at)
    return Asked("history", _just_called(call, viewer), _("Call again"))


def _busy(call: Call) -> str:
    """Who uses the number: of a session without a press only somebody whom the provider named."""
    if call.origin == Origin.PRESS:
        return call.member_name or _("Somebody")
    return ours(call) if call.answered_by or call.employee_name else _("Somebody")


def _in_call(call: Call, viewer: Member) -> str:
    if call.origin == Origin.INBOUND and call.status != Status.TALKING:
        return _("%(name)s is calling you") % {"name": who(call, viewer)}
    if call.status == Status.TALKING:
        return _("You're still talking to %(name)s") % {"name": who(call, viewer)}
    if call.status == Status.UNKNOWN and call.witness == Witness.SILENT:
        return _("It is not known yet whether the first call to %(name)s went out: your phone may ring twice") % {
            "name": who(call, viewer)
        }
    if call.status == Status.UNKNOWN:
        return _("Your call to %(name)s is still being checked") % {"name": who(call, viewer)}
    return _("Your call to %(name)s is still running") % {"name": who(call, viewer)}


def _just_called(call: Call, viewer: Member) -> str:
    seconds = max(1, int((now() - call.requested_at).total_seconds()))
    ago = _("%(n)d s") % {"n": seconds}
    by = _("you") if call.member_id == viewer.pk else call.member_name
    return _("This number was called %(ago)s ago (by %(who)s)") % {"ago": ago, "who": by}

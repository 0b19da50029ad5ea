"""How a call ended, for people: what happened to the client, why, what to do, and who can do it.

That the client was not called is said only where no leg, no answer of ours and not the reason itself speak against it.
"""

from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Call, Dispatch, FirstCall, Member, Origin, Status
from .reasons import GROUP_OF, REASONS, Group, Reason, Who
from .reasons.remedies import PRESS_FIRST

# The pill of a call that ended for a reason of this group.
_SHORT = {
    Group.CLIENT: gettext_lazy("%(brand)s won't dial"),
    Group.ME: gettext_lazy("Phone not ready"),
    Group.SETTINGS: gettext_lazy("Settings"),
    Group.LIMITS: gettext_lazy("Limit of %(brand)s"),
    Group.PLATFORM: gettext_lazy("Hitch at %(brand)s"),
}
_CLIENT = {
    Status.TALKED: gettext_lazy("The client was called and talked"),
    Status.NO_ANSWER: gettext_lazy("The client was called and did not answer"),
    Status.BUSY: gettext_lazy("The client was called, the line was busy"),
    Status.UNAVAILABLE: gettext_lazy("The client was called and could not be reached"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """The lines of a call's page; empty where there is nothing to say."""

    client: str
    cause: str = ""
    remedy: str = ""
    who: str = ""


def why(call: Call, viewer: Member) -> Why | None:
    """What is to be said about the end of a placed call; None while it lives, and for one that was never placed."""
    if not call.is_final or call.dispatch not in (Dispatch.ACCEPTED, Dispatch.NONE):
        return None
    own = call.member_id == viewer.pk
    reason = REASONS.get(call.finish_reason)
    if reason is None:
        return Why(client(call), _as_it_came(call))
    said = Why(client(call), _cause(call, reason, own=own))
    if not is_known(call) or call.status == Status.TALKED:
        return said
    return replace(said, remedy=_filled(call, reason.remedy), who=_helper(call, reason, own=own))


def is_known(call: Call) -> bool:
    """Whether the reason explains why nobody talked."""
    return GROUP_OF.get(call.finish_reason, Group.NORMAL) != Group.NORMAL


def needs_admin(call: Call) -> bool:
    """Whether another press is no better until an admin has mended something, or had the provider mend it."""
    reason = REASONS.get(call.finish_reason)
    if call.status != Status.ENDED or reason is None or reason.who not in (Who.ADMIN, Who.PROVIDER):
        return False
    return not any(reason.remedy is remedy for remedy in PRESS_FIRST)


def ended(call: Call, *, own: bool) -> dict[str, str]:
    """Heading and second line of a call that came to nothing for a reason that is no key state of its own."""
    if is_known(call):
        reason = REASONS[call.finish_reason]
        second = f"{client(call)}. {_filled(call, reason.remedy)}"
        return {"heading": _cause(call, reason, own=own), "second": second}
    second = client(call) if call.contact_answered_at else _("Nobody talked")
    if came := _as_it_came(call):
        second = f"{second}. {came}"
    return {"heading": _("The call has ended"), "second": second}


def missed(call: Call, *, own: bool) -> str:
    """The second line where our person did not pick up: the reason too, if it says more than that."""
    reason = REASONS.get(call.finish_reason)
    if reason is None or not reason.beyond:
        return client(call)
    return f"{client(call)}. {_cause(call, reason, own=own)}. {_filled(call, reason.remedy)}"


def short(call: Call) -> str:
    """The pill's words for an ended call; empty where the status has its own."""
    if call.status != Status.ENDED or not is_known(call):
        return ""
    reason = REASONS[call.finish_reason]
    return _filled(call, reason.short or _SHORT[GROUP_OF[call.finish_reason]])


def client(call: Call) -> str:
    """What happened to the client in a call that has ended."""
    if call.origin == Origin.INBOUND:
        return _("The client called and talked") if call.talk_duration else _("The client called and reached nobody")
    if words := _CLIENT.get(Status(call.status)):
        return str(words)
    if call.status == Status.SOMEBODY_ELSE and call.talk_duration:
        return _("The client was called and talked to a colleague")
    if GROUP_OF.get(call.finish_reason) == Group.ME:
        return _waited() if client_was_called(call) else _("The client was not called")
    if call.contact_answered_at:
        return _("The client was called, answered and reached nobody")
    if call.contact_ringing_at:
        return _waited()
    return _("The client may have been called") if _perhaps(call) else _("The client was not called")


def client_was_called(call: Call) -> bool:
    """Whether the client's phone may have rung in a call that our person did not answer."""
    return bool(call.contact_ringing_at or call.params.get("first_call") == FirstCall.CONTACT)


def _waited() -> str:
    return _("The client was called and waited")


def _perhaps(call: Call) -> bool:
    """Whether the client's phone may have rung although no leg told us so."""
    reason = REASONS.get(call.finish_reason)
    if reason is None or not is_known(call) or reason.midway:
        return True
    if GROUP_OF[call.finish_reason] == Group.CLIENT:
        return False  # the provider does not dial such a number
    return client_was_called(call) or call.employee_answered_at is not None


def _cause(call: Call, reason: Reason, *, own: bool) -> str:
    """The cause as a sentence, to the caller or about them."""
    return capfirst(_filled(call, reason.cause if own or reason.others is None else reason.others))


def _helper(call: Call, reason: Reason, *, own: bool) -> str:
    me = _("You") if own else _name(call)
    people = {Who.ME: me, Who.ADMIN: _("The admin"), Who.PROVIDER: str(call.account.brand_name), Who.CLIENT: ""}
    return people[reason.who]


def _as_it_came(call: Call) -> str:
    """The provider's own word, for a reason that nobody has documented."""
    if not call.finish_reason or call.finish_reason in REASONS:
        return ""
    return _("%(brand)s says: %(reason)s") % {"brand": call.account.brand_name, "reason": call.finish_reason}


def _filled(call: Call, words: object) -> str:
    return str(words) % {"brand": call.account.brand_name, "name": _name(call)}


def _name(call: Call) -> str:
    return call.member_name or _("The salesperson")

"""How a call ended, for people: what happened to the client, why, what to do, and who can do it.

That the client was not called is said only where no leg, no answer of ours and not the reason itself speak against it.
"""

from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Call, Dispatch, FirstCall, Member, Origin, Status
from . import lifecycle
from .reasons import GROUP_OF, REASONS, Group, Reason, Who
from .reasons.remedies import PRESS_FIRST
from .whose import is_own, ours

# The pill of a call that ended for a reason of this group.
_SHORT = {
    Group.CLIENT: gettext_lazy("%(brand)s won't dial"),
    Group.ME: gettext_lazy("Phone not ready"),
    Group.SETTINGS: gettext_lazy("Settings"),
    Group.LIMITS: gettext_lazy("Limit of %(brand)s"),
    Group.PLATFORM: gettext_lazy("Hitch at %(brand)s"),
    Group.SOMEONE_ELSE: gettext_lazy("A colleague picked up"),
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


def is_over(call: Call) -> bool:
    """Whether the line is closed: the rest of what is to be learnt about it may come later."""
    return call.is_final or call.finished_at is not None


def why(call: Call, viewer: Member) -> Why | None:
    """What is to be said about the end of a placed call; None while it lives, and for one that was never placed."""
    if not is_over(call) or call.dispatch not in (Dispatch.ACCEPTED, Dispatch.NONE):
        return None
    own = is_own(call, viewer)
    reason = REASONS.get(call.finish_reason)
    if reason is None:
        return Why(client(call), _as_it_came(call))
    said = Why(client(call), _cause(call, reason, own=own))
    if not is_known(call) or call.status == Status.TALKED or not _can_be_mended(call, reason):
        return said
    return replace(said, remedy=_filled(call, reason.remedy), who=_helper(call, reason, own=own))


def _can_be_mended(call: Call, reason: Reason) -> bool:
    """A call that nobody pressed for is not pressed again: there is something to do only for an admin."""
    if call.origin == Origin.PRESS:
        return True
    return reason.who in (Who.ADMIN, Who.PROVIDER) and not _is_to_press_first(reason)


def _is_to_press_first(reason: Reason) -> bool:
    return any(reason.remedy is remedy for remedy in PRESS_FIRST)


def is_known(call: Call) -> bool:
    """Whether the reason explains why nobody talked."""
    return GROUP_OF.get(call.finish_reason, Group.NORMAL) != Group.NORMAL


def needs_admin(call: Call) -> bool:
    """Whether another press is no better until an admin has mended something, or had the provider mend it."""
    reason = REASONS.get(call.finish_reason)
    if call.status != Status.ENDED or reason is None or reason.who not in (Who.ADMIN, Who.PROVIDER):
        return False
    return not _is_to_press_first(reason)


def ended(call: Call, *, own: bool) -> dict[str, str]:
    """Heading and second line of a call that came to nothing for a reason that is no key state of its own."""
    if is_known(call):
        reason = REASONS[call.finish_reason]
        remedy = f". {_filled(call, reason.remedy)}" if _can_be_mended(call, reason) else ""
        return {"heading": _cause(call, reason, own=own), "second": f"{client(call)}{remedy}"}
    if is_given_up(call):
        heading = _("%(brand)s never told how it ended") % {"brand": call.account.brand_name}
        return {"heading": heading, "second": client(call)}
    second = client(call) if call.contact_answered_at else _("Nobody talked")
    if came := _as_it_came(call):
        second = f"{second}. {came}"
    return {"heading": _("The call has ended"), "second": second}


def is_given_up(call: Call) -> bool:
    """The provider has shown the call no more, and never told its end."""
    return call.given_up_at is not None and not call.finish_reason and call.status == Status.ENDED


def missed(call: Call, *, own: bool) -> str:
    """The second line where our person did not pick up: the reason too, if it says more than that."""
    reason = REASONS.get(call.finish_reason)
    if reason is None or not reason.beyond:
        return client(call)
    remedy = f". {_filled(call, reason.remedy)}" if _can_be_mended(call, reason) else ""
    return f"{client(call)}. {_cause(call, reason, own=own)}{remedy}"


def short(call: Call) -> str:
    """The pill's words for an ended call; empty where the status has its own."""
    if call.status != Status.ENDED or not is_known(call):
        return ""
    reason = REASONS[call.finish_reason]
    return _filled(call, reason.short or _SHORT[GROUP_OF[call.finish_reason]])


def client(call: Call) -> str:
    """What happened to the client in a call that has ended."""
    if call.origin == Origin.INBOUND:
        return _caller(call)
    if words := _CLIENT.get(Status(call.status)):
        return str(words)
    if call.status == Status.SOMEBODY_ELSE and call.talk_duration:
        return _("The client was called and talked to a colleague")
    if GROUP_OF.get(call.finish_reason) == Group.ME:
        return _waited() if client_was_called(call) else _("The client was not called")
    if lifecycle.facts_of(call).talk_began_at:
        return _("The client was called and answered")
    if call.contact_answered_at:
        return _("The client was called, answered and reached nobody")
    if call.contact_ringing_at:
        return _waited()
    return _("The client may have been called") if _perhaps(call) else _("The client was not called")


def _caller(call: Call) -> str:
    """What happened to somebody who called us."""
    if call.status == Status.TALKED:
        return _("The client called and talked")
    if call.status == Status.SOMEBODY_ELSE and call.talk_duration:
        return _("The client called and talked to a colleague")
    return _("The client called") if is_given_up(call) else _("The client called and reached nobody")


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
    me = _("You") if own else ours(call)
    people = {Who.ME: me, Who.ADMIN: _("The admin"), Who.PROVIDER: str(call.account.brand_name), Who.CLIENT: ""}
    return people[reason.who]


def _as_it_came(call: Call) -> str:
    """The provider's own word, for a reason that nobody has documented."""
    if not call.finish_reason or call.finish_reason in REASONS:
        return ""
    return _("%(brand)s says: %(reason)s") % {"brand": call.account.brand_name, "reason": call.finish_reason}


def _filled(call: Call, words: object) -> str:
    return str(words) % {"brand": call.account.brand_name, "name": ours(call)}

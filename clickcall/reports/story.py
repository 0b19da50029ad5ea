"""What happened in a call, one after another: for everybody in words, for managers every event as it was told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Account, Call, CallEvent, EventSource, Member, Origin, Token
from ..provider.redact import redact

KINDS = {
    "pressed": gettext_lazy("Pressed “Call”"),
    "accepted": gettext_lazy("Accepted"),
    "refused": gettext_lazy("Refused"),
    "not_sent": gettext_lazy("Not sent"),
    "unknown": gettext_lazy("The answer got lost"),
    "held_up": gettext_lazy("Held up for too long, so not sent"),
    "lost": gettext_lazy("No answer was written down"),
    "second_session": gettext_lazy("A second call with the same ID was seen"),
    "not_placed": gettext_lazy("No call was made"),
    "seen": gettext_lazy("Seen at the provider"),
    "ringing_employee": gettext_lazy("The salesperson's phone rings"),
    "ringing_contact": gettext_lazy("The client's phone rings"),
    "talking": gettext_lazy("They talk"),
    "finished": gettext_lazy("Ended"),
    "asked": gettext_lazy("Asked to hang up"),
    "failed": gettext_lazy("Could not hang up"),
}
_MOST = 200  # events in a page; a call has a dozen


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    what: str
    icon: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An event; `data` is its JSON as text, without secrets."""

    at: datetime
    source: str
    kind: str
    data: str
    is_request: bool
    is_answer: bool


def moments(call: Call, viewer: Member) -> list[Moment]:
    """The facts of a call in the order in which they happened."""
    brand = call.account.brand_name
    own = call.member_id == viewer.pk
    name = call.member_name or _("The salesperson")
    pressed = _("You pressed “Call”") if own else _("%(name)s pressed “Call”") % {"name": name}
    your_phone = _("Your phone rang") if own else _("%(name)s: the phone rang") % {"name": name}
    picked_up = _("You picked up") if own else _("%(name)s picked up") % {"name": name}
    told = [
        (call.requested_at, pressed if call.origin == Origin.PRESS else _("The call began"), "phone-outgoing", ""),
        (call.accepted_at, _("%(brand)s accepted the call") % {"brand": brand}, "check", ""),
        (call.employee_ringing_at, your_phone, "phone-call", ""),
        (call.employee_answered_at, picked_up, "headphones", ""),
        (call.contact_ringing_at, _("The client's phone rang"), "phone-call", ""),
        (call.contact_answered_at, _("The client answered"), "audio-lines", "is-good"),
        (call.finished_at, _("The call ended"), "phone-off", ""),
    ]
    # The provider's times are whole seconds: none of them may seem to come before the press.
    known = [Moment(max(at, call.requested_at), what, icon, look) for at, what, icon, look in told if at]
    return sorted(known, key=lambda moment: moment.at)


def events(call: Call, secrets: list[str]) -> list[Said]:
    """Every event, oldest first. They are stored without secrets; what would have slipped in is masked here too."""
    found: Iterable[CallEvent] = CallEvent.objects.filter(call=call)[:_MOST]
    return [
        Said(
            at=event.at,
            source=event.get_source_display(),
            kind=str(KINDS.get(event.kind, event.kind)),
            data=as_text(event.data, secrets),
            is_request=event.source == EventSource.PRESS,
            is_answer=event.source == EventSource.ANSWER,
        )
        for event in found
    ]


def known_secrets(account: Account) -> list[str]:
    """Every secret of the account's keys, the archived ones included."""
    return [secret for token in Token.objects.filter(account=account) for secret in token.secrets()]


def as_text(data: Any, secrets: list[str]) -> str:
    return json.dumps(redact(data, secrets), ensure_ascii=False, indent=2) if data else ""

"""What happened in a call, one after another: for everybody in words, for managers every event as it was told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import phones
from ..calls.whose import is_own, is_somebody_else, ours, rung, who
from ..models import Account, Call, CallEvent, EventSource, Member, Origin, Token, Witness
from ..provider.redact import redact

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

KINDS: dict[str, "StrPromise | str"] = {
    "pressed": gettext_lazy("Pressed “Call”"),
    "accepted": gettext_lazy("Accepted"),
    "refused": gettext_lazy("Refused"),
    "not_sent": gettext_lazy("Not sent"),
    "unknown": gettext_lazy("The answer got lost"),
    "held_up": gettext_lazy("Held up for too long, so not sent"),
    "called_off": gettext_lazy("Did not come in time, so not sent"),
    "lost": gettext_lazy("No answer was written down"),
    "second_session": gettext_lazy("A second call with the same ID was seen"),
    "not_placed": gettext_lazy("No call was made"),
    "seen": gettext_lazy("Seen at the provider"),
    "ringing_employee": gettext_lazy("The salesperson's phone rings"),
    "ringing_contact": gettext_lazy("The client's phone rings"),
    "talking": gettext_lazy("They talk"),
    "finished": gettext_lazy("Ended"),
    "incoming": gettext_lazy("Somebody calls"),
    "outgoing": gettext_lazy("Somebody is called"),
    "waiting": gettext_lazy("A phone rings"),
    "talk_started": gettext_lazy("They talk"),
    "talk_finished": gettext_lazy("The talk is over"),
    "hook:lost": gettext_lazy("Nobody picked up"),  # of our own sweep the word means an answer
    "recorded": gettext_lazy("The recording is ready"),
    "rang": gettext_lazy("“My phone rang”"),
    "silent": gettext_lazy("“My phone did not ring”"),
    "given_up": gettext_lazy("Shown no more; the end was never told"),
    "asked": gettext_lazy("Asked to hang up"),
    "over": gettext_lazy("Over before we hung up"),
    "unanswered": gettext_lazy("Whether we hung up is not known"),
    "failed": gettext_lazy("Could not hang up"),
}
Told = tuple[datetime | None, str, str, str]  # when, what, icon, look
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
    told = _of_press(call, viewer) if call.origin == Origin.PRESS else _of_session(call, viewer)
    told += [
        (call.finished_at, _("The call ended"), "phone-off", ""),
        (call.given_up_at, _never_told(call), "circle-question-mark", ""),
        (call.returned_at, _("The client was called back"), "phone-outgoing", "is-good"),
        (call.got_through_at, _("Talked to the client in another call"), "audio-lines", "is-good"),
    ]
    # The provider's times are whole seconds: none of them may seem to come before the press.
    known = [Moment(max(at, call.requested_at), what, icon, look) for at, what, icon, look in told if at]
    return sorted(known, key=lambda moment: moment.at)


def _of_press(call: Call, viewer: Member) -> list[Told]:
    own = is_own(call, viewer)
    name = ours(call)
    pressed = _("You pressed “Call”") if own else _("%(name)s pressed “Call”") % {"name": name}
    rings_me = own and not is_somebody_else(call.employee_name, viewer)
    rang = _("Your phone rang") if rings_me else _("%(name)s: the phone rang") % {"name": rung(call) or name}
    told: list[Told] = [
        (call.requested_at, pressed, "phone-outgoing", ""),
        (call.accepted_at, _("%(brand)s accepted the call") % {"brand": call.account.brand_name}, "check", ""),
        (call.employee_ringing_at, rang, "phone-call", ""),
        (call.employee_answered_at, _picked_up(call, viewer), "headphones", ""),
        (call.contact_ringing_at, _("The client's phone rang"), "phone-call", ""),
        (call.contact_answered_at, _("The client answered"), "audio-lines", "is-good"),
    ]
    return told + _testimony(call, own=own)


def _picked_up(call: Call, viewer: Member) -> str:
    """Who picked up on our side: by the provider's word if it named somebody else than the caller."""
    if is_own(call, viewer) and not is_somebody_else(call.answered_by, viewer):
        return _("You picked up")
    return _("%(name)s picked up") % {"name": call.answered_by or ours(call)}


def _testimony(call: Call, *, own: bool) -> list[Told]:
    """What the caller said about a press whose answer got lost."""
    if call.witness == Witness.NONE:
        return []
    said = {
        Witness.RANG.value: _("You said that your phone rang") if own else _("%(name)s said that the phone rang"),
        Witness.SILENT.value: _("You said that your phone did not ring")
        if own
        else _("%(name)s said that the phone did not ring"),
    }
    event = CallEvent.objects.filter(call=call, source=EventSource.WITNESS).first()
    what = said[call.witness] if own else said[call.witness] % {"name": ours(call)}
    return [(event.at, what, "circle-question-mark", "is-attn")] if event else []


def _of_session(call: Call, viewer: Member) -> list[Told]:
    """A call that nobody pressed for."""
    names = {"name": who(call, viewer), "number": phones.shown(call.number_digits)}
    began, icon = _("%(name)s was called from %(number)s") % names, "phone-outgoing"
    if call.origin == Origin.INBOUND:
        began, icon = _("%(name)s called %(number)s") % names, "phone-incoming"
    told: list[Told] = [
        (call.requested_at, began, icon, ""),
        (
            call.employee_ringing_at,
            _("%(name)s: the phone rang") % {"name": rung(call) or ours(call)},
            "phone-call",
            "",
        ),
        (call.employee_answered_at, _("%(name)s picked up") % {"name": ours(call)}, "headphones", "is-good"),
    ]
    if call.origin == Origin.OTHER:
        told += [
            (call.contact_ringing_at, _("The client's phone rang"), "phone-call", ""),
            (call.contact_answered_at, _("The client answered"), "audio-lines", "is-good"),
        ]
    return told


def _never_told(call: Call) -> str:
    return _("%(brand)s shows the call no more and never told how it ended") % {"brand": call.account.brand_name}


def events(call: Call, secrets: list[str]) -> list[Said]:
    """Every event, oldest first. They are stored without secrets; what would have slipped in is masked here too."""
    found: Iterable[CallEvent] = CallEvent.objects.filter(call=call)[:_MOST]
    return [
        Said(
            at=event.at,
            source=event.get_source_display(),
            kind=_kind(event),
            data=as_text(event.data, secrets),
            is_request=event.source == EventSource.PRESS,
            is_answer=event.source == EventSource.ANSWER,
        )
        for event in found
    ]


def _kind(event: CallEvent) -> str:
    """A kind that is not known is shown as it came."""
    return str(KINDS.get(f"{event.source}:{event.kind}", KINDS.get(event.kind, event.kind)))


def known_secrets(account: Account) -> list[str]:
    """Every secret of the account's keys, the archived ones included."""
    return [secret for token in Token.objects.filter(account=account) for secret in token.secrets()]


def as_text(data: Any, secrets: list[str]) -> str:
    return json.dumps(redact(data, secrets), ensure_ascii=False, indent=2) if data else ""

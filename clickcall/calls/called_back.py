"""Called you back: missed callers, newest first, each with one button to return the call."""

from dataclasses import dataclass

from django.utils.timezone import now

from ..contacts.rules import weigh
from ..models import Call, Contact, Member
from ..models.calls import RETURN_WITHIN
from ..web import waiting
from .buttons import Button, stopped
from .preflight import preflight
from .references import of_call
from .services import new_external_id
from .whose import who

MOST = 100  # people on the page
_CALLS = 300  # calls that are looked through for them


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who reached nobody: their newest call, how often they tried, and the contact if the reader sees it."""

    call: Call
    times: int
    contact: Contact | None
    name: str  # empty for those who have none
    button: Button

    @property
    def company(self) -> str:
        return self.contact.company if self.contact else self.call.contact_company


def callers(member: Member, most: int = MOST) -> list[Caller]:
    """The people whom this member is to call back, at most so many."""
    if not waiting.callers(member):  # every page has asked already
        return []
    calls = Call.objects.to_return(member, now() - RETURN_WITHIN)
    newest: dict[str, list[Call]] = {}
    for call in calls[:_CALLS]:
        newest.setdefault(call.contact_phone, []).append(call)
    chosen = [(theirs[0], len(theirs)) for theirs in newest.values()][:most]
    keys = {call.contact_id for call, _times in chosen if call.contact_id}
    rows = Contact.objects.visible_to(member).active().filter(pk__in=keys).prefetch_related("phones")
    seen = {row.pk: row for row in rows} if keys else {}
    weigh(member, [(seen.get(call.contact_id or 0), call.contact_phone) for call, _times in chosen], now())
    return [_caller(call, times, seen.get(call.contact_id or 0), member) for call, times in chosen]


def _caller(call: Call, times: int, contact: Contact | None, member: Member) -> Caller:
    name = contact.name if contact else who(call, member)
    known = contact.pk if contact else None
    stop, said = stopped(member, known, call.contact_phone)
    named = of_call(call, member), known, name
    button = Button("back", *named, new_external_id(), preflight(member), stop=stop, said=said)
    return Caller(call, times, contact, name if contact or call.contact_name else "", button)

"""Phone links of other pages and programs: who it is, and a button. An address never dials."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from ...contacts import local
from ...contacts.queries import held_by, of_account
from ...contacts.rules import weigh
from ...models import Contact, ContactPhone, Member
from ...web.decorators import member_required
from ...web.http import MemberRequest
from ..buttons import Button, stopped
from ..links import read_link
from ..preflight import preflight
from ..services import new_external_id

MOST = 25  # contacts with the same phone that are shown


@require_GET
@member_required
def dial(request: MemberRequest) -> HttpResponse:
    """`/dial?number=…`: the contacts with this phone as far as the member sees them, else the number alone."""
    link = read_link(request.GET.get("number", ""), request.member.account.country)
    if link.phone is None:
        return render(request, "calls/dial.html", {"link": link})
    digits = link.phone.digits
    rows = _rows(request, digits)
    context: dict[str, Any] = {"link": link, "digits": digits, "rows": rows[:MOST], "more": len(rows) > MOST}
    if not rows:
        context["button"] = _nobodys(request.member, digits if link.phone.is_sip else f"+{digits}", digits)
    return render(request, "calls/dial.html", context)


def _nobodys(member: Member, number: str, digits: str) -> Button:
    """The button of a phone that no contact has whom the member sees."""
    weigh(member, [(None, digits)], now())
    stop, said = stopped(member, None, digits)
    return Button("xl", number, None, "", new_external_id(), preflight(member), stop=stop, said=said)


def _rows(request: MemberRequest, digits: str) -> list[dict[str, Any]]:
    """One more than are shown, if there are so many."""
    seen = Contact.objects.visible_to(request.member).active()
    found = held_by(seen, ContactPhone.objects.filter(account_id=request.member.account_id, digits=digits))
    wanted = found.select_related("contact__list", "contact__owner", "contact__last_call")
    wanted = wanted.prefetch_related("contact__phones")
    phones = list(wanted.order_by("contact__name_key", "contact_id")[: MOST + 1])
    of_account((phone.contact.last_call for phone in phones), request.member.account)
    moment = now()
    weigh(request.member, [(phone.contact, digits) for phone in phones], moment)
    return [
        {
            "contact": phone.contact,
            "phone": phone,
            "there": local.clock_there(phone.contact, moment, digits),
            "place": local.place(phone.contact, digits),
        }
        for phone in phones
    ]

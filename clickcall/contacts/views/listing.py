"""The contacts of a member: where the day of a salesperson begins."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from ... import phones
from ...models import Contact, Member
from ...web.decorators import member_required
from ...web.http import MemberRequest
from ...web.paging import Page, keyset
from .. import local, rules
from ..queries import contacts_for, lists_of, of_account, read_filters, sharing_a_phone

PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    contact: Contact
    there: str
    place: "str | Promise"
    is_current: bool
    is_shared: bool  # others have one of the phones, too


@require_GET
@member_required
def contacts(request: MemberRequest) -> HttpResponse:
    """A page of contacts in the order of their names. `q`, `list`, `mine`, `never`, `after` and `before` narrow it."""
    lists = lists_of(request.member)
    filters = read_filters(request.GET, request.member, lists)
    page = keyset(
        contacts_for(request.member, filters),
        order=("name_key", "pk"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    context: dict[str, Any] = {"lists": lists, "filters": filters, "page": page, "rows": _rows(page, request.member)}
    if filters.owner.isdigit():
        context["owner"] = Member.objects.visible_to(request.member).filter(pk=filters.owner).first()
    if not page.rows and filters.term:
        context["dial"] = _dialled(filters.term, request.member)
    return render(request, "contacts/list.html", context)


def _rows(page: Page[Contact], member: Member) -> list[Row]:
    moment = now()
    of_account((contact.last_call for contact in page.rows), member.account)
    shared = sharing_a_phone(page.rows, member)
    rules.verdicts(member, page.rows, moment)
    return [
        Row(
            contact=contact,
            there=local.clock_there(contact, moment),
            place=local.place(contact),
            is_current=_is_current(contact, member),
            is_shared=contact.pk in shared,
        )
        for contact in page.rows
    ]


def _is_current(contact: Contact, member: Member) -> bool:
    call = contact.last_call
    return call is not None and call.is_live and call.member_id == member.pk


def _dialled(term: str, member: Member) -> dict[str, str] | None:
    """When what was looked for is itself a phone: how it is shown, and where it can be dialled."""
    try:
        phone = phones.read(term, member.account.country)
    except phones.PhoneError:
        return None
    number = phone.digits if phone.is_sip else f"+{phone.digits}"
    return {"phone": phones.shown(phone.digits), "url": f"{reverse('calls:dialpad')}?{urlencode({'number': number})}"}

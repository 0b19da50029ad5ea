"""The contacts of a member: where the day of a salesperson begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.views.decorators.http import require_GET
from django_htmx.http import push_url, replace_url

from ... import phones
from ...models import Contact, Member
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from ...web.http import page as render_page
from ...web.paging import Page
from .. import local, rules
from ..finding import BY_NAME, ORDERS, page_of_keys
from ..page_rows import PAGE, with_contacts
from ..queries import lists_of, narrowed, of_account, read_filters, sharing_a_phone


@dataclass(frozen=True, slots=True)
class Row:
    contact: Contact
    key: str
    url: str
    there: str
    place: "str | Promise"
    is_current: bool
    is_shared: bool  # others have one of the phones, too
    due: datetime | None  # the next callback, where the page is in the order of callbacks


@require_GET
@member_required
def contacts(request: MemberRequest) -> HttpResponse:
    """A page of contacts. `q`, `list`, `owner`, `mine` and `never` narrow it, `sort` puts it in order; without `q`.

    htmx gets the results alone, as one types.
    """
    lists = lists_of(request.member)
    filters = read_filters(request.GET, request.member, lists)
    rows = narrowed(request.member, filters)
    keys = page_of_keys(
        rows,
        request.member,
        term=filters.term,
        order=filters.order,
        size=PAGE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    page = with_contacts(keys, request.member.account_id)
    context: dict[str, Any] = {"lists": lists, "filters": filters, "orders": ORDERS, "page": page}
    context["order"] = ORDERS[BY_NAME if filters.term else filters.order]
    context["rows"] = _rows(page, request.member, {contact: value for value, contact in keys.rows})
    if filters.owner.isdigit():
        context["owner"] = Member.objects.visible_to(request.member).filter(pk=filters.owner).first()
    if not page.rows and filters.term:
        context["dial"] = _dialled(filters.term, request.member)
    return _as_one_types(request, render_page(request, "contacts/list.html", context, fragment="results"))


def _as_one_types(request: MemberRequest, response: HttpResponse) -> HttpResponse:
    """The address follows what is typed; Back then leads to where the search began, not through every letter."""
    if wants_fragment(request):
        begun = "q" in parse_qs(urlsplit(request.htmx.current_url or "").query)
        address = request.get_full_path() if request.GET.get("q", "").strip() else request.path
        (replace_url if begun else push_url)(response, address)
    return response


def _rows(page: Page[Contact], member: Member, values: Mapping[int, Any]) -> list[Row]:
    moment = now()
    of_account((contact.last_call for contact in page.rows), member.account)
    shared = sharing_a_phone(page.rows, member)
    rules.verdicts(member, page.rows, moment)
    address, _key, end = reverse("contacts:detail", args=[0]).rpartition("0")  # once, not for every row
    return [
        Row(
            contact=contact,
            key=str(contact.pk),
            url=f"{address}{contact.pk}{end}",
            there=local.clock_there(contact, moment),
            place=local.place(contact),
            is_current=_is_current(contact, member),
            is_shared=contact.pk in shared,
            due=due if isinstance(due := values[contact.pk], datetime) else None,
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

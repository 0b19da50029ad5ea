"""The contacts of a member: where the day of a salesperson begins."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import push_url, replace_url

from ... import phones
from ...models import Member
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from ...web.http import page as render_page
from .. import callbacks
from ..finding import BY_NAME, ORDERS, page_of_keys
from ..page_rows import PAGE, with_contacts
from ..queries import lists_of, narrowed, read_filters
from ..table import only_begins_a_phone, table


@require_GET
@member_required
def contacts(request: MemberRequest) -> HttpResponse:
    """A page of contacts. `q`, `list`, `owner`, `mine` and `never` narrow it, `sort` puts it in order; without `q`.

    htmx gets the results alone, as one types.
    """
    lists = lists_of(request.member)
    filters = read_filters(request.GET, request.member, lists)
    rows = narrowed(request.member, filters)
    cursor = {side: request.GET.get(side, "") for side in ("after", "before")}
    keys = page_of_keys(rows, request.member, term=filters.term, order=filters.order, size=PAGE, **cursor)
    begins_the_day = not filters.any and not keys.before
    if begins_the_day or not wants_fragment(request):
        callbacks.waiting(request.member)  # before the rows, so that one question judges the buttons of both
    page = with_contacts(keys, request.member.account_id)
    context: dict[str, Any] = {"lists": lists, "filters": filters, "orders": ORDERS, "page": page}
    context["begins_the_day"] = begins_the_day
    context["order"] = ORDERS[BY_NAME if filters.term else filters.order]
    context["rows"] = table(page.rows, request.member, {contact: value for value, contact in keys.rows}, filters.term)
    if filters.owner.isdigit():
        context["owner"] = Member.objects.visible_to(request.member).filter(pk=filters.owner).first()
    if not page.rows and filters.term:
        context["dial"] = _dialled(filters.term, request.member)
        context["is_begun"] = only_begins_a_phone(filters.term)
    return _as_one_types(request, render_page(request, "contacts/list.html", context, fragment="results"))


def _as_one_types(request: MemberRequest, response: HttpResponse) -> HttpResponse:
    """The address follows what is typed; Back then leads to where the search began, not through every letter."""
    if wants_fragment(request):
        begun = "q" in parse_qs(urlsplit(request.htmx.current_url or "").query)
        address = request.get_full_path() if request.GET.get("q", "").strip() else request.path
        (replace_url if begun else push_url)(response, address)
    return response


def _dialled(term: str, member: Member) -> dict[str, str] | None:
    """When what was looked for is itself a phone: how it is shown, and where it can be dialled."""
    try:
        phone = phones.read(term, member.account.country)
    except phones.PhoneError:
        return None
    number = phone.digits if phone.is_sip else f"+{phone.digits}"
    return {"phone": phones.shown(phone.digits), "url": f"{reverse('calls:dialpad')}?{urlencode({'number': number})}"}

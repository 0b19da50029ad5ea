"""Pages for admins: which numbers there are, how they stand, and matching them with the provider."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...phones import shown
from ...web.decorators import admin_required
from ...web.http import STOP_POLLING, UNCHANGED, MemberRequest, page
from ...web.paging import keyset
from .. import queries, services, table
from ..forms import NewNumberForm
from ..sync import ask_for, state


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    account, asked = request.member.account, request.GET
    show = asked["show"] if asked.get("show") in queries.FILTERS else ""
    found = queries.numbers(account, show)
    rows = keyset(found, order=("name", "digits"), after=asked.get("after", ""), before=asked.get("before", ""))
    counts, sync = queries.counts(account), state(account)
    context = {
        "page": rows,
        "rows": table.rows(account, rows.rows),
        "show": show,
        "counts": counts,
        "sync": sync,
        "followed": asked.get("matching") == "1",
        "summary": table.foot(counts, sync, str(account.brand_name)),
    }
    return page(request, "numbers/list.html", context)


@require_POST
@admin_required
def match(request: MemberRequest) -> HttpResponse:
    """Lets the worker fetch everything now; the page shows how far it has come."""
    account = request.member.account
    if not account.tokens.usable().exists():
        messages.warning(request, _("ClickCall has no access key yet. Add one under “Access keys” first."))
    elif not ask_for(account):
        messages.info(request, _("It is being matched at this moment."))
    return redirect(f"{reverse('numbers:list')}?matching=1")


@require_GET
@admin_required
def matching(request: MemberRequest) -> HttpResponse:
    """How far it has come: 204 while nothing changed, 286 with the last word."""
    sync = state(request.member.account)
    if request.GET.get("seen") == sync.version and not sync.is_over:
        return HttpResponse(status=UNCHANGED)
    context = {"sync": sync, "followed": True}
    return render(request, "numbers/matching.html", context, status=STOP_POLLING if sync.is_over else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def new(request: MemberRequest) -> HttpResponse:
    form = NewNumberForm(request.member.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = services.add_number(account=request.member.account, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(number)s is on the list.") % {"number": shown(number.digits)})
            return redirect("numbers:list")
    return page(request, "numbers/new.html", {"form": form}, status=422 if form.errors else 200)

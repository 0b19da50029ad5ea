"""Pages for admins: which numbers there are, who calls from them, which are in use."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...models import Member, VirtualNumber
from ...phones import shown
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from ...web.paging import keyset
from .. import queries, services
from ..forms import DefaultNumberForm, NewNumberForm, NumberForm


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    show = request.GET.get("show", "")
    found = queries.numbers(account)
    if show in ("in_use", "stopped"):
        found = found.filter(enabled=show == "in_use")
    rows = keyset(
        found, order=("name", "digits"), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {"page": rows, "show": show, "counts": queries.counts(account)}
    return page(request, "numbers/list.html", context)


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


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    members = list(number.members.order_by("name", "pk"))
    initial = {"name": number.name, "members": [member.pk for member in members]}
    form = NumberForm(request.member.account, request.POST or None, number=number, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.update_number(number, name=form.cleaned_data["name"])
        services.assign_number(number, form.cleaned_data["members"])
        messages.success(request, _("Saved."))
        return redirect("numbers:edit", number.pk)
    context = {"number": number, "form": form, "members": members}
    return page(request, "numbers/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Says first who will not be able to call."""
    number = _number(request, pk)
    if request.method == "POST":
        if services.update_number(number, enabled=False):
            messages.success(request, _("%(number)s is not used any more.") % {"number": shown(number.digits)})
        return redirect("numbers:list")
    people = Member.objects.active().filter(default_number=number)
    return page(request, "numbers/stop.html", {"number": number, "people": people})


@require_POST
@admin_required
def use(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    if services.update_number(number, enabled=True):
        messages.success(request, _("%(number)s is in use again.") % {"number": shown(number.digits)})
    return redirect("numbers:list")


@require_POST
@admin_required
def default(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    form = DefaultNumberForm(number, request.POST)
    if form.is_valid():
        member = form.cleaned_data["member"]
        if not form.cleaned_data["taken_away"]:
            services.set_default_number(member, number)
        elif member.default_number_id == number.pk:
            services.set_default_number(member, None)
    else:
        messages.warning(request, _("This person does not call from the number any more. Nothing was changed."))
    return redirect("numbers:edit", number.pk)


def _number(request: MemberRequest, pk: int) -> VirtualNumber:
    return get_object_or_404(VirtualNumber.objects.visible_to(request.member), pk=pk)

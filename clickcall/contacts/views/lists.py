"""Contact lists: how many people are on each, and who works them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...models import Contact, ContactList
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from .. import services
from ..forms import ListForm, take_errors
from ..queries import colleagues
from ..queue.leases import working

TEMPLATE = "contacts/list_form.html"


def _visible(request: MemberRequest, pk: int) -> ContactList:
    return get_object_or_404(ContactList.objects.visible_to(request.member).active(), pk=pk)


@require_GET
@manager_required
def index(request: MemberRequest) -> HttpResponse:
    rows = ContactList.objects.visible_to(request.member).active().prefetch_related("members")
    people = Contact.objects.visible_to(request.member).active().order_by()
    counts = dict(people.values_list("list").annotate(Count("pk")))
    archived = ContactList.objects.visible_to(request.member).exclude(archived_at=None)
    context = {"rows": [(row, counts.get(row.pk, 0)) for row in rows], "archived": archived}
    return render(request, "contacts/lists.html", context)


@manager_required
def new(request: MemberRequest) -> HttpResponse:
    form = ListForm(request.member, request.POST or None)
    if form.is_valid():
        try:
            services.create_list(account=request.member.account, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("contacts:lists")
    return render(request, TEMPLATE, {"form": form})


@manager_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    form = ListForm(request.member, request.POST or None, list=row)
    if form.is_valid():
        try:
            services.update_list(row, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("contacts:lists")
    context = {"form": form, "list": row, "colleagues": colleagues(request.member), "at_work": working(row, now())}
    return render(request, TEMPLATE, context)


@require_POST
@manager_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    try:
        services.archive_list(row)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("contacts:list_edit", row.pk)
    messages.success(request, _("“%(name)s” is put away") % {"name": row.name})
    return redirect("contacts:lists")


@require_POST
@manager_required
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ContactList.objects.visible_to(request.member), pk=pk)
    services.restore_list(row)
    messages.success(request, _("“%(name)s” is in use again") % {"name": row.name})
    return redirect("contacts:lists")

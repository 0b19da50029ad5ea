"""Contact lists: how many people are on each, who works them, and whose contacts go to whom."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ...models import Contact, ContactList
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from .. import services
from ..forms import HandOverForm, ListForm, take_errors

TEMPLATE = "contacts/list_form.html"


def _visible(request: MemberRequest, pk: int) -> ContactList:
    return get_object_or_404(ContactList.objects.visible_to(request.member).active(), pk=pk)


@require_GET
@manager_required
def index(request: MemberRequest) -> HttpResponse:
    rows = ContactList.objects.visible_to(request.member).active().prefetch_related("members")
    people = Contact.objects.visible_to(request.member).active().order_by()
    counts = dict(people.values_list("list").annotate(Count("pk")))
    return render(request, "contacts/lists.html", {"rows": [(row, counts.get(row.pk, 0)) for row in rows]})


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
    return render(request, TEMPLATE, {"form": form, "list": row, "hand_over": HandOverForm(request.member)})


@require_POST
@manager_required
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Gives one person's contacts of the list to another."""
    row = _visible(request, pk)
    form = HandOverForm(request.member, request.POST)
    if not form.is_valid():
        context = {"form": ListForm(request.member, list=row), "list": row, "hand_over": form}
        return render(request, TEMPLATE, context)
    count = services.hand_over(list=row, **form.cleaned_data)
    told = ngettext("%(count)d contact handed over", "%(count)d contacts handed over", count)
    messages.success(request, told % {"count": count})
    return redirect("contacts:list_edit", row.pk)

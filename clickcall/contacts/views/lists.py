"""Contact lists: how many people are on each, and who works them."""

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from ...models import Contact, ContactList
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from .. import services
from ..forms import ListForm, take_errors
from ..queries import colleagues

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
    return render(request, TEMPLATE, {"form": form, "list": row, "colleagues": colleagues(request.member)})

"""A page for admins: how a talk can have gone, in the account's own words, each with its key."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ...models import Effect, Outcome
from ...web.decorators import admin_required
from ...web.http import MemberRequest
from ..wrapup import outcomes

TEMPLATE = "outcomes/form.html"


class OutcomeForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    effect = forms.ChoiceField(label=_("What it does"), choices=Effect.choices)


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    rows = outcomes.outcomes_of(account)
    context = {
        "rows": rows,
        "archived": account.outcomes.exclude(archived_at=None),
        "are_usual": all(row.pk is None for row in rows),
        "is_full": len(rows) >= outcomes.MOST,
    }
    return render(request, "outcomes/list.html", context)


@require_POST
@admin_required
def own(request: MemberRequest) -> HttpResponse:
    """Makes the usual outcomes the account's own, to be changed."""
    outcomes.store_usual(request.member.account)
    return redirect("calls:outcomes")


@admin_required
def new(request: MemberRequest) -> HttpResponse:
    return _form(request, None)


@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _form(request, _row(request, pk))


def _form(request: MemberRequest, row: Outcome | None) -> HttpResponse:
    initial = {"name": row.name, "effect": row.effect} if row else None
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            outcomes.store_usual(request.member.account)
            outcomes.save(request.member.account, row, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("calls:outcomes")
    return render(request, TEMPLATE, {"form": form, "outcome": row}, status=422 if form.errors else 200)


@require_POST
@admin_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Gives it the key before or the key after."""
    row = _row(request, pk)
    if row.archived_at is None:
        outcomes.move(row, -1 if request.POST.get("to") == "before" else 1)
    return redirect("calls:outcomes")


@require_POST
@admin_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    return _tried(request, pk, outcomes.archive)


@require_POST
@admin_required
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    return _tried(request, pk, outcomes.restore)


def _tried(request: MemberRequest, pk: int, act: Callable[[Outcome], None]) -> HttpResponse:
    try:
        act(_row(request, pk))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("calls:outcomes")


def _row(request: MemberRequest, pk: int) -> Outcome:
    return get_object_or_404(Outcome.objects.filter(account=request.member.account), pk=pk)

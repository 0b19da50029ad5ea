"""Is the log complete: the last days that were compared with the provider, one of them in full, and the button."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ... import points
from ...calls.reconcile import NotAsked, reconcile
from ...models import Account, Reconciliation
from ...web.decorators import manager_required
from ...web.http import MemberRequest, page
from ..forms import EARLIEST
from ..reconciliation import groups

_DAYS = 31  # that the page lists


class DayForm(forms.Form):
    """A calendar day of the account that has begun. `repair` takes in what the provider knows better."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"}),
    )
    repair = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not EARLIEST <= day <= localdate():
            raise ValidationError(_("Choose a day that has begun."), code="future")
        return day


@require_http_methods(["GET", "POST"])
@manager_required
def index(request: MemberRequest) -> HttpResponse:
    """GET shows what was found last and asks nobody; `?day=` picks one of the days."""
    account = request.member.account
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        day = form.cleaned_data["day"]
        _run(request, day, repair=form.cleaned_data["repair"])
        return redirect(f"{reverse('reports:reconciliation')}?day={day.isoformat()}")
    kept = _chosen(account, request.GET.get("day", ""))
    if not form.is_bound:
        form.initial = {"day": kept.day if kept else localdate() - timedelta(days=1)}
    context: dict[str, Any] = {"form": form, "kept": kept, "brand": account.brand_name}
    context |= groups(kept, request.member) if kept else {}
    context["days"] = account.reconciliations.defer("result")[:_DAYS]
    return page(request, "reports/reconciliation.html", context, status=422 if form.is_bound else 200)


def _run(request: MemberRequest, day: date, *, repair: bool) -> None:
    account = request.member.account
    if not points.may_ask(account.pk):
        messages.warning(request, _("What is left of the request limit is kept for calls. Try again later."))
        return
    try:
        kept = reconcile(account, day, repair=repair)
    except NotAsked:
        text = _("%(brand)s did not answer completely, so nothing was compared. Try again later.")
        messages.error(request, text % {"brand": account.brand_name})
        return
    if kept.is_equal:
        messages.success(request, _("Compared: both sides have the same calls."))


def _chosen(account: Account, written: str) -> Reconciliation | None:
    """The result of the day asked for, else the newest one."""
    kept = account.reconciliations.all()
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    return (kept.filter(day=day).first() if day else None) or kept.first()

"""Handing contacts over: those that were ticked, or all that match the filters, to one member, after one look."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from ...models import Contact, Member
from ...models.contacts import ContactQuerySet
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from ..forms import take_errors
from ..handing_over import hand_over as give
from ..handing_over import out_of_sight, shares
from ..queries import contacts_for, lists_of, read_filters

TEMPLATE = "contacts/hand_over.html"
NAMED = 10  # ticked contacts whose names the page shows
MOST = 100_000  # contacts at once; more are a matter for `manage.py hand_over`
_TICKED = 500  # more than a page can hold
_WHICH = ("list", "owner", "mine", "never", "q")  # the filters in an address, and in the form


class HandOverForm(forms.Form):
    """To whom. `seen` is how many contacts the page spoke of; `anyway` names who may get what they do not see."""

    to = forms.ModelChoiceField(
        Member.objects.none(), label=pgettext_lazy("a person", "To"), empty_label=gettext_lazy("Choose a person")
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    anyway = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, member: Member, data: QueryDict | None = None) -> None:
        super().__init__(data)
        colleagues = Member.objects.visible_to(member).active().select_related("user")
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@manager_required
def hand_over(request: MemberRequest) -> HttpResponse:
    """GET shows how many contacts it is about and whose they are; POST makes the chosen person their owner."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = _chosen(asked, request.member)
    found = shares(rows)
    count = sum(share.count for share in found)
    back = _back(asked)
    form = HandOverForm(request.member, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "shares": found, "count": count, "back": back}
    if not count:
        return render(request, TEMPLATE, context)
    if form.is_valid() and _may_go_on(form, rows, count, context) and _given(request, form, rows):
        return redirect(back)
    context |= {"fields": _fields(asked), "names": _names(asked, rows)}
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def _chosen(asked: QueryDict, member: Member) -> ContactQuerySet:
    """The ticked contacts, or all that match the filters when that was asked for."""
    if asked.get("which") == "matching":
        return contacts_for(member, read_filters(asked, member, lists_of(member)))
    keys = [int(key) for key in asked.getlist("contact")[:_TICKED] if key.isascii() and key.isdigit() and len(key) < 18]
    return Contact.objects.visible_to(member).active().filter(pk__in=keys)


def _fields(asked: QueryDict) -> list[tuple[str, str]]:
    """What says again which contacts are meant."""
    names = ("which", *_WHICH) if asked.get("which") == "matching" else ("contact",)
    return [(name, value) for name in names for value in asked.getlist(name)[:_TICKED]]


def _names(asked: QueryDict, rows: ContactQuerySet) -> list[str]:
    if asked.get("which") == "matching":
        return []
    return [*rows.order_by("name_key", "pk").values_list("name", flat=True)[:NAMED]]


def _back(asked: QueryDict) -> str:
    """The list as it was filtered."""
    kept = {name: str(asked[name]) for name in _WHICH if asked.get(name)}
    return reverse("contacts:list") + (f"?{urlencode(kept)}" if kept else "")


def _may_go_on(form: HandOverForm, rows: ContactQuerySet, count: int, context: dict[str, Any]) -> bool:
    """Asks once more where things are not as the page said, or where the new owner would not see the contacts."""
    if count > MOST:
        form.add_error(None, _("So many at once take too long for a page. Narrow the filters."))
        return False
    if form.cleaned_data["seen"] != count:
        form.add_error(None, _("Meanwhile the contacts have changed. Look again how many there are."))
        return False
    to: Member = form.cleaned_data["to"]
    hidden = [] if form.cleaned_data["anyway"] == to.pk else out_of_sight(rows, to)
    context |= {"hidden": hidden, "to": to}
    return not hidden


def _given(request: MemberRequest, form: HandOverForm, rows: ContactQuerySet) -> bool:
    to: Member = form.cleaned_data["to"]
    try:
        count = give(rows, to=to, by=request.member)
    except ValidationError as error:
        take_errors(form, error)
        return False
    told = ngettext("%(count)d contact handed over to %(name)s", "%(count)d contacts handed over to %(name)s", count)
    messages.success(request, told % {"count": count, "name": to.name})
    return True

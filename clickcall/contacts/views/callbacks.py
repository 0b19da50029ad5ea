"""Promises to call: the agenda, the reminder on every page, and making, moving and calling them off."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...models import Callback
from ...web.decorators import member_required
from ...web.http import UNCHANGED, MemberRequest
from .. import callbacks
from ..callbacks import shown, times
from .contact import visible


@require_GET
@member_required
def index(request: MemberRequest) -> HttpResponse:
    """The agenda: one's own, anyone's, or everybody's that one sees; overdue, today, later."""
    tab = request.GET.get("whose", "")
    tab = tab if tab in shown.TABS else shown.MINE
    days = shown.days(request.member, tab, now())
    context = {"days": days, "tab": tab, "tabs": shown.tabs(request.member), "most": shown.MOST}
    return render(request, "callbacks/agenda.html", context)


@require_GET
@member_required
def reminder(request: MemberRequest) -> HttpResponse:
    """What is due now, for a page that is open already; 204 while it shows that."""
    context = shown.reminder(request.member)
    if request.GET.get("seen", "") == context["version"]:
        return HttpResponse(status=UNCHANGED)
    return render(request, "callbacks/reminder.html", context)


@require_POST
@member_required
def new(request: MemberRequest, pk: int) -> HttpResponse:
    """Promises a call to the contact, at a time by its clock."""
    contact = visible(request.member, pk)
    phone = contact.phones.first()
    if phone is None or contact.archived_at:
        return redirect("contacts:detail", contact.pk)
    try:
        made = callbacks.promise(
            contact=contact,
            digits=phone.digits,
            member=None if request.POST.get("anyone") == "1" else request.member,
            due_at=_when(request, times.zone(contact, phone.digits)),
            made_by=request.member,
            note=request.POST.get("about", ""),
            asked_by_client=request.POST.get("asked_by_client") == "1",
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, shown.told(made, callbacks.replaced(made)))
    return redirect("contacts:detail", contact.pk)


@require_POST
@member_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Puts a promise on another time."""
    callback, asked = _open(request, pk), request.POST.get("asked_by_client") == "1"
    was_asked = callback.asked_by_client
    try:
        callbacks.move(callback, _when(request, times.zone(callback.contact, callback.digits)), asked_by_client=asked)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        callback.refresh_from_db(fields=["due_at", "asked_by_client"])
        messages.success(request, shown.told(callback))
        if was_asked and not callback.asked_by_client:
            messages.warning(request, _("This is outside calling hours: the call will ask first."))
    return _back(request)


@require_POST
@member_required
def call_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a promise off the agenda."""
    callback = _open(request, pk)
    callbacks.call_off(callback)
    messages.success(request, _("Taken off the agenda: %(name)s") % {"name": callback.contact.name})
    return _back(request)


def _when(request: MemberRequest, there: ZoneInfo | None) -> datetime:
    return times.read(request.POST.get("when", ""), request.POST.get("at", ""), there)


def _open(request: MemberRequest, pk: int) -> Callback:
    seen = Callback.objects.open().visible_to(request.member).select_related("contact", "account")
    return get_object_or_404(seen, pk=pk)


def _back(request: MemberRequest) -> HttpResponse:
    """To the page that the form says: a contact's, or the agenda."""
    contact = request.POST.get("contact", "")
    return redirect("contacts:detail", int(contact)) if contact.isdecimal() else redirect("contacts:callbacks")

"""Call buttons, states and the live bar, for the pages of every feature."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..calls import bar, buttons, called_back, drawing, whose
from ..calls.wording import describe, pill
from ..contacts.callbacks import shown as agenda
from ..models import Call, Contact, ContactPhone, Member
from ..reports import recordings
from ..web.frame import frame
from . import icons

register = template.Library()


@register.simple_tag(takes_context=True)
def call_button(
    context: Context,
    contact: Contact,
    phone: ContactPhone | None = None,
    size: str = "",
    icon_only: bool = False,
    place: str = "",
) -> SafeString:
    """The button that calls a contact: in a row, as the page's own (`size="xl"`), or as an icon beside a phone."""
    place = place or ("xl" if size == "xl" else "icon" if icon_only else "row")
    button = buttons.for_contact(contact, context["member"], phone=phone, place=place)
    return drawing.draw(button, context.get("csrf_token"))


@register.simple_tag(takes_context=True)
def dial_button(context: Context, button: buttons.Button) -> SafeString:
    """A button that the view made: it calls nobody's phone."""
    return drawing.draw(button, context.get("csrf_token"))


@register.simple_tag(takes_context=True)
def return_button(context: Context, caller: called_back.Caller) -> SafeString:
    """The button that calls somebody back who reached nobody."""
    return drawing.draw(caller.button, context.get("csrf_token"))


@register.inclusion_tag("calls/called_back.html", takes_context=True)
def called_you_back(context: Context, most: int = 5) -> dict[str, Any]:
    """The newest of the missed callers whom the member is to call back; nothing where there are none."""
    member: Member = context["member"]
    found = called_back.callers(member)
    shown = {"callers": found[:most], "all": len(found), "member": member}
    return {**shown, "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def status_pill(context: Context, call: Call) -> SafeString:
    """The state of a call in a few words, as the member reads it."""
    return pill_of(call, context["member"])


def pill_of(call: Call, viewer: Member) -> SafeString:
    """The same for rows that are filled in."""
    said = pill(call, viewer)
    return format_html('<span class="pill {}">{}{}</span>', said.css, icons.draw(said.icon), said.words)


@register.filter
def returned(call: Call) -> str:
    """What became of a missed call: how soon it was returned, if it was."""
    return whose.returned(call)


@register.filter
def has_recording(call: Call) -> bool:
    return recordings.is_there(call)


@register.inclusion_tag("callbacks/reminder.html", takes_context=True)
def reminder(context: Context) -> dict[str, Any]:
    """What is due now, on every page, however long it stays open."""
    member: Member = context["member"]
    return {**agenda.reminder(member), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("home/due.html", takes_context=True)
def callbacks_due(context: Context) -> dict[str, Any]:
    """What is due for the member, where their day begins."""
    member: Member = context["member"]
    rows, count = agenda.first(member)
    return {"rows": rows, "all": count, "member": member, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("calls/livebar.html", takes_context=True)
def live_bar(context: Context) -> dict[str, Any]:
    """The bar of the member's call, drawn on every page; `bar` is what a view has looked up already."""
    member = context.get("member")
    known = context.get("bar")
    shown = known if known is not None else bar.of_page(member) if member else {}
    return {**shown, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("calls/told.html", takes_context=True)
def told_to_admins(context: Context) -> dict[str, Any]:
    """What people asked the admins about, on every page of an admin."""
    member: Member | None = context.get("member")
    if member is None or not member.is_admin or not frame(member).is_told:
        return {"told": []}
    calls = Call.objects.told(member).select_related("account")[:3]
    return {"told": [(call, describe(call, member)) for call in calls], "csrf_token": context.get("csrf_token")}

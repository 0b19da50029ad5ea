"""A page's own button, and in its place the member's call while it lives."""

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ..calls import bar, buttons, drawing, endings
from ..calls.preflight import preflight
from ..models import Call, Contact, ContactPhone, Member

register = template.Library()


@register.simple_tag(takes_context=True)
def own_button(context: Context, contact: Contact, phone: ContactPhone | None = None) -> SafeString:
    """The large button that calls the contact; while the member is calling them, what the bar shows of it."""
    member: Member = context["member"]
    button = buttons.for_contact(contact, member, phone=phone, place="xl")
    call = _running(member, contact)
    if button is None or call is None:
        return drawing.draw(button, context.get("csrf_token"))
    shown = {"button": button, "call": call, "member": member}
    return mark_safe(get_template("calls/button_live.html").render(shown))  # noqa: S308 - a template


@register.simple_tag(takes_context=True)
def why_grey(context: Context) -> str:
    """Why no press of the member can work now, and who helps: for a page with room to say it beside the button."""
    return preflight(context["member"]).blocked


def _running(member: Member, contact: Contact) -> Call | None:
    """The member's own call to the contact, while its line is open."""
    call: Call | None = bar.of_page(member).get("call")
    return call if call and call.contact_id == contact.pk and not endings.is_over(call) else None

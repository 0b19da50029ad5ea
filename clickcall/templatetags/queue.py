"""The queue's panel, for the page where a salesperson's day begins."""

from typing import Any

from django import template
from django.template import Context

from ..contacts.queue import panel, standing
from ..contacts.views.queue import CHOSEN
from ..models import ContactList, Member
from ..web.frame import frame

register = template.Library()


@register.inclusion_tag("home/next.html", takes_context=True)
def next_call(context: Context, lists: list[ContactList]) -> dict[str, Any]:
    """Whom to call next, of the list that the member works; nothing for somebody without a list."""
    member: Member = context["member"]
    found = standing.of(member) if frame(member).has_offer else standing.IDLE
    held = found.offer.contact.list_id if found.offer else None
    row = panel.choose(member, held or context["request"].session.get(CHOSEN), lists)
    shown = panel.contents(member, row, found) if row else {}
    return {**shown, "member": member, "csrf_token": context.get("csrf_token"), "at_home": True}

"""Promises in a list, with their buttons."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from ..calls import buttons, drawing
from ..contacts.callbacks.shown import Row
from ..models import Member
from ..web.stencils import draw_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def callback_rows(context: Context, rows: list[Row]) -> SafeString:
    """Each of them by `callbacks/row.html`."""
    member, csrf_token = context["member"], context.get("csrf_token")
    return draw_rows("callbacks/row.html", (_shown(row, member, csrf_token) for row in rows))


def _shown(row: Row, member: Member, csrf_token: Any) -> dict[str, object]:
    """All texts that a row may show; those that it does not are empty."""
    callback = row.callback
    contact, keeper = callback.contact, callback.member_id
    return {
        "key": row.key,
        "url": reverse("contacts:detail", args=[contact.pk]),
        "name": contact.name,
        "when": row.when,
        "company": contact.company,
        "note": callback.note,
        "keeper": callback.member.name if keeper not in (None, member.pk) and callback.member else "",
        "is_overdue": row.is_overdue,
        "asked_by_client": callback.asked_by_client,
        "is_anyones": keeper is None,
        "move_url": row.move_url,
        "off_url": row.off_url,
        "options": row.options,
        "csrf_token": str(csrf_token or ""),
        "button": drawing.draw(buttons.for_contact(contact, member, phone=row.phone, place="icon"), csrf_token),
    }

"""The rows of the table of contacts, with their buttons."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..calls import buttons, drawing
from ..contacts import masking
from ..contacts.table import Row
from ..models import Member
from ..web.stencils import draw_rows
from .calls import pill_of
from .shown import day_and_time

register = template.Library()


@register.simple_tag(takes_context=True)
def contact_rows(context: Context, rows: list[Row]) -> SafeString:
    """Each of them by `contacts/row.html`."""
    member, csrf_token = context["member"], context.get("csrf_token")
    shown = (_shown(row, member, csrf_token) for row in rows)
    return draw_rows("contacts/row.html", shown, is_manager=member.is_manager)


def _shown(row: Row, member: Member, csrf_token: Any) -> dict[str, object]:
    """All texts that a row may show; those that it does not are empty."""
    contact, call = row.contact, row.contact.last_call
    return {
        "key": row.key,
        "url": row.url,
        "name": contact.name,
        "company": contact.company,
        "there": row.there,
        "place": row.place,
        "due": day_and_time(row.due),
        "pill": pill_of(call, member) if call else "",
        "called_at": day_and_time(call.requested_at) if call else "",
        "is_current": row.is_current,
        "is_shared": row.is_shared,
        "found": masking.shown(row.found.digits, member) if row.found else "",
        "button": drawing.draw(buttons.for_contact(contact, member, phone=row.found, place="row"), csrf_token),
    }

"""The light of the member's phone at the foot of the side bar, on every page."""

from typing import Any

from django import template
from django.template import Context

from ..calls.phone_checks import light
from ..models import Member

register = template.Library()


@register.inclusion_tag("components/handset.html", takes_context=True)
def handset(context: Context) -> dict[str, Any]:
    """Nothing for somebody who is in no account."""
    member: Member | None = context.get("member")
    return {"light": light(member) if member else None}

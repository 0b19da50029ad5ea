"""What every page says about the account's access keys and points."""

from typing import Any

from django import template
from django.template import Context

from ..accounts import limit_told
from ..accounts.standing import standing
from ..models import Member

register = template.Library()
_MOST = 3  # banners: the page of the keys shows them all
_OWN_PAGES = "/keys/"  # they say the same in detail


@register.inclusion_tag("accounts/standing.html", takes_context=True)
def account_standing(context: Context) -> dict[str, Any]:
    """Admins read which key ails and mend it; everybody else reads what it means for them, when it does."""
    member: Member | None = context.get("member")
    request = context.get("request")
    if member is None or (request is not None and request.path.startswith(_OWN_PAGES)):
        return {}
    now = standing(member)
    ailing = now.ailing[:_MOST] if member.is_admin else []
    is_spent = member.is_admin and now.pause is not None and now.pause.kind == "day"
    told = ", ".join(limit_told.told(member.account_id)) if is_spent else ""
    shown = {"standing": now, "member": member, "ailing": ailing, "brand": member.account.brand_name}
    return {**shown, "is_spent": is_spent, "told": told}

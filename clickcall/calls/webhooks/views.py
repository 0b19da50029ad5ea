"""Page for admins: the address and the templates to paste, what came, and what was pasted wrongly."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ...models.fields import is_readable
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from . import addresses, pasting, states
from .problems import in_words


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    """The address is masked: it holds the secret."""
    return page(request, "calls/hooks.html", _context(request))


@require_POST
@never_cache
@admin_required
def renew(request: MemberRequest) -> HttpResponse:
    """A new address, shown whole in this answer and never again."""
    account = request.member.account
    if not addresses.renew(account, last_four=request.POST.get("last_four", "")):
        messages.warning(request, _("The address was renewed before. Nothing was changed."))
        return redirect("calls:hooks")
    return page(request, "calls/hooks.html", _context(request) | {"whole": addresses.address(account, _base(request))})


def _context(request: MemberRequest) -> dict[str, Any]:
    account = request.member.account
    seen, wrong = states.last_seen(account), states.broken(account)[: states.SHOWN]
    overlaps = account.hook_before_until and account.hook_before_until > now()
    return {
        "masked": addresses.masked(account, _base(request)) if account.hook_secret else "",
        "is_unreadable": not is_readable(account.hook_secret),
        "last_four": account.hook_secret.last_four,
        "before_until": account.hook_before_until if overlaps else None,
        "without_public_url": not settings.CLICKCALL_PUBLIC_URL,
        "events": [
            {
                "name": name,
                "title": pasting.TITLES[name],
                "use": pasting.USES[name],
                "body": body,
                "seen": seen.get(name),
            }
            for name, body in pasting.templates().items()
        ],
        "broken": [(delivery, in_words(delivery.problem)) for delivery in wrong],
        "brand": account.brand_name,
    }


def _base(request: MemberRequest) -> str:
    """How the provider reaches us; without a setting the address by which the admin came."""
    return settings.CLICKCALL_PUBLIC_URL or request.build_absolute_uri("/")

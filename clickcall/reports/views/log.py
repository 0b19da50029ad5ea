"""The call log: the whole account's for managers and admins, one's own for everybody."""

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ...web.decorators import manager_required, member_required
from ...web.http import MemberRequest, page
from .. import queries
from ..forms import LogFilter
from ..groups import TABS
from ..rows import rows


@require_GET
@manager_required
def everybody(request: MemberRequest) -> HttpResponse:
    return _log(request, only_mine=False)


@require_GET
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    return _log(request, only_mine=True)


def _log(request: MemberRequest, *, only_mine: bool) -> HttpResponse:
    form = LogFilter(request.GET, member=request.member, of_all=not only_mine)
    wishes = form.wishes
    found = queries.log(
        request.member,
        wishes,
        only_mine=only_mine,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "form": form,
        "filtered": bool(wishes),
        "groups": TABS,
        "group": wishes.get("status", ""),
        "page": found,
        "rows": rows(found.rows, request.member),
        "only_mine": only_mine,
        "zone": zone_name(),
    }
    return page(request, "reports/log.html", context)


def zone_name() -> str:
    """The account's zone in a few letters: "MSK", or "UTC+04" where the zone has no letters."""
    name = localtime().tzname() or "UTC"
    return {"MSK": _("MSK")}.get(name, name if name[0].isalpha() else f"UTC{name}")

"""The page for admins with the doctor's newest findings, and the button that asks anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import doctor
from ..doctor import Finding

_APIS = {"call": "Call API", "data": "Data API"}


@dataclass(slots=True)
class Said:
    """One thing that was found, however many keys and APIs met it."""

    finding: Finding
    message: str
    remedy: str
    where: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Our own address, to be copied into the provider's allow list."""
        return str(self.finding.details.get("address") or "")

    @property
    def answer(self) -> str:
        """What the provider said, for its support."""
        details = self.finding.details
        return " · ".join(str(details[name]) for name in ("cause", "said") if details.get(name))


@require_http_methods(["GET", "POST"])
@admin_required
def examine(request: MemberRequest) -> HttpResponse:
    """GET shows what is known and asks nobody."""
    account = request.member.account
    if request.method == "POST":
        if doctor.examine(account).ok:
            messages.success(request, _("Checked: nothing keeps you from calling."))
        return redirect("accounts:doctor")
    newest = doctor.latest(account)
    brand = str(account.brand_name)
    context = {
        "diagnosis": newest,
        "faults": together(newest.faults, brand) if newest else [],
        "well": together(newest.found("ok"), brand) if newest else [],
    }
    return page(request, "accounts/doctor.html", context)


def together(findings: Sequence[Finding], brand: str) -> list[Said]:
    """Findings that read alike become one, with the keys and APIs that met it."""
    said: dict[tuple[str, str], Said] = {}
    for finding in findings:
        texts = finding.message(brand), finding.remedy(brand)
        one = said.setdefault(texts, Said(finding, *texts))
        where = " · ".join(part for part in (finding.token, _APIS.get(finding.api or "")) if part)
        if where and where not in one.where:
            one.where.append(where)
    return list(said.values())

"""Step 1: through whom we call, from which country, in which time."""

from django.utils.translation import gettext as _

from ..forms import BrandForm
from ..known import Known
from ..step import State, Step


def step(known: Known) -> Step:
    """Done once the time zone is known: without it days and hours would be wrong."""
    account = known.account
    zone = account.timezone or _("time zone not known yet")
    return Step(
        "brand",
        _("Through whom we call"),
        f"{account.get_brand_display()} · {account.country} · {zone}",
        State.DONE if account.timezone else State.OPEN,
        extra={"form": BrandForm(account=account)},
    )

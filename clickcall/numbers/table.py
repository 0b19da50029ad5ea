"""The table of numbers: what stands in each row, and what was matched."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Account, VirtualNumber
from . import proofs, queries
from .health import Health, health
from .shown import Pill
from .sync import State


@dataclass(frozen=True, slots=True)
class Row:
    """`people` in few words, `names` in full; empty where the number is nobody's in particular."""

    number: VirtualNumber
    people: str
    names: str
    check: Pill
    health: Health


def rows(account: Account, numbers: list[VirtualNumber]) -> list[Row]:
    """`numbers` are those of `queries.numbers`."""
    said = proofs.answers(numbers)
    return [_row(number, said, str(account.brand_name)) for number in numbers]


def _row(number: VirtualNumber, said: proofs.Answers, brand: str) -> Row:
    people = list(number.members.all())
    names = [_("%(name)s (access is off)") % {"name": one.name} if one.archived_at else one.name for one in people]
    few = ", ".join(names) if len(names) < 3 else _people(len(names))
    check = proofs.pill(number, [one for one in people if not one.archived_at], said)
    return Row(number, few, ", ".join(names), check, health(number, brand))


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def foot(counts: queries.Counts, sync: State, brand: str) -> str:
    """“6 numbers · matched with UIS at 14:02, nothing missing”."""
    total = ngettext("%(count)s number", "%(count)s numbers", counts.all) % {"count": counts.all}
    if sync.finished_at is None:
        return f"{total} · {_('not matched with %(brand)s yet') % {'brand': brand}}"
    words = {"brand": brand, "time": _when(sync), "gone": counts.gone}
    if counts.gone:
        matched = ngettext(
            "matched with %(brand)s at %(time)s, %(gone)s is gone there",
            "matched with %(brand)s at %(time)s, %(gone)s are gone there",
            counts.gone,
        )
    else:
        matched = _("matched with %(brand)s at %(time)s, nothing missing")
    return f"{total} · {matched % words}"


def _when(sync: State) -> str:
    """The time alone today, with its day otherwise."""
    if sync.finished_at is None:
        return ""
    local = localtime(sync.finished_at)
    return f"{local:%H:%M}" if local.date() == localdate() else f"{date_format(local, _('j M'))}, {local:%H:%M}"

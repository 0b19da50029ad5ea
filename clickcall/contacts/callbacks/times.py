"""Times for a callback: chosen by the contact's clock, and said by both clocks where they differ."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...models import Callback, Contact
from ..zones import zone_of
from .services import check_time

OTHER = "other"  # the choice of a time that is typed
_ROUND = timedelta(minutes=5)
_MORNING, _AFTERNOON = time(10), time(15)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str  # ISO, in UTC
    label: str


def zone(contact: Contact | None, digits: str) -> ZoneInfo | None:
    """The zone of the contact's clock; None where nobody knows it."""
    return zone_of(contact, digits).tz


def zone_of_promise(callback: Callback) -> ZoneInfo | None:
    """The same for the contact of a callback; what was fetched with it (see `web.waiting`) is not looked up again."""
    return zone_of(callback.contact, callback.digits, getattr(callback, "told_region", None)).tz


def both(moment: datetime, there: ZoneInfo | None) -> str:
    """“today, 16:20 there, 14:20 here”; only “today, 14:20” where the clocks agree, or theirs is unknown."""
    here = timezone.localtime(moment)
    if there is None or moment.astimezone(there).utcoffset() == here.utcoffset():
        return _worded(here)
    said = {"there": _worded(moment.astimezone(there)), "here": f"{here:%H:%M}"}
    return _("%(there)s there, %(here)s here") % said


def _worded(local: datetime) -> str:
    days = (local.date() - timezone.now().astimezone(local.tzinfo).date()).days
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return f"{named.get(days) or date_format(local.date(), _('D, j M'))}, {local:%H:%M}"


def choices(there: ZoneInfo | None, at: datetime) -> list[Choice]:
    """What is mostly agreed: soon, tomorrow, after the weekend; the days and hours are the contact's."""
    local = at.astimezone(there or timezone.get_current_timezone())
    tomorrow = local.date() + timedelta(days=1)
    monday = local.date() + timedelta(days=7 - local.weekday())
    moments = [_rounded(at + timedelta(hours=1)), _rounded(at + timedelta(hours=3))]
    moments += [datetime.combine(tomorrow, clock, local.tzinfo) for clock in (_MORNING, _AFTERNOON)]
    moments += [datetime.combine(monday, _MORNING, local.tzinfo)] if monday != tomorrow else []
    return [
        Choice(f"{moment.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M:%SZ}", both(moment, there)) for moment in moments
    ]


def _rounded(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment - over + (_ROUND if over else timedelta())


def read(when: str, typed: str, there: ZoneInfo | None) -> datetime:
    """The time that a form names: one of the choices, or one that was typed by the contact's clock.

    Raises ValidationError (`due_at`) for what is no time, and for one that cannot be meant.
    """
    moment = _moment(typed if when in (OTHER, "") else when)
    if moment is None:
        raise ValidationError({"due_at": _("Say when to call back.")})
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=there or timezone.get_current_timezone())
    check_time(moment)
    return moment


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None

"""What a call log reads: newest first, by indexes only, however many calls there are."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from ..models import Account, Call, Contact, Member, Origin
from ..models.calls import CallQuerySet
from ..web.paging import Page, decode, keyset
from .groups import GROUPS, INBOUND

ORDER = ("-requested_at", "-pk")
_WRITING = str.maketrans("", "", " +()-.\u2010\u2011\u2012\u2013\u2014\u00a0\u202f")
FEW = 1000  # calls that are sorted sooner than looked for on the way down the log
_SHORTEST_PHONE = 4  # digits; fewer are a part of too many phones to be meant as one


def log(
    member: Member, wishes: dict[str, Any], *, only_mine: bool, after: str = "", before: str = "", size: int = 50
) -> Page[Call]:
    """One page of the calls that the member may see; `wishes` as in `LogFilter.wishes`."""
    calls = Call.objects.visible_to(member).select_related("account")
    who = member if only_mine else wishes.get("member")
    calls = calls.filter(member=who) if who else calls
    calls = calls.filter(number=wishes["number"]) if "number" in wishes else calls
    calls = _in_tab(calls, wishes["status"], member.account) if "status" in wishes else calls
    calls = calls.filter(_about(wishes["q"], member.account)) if "q" in wishes else calls
    calls = _in_days(calls, wishes, member.account.tz, after=after, before=before)
    return keyset(calls, order=ORDER, after=after, before=before, size=size)


def _in_tab(calls: CallQuerySet, tab: str, account: Account) -> CallQuerySet:
    """Of few calls the keys are looked up; among many the newest are soon met on the way down the log.

    Those of a single status are an index of their own.
    """
    statuses = () if tab == INBOUND else GROUPS[tab][1]
    meant = Q(status__in=statuses) if statuses else Q(origin=Origin.INBOUND)
    if len(statuses) == 1:
        return calls.filter(meant)
    few = _few(calls, meant if statuses else meant & Q(external_id=None), account)
    return calls.filter(meant) if few is None else few


def _few(calls: CallQuerySet, meant: Q, account: Account) -> CallQuerySet | None:
    """These calls by their keys; None where they are many."""
    found = Call.objects.filter(meant, account=account).order_by()
    keys = list(found.values_list("pk", flat=True)[: FEW + 1])
    return calls.filter(pk__in=keys) if len(keys) <= FEW else None


def _in_days(calls: CallQuerySet, wishes: dict[str, Any], zone: ZoneInfo, *, after: str, before: str) -> CallQuerySet:
    """A bound that the page's cursor implies is left out: beside the cursor SQLite would begin at the wrong one."""
    going_up = _is_cursor(before)
    going_down = not before and _is_cursor(after)
    if "since" in wishes and not going_up:
        calls = calls.filter(requested_at__gte=_begin(wishes["since"], zone))
    if "till" in wishes and not going_down:
        calls = calls.filter(requested_at__lt=_begin(wishes["till"] + timedelta(days=1), zone))
    return calls


def _is_cursor(text: str) -> bool:
    """Whether paging will begin at this cursor; a broken one, or one of another list, means the first page."""
    values = decode(text, len(ORDER)) if text else None
    try:
        return bool(values and parse_datetime(str(values[0])))
    except ValueError:
        return False


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _about(text: str, account: Account) -> Q:
    """Calls of the contacts that the text finds, to the phone that it is, or with the ID that it is.

    A contact is found by the name it has now. Few calls are looked up by their keys; among many the newest are soon met
    on the way down the log. Left to itself, SQLite would walk the whole log for the few.
    """
    contacts = Contact.objects.filter(account=account).search(text, account).order_by()
    ways = [Q(contact__in=contacts.values("pk")), _named(text, account)]
    found, named = (Call.objects.filter(way).order_by().values_list("pk", flat=True) for way in ways)
    keys = list(found.union(named, all=True)[: FEW + 1])
    return ways[0] | ways[1] if len(keys) > FEW else Q(pk__in=keys)


def _named(text: str, account: Account) -> Q:
    """The call with this ID or number, and calls to this phone or to one that begins like it: an index for each."""
    digits = text.translate(_WRITING)
    named = Q(account=account, external_id=text)
    if digits.isascii() and digits.isdecimal() and len(digits) >= _SHORTEST_PHONE:
        named |= Q(account=account, call_session_id=digits)
        for beginning in _written_as(digits, account):  # ":" follows "9"
            named |= Q(account=account, contact_phone__gte=beginning, contact_phone__lt=beginning + ":")
    return named


def _written_as(digits: str, account: Account) -> list[str]:
    """How a phone that begins like this is stored: in Russia 8 at the beginning stands for 7."""
    if account.country == "RU" and digits.startswith("8"):
        return [digits, f"7{digits[1:]}"]
    return [digits]

"""Promises as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Callback, Contact, ContactPhone, Member, PhoneKind
from ...web.waiting import callbacks as waiting
from .. import rules
from ..masking import hides
from . import times
from .agenda import agenda

MINE, ANYONES, ALL = "mine", "anyones", "all"
TABS = (MINE, ANYONES, ALL)
MOST = 100  # rows of the agenda
_REMINDED_OF = 3  # at once
SNOOZE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Row:
    """`phone` is the contact's that was promised to be called; None where it has gone meanwhile: then the first one."""

    callback: Callback
    when: str
    phone: ContactPhone | None
    is_overdue: bool
    options: SafeString  # other times, as a form offers them

    @property
    def key(self) -> str:
        return str(self.callback.pk)

    @property
    def move_url(self) -> str:
        return reverse("contacts:callback_move", args=[self.callback.pk])

    @property
    def off_url(self) -> str:
        return reverse("contacts:callback_off", args=[self.callback.pk])


def tabs(member: Member) -> list[tuple[str, str]]:
    """For managers the last one is the whole account's."""
    last = _("All") if member.is_manager else _("Of my contacts")
    return [(MINE, _("Mine")), (ANYONES, _("Anyone's")), (ALL, last)]


def days(member: Member, tab: str, at: datetime) -> list[tuple[str, list[Row]]]:
    """Overdue, today, tomorrow and later, those that are not empty."""
    found = agenda(member).prefetch_related("contact__phones")
    if tab != ALL:
        found = found.filter(member=member) if tab == MINE else found.anyones()
    grouped: dict[str, list[Row]] = {}
    for row in rows(found[:MOST], member, at):
        grouped.setdefault(_day(row.callback.due_at, at), []).append(row)
    return [*grouped.items()]


def rows(found: Iterable[Callback], member: Member, at: datetime) -> list[Row]:
    """With their buttons' verdicts: the contacts' phones are at hand."""
    made = _rows(((callback, _phone(callback)) for callback in found), at)
    rules.weigh(member, [(row.callback.contact, row.phone.digits) for row in made if row.phone], at)
    return made


def _rows(found: Iterable[tuple[Callback, ContactPhone | None]], at: datetime) -> list[Row]:
    """The same other times are offered to all whose clocks agree."""
    offered: dict[ZoneInfo | None, SafeString] = {}
    made = []
    for callback, phone in found:
        there = times.zone_of_promise(callback)
        if there not in offered:
            offered[there] = _options(times.choices(there, at))
        said = times.both(callback.due_at, there)
        made.append(Row(callback, said, phone, callback.due_at <= at, offered[there]))
    return made


def _options(offered: Iterable[times.Choice]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', ((time.value, time.label) for time in offered))


def _phone(callback: Callback) -> ContactPhone | None:
    """The one that was promised to be called, else the contact's first."""
    phones = list(callback.contact.phones.all())
    return next((phone for phone in phones if phone.digits == callback.digits), next(iter(phones), None))


def _day(due_at: datetime, at: datetime) -> str:
    days = (timezone.localtime(due_at).date() - timezone.localtime(at).date()).days
    if due_at <= at:
        return _("Time to call")
    return {0: _("Today"), 1: _("Tomorrow")}.get(days, _("Later"))


def of_contact(contact: Contact, member: Member, at: datetime) -> dict[str, Any]:
    """What was agreed with one contact, and the times at which one could call back."""
    found = Callback.objects.filter(contact=contact, done_at=None).select_related("member").order_by("due_at", "pk")
    phones = list(contact.phones.all())
    there = times.zone(contact, phones[0].digits if phones else "")
    promised = [*found[:MOST]]
    for callback in promised:
        callback.contact = contact
    return {
        "agreed": _rows(((callback, None) for callback in promised), at),
        "times": times.choices(there, at),
        "other_time": times.OTHER,
        "knows_time_there": there is not None,
    }


def first(member: Member) -> tuple[list[Row], int]:
    """The first of what is due for the member, and how many there are in all, with their buttons' verdicts."""
    due, moment = waiting(member), now()
    return _rows(_judged(due.first, member, moment), moment), due.count


def reminder(member: Member) -> dict[str, Any]:
    """What every page says once something is due: the first ones, and how many there are in all."""
    due = waiting(member)
    first = _judged(due.first[:_REMINDED_OF], member, now())
    keys = [f"{callback.pk}.{callback.due_at:%d%H%M}" for callback, _phone in first]
    stops = [verdict.code for callback, phone in first if (verdict := _verdict(callback, phone, member))]
    return {
        "due": [(callback, _late(callback), phone) for callback, phone in first],
        "more": max(0, due.count - _REMINDED_OF),
        "version": "-".join(filter(None, [*keys, str(due.count or ""), *stops])),
        "in_a_moment": f"{now() + SNOOZE:%Y-%m-%dT%H:%M:%SZ}",
        "member": member,
    }


def _judged(found: list[Callback], member: Member, at: datetime) -> list[tuple[Callback, ContactPhone | None]]:
    """Each with the phone to dial, on which the rules were asked; not again where the page has asked already."""
    if hides(member):  # a button names a phone's row then, and not its digits
        prefetch_related_objects([callback.contact for callback in found], "phones")
    made = [(callback, _to_dial(callback, member)) for callback in found]
    fresh = [(one.contact, phone.digits) for one, phone in made if phone and _verdict(one, phone, member) is None]
    rules.weigh(member, fresh, at)
    return made


def _verdict(callback: Callback, phone: ContactPhone | None, member: Member) -> rules.Verdict | None:
    return rules.known(member, callback.contact_id, phone.digits) if phone else None


def _to_dial(callback: Callback, member: Member) -> ContactPhone | None:
    """The phone of a button; without a look-up where its digits are enough."""
    if hides(member):
        return _phone(callback)
    kind = PhoneKind.SIP if callback.digits.startswith("0") else PhoneKind.PHONE
    return ContactPhone(contact=callback.contact, digits=callback.digits, kind=kind)


def _late(callback: Callback) -> str:
    return times.both(callback.due_at, times.zone_of_promise(callback))


def told(callback: Callback, before: Callback | None = None) -> str:
    """Whom and when one has promised to call, and whose place that took, for a line that passes by."""
    said = {"name": callback.contact.name, "when": _late(callback), "before": _late(before) if before else ""}
    if said["before"] in ("", said["when"]):
        return _("We call back: %(name)s, %(when)s") % said
    return _("We call back: %(name)s, %(when)s, instead of %(before)s") % said

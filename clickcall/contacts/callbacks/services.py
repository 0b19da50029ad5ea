"""The only writers of callbacks.

What is wrong is a `ValidationError` by field: `due_at`, `member`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Call, Callback, Contact, Member
from ...models.work import CallbackQuerySet
from ..rules.promised import is_within_hours

_FARTHEST = timedelta(days=730)
_SLACK = timedelta(minutes=1)  # a time that was chosen a moment ago is not yet past
# A call so much before the time that was agreed still keeps the promise.
AHEAD = timedelta(hours=1)


@transaction.atomic
def promise(
    *,
    contact: Contact,
    digits: str,
    member: Member | None = None,
    due_at: datetime,
    made_by: Member,
    note: str = "",
    asked_by_client: bool = False,
    call: Call | None = None,
) -> Callback:
    """Notes that somebody is to call the contact at a time: `member`, or anyone where it is None.

    A contact has one promise from each: a newer one takes the place of the older (see `replaced`). What was agreed in
    a later talk than in this `call` stays beside it.
    """
    _check(contact, member, due_at)
    return Callback.objects.create(
        made_at=_replace_older(contact, member, call),
        account_id=contact.account_id,
        contact=contact,
        digits=digits,
        member=member,
        due_at=due_at,
        made_by=made_by,
        note=note.strip()[:500],
        asked_by_client=asked_by_client,
        call=call,
    )


def _replace_older(contact: Contact, member: Member | None, call: Call | None) -> datetime:
    """Ends the open promises whose place one of this call takes; the time at which it does."""
    moment = now()
    before = Callback.objects.filter(contact=contact, member=member, done_at=None)
    if call is not None:
        before = before.exclude(call__requested_at__gt=call.requested_at)
    before.update(done_at=moment)
    return moment


def replaced(made: Callback) -> Callback | None:
    """The promise whose place this one took."""
    same = Callback.objects.filter(contact_id=made.contact_id, member=made.member, done_at=made.made_at)
    return same.order_by("due_at", "pk").last()


@transaction.atomic
def remind(*, contact: Contact, digits: str, member: Member, due_at: datetime) -> Callback:
    """A note of the member's to themselves. It replaces such notes alone: whatever was agreed stays on the agenda."""
    _check(contact, member, due_at)
    plain = Callback.objects.filter(contact=contact, member=member, done_at=None, due_at__lte=due_at)
    plain.filter(made_by=member, call=None, note="", asked_by_client=False).update(done_at=now())
    given = {"account_id": contact.account_id, "contact": contact, "digits": digits, "member": member}
    return Callback.objects.create(**given, made_by=member, due_at=due_at)


def _check(contact: Contact, member: Member | None, due_at: datetime) -> None:
    check_time(due_at)
    if member and member.account_id != contact.account_id:
        raise ValidationError({"member": _("This person is not in the account.")})


def check_time(due_at: datetime) -> None:
    """Raises ValidationError (`due_at`) for a time that is past, or too far away to be meant."""
    moment = now()
    if due_at < moment - _SLACK:
        raise ValidationError({"due_at": _("This time has passed.")})
    if due_at > moment + _FARTHEST:
        raise ValidationError({"due_at": _("This is more than two years away.")})


def move(callback: Callback, due_at: datetime, *, asked_by_client: bool = False) -> bool:
    """Puts an open promise on another time. False when it was kept or called off meanwhile.

    The client asked for the old time: outside calling hours the new one is our own wish, unless they asked for it too.
    """
    check_time(due_at)
    theirs = asked_by_client or (callback.asked_by_client and is_within_hours(callback, due_at))
    still_open = Callback.objects.filter(pk=callback.pk, done_at=None)
    return bool(still_open.update(due_at=due_at, asked_by_client=theirs))


def call_off(callback: Callback) -> bool:
    """Takes a promise off the agenda. False when it was not there any more."""
    return bool(Callback.objects.filter(pk=callback.pk, done_at=None).update(done_at=now()))


def withdraw(call: Call, *, but: Callback | None = None) -> int:
    """Takes what was promised in a call off the agenda: it was something else that was meant. How many they were."""
    rows = Callback.objects.filter(call=call, done_at=None).exclude(pk=but.pk if but else 0)
    return rows.update(done_at=now())


def settle(contact_id: int, *, by: Call | None = None) -> int:
    """Takes promises to a contact off the agenda: there is nothing to call about any more. How many they were.

    `by`: the call that settled it. What was agreed after its end, in another talk, stays.
    """
    rows: CallbackQuerySet = Callback.objects.filter(contact_id=contact_id, done_at=None)
    if by is not None:
        rows = rows.filter(Q(call=by) | Q(made_at__lte=by.finished_at or by.given_up_at or now()))
    return rows.update(done_at=now())


def hand_over(owners: Mapping[int, int | None], *, to: int) -> None:
    """What the owners had promised to their contacts (`owners` by contact, all keys), the next one is to keep."""
    for owner in {key for key in owners.values() if key}:
        theirs = [contact for contact, key in owners.items() if key == owner]
        Callback.objects.filter(contact_id__in=theirs, member_id=owner, done_at=None).update(member_id=to)


def fulfil(call: Call) -> int:
    """A call that rang the client keeps the promises to them, or to their phone, that were due. How many they were.

    What is due later than in an hour stays: it was not what the call was about.
    """
    began = call.requested_at
    to_them: CallbackQuerySet = Callback.objects.filter(account_id=call.account_id, done_at=None)
    same = Q(contact_id=call.contact_id) if call.contact_id else Q(digits=call.contact_phone)
    kept = to_them.filter(same, due_at__lte=began + AHEAD, made_at__lt=began)
    return kept.update(done_at=began)

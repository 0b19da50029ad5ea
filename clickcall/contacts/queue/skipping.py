"""Who of a batch can be offered now: nobody else has them, and no rule, call or promise stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from ...models import RANG_NOBODY, Call, Callback, Contact, Member, QueueEntry, QueueState, Status
from ..rules import Code, Verdict, verdicts
from .candidates import open_callbacks

LATELY = timedelta(hours=1)  # since the end of a call
_LONGEST_CALL = timedelta(hours=4)  # one that has been open for longer has lost its end: the sweep looks after it
# These ask a person about a call that may well be right; whom the queue offers it has looked at before.
_OFFERED = (Code.NO_CONSENT, Code.TIME_UNKNOWN)
_NOT_TO_THE_CLIENT = (Status.YOU_MISSED, Status.YOU_OFFLINE, Status.MISSED)


@dataclass
class Sieve:
    """`opens_at` is when the first of those that were outside their calling hours can be called."""

    member: Member
    at: datetime
    opens_at: datetime | None = field(default=None)

    def free(self, batch: list[Contact]) -> list[tuple[Contact, Callback | None]]:
        """Those of the batch that can be offered, in its order, each with the promise that is due."""
        promises = open_callbacks(self.member, batch, self.at)
        ready = [contact for contact in batch if self._is_ready(contact, promises.get(contact.pk))]
        judged = verdicts(self.member, ready, self.at)
        allowed = [contact for contact in ready if contact.pk in judged and self._may_call(judged[contact.pk])]
        busy = _called_lately(self.member.account_id, allowed, self.at)
        return [
            (contact, promises.get(contact.pk))
            for contact in allowed
            if not busy.get(contact.pk) or (busy[contact.pk] == "ended" and contact.pk in promises)
        ]

    def _is_ready(self, contact: Contact, promise: Callback | None) -> bool:
        entry = entry_of(contact)
        if entry and entry.leased_to_id not in (None, self.member.pk) and (entry.lease_until or self.at) > self.at:
            return False
        if promise:
            return promise.due_at <= self.at and promise.is_for(self.member)
        if entry:
            waits = entry.next_attempt_at is not None and entry.next_attempt_at > self.at
            return entry.state == QueueState.OPEN and not waits
        talked = contact.last_call is not None and contact.last_call.status == Status.TALKED
        return not talked  # before there was a queue

    def _may_call(self, verdict: Verdict) -> bool:
        for finding in verdict.findings:
            if finding.opens_at and (self.opens_at is None or finding.opens_at < self.opens_at):
                self.opens_at = finding.opens_at
        return verdict.kind != "block" and all(code in _OFFERED for code in verdict.codes)


def entry_of(contact: Contact) -> QueueEntry | None:
    """Where the contact stands in the queue, if it was fetched along; None for somebody who was never worked."""
    return getattr(contact, "queue_entry", None)


def _called_lately(account: int, contacts: Iterable[Contact], at: datetime) -> dict[int, str]:
    """By contact, "live" or "ended" where anybody is or was within the last hour on the line with one of its phones."""
    phones = {contact.pk: [phone.digits for phone in contact.phones.all()] for contact in contacts}
    asked = {digits for some in phones.values() for digits in some}
    if not asked:
        return {}
    calls = Call.objects.filter(account_id=account, contact_phone__in=asked, requested_at__gte=at - _LONGEST_CALL)
    on_the_line = Q(is_final=False, finished_at=None)
    calls = calls.filter(Q(requested_at__gte=at - LATELY) | Q(finished_at__gte=at - LATELY) | on_the_line)
    rang = calls.exclude(dispatch__in=RANG_NOBODY).exclude(status__in=_NOT_TO_THE_CLIENT)
    lines = set(rang.order_by().values_list("contact_phone", "is_final"))
    by_phone = {phone: "ended" for phone, _final in lines} | {phone: "live" for phone, final in lines if not final}
    found = {key: [by_phone[one] for one in some if one in by_phone] for key, some in phones.items()}
    return {key: max(some) for key, some in found.items() if some}  # "live" says more than "ended"

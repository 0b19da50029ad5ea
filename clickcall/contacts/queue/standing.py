"""Where a member's work in the queue stands: what the panel shows, read from rows alone."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.timezone import now

from ... import points
from ...models import Call, Member, Origin, Status, WrapUp
from ..rules.company import rules_of
from .offers import Found, Offer, held, offer_of
from .results import NOTHING, kind_of
from .skipping import LATELY

# Between two offers while the provider's requests run short: presses of colleagues come first.
PACE = timedelta(seconds=20)
ASKED_WITHIN = timedelta(days=4)  # a talk of last week is not asked about any more: nobody would remember


@dataclass(frozen=True)
class Standing:
    """`phase`: idle, away (the lease ended), offer, calling, outcome, next (ask for one), slow, nothing.

    `until` is when a slow queue offers again, or when there is somebody to call. `ended` is the call just made; without
    an offer the talk, of any list, that waits for its outcome.
    """

    phase: str
    offer: Offer | None = None
    until: datetime | None = None
    ended: Call | None = None
    cut: bool = field(default=False)

    @property
    def is_far(self) -> bool:
        """Whether nobody would wait for it with the page open."""
        return self.until is not None and self.until - now() > timedelta(minutes=10)

    @property
    def seconds_left(self) -> int:
        """Until the queue goes on, for a clock that begins to run."""
        return max(0, math.ceil((self.until - now()).total_seconds())) if self.until else 0

    @cached_property
    def version(self) -> str:
        """Changes whenever the panel would look different."""
        contact = self.offer.contact.pk if self.offer else 0
        call = self.ended.pk if self.ended else 0
        state = self.ended.status if self.ended and self.phase == "calling" else ""
        return f"{self.phase}-{contact}-{call}-{state}"


IDLE = Standing("idle")  # nothing was given to the member, or they have stopped


def of(member: Member) -> Standing:
    """Where the member stands now."""
    at, entry = now(), held(member)
    if entry is None:
        return IDLE
    offer, running = offer_of(entry, member), entry.lease_until is not None and entry.lease_until > at
    call = _own_press(offer, member, at)
    if call and call.is_live and call.finished_at is None:
        return Standing("calling", offer, ended=call)
    if call is None or not _was_called(call):
        return Standing("offer", offer, ended=call) if running else Standing("away")
    if _asks_for_outcome(call, member):
        return Standing("outcome", offer, ended=call)
    if (until := paused_until(member, call, at)) is not None:
        return Standing("slow", offer, until, call)
    return Standing("next", offer, ended=call)


def asked(member: Member, found: Standing) -> Standing:
    """The same, unless a talk of the member's with anybody still waits for its outcome: that comes first."""
    if found.phase in ("calling", "outcome"):
        return found
    call = _unsaid(member)
    return Standing("outcome", ended=call) if call else found


def _unsaid(member: Member) -> Call | None:
    since, seconds = now() - ASKED_WITHIN, rules_of(member.account_id).outcome_from_seconds
    mine = Call.objects.filter(account_id=member.account_id, member=member, requested_at__gte=since)
    talks = mine.filter(origin=Origin.PRESS, status=Status.TALKED, talk_duration__gte=seconds, phone_check=None)
    return talks.filter(wrap_up__decided_at=None).order_by("-requested_at", "-pk").first()


def after(found: Found, until: datetime | None) -> Standing:
    """What a search came to. `until`: when the next attempt of the list is due."""
    if found.offer:
        return Standing("offer", found.offer)
    times = [moment for moment in (found.opens_at, until) if moment]
    return Standing("nothing", until=min(times, default=None), cut=found.cut)


def _own_press(offer: Offer, member: Member, at: datetime) -> Call | None:
    """The member's call to the contact that they were given; None while they have not pressed.

    Nobody is given a contact whose phone rang within the hour, unless a promise was made since that is due by now: one
    for later is what came of the call.
    """
    call = offer.contact.last_call
    if call is None or call.member_id != member.pk:
        return None
    if not call.is_live and (call.finished_at or call.requested_at) < at - LATELY:
        return None
    promise = offer.callback
    return None if promise and promise.due_at <= at and promise.made_at > call.requested_at else call


def _was_called(call: Call) -> bool:
    """Otherwise the same contact is offered again."""
    came = kind_of(call.origin, call.status, call.talk_duration, call.contact_ringing_at, "")
    return came != NOTHING


def _asks_for_outcome(call: Call, member: Member) -> bool:
    """After a talk one says how it went, and then comes the next contact."""
    if call.status != Status.TALKED or (call.talk_duration or 0) < rules_of(member.account_id).outcome_from_seconds:
        return False
    return not WrapUp.objects.filter(call=call, decided_at__isnull=False).exists()


def paused_until(member: Member, call: Call | None, at: datetime) -> datetime | None:
    """When the next contact is offered, if the provider's requests run short; None = now."""
    left = points.left(member.account_id)
    level = points.level(left, at)
    if level == "plenty":
        return None
    if stop := points.pause(left, at):
        return stop.until
    ended_at = (call.finished_at or call.requested_at) if call else None
    return ended_at + PACE if ended_at and ended_at + PACE > at else None

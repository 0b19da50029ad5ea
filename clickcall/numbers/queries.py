"""What the pages about numbers read."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from ..models import Account, BlacklistEntry, Call, MediaFile, Member, PhoneAnswer, PhoneCheck, Status, VirtualNumber
from ..models.numbers import VirtualNumberQuerySet

ELSEWHERE_CALLS, ELSEWHERE_DAYS = 3, 7  # "answered by somebody else" so often in so many days is a warning


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of an account by what the page can be narrowed to; `gone` at the provider."""

    all: int
    in_use: int
    unproved: int
    unlabelled: int
    stopped: int
    gone: int


def counts(account: Account) -> Counts:
    """Counted here: Django's aggregates lose their way in subqueries of subqueries, and an account has few numbers."""
    rows = _marked(account).values_list("usable", "unproved", "label_text", "enabled", "gone_at")
    found = Counter[str]()
    for usable, unproved, label, enabled, gone_at in rows:
        marks = {
            "all": True,
            "in_use": usable,
            "unproved": usable and unproved,
            "unlabelled": usable and not label,
            "stopped": not enabled,
            "gone": gone_at is not None,
        }
        found.update(name for name, holds in marks.items() if holds)
    return Counts(**{name: found[name] for name in Counts.__slots__})


FILTERS: dict[str, Q] = {
    "in_use": Q(usable=True),
    "unproved": Q(usable=True, unproved=True),
    "unlabelled": Q(usable=True, label_text=""),
    "stopped": Q(enabled=False),
}


def numbers(account: Account, show: str = "") -> QuerySet[VirtualNumber]:
    """Numbers of the account, all or those of a filter, with their people and `rings_others` (see `elsewhere`).

    Of the assigned people also those whose access is off: a number that is assigned to anybody is not everybody's.
    """
    narrowed = _marked(account).filter(FILTERS[show]) if show in FILTERS else _of(account)
    people = Prefetch("members", queryset=Member.objects.order_by("name", "pk"))
    often = Exists(_answered_elsewhere(account).filter(number=OuterRef("pk")))
    return narrowed.annotate(rings_others=often).prefetch_related(people)


def elsewhere(account: Account) -> QuerySet[VirtualNumber]:
    """Numbers whose calls somebody else picked up at least three times in the last seven days: they ring others too."""
    return _of(account).filter(pk__in=_answered_elsewhere(account).values("number"))


def _answered_elsewhere(account: Account) -> QuerySet[Call, Any]:
    since = now() - timedelta(days=ELSEWHERE_DAYS)
    calls = Call.objects.filter(account=account, status=Status.SOMEBODY_ELSE, requested_at__gte=since)
    return calls.order_by().values("number").annotate(times=Count("pk")).filter(times__gte=ELSEWHERE_CALLS)


def _of(account: Account) -> VirtualNumberQuerySet:
    return VirtualNumber.objects.filter(account=account)


def _marked(account: Account) -> QuerySet[Any]:
    """With `usable` (can be called from) and `unproved` (one of its people has not said that their phone rang)."""
    usable = VirtualNumber.objects.in_order().filter(enabled=True, pk=OuterRef("pk"))
    checks = PhoneCheck.objects.exclude(answer=PhoneAnswer.NONE).order_by("-asked_at", "-pk")
    newest = checks.filter(member=OuterRef("pk"), number=OuterRef(OuterRef("pk"))).values("answer")[:1]
    people = Member.objects.filter(numbers=OuterRef("pk"), archived_at=None)
    unproved = people.alias(said=Coalesce(Subquery(newest), Value(""))).exclude(said=PhoneAnswer.MINE)
    return _of(account).annotate(usable=Exists(usable), unproved=Exists(unproved))


def media_files(account: Account) -> QuerySet[MediaFile]:
    return MediaFile.objects.filter(account=account)


def blacklist(account: Account, phone: str = "") -> QuerySet[Any]:
    """What stands on the provider's blacklist; `phone` is a part of a phone, as people write it."""
    entries = BlacklistEntry.objects.filter(account=account, gone_at=None)
    digits = "".join(letter for letter in phone if letter in "0123456789")
    return entries.filter(digits__contains=digits) if digits else entries

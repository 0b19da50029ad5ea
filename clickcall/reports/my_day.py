"""A member's own day: calls, talks and minutes since the hour at which the account's day begins."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, Sum
from django.utils.timezone import now

from ..contacts.rules.caps import ATTEMPT
from ..contacts.rules.company import rules_of
from ..models import CallRules, Effect, Member, Origin, Status


@dataclass(frozen=True, slots=True)
class MyDay:
    """`calls`: presses that rang the client; `talks`: with them or with people who called; `seconds`: of talk."""

    began: datetime
    calls: int
    talks: int
    reached: int
    seconds: int
    reached_from: int

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


def begin_of_day(member: Member, rules: CallRules, at: datetime) -> datetime:
    """The hour of the account's clocks at which the day of `at` began: a shift may go on after midnight."""
    tz = member.account.tz
    begin = datetime.combine(at.astimezone(tz).date(), time(rules.day_begins_at), tz)
    return begin if begin <= at else datetime.combine(begin.date() - timedelta(days=1), begin.time(), tz)


def my_day(member: Member) -> MyDay:
    """The member's figures, in one question."""
    at, rules = now(), rules_of(member.account_id)
    began = begin_of_day(member, rules, at)
    mine = member.calls.filter(account_id=member.account_id, requested_at__gte=began, phone_check=None)
    talked = Q(status=Status.TALKED)
    machine = Q(wrap_up__outcome__effect=Effect.MACHINE)
    long_enough = Q(origin=Origin.PRESS, talk_duration__gte=rules.reached_from_seconds) & talked & ~machine
    figures = mine.order_by().aggregate(
        calls=Count("pk", filter=ATTEMPT),
        talks=Count("pk", filter=talked),
        reached=Count("pk", filter=long_enough),
        seconds=Sum("talk_duration", filter=talked, default=0),
    )
    return MyDay(began, **figures, reached_from=rules.reached_from_seconds)

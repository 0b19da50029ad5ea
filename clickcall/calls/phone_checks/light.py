"""The light of every page: whether my phone is ready, as far as anybody knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from ... import phones
from ...models import Account, Call, Member, PhoneAnswer, PhoneCheck, Status, VirtualNumber
from ...models.prepared import Prepared
from .own_phones import own_phones

_RECENTLY = timedelta(days=7)  # what was seen of a phone longer ago says nothing about it now
# A call tells of our person's phone when it was offline, when it rang, or when they talked on it.
_TELLS = (
    Q(status__in=[Status.YOU_OFFLINE, Status.YOU_MISSED, Status.TALKED])
    | Q(employee_ringing_at__isnull=False)
    | Q(employee_answered_at__isnull=False)
)


@dataclass(frozen=True, slots=True)
class Light:
    """`level`: ok = proved and not known to be offline, warn = nobody can say, off = no call can work now."""

    level: Literal["ok", "warn", "off"]
    label: str
    meta: str


def telling_calls(account: int | OuterRef, member: int | OuterRef, since: datetime) -> QuerySet[Call]:
    """The member's calls since then that tell of the member's own phone; newest first."""
    calls = Call.objects.filter(account_id=account, member_id=member, requested_at__gte=since).filter(_TELLS)
    return calls.exclude(status=Status.SOMEBODY_ELSE).order_by("-requested_at", "-pk")


def _known(member: int, number: int, since: datetime) -> QuerySet[Member, tuple[object, ...]]:
    checks = PhoneCheck.objects.filter(member_id=member, number_id=number).exclude(answer=PhoneAnswer.NONE)
    calls = telling_calls(OuterRef("account_id"), member, since)
    return (
        Member.objects.filter(pk=member)
        .order_by()
        .values_list(
            "employee__phones",
            "employee__extension",
            Subquery(checks.order_by("-asked_at", "-pk").values("answer")[:1]),
            Subquery(calls.values("status")[:1]),
            Subquery(calls.values("requested_at")[:1]),
        )
    )


def offline(account: Account) -> dict[int, datetime]:
    """Whose phone was offline when it was last heard of, and since when: {key of the member: time}."""
    calls = telling_calls(OuterRef("account_id"), OuterRef("pk"), now() - _RECENTLY)
    members = Member.objects.active().filter(account=account).order_by()
    newest = members.annotate(told=Subquery(calls.values("status")[:1]), at=Subquery(calls.values("requested_at")[:1]))
    return dict(newest.filter(told=Status.YOU_OFFLINE).values_list("pk", "at"))


_KNOWN = Prepared(int, int, datetime, ask=_known)


def light(member: Member) -> Light:
    """The member's light: one query, none for a member who has no number to call from."""
    number = member.default_number
    if number is None:
        return Light("off", _("My number: none"), _("You can't call yet"))
    if number.trouble:
        return Light("off", _shown(number), _("You can't call yet"))
    rows = _KNOWN.rows(member.pk, number.pk, now() - _RECENTLY)
    return _seen(member, number, *rows[0]) if rows else Light("warn", _("Not checked yet"), _shown(number))


def _seen(
    member: Member,
    number: VirtualNumber,
    numbers: list[str] | None,
    extension: str | None,
    answer: str | None,
    status: str | None,
    at: datetime | None,
) -> Light:
    if status == Status.YOU_OFFLINE and at:
        since = _("Since %(time)s. Open the softphone") % {"time": f"{localtime(at):%H:%M}"}
        return Light("off", _("Your phone is offline"), since)
    own = own_phones(numbers or [], extension or "", member.account.country)
    if answer == PhoneAnswer.MINE:
        return Light("ok", _("Ready · %(phone)s") % {"phone": own[0].label} if own else _("Ready"), _shown(number))
    if answer == PhoneAnswer.OTHER:
        return Light("warn", _("Rings somebody else's phone"), _shown(number))
    if answer == PhoneAnswer.NOTHING:
        return Light("warn", _("Your phone did not ring"), _shown(number))
    return Light("warn", _("Not checked yet"), _shown(number))


def _shown(number: VirtualNumber) -> str:
    return phones.shown(number.digits)

"""Which promises somebody is to keep, and which of them are due."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from ...models import Callback, Member, Role
from ...models.prepared import PreparedModels
from ...models.work import CallbackQuerySet

MOST = 100  # more are not counted


def due(member: Member, at: datetime) -> CallbackQuerySet:
    """What the member is to do by now, their own and anyone's; the oldest first."""
    return Callback.objects.open().of(member).filter(due_at__lte=at).order_by("due_at", "pk")


def agenda(member: Member) -> CallbackQuerySet:
    """Every open promise that the member sees, by its time, with its contact and who is to call."""
    open_ones = Callback.objects.open().visible_to(member).order_by("due_at", "pk")
    return open_ones.select_related("contact", "member", "made_by")


def _due(role: Role) -> PreparedModels[Callback]:
    def ask(account: int, member: int, at: datetime) -> QuerySet[Callback, Any]:
        return due(Member(pk=member, account_id=account, role=role), at)[:MOST]

    return PreparedModels(int, int, datetime, ask=ask, related=("contact",))


# Every page asks for them.
_DUE = {role: _due(role) for role in Role}


def waiting(member: Member) -> list[Callback]:
    """What is due for the member now, with the contacts; looked up once for all that a page says about it."""
    known = member.__dict__
    if "_callbacks_due" not in known:
        known["_callbacks_due"] = _DUE[Role(member.role)].instances(member.account_id, member.pk, now())
    found: list[Callback] = known["_callbacks_due"]
    return found

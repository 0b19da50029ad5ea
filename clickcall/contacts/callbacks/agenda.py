"""Which promises somebody is to keep, and which of them are due."""

from datetime import datetime

from ...models import Callback, Member
from ...models.work import CallbackQuerySet


def due(member: Member, at: datetime) -> CallbackQuerySet:
    """What the member is to do by now, their own and anyone's; the oldest first."""
    return Callback.objects.of(member).due(at)


def agenda(member: Member) -> CallbackQuerySet:
    """Every open promise that the member sees, by its time, with its contact and who is to call."""
    open_ones = Callback.objects.open().visible_to(member).order_by("due_at", "pk")
    return open_ones.select_related("contact", "member", "made_by")

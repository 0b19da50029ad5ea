"""The history of a call: what was learnt about it, from whom and when."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .calls import Call


class EventSource(models.TextChoices):
    PRESS = "press", _("Our request")
    ANSWER = "answer", _("The provider's answer")
    LIST = "list", _("List of live calls")
    REPORT = "report", _("Report of calls")
    HOOK = "hook", _("Notification")
    SWEEP = "sweep", _("Check by ClickCall")
    WITNESS = "witness", _("Said by the salesperson")
    HANG_UP = "hang_up", _("Hang up")


class CallEvent(models.Model):
    """One fact about a call; append-only. `data` is redacted before it is stored."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.CASCADE, null=True, blank=True, related_name="events")
    source = models.CharField(max_length=8, choices=EventSource)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="event_source_known", condition=Q(source__in=EventSource.values))]

    def __str__(self) -> str:
        return f"{self.source}: {self.kind}"

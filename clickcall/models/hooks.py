"""Notifications as they came in: stored raw first, applied afterwards."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .accounts import Account


class HookState(models.TextChoices):
    NEW = "new", _("Not looked at yet")
    APPLIED = "applied", _("Applied")
    FOREIGN = "foreign", _("About no call of ours")
    BROKEN = "broken", _("Could not be read")


class HookDelivery(models.Model):
    """One notification. `body` is what came, redacted and kept for `CLICKCALL_RAW_DAYS`; `event` is the name that our
    template carries, empty where it could not be read.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="hook_deliveries", db_index=False)
    received_at = models.DateTimeField(default=now)
    event = models.CharField(max_length=40, blank=True)
    call_session_id = models.CharField(max_length=64, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=HookState, default=HookState.NEW)
    problem = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.CheckConstraint(name="hook_state_known", condition=Q(state__in=HookState.values))]
        indexes = [
            models.Index("account", "event", F("received_at").desc(), name="hook_by_event"),
            models.Index("received_at", name="hook_waiting", condition=Q(state="new")),
            models.Index("account", F("received_at").desc(), name="hook_broken", condition=Q(state="broken")),
            models.Index("received_at", name="hook_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event or '?'}: {self.state}"

"""The provider's request limit, as its newest answer told it."""

from django.db import models

from .accounts import Account


class Points(models.Model):
    """Points left of the minute's and of the day's budget: one row an account. None where the provider was silent."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="points")
    seen_at = models.DateTimeField()
    minute_limit = models.PositiveIntegerField(null=True, blank=True)
    minute_remaining = models.PositiveIntegerField(null=True, blank=True)
    minute_resets_at = models.DateTimeField(null=True, blank=True)
    day_limit = models.PositiveIntegerField(null=True, blank=True)
    day_remaining = models.PositiveIntegerField(null=True, blank=True)
    day_resets_at = models.DateTimeField(null=True, blank=True)
    deprecated_version = models.CharField(max_length=40, blank=True)  # the newest version, while ours is deprecated

    def __str__(self) -> str:
        return f"{self.account_id}: {self.minute_remaining}, {self.day_remaining}"

"""Whose client a contact was, and who gave it to whom."""

from django.db import models
from django.db.models import F
from django.utils.timezone import now

from .accounts import Account, Member
from .contacts import Contact


class OwnerChange(models.Model):
    """A contact got another owner; append-only. `before` and `after` are empty where it was nobody's.

    `by` did it; without anybody `source` says what: a command. With somebody `source` may name the imported file.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="owner_changes")
    before = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index("contact", F("at").desc(), name="owner_change_of_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.before_id} -> {self.after_id}"

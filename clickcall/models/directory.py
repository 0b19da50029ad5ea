"""What else the provider keeps for an account: employees, tags and its blacklist. Synchronised, never edited here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .accounts import Account


class PresentQuerySet(models.QuerySet[models.Model]):
    def present(self) -> "PresentQuerySet":
        """Without those that the provider does not know any more."""
        return self.filter(gone_at=None)


class Employee(models.Model):
    """Somebody whom the provider can ring. `phones` are digits as the provider writes them, in its order."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="employees")
    provider_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    status = models.CharField(max_length=100, blank=True)
    phones = models.JSONField(default=list, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = PresentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "provider_id"], name="employee_once_per_account")]

    def __str__(self) -> str:
        return self.name or self.provider_id


class Tag(models.Model):
    """A tag that a call can carry at the provider."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tags")
    provider_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    is_system = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = PresentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "provider_id"], name="tag_once_per_account")]

    def __str__(self) -> str:
        return self.name or self.provider_id


class BlacklistEntry(models.Model):
    """A phone on the provider's blacklist, as far as the account has been told. Not our *Do not call*."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="blacklist")
    digits = models.CharField(_("Phone"), max_length=20)
    provider_id = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = PresentQuerySet.as_manager()

    class Meta:
        ordering = ["digits"]
        constraints = [models.UniqueConstraint(fields=["account", "digits"], name="blacklist_entry_once")]

    def __str__(self) -> str:
        return self.digits

"""Whom not to call, and who agreed to advertising: by phone, whatever contacts it belongs to."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .accounts import Account, Member


class DoNotCallQuerySet(models.QuerySet["DoNotCall"]):
    def in_force(self) -> "DoNotCallQuerySet":
        return self.filter(lifted_at=None)


class DoNotCall(models.Model):
    """A phone that nobody of the account calls: who noted it, when and why; lifted entries stay as history.

    Ours, and not the provider's blacklist: the person can still call us. `digits` as in `ContactPhone`.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="do_not_call")
    digits = models.CharField(_("Phone"), max_length=20)
    at = models.DateTimeField(default=now)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(_("Why"), max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DoNotCallQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "digits"], name="do_not_call_once", condition=Q(lifted_at=None))
        ]
        indexes = [models.Index("account", F("at").desc(), name="do_not_call_newest")]

    def __str__(self) -> str:
        return self.digits


class ConsentState(models.TextChoices):
    GIVEN = "given", _("Given")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Consent(models.Model):
    """One entry in the history of a phone's consent to advertising. Rows are only added; the newest one holds.

    `date` is when the person said so, as far as known; `text` what they agreed to or where the proof is.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="consents")
    digits = models.CharField(_("Phone"), max_length=20)
    state = models.CharField(max_length=9, choices=ConsentState)
    date = models.DateField(_("Date of the consent"), null=True, blank=True)
    source = models.CharField(_("Where it comes from"), max_length=200, blank=True)
    text = models.CharField(_("Text or reference"), max_length=500, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="consent_state_known", condition=Q(state__in=ConsentState.values))]
        indexes = [models.Index("account", "digits", F("at").desc(), F("id").desc(), name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.digits}: {self.state}"

"""What was checked, when, and how it came out: synchronisations, the doctor, phones, whole days."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .accounts import Account, Member
from .calls import Call
from .numbers import VirtualNumber


class Synchronisation(models.Model):
    """How far an account's data has been fetched: one row an account. `lease_until` names the one who is fetching.

    `done` of `total` steps; `step` is the one at work; `counts` = {name: {added, changed, gone}} of the last whole run.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="synchronisation")
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(default=now)
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)  # a cause or mnemonic; empty when all went well
    counts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.step or self.finished_at}"


class Checkup(models.Model):
    """The doctor's newest findings: one row an account. `checks` as `manage.py doctor` prints them, without remedies.

    `address` is our own outgoing address as the provider named it.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="checkup")
    at = models.DateTimeField(default=now)
    ok = models.BooleanField(default=False)
    checks = models.JSONField(default=list, blank=True)
    address = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {'ok' if self.ok else 'not ok'}"


class PhoneAnswer(models.TextChoices):
    NONE = "", _("Not answered yet")
    MINE = "mine", _("My phone rang")
    OTHER = "other", _("Somebody else's phone rang")
    NOTHING = "nothing", _("Nothing rang")


class PhoneCheck(models.Model):
    """ "Did YOUR phone ring?": one call of a member from one number, and what they said."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="phone_checks")
    member = models.ForeignKey(Member, models.PROTECT, related_name="phone_checks")
    number = models.ForeignKey(VirtualNumber, models.PROTECT, related_name="phone_checks")
    call = models.OneToOneField(Call, models.PROTECT, null=True, blank=True, related_name="phone_check")
    asked_at = models.DateTimeField(default=now)
    answer = models.CharField(max_length=7, choices=PhoneAnswer, default=PhoneAnswer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.CheckConstraint(name="phone_answer_known", condition=Q(answer__in=PhoneAnswer.values))]
        indexes = [models.Index("member", "number", F("asked_at").desc(), name="phone_check_newest")]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.number_id}: {self.answer}"


class Reconciliation(models.Model):
    """The newest two-way comparison of a calendar day of an account; `result` as `manage.py reconcile` prints it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="reconciliations")
    day = models.DateField()
    at = models.DateTimeField(default=now)
    is_equal = models.BooleanField(default=False)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="reconciliation_once_a_day")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.day}"

"""Imports of contacts: how far each one has come, and which rows it refused."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .accounts import Account, Member
from .contacts import ContactList


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Waiting for its columns")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Checked")
    RUNNING = "running", _("Running")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped by a problem")
    CANCELLED = "cancelled", _("Cancelled")


WORKED_ON = (ImportState.CHECKING, ImportState.RUNNING)


class ImportChoice(models.TextChoices):
    SKIP = "skip", _("Leave them as they are")
    UPDATE = "update", _("Update them from the file")
    ADD = "add", _("Add them once more")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, member: Member) -> "ImportRunQuerySet":
        """All of the account for managers and admins; imports are not for sales."""
        return self.filter(account_id=member.account_id) if member.is_manager else self.none()

    def due(self) -> "ImportRunQuerySet":
        """Those that the worker has to go on with: nobody holds them now. The oldest first."""
        free = Q(lease_until=None) | Q(lease_until__lt=now())
        return self.filter(free, state__in=WORKED_ON).order_by("pk")


class ImportRun(models.Model):
    """One file on its way onto a list. `lease_until` names the time until which a worker has it.

    `columns` are the file's headings and `mapping` what each of them is (a field's name, or empty). `position` counts
    the rows that are done and `offset` the bytes of the prepared file that they take; both move in the transaction that
    writes the rows, so that no row is written twice and none by half. `findings` is what the check before it saw.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="imports")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="imports")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=4)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=200, blank=True)
    sheets = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    choice = models.CharField(max_length=6, choices=ImportChoice, default=ImportChoice.SKIP)
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    offset = models.PositiveBigIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=40, blank=True)  # a code of `contacts.importing.troubles`
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    list = models.ForeignKey(ContactList, models.PROTECT, verbose_name=_("List"), related_name="imports")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=ImportState.values)),
            models.CheckConstraint(name="import_choice_known", condition=Q(choice__in=ImportChoice.values)),
        ]
        indexes = [
            models.Index("account", F("created_at").desc(), name="import_newest"),
            models.Index("id", name="import_worked_on", condition=Q(state__in=WORKED_ON)),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.state}"

    @property
    def is_worked_on(self) -> bool:
        return self.state in WORKED_ON


class ImportRefusal(models.Model):
    """Why a row was not taken: one for each cell that is wrong. `line` is the file's own, `column` the heading."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=40)  # a code of `contacts.importing.reasons`

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index("run", "id", name="import_refusals")]

    def __str__(self) -> str:
        return f"{self.line}, {self.column}: {self.reason}"

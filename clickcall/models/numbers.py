"""Virtual numbers, who may call from them, and the files that a call can play."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .accounts import Account, Member

CALL_TRACKING = (
    "call_tracking",
    "dynamic_call_tracking",
)  # numbers that stand in advertisements: nobody calls from them
DIGITS = RegexValidator(r"\A[1-9][0-9]{6,14}\Z", _("7 to 15 digits with the country code, without a plus."))


class VirtualNumberQuerySet(models.QuerySet["VirtualNumber"]):
    def visible_to(self, member: Member) -> "VirtualNumberQuerySet":
        """All numbers of the account for managers and admins; for sales those that they may call from."""
        mine = self.filter(account_id=member.account_id)
        return mine if member.is_manager else mine.open_to(member)

    def usable_by(self, member: Member) -> "VirtualNumberQuerySet":
        """Numbers that the member may call from now: sales those assigned to them or to nobody, others any."""
        return self.visible_to(member).filter(enabled=True).in_order()

    def in_order(self) -> "VirtualNumberQuerySet":
        """Numbers that the provider would call from; what it has not told counts as good. See `trouble`."""
        rings = Q(has_scenario=None) | Q(has_scenario=True)
        return self.filter(rings, gone_at=None, status__in=("", "active")).exclude(kind__in=CALL_TRACKING)

    def open_to(self, member: Member) -> "VirtualNumberQuerySet":
        assigned = Member.objects.filter(numbers=models.OuterRef("pk"))
        return self.filter(models.Exists(assigned.filter(pk=member.pk)) | ~models.Exists(assigned))


class VirtualNumber(models.Model):
    """A number rented at the provider. `digits` is E.164 without the plus. `enabled` = in use here."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="numbers")
    digits = models.CharField(_("Number"), max_length=15, validators=[DIGITS])
    name = models.CharField(_("Name"), max_length=100, blank=True)
    enabled = models.BooleanField(_("In use"), default=True)
    has_scenario = models.BooleanField(null=True, blank=True, default=None, editable=False)  # null = not told
    # What the provider says of it; empty until the first synchronisation.
    provider_id = models.CharField(max_length=40, blank=True, editable=False)
    status = models.CharField(max_length=40, blank=True, editable=False)
    kind = models.CharField(max_length=40, blank=True, editable=False)
    category = models.CharField(max_length=100, blank=True, editable=False)
    scenarios = models.JSONField(default=list, blank=True, editable=False)  # [{id, name, is_active}]
    synced_at = models.DateTimeField(null=True, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The label that operators show with a business call. Only the operator sets it; an admin notes it here.
    label_text = models.CharField(pgettext_lazy("of a number", "Label"), max_length=32, blank=True)
    label_category = models.CharField(_("Category of the label"), max_length=100, blank=True)
    label_date = models.DateField(_("Labelled since"), null=True, blank=True)
    members: "models.ManyToManyField[Member, Member]" = models.ManyToManyField(
        Member, verbose_name=_("People"), blank=True, related_name="numbers"
    )

    objects = VirtualNumberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "digits"]
        constraints = [
            models.UniqueConstraint(fields=["account", "digits"], name="number_once_per_account"),
        ]

    def __str__(self) -> str:
        return f"+{self.digits}"

    @property
    def trouble(self) -> str:
        """Why nobody can call from it: gone, call_tracking, off, stopped or no_scenario; empty when they can."""
        if self.gone_at:
            return "gone"
        if self.kind in CALL_TRACKING:
            return "call_tracking"
        if self.status not in ("", "active"):
            return "off"
        if not self.enabled:
            return "stopped"
        return "no_scenario" if self.has_scenario is False else ""


class MediaKind(models.TextChoices):
    USER = "user", _("Own file")
    SYSTEM = "system", _("System file")


class MediaFileQuerySet(models.QuerySet["MediaFile"]):
    def playable(self) -> "MediaFileQuerySet":
        return self.filter(gone_at=None)


class MediaFile(models.Model):
    """A file at the provider. One that the provider does not know (any more) is marked gone, never deleted."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="media_files")
    provider_id = models.CharField(_("ID at the provider"), max_length=40)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    kind = models.CharField(_("Kind"), max_length=6, choices=MediaKind, default=MediaKind.USER)
    duration = models.PositiveIntegerField(null=True, blank=True, editable=False)  # seconds
    size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)  # bytes
    play_link = models.TextField(blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        ordering = ["name", "provider_id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "provider_id"], name="media_file_once_per_account"),
            models.CheckConstraint(name="media_file_kind_known", condition=Q(kind__in=MediaKind.values)),
        ]

    def __str__(self) -> str:
        return self.name or self.provider_id

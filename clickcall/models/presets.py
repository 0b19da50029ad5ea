"""The provider's words for a call's parameters, and named sets of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .accounts import Account, Member


class UsageRule(models.TextChoices):
    """`virtual_phone_usage_rule`; all but the first need the component *Automatic number management*."""

    FIXED = "fixed", _("Always this number")
    FIXED_FOR_NUMA = "fixed_for_numa", _("One number for each client")
    RANDOM = "random", _("Any of our numbers")
    REGIONAL_RANDOM = "regional_random", _("Any number of the client's region")
    REGIONAL_FIXED_FOR_NUMA = (
        "regional_fixed_for_numa",
        _("One number of the client's region for each client"),
    )


class Direction(models.TextChoices):
    IN = "in", _("Inbound")
    OUT = "out", _("Outbound")


class FirstCall(models.TextChoices):
    EMPLOYEE = "employee", _("Salesperson")
    CONTACT = "contact", _("Client")


class MessageType(models.TextChoices):
    MEDIA = "media", _("A file")
    TTS = "tts", _("A text that a robot reads")


class PresetQuerySet(models.QuerySet["Preset"]):
    def visible_to(self, member: Member) -> "PresetQuerySet":
        return self.filter(account_id=member.account_id)

    def active(self) -> "PresetQuerySet":
        return self.filter(archived_at=None)


class Preset(models.Model):
    """A named set of call parameters that an admin prepares. Empty and null = left out of the request."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="presets")
    name = models.CharField(_("Name"), max_length=100)
    is_default = models.BooleanField(_("Used unless another is chosen"), default=False)
    first_call = models.CharField(_("Who is rung first"), max_length=8, choices=FirstCall, default=FirstCall.EMPLOYEE)
    switch_at_once = models.BooleanField(_("Connect at once"), null=True, blank=True, default=None)
    early_switching = models.BooleanField(_("Hear the client's line"), null=True, blank=True, default=None)
    direction = models.CharField(_("Direction in reports"), max_length=3, choices=Direction, blank=True)
    virtual_phone_usage_rule = models.CharField(_("Number we call from"), max_length=24, choices=UsageRule, blank=True)
    dtmf_string = models.CharField(_("Keys to press after the answer"), max_length=100, blank=True)
    message_type = models.CharField(_("What the client hears"), max_length=5, choices=MessageType, blank=True)
    message_value = models.TextField(_("File or text"), blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PresetQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="preset_once_per_account"),
            models.UniqueConstraint(
                fields=["account"], name="preset_one_default", condition=Q(is_default=True, archived_at=None)
            ),
            models.CheckConstraint(name="preset_first_call_known", condition=Q(first_call__in=FirstCall.values)),
            models.CheckConstraint(name="preset_direction_known", condition=Q(direction__in=["", *Direction.values])),
            models.CheckConstraint(
                name="preset_usage_rule_known", condition=Q(virtual_phone_usage_rule__in=["", *UsageRule.values])
            ),
            models.CheckConstraint(
                name="preset_early_switching_allowed",
                # Without isnull the whole would come out as NULL, which lets a row pass; likewise below.
                condition=~Q(early_switching=True)
                | Q(first_call=FirstCall.EMPLOYEE, switch_at_once=True, switch_at_once__isnull=False),
            ),
            models.CheckConstraint(
                name="preset_message_whole",
                condition=Q(message_type="", message_value="")
                | Q(message_type__in=MessageType.values, message_value__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

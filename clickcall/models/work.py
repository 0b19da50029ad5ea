"""The salesperson's work around calls: outcomes, notes, callbacks, the queue, and what the company's rules say."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .accounts import Account, Member
from .calls import Call
from .contacts import Contact, ContactList


class Effect(models.TextChoices):
    """What choosing an outcome does."""

    DONE = "done", _("Done: leaves the queue")
    CALL_BACK = "call_back", _("Call back at a time")
    DO_NOT_CALL = "dnc", _("Do not call any more")
    WRONG_NUMBER = "wrong", _("Wrong number")
    MACHINE = "machine", _("Answering machine: try again")
    TRY_AGAIN = "again", _("Try again later")


class Outcome(models.Model):
    """How a talk went, in an account's own words. `position` is also the key (1 to 9) that chooses it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="outcomes")
    name = models.CharField(pgettext_lazy("of a thing", "Name"), max_length=60)
    effect = models.CharField(_("What it does"), max_length=9, choices=Effect, default=Effect.DONE)
    position = models.PositiveSmallIntegerField(_("Key"), default=1)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="outcome_once_per_account"),
            models.CheckConstraint(name="outcome_effect_known", condition=Q(effect__in=Effect.values)),
        ]

    def __str__(self) -> str:
        return self.name


class WrapUp(models.Model):
    """What a person says about a call: a draft while `decided_at` is empty. The note is kept while it is typed."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="wrap_up")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="wrap_ups")
    note = models.TextField(_("Note"), blank=True)
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="wrap_ups")
    outcome_name = models.CharField(max_length=60, blank=True)
    callback_at = models.DateTimeField(null=True, blank=True)  # of a draft that wants to call back
    tags = models.JSONField(default=list, blank=True)  # IDs of the provider's tags
    decided_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("account", F("updated_at").desc(), name="wrap_up_newest")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.outcome_name or 'draft'}"


def _of_a_contact_seen_by(member: Member) -> Q:
    """By the lists, which are few: of the contacts, SQLite would read all keys that the member sees, a million."""
    return Q(contact__list__in=ContactList.objects.visible_to(member))


# Whoever has left keeps no promise: the account made it, and anyone may keep it.
_ANYONES = Q(member=None) | Q(member__archived_at__isnull=False)


class CallbackQuerySet(models.QuerySet["Callback"]):
    def visible_to(self, member: Member) -> "CallbackQuerySet":
        """Managers and admins see the whole account's; sales their own, and those of the contacts that they see."""
        mine = self.filter(account_id=member.account_id)
        if member.is_manager:
            return mine
        return mine.filter(Q(member=member) | _of_a_contact_seen_by(member))

    def open(self) -> "CallbackQuerySet":
        """Promises that wait for their call, to people who are still on a list."""
        return self.filter(done_at=None, contact__archived_at=None)

    def due(self, at: datetime) -> "CallbackQuerySet":
        """Open promises whose time has come, the oldest first."""
        return self.open().filter(due_at__lte=at).order_by("due_at", "pk")

    def anyones(self) -> "CallbackQuerySet":
        """Promises that nobody in particular is to keep."""
        return self.filter(_ANYONES)

    def of(self, member: Member) -> "CallbackQuerySet":
        """What the member is to do: their own, and what anyone may do of the contacts that they see."""
        mine = self.filter(account_id=member.account_id)
        anyones = _ANYONES if member.is_manager else _ANYONES & _of_a_contact_seen_by(member)
        return mine.filter(Q(member=member) | anyones)


class Callback(models.Model):
    """A call that was promised for a time: by `member`, or by anyone where it is empty."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="callbacks")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="callbacks")
    digits = models.CharField(_("Phone"), max_length=20)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="callbacks")
    due_at = models.DateTimeField(_("When"))
    note = models.CharField(_("What about"), max_length=500, blank=True)
    asked_by_client = models.BooleanField(_("The client asked for it"), default=False)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    call = models.ForeignKey(Call, models.SET_NULL, null=True, blank=True, related_name="callbacks")  # it came from
    done_at = models.DateTimeField(null=True, blank=True)  # called, or taken off the agenda

    objects = CallbackQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index("account", "member", "due_at", name="callback_agenda", condition=Q(done_at=None)),
            models.Index("contact", "due_at", name="callback_of_contact", condition=Q(done_at=None)),
            models.Index("account", "due_at", "contact", name="callback_by_time", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.due_at:%d.%m %H:%M}"

    def is_for(self, member: Member) -> bool:
        """Whether the member may keep it: their own, or anyone's."""
        return self.member is None or self.member_id == member.pk or self.member.archived_at is not None


class QueueState(models.TextChoices):
    OPEN = "open", _("In the queue")
    DONE = "done", _("Done")
    NO_CONTACT = "none", _("No contact")
    BAD_NUMBER = "bad", _("Bad number")


class QueueEntryQuerySet(models.QuerySet["QueueEntry"]):
    def open(self) -> "QueueEntryQuerySet":
        """Those that are still to be called, of people who are on the list now."""
        return self.filter(state=QueueState.OPEN, contact__archived_at=None, contact__list_id=F("list_id"))

    def held_by(self, member: Member) -> "QueueEntryQuerySet":
        """What was given to the member last, whether the lease still runs or not."""
        return self.filter(leased_to=member)

    def release(self) -> int:
        """Gives them back. How many they were."""
        return self.update(leased_to=None, lease_until=None)


class QueueEntry(models.Model):
    """Where a contact stands in its list's queue. Without a row: never worked. The lease says who has it now."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="queue_entry")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    list = models.ForeignKey(ContactList, models.CASCADE, related_name="queue_entries")
    state = models.CharField(max_length=4, choices=QueueState, default=QueueState.OPEN)
    attempts = models.PositiveSmallIntegerField(default=0)  # in a row without a talk
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    postponed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    leased_to = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="leases")
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="queue_state_known", condition=Q(state__in=QueueState.values))]
        indexes = [
            models.Index("list", "next_attempt_at", "contact", name="queue_next", condition=Q(state="open")),
            models.Index("leased_to", name="queue_leased", condition=Q(leased_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.state}"


class CallRules(models.Model):
    """An account's company rules. Hours are local to the contact; 0 attempts = no cap. Without a row: the defaults."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="rules")
    hours_on = models.BooleanField(_("Calling hours"), default=True)
    weekday_from = models.PositiveSmallIntegerField(_("On weekdays from"), default=9)
    weekday_till = models.PositiveSmallIntegerField(_("On weekdays until"), default=20)
    weekend_from = models.PositiveSmallIntegerField(_("At weekends from"), default=10)
    weekend_till = models.PositiveSmallIntegerField(_("At weekends until"), default=18)
    holidays = models.JSONField(_("Holidays"), default=list, blank=True)  # ISO dates that count as weekend
    unknown_asks_from = models.PositiveSmallIntegerField(_("Time unknown: ask from"), default=18)
    attempts_a_day = models.PositiveSmallIntegerField(_("Attempts a day"), default=3)
    attempts_a_month = models.PositiveSmallIntegerField(_("Attempts a month without a talk"), default=10)
    outcome_from_seconds = models.PositiveSmallIntegerField(_("Ask for an outcome after a talk of"), default=5)
    reached_from_seconds = models.PositiveSmallIntegerField(_("Reached: a talk of at least"), default=15)
    return_within_minutes = models.PositiveSmallIntegerField(_("Return a missed call within"), default=30)
    day_begins_at = models.PositiveSmallIntegerField(_("“My day” begins at"), default=4)
    masks_numbers = models.BooleanField(_("Show sales masked numbers"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rules_hours_in_a_day",
                condition=Q(
                    weekday_from__lt=F("weekday_till"),
                    weekday_till__lte=24,
                    weekend_from__lt=F("weekend_till"),
                    weekend_till__lte=24,
                    unknown_asks_from__lte=24,
                    day_begins_at__lt=24,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"rules of {self.account_id}"


class StoppedPress(models.Model):
    """A press that a company rule stopped, or that somebody let through with a reason."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="stopped_presses")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    digits = models.CharField(max_length=20)
    rule = models.CharField(max_length=30)  # a code of `calls.rules`
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=300, blank=True)  # why it was let through; empty = stopped
    call = models.ForeignKey(Call, models.SET_NULL, null=True, blank=True, related_name="overrides")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index("account", F("at").desc(), name="stopped_press_newest")]

    def __str__(self) -> str:
        return f"{self.digits}: {self.rule}"

"""Calls and what is known about each."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now

from .accounts import Account, Member
from .call_states import LIVE, Dispatch, Origin, Status, Witness
from .clocks import FURTHEST_TURN, has_come
from .contacts import Contact
from .numbers import VirtualNumber
from .presets import Preset
from .tokens import Token

# A missed call that nobody returned for longer is history: the log has it.
RETURN_WITHIN = timedelta(days=14)
# Somebody of ours and the client talked, whoever called whom.
TALKED = Q(status=Status.TALKED) | Q(status=Status.SOMEBODY_ELSE, talk_duration__gt=0)


def _meant_for(member: Member) -> Q:
    """Calls to a number of the member's, or from somebody whose owner the member is."""
    theirs = Member.objects.filter(pk=member.pk)
    owned = Contact.objects.filter(pk=OuterRef("contact_id"), owner=member)
    return (
        Q(Exists(theirs.filter(default_number=OuterRef("number_id"))))
        | Q(Exists(theirs.filter(numbers=OuterRef("number_id"))))
        | Q(Exists(owned))
    )


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, member: Member) -> "CallQuerySet":
        """Managers and admins see the whole account's calls; sales their own, and those of people who called them."""
        mine = self.filter(account_id=member.account_id)
        return (
            mine if member.is_manager else mine.filter(Q(member=member) | Q(origin=Origin.INBOUND) & _meant_for(member))
        )

    def to_return(self, member: Member, since: datetime) -> "CallQuerySet":
        """Missed calls since then whose caller still waits: for sales those meant for them. Newest first.

        A caller without a number cannot be called.
        """
        missed = self.waiting().filter(account_id=member.account_id, requested_at__gte=since)
        mine = missed if member.is_manager else missed.filter(Q(member=member) | _meant_for(member))
        return mine.filter(contact_phone__gt="").order_by("-requested_at", "-pk")

    def waiting(self) -> "CallQuerySet":
        """Missed calls that nobody has returned, and whose caller nobody has talked to since then in another way."""
        return self.filter(is_missed=True, returned_at=None, got_through_at=None)

    def open(self) -> "CallQuerySet":
        """Calls that may still change: the sweep looks after these."""
        return self.filter(is_final=False)

    def on_the_bar(self, account: int, member: int, since: datetime) -> "CallQuerySet":
        """A member's presses since then that were not put away; newest first. Keys instead of rows: see `prepared`."""
        mine = self.filter(account_id=account, member_id=member, origin=Origin.PRESS, closed_at=None)
        return mine.filter(requested_at__gte=since).order_by("-requested_at", "-pk")

    def told(self, member: Member) -> "CallQuerySet":
        """Calls that somebody asked this admin about and that nobody has dealt with; newest first."""
        if not member.is_admin:
            return self.none()
        asked = self.filter(account_id=member.account_id, told_admin_at__isnull=False, admin_done_at__isnull=True)
        return asked.order_by("-told_admin_at")

    def due(self, now: datetime) -> "CallQuerySet":
        """Open calls whose turn it is and that no worker holds."""
        return self.free(now).filter(Q(next_check_at=None) | has_come("next_check_at", now, FURTHEST_TURN))

    def free(self, now: datetime) -> "CallQuerySet":
        """Open calls that no worker holds."""
        return self.open().filter(Q(lease_until=None) | has_come("lease_until", now))


class Call(models.Model):
    """A press, or a session seen at the provider without one (`origin`).

    A press is a row before it is a request. Facts are set once; `dispatch` says what became of the request; `status`
    and `is_final` are what `calls.lifecycle` makes of the facts. Names, numbers and parameters are copies of what was
    said at the press. Durations are whole seconds; `call_session_id` is text because it may exceed 63 bits.
    """

    # No index of its own for what the indexes below begin with, or nobody asks by: a press writes them all.
    account = models.ForeignKey(Account, models.PROTECT, related_name="calls", db_index=False)
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.PRESS)
    external_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - null = not a press
    call_session_id = models.CharField(max_length=64, blank=True)
    communication_id = models.CharField(max_length=64, blank=True)  # names it in recordings and in the cabinet

    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="calls", db_index=False)
    member_name = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="calls", db_index=False)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_company = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=20)
    number = models.ForeignKey(
        VirtualNumber, models.PROTECT, null=True, blank=True, related_name="calls", db_index=False
    )
    number_digits = models.CharField(max_length=15, blank=True)
    number_name = models.CharField(max_length=100, blank=True)
    preset = models.ForeignKey(Preset, models.PROTECT, null=True, blank=True, related_name="calls", db_index=False)
    preset_name = models.CharField(max_length=100, blank=True)
    params = models.JSONField(default=dict, blank=True)  # as sent, without the token
    warnings = models.JSONField(default=list, blank=True)  # codes
    confirmed = models.JSONField(default=list, blank=True)  # codes of the guards that the member answered

    dispatch = models.CharField(max_length=10, choices=Dispatch, default=Dispatch.SENDING, blank=True)
    token = models.ForeignKey(Token, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    requested_at = models.DateTimeField(default=now)
    attempted_at = models.DateTimeField(null=True, blank=True)  # when the last request of this press was begun
    accepted_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=100, blank=True)  # why not accepted: a mnemonic, or our own code
    error = models.JSONField(null=True, blank=True)  # {mnemonic, code, message, field, params, limits}

    employee_ringing_at = models.DateTimeField(null=True, blank=True)
    employee_answered_at = models.DateTimeField(null=True, blank=True)
    contact_ringing_at = models.DateTimeField(null=True, blank=True)
    contact_answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finish_reason = models.CharField(max_length=100, blank=True)
    wait_duration = models.PositiveIntegerField(null=True, blank=True)
    talk_duration = models.PositiveIntegerField(null=True, blank=True)
    total_duration = models.PositiveIntegerField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    employee_name = models.CharField(max_length=200, blank=True)  # who is rung, or was rung last
    record_link = models.TextField(blank=True)
    record_ids = models.JSONField(default=list, blank=True)
    is_missed = models.BooleanField(default=False)  # inbound, and no employee answered
    returned_at = models.DateTimeField(null=True, blank=True)  # when a missed caller was called back
    got_through_at = models.DateTimeField(null=True, blank=True)  # or when the call began in which they talked to us
    given_up_at = models.DateTimeField(null=True, blank=True)  # the provider never told how it ended

    status = models.CharField(max_length=16, choices=Status, default=Status.CALLING)
    is_final = models.BooleanField(default=False)
    witness = models.CharField(max_length=6, choices=Witness, default=Witness.NONE, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # when the member put the live bar away
    told_admin_at = models.DateTimeField(null=True, blank=True)  # the member asked the admin for help
    admin_done_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)  # when the provider last showed it
    fruitless = models.PositiveIntegerField(default=0)  # look-ups in a row that brought nothing new

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="call_once_per_press"),
            models.UniqueConstraint(
                fields=["account", "call_session_id"],
                name="call_once_per_session_seen",
                condition=~Q(origin=Origin.PRESS),
            ),
            models.CheckConstraint(name="call_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(name="call_dispatch_known", condition=Q(dispatch__in=Dispatch.values)),
            models.CheckConstraint(name="call_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="call_press_has_its_id",
                condition=(
                    Q(origin=Origin.PRESS, external_id__gt="", external_id__isnull=False, member__isnull=False)
                    & ~Q(dispatch=Dispatch.NONE)
                )
                | (~Q(origin=Origin.PRESS) & Q(external_id=None, dispatch=Dispatch.NONE)),
            ),
            models.CheckConstraint(name="call_witness_known", condition=Q(witness__in=Witness.values)),
            models.CheckConstraint(name="call_final_is_not_live", condition=Q(is_final=False) | ~Q(status__in=LIVE)),
        ]
        indexes = [
            models.Index("account", F("requested_at").desc(), F("id").desc(), name="call_log"),
            models.Index("account", "member", F("requested_at").desc(), F("id").desc(), name="call_log_of_member"),
            models.Index("number", F("requested_at").desc(), F("id").desc(), name="call_log_of_number"),
            models.Index("contact", F("requested_at").desc(), name="call_history"),
            models.Index("account", "contact_phone", F("requested_at").desc(), name="call_by_phone"),
            models.Index("account", "call_session_id", name="call_by_session"),
            models.Index("account", "next_check_at", name="call_open", condition=Q(is_final=False)),
            models.Index("member", name="call_open_of_member", condition=Q(is_final=False)),
            # A number may be a whole team's, and each of its presses asks whether another call is under way.
            models.Index("number", F("requested_at").desc(), name="call_open_of_number", condition=Q(is_final=False)),
            # Each press asks for a talk that nothing was said about.
            models.Index(
                "member",
                F("requested_at").desc(),
                F("id").desc(),
                name="call_talk_of_member",
                condition=Q(origin=Origin.PRESS, status=Status.TALKED),
            ),
            models.Index(
                "account",
                F("requested_at").desc(),
                name="call_to_return",
                condition=Q(is_missed=True, returned_at=None),
            ),
            models.Index("account", "status", F("requested_at").desc(), F("id").desc(), name="call_log_by_status"),
            models.Index(
                "account", name="call_told", condition=Q(told_admin_at__isnull=False, admin_done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id or self.call_session_id}: {self.status}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_talk(self) -> bool:
        """Whether somebody of ours and the client talked; the same as `TALKED`."""
        return self.status == Status.TALKED or (self.status == Status.SOMEBODY_ELSE and bool(self.talk_duration))

    @property
    def is_waiting(self) -> bool:
        """Whether a missed caller still waits for a call; the same as `waiting`."""
        return self.is_missed and self.returned_at is None and self.got_through_at is None

    @property
    def is_pending(self) -> bool:
        """The answer to our own request is still awaited."""
        return self.dispatch == Dispatch.SENDING

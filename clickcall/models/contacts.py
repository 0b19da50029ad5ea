"""Contact lists, the people in them and their phones."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import searching
from .accounts import Account, Member


class Purpose(models.TextChoices):
    SERVICE = "service", _("Service: no consent needed")
    ADVERTISING = "ads", _("Advertising")


class WithoutConsent(models.TextChoices):
    """What a missing consent does on a list for advertising."""

    NOTHING = "nothing", _("Nothing")
    ASK = "ask", _("Ask before the call")
    BLOCK = "block", _("Stop the call")


class ContactListQuerySet(models.QuerySet["ContactList"]):
    def visible_to(self, member: Member) -> "ContactListQuerySet":
        """For sales the lists that they work and those that nobody was put on; for the others all of the account."""
        mine = self.filter(account_id=member.account_id)
        return mine if member.is_manager else mine.filter(Q(members=None) | Q(members=member))

    def active(self) -> "ContactListQuerySet":
        return self.filter(archived_at=None)

    def minding_consent(self, account: Any) -> "ContactListQuerySet":
        """Lists of the account (its key) where it matters that a consent is missing."""
        ads = self.filter(account_id=account, purpose=Purpose.ADVERTISING)
        return ads.exclude(without_consent=WithoutConsent.NOTHING).order_by()


class ContactList(models.Model):
    """A list of people to call, worked by its members; a list without members is everybody's."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="lists")
    name = models.CharField(_("Name"), max_length=100)
    members: "models.ManyToManyField[Member, Member]" = models.ManyToManyField(
        Member, verbose_name=_("Who works it"), blank=True, related_name="lists"
    )
    purpose = models.CharField(_("Purpose"), max_length=7, choices=Purpose, default=Purpose.SERVICE)
    without_consent = models.CharField(
        _("Without consent"), max_length=7, choices=WithoutConsent, default=WithoutConsent.ASK
    )
    retry_plan = models.JSONField(default=list, blank=True)  # steps of `contacts.queue`; empty = the usual plan
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ContactListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="list_once_per_account")]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, member: Member) -> "ContactQuerySet":
        """People on the lists that the member sees."""
        mine = self.filter(account_id=member.account_id)
        return mine if member.is_manager else mine.filter(list__in=ContactList.objects.visible_to(member))

    def active(self) -> "ContactQuerySet":
        return self.filter(archived_at=None)

    def search(self, term: str, account: Account | None = None) -> "ContactQuerySet":
        """Contacts with every word of `term` in name, company or phones (see `searching`). SQLite is asked at once.

        `account`, where all rows are of one, makes it fast.
        """
        return searching.found(self, searching.read_term(term), account.pk if account else None)


CALLED = Q(archived_at=None, last_call__isnull=False)


class Contact(models.Model):
    """Somebody to call. `name_key` and `search_text` are folded copies, written by the contacts' services.

    `timezone` is an IANA name that a person set, or empty; `search_text` see `searching`.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="contacts")
    list = models.ForeignKey(ContactList, models.PROTECT, verbose_name=_("List"), related_name="contacts")
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=200)
    company = models.CharField(_("Company"), max_length=200, blank=True)
    city = models.CharField(_("City"), max_length=100, blank=True)
    region = models.CharField(_("Region"), max_length=100, blank=True)
    timezone = models.CharField(_("Time zone"), max_length=64, blank=True)
    notes = models.TextField(_("Notes"), blank=True)
    owner = models.ForeignKey(
        Member, models.PROTECT, verbose_name=_("Owner"), null=True, blank=True, related_name="owned_contacts"
    )
    name_key = models.CharField(max_length=200, editable=False)
    search_text = models.TextField(editable=False)
    last_call = models.ForeignKey("Call", models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index("account", "name_key", "id", name="contact_by_name", condition=Q(archived_at=None)),
            models.Index("list", "name_key", "id", name="contact_by_list", condition=Q(archived_at=None)),
            models.Index("owner", "name_key", "id", name="contact_by_owner", condition=Q(archived_at=None)),
            models.Index(
                "account", "name_key", "id", name="contact_never_called", condition=Q(archived_at=None, last_call=None)
            ),
            models.Index("account", "name_key", name="contact_archived", condition=Q(archived_at__isnull=False)),
            *(
                models.Index(whose, F("last_call").desc(), F("id").desc(), name=name, condition=CALLED)
                for whose, name in (
                    ("account", "contact_by_last_call"),
                    ("list", "contact_list_last_call"),
                    ("owner", "contact_owner_last_call"),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fetched_phones(self) -> "Iterable[ContactPhone]":
        """`phones.all()`, at a tenth of its price where they were prefetched: a list's rows are asked many times."""
        fetched: Iterable[ContactPhone] | None = self.__dict__.get("_prefetched_objects_cache", {}).get("phones")
        return self.phones.all() if fetched is None else fetched


class PhoneKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    SIP = "sip", _("SIP number")


class ContactPhone(models.Model):
    """One phone of a contact: E.164 digits without the plus, or an employee's SIP number as it is.

    `keys` are what reaches the person behind a switchboard: ".123" is a pause and the extension 123. `region` is where
    the provider's report says that the number is from; empty for what we know no zone of.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="phones", db_index=False)  # once_per_contact
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)  # by_digits
    digits = models.CharField(_("Phone"), max_length=20)
    kind = models.CharField(max_length=5, choices=PhoneKind, default=PhoneKind.PHONE)
    label = models.CharField(_("Label"), max_length=50, blank=True)
    keys = models.CharField(_("Keys to press after the answer"), max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "digits"], name="phone_once_per_contact"),
            models.CheckConstraint(name="phone_kind_known", condition=Q(kind__in=PhoneKind.values)),
        ]
        indexes = [models.Index(fields=["account", "digits"], name="phone_by_digits")]

    def __str__(self) -> str:
        return self.digits if self.kind == PhoneKind.SIP else f"+{self.digits}"

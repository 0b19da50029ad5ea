"""Which contacts a page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Subquery

from ..models import Account, Call, Contact, ContactList, ContactPhone, FirstCall, Member, Preset, VirtualNumber
from ..models.contacts import ContactQuerySet
from ..models.searching import fold


@dataclass(frozen=True, slots=True)
class Filters:
    """What a member asked for: one list (None = all), only their own, only people nobody has called, a text."""

    list: ContactList | None = None
    mine: bool = False
    never_called: bool = False
    term: str = ""

    @property
    def any(self) -> bool:
        return bool(self.list or self.mine or self.never_called or self.term)


def lists_of(member: Member) -> list[ContactList]:
    """The lists that the member sees, by name."""
    return [*ContactList.objects.visible_to(member).active()]


def read_filters(asked: Mapping[str, str], member: Member, lists: list[ContactList]) -> Filters:
    """The filters in an address. A list that is not among `lists` is left out."""
    return Filters(
        list=next((row for row in lists if str(row.pk) == asked.get("list")), None),
        mine=asked.get("mine") == "1",
        never_called=asked.get("never") == "1",
        term=asked.get("q", "").strip(),
    )


def contacts_for(member: Member, filters: Filters) -> ContactQuerySet:
    """The member's active contacts by the filters, with what a row shows."""
    rows = Contact.objects.visible_to(member).active()
    if filters.list:
        rows = rows.filter(list=filters.list)
    if filters.mine:
        rows = rows.filter(owner=member)
    if filters.never_called:
        rows = rows.filter(last_call=None)
    if fold(filters.term):
        rows = rows.search(filters.term)
    return rows.select_related("last_call").prefetch_related("phones")


def sharing(contact: Contact, member: Member, limit: int = 12) -> dict[str, list[Contact]]:
    """By digits, the other active contacts that the member sees under this contact's phones."""
    digits = [phone.digits for phone in contact.phones.all()]
    others = Contact.objects.visible_to(member).active().exclude(pk=contact.pk)
    found: dict[str, list[Contact]] = {}
    rows = ContactPhone.objects.filter(account_id=contact.account_id, digits__in=digits, contact__in=others)
    for phone in rows.select_related("contact").order_by("contact__name_key", "pk")[:limit]:
        found.setdefault(phone.digits, []).append(phone.contact)
    return found


def with_what_is_seen(rows: ContactQuerySet, member: Member) -> ContactQuerySet:
    """Adds what the member's press would mean: `client_sees` (digits or None) and `client_first` (is rung first)."""
    number = VirtualNumber.objects.usable_by(member).filter(default_of=member)
    preset = Preset.objects.visible_to(member).active().filter(is_default=True, first_call=FirstCall.CONTACT)
    return rows.annotate(client_sees=Subquery(number.values("digits")[:1]), client_first=Exists(preset))


def of_account(calls: Iterable[Call | None], account: Account) -> None:
    """Lets the calls know their account, which is at hand: the wording of a state names the account's brand."""
    for call in calls:
        if call:
            call.account = account

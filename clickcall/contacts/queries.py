"""Which contacts a page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ..models import Account, Call, Contact, ContactList, ContactPhone, FirstCall, Member, Preset, Role, VirtualNumber
from ..models.contacts import ContactQuerySet
from ..models.prepared import PreparedModels
from ..models.searching import fold
from .finding import BY_NAME, ORDERS

_HOLDERS = 1000  # of the phones of a page: a switchboard may stand with very many contacts
NOBODY, LEFT = "none", "left"  # of `Filters.owner`


@dataclass(frozen=True, slots=True)
class Filters:
    """What a member asked for: one list (None = all), only their own, only people nobody has called, a text; the order.

    `owner` is a member's key, `NOBODY`, `LEFT` (people whose access is off), or empty for all.
    """

    list: ContactList | None = None
    owner: str = ""
    mine: bool = False
    never_called: bool = False
    term: str = ""
    order: str = BY_NAME

    @property
    def any(self) -> bool:
        return bool(self.list or self.owner or self.mine or self.never_called or self.term)


def lists_of(member: Member) -> list[ContactList]:
    """The lists that the member sees, by name."""
    return _LISTS[Role(member.role)].instances(member.account_id, member.pk)


def _seen_by(role: Role) -> PreparedModels[ContactList]:
    def ask(account: int, member: int) -> QuerySet[ContactList]:
        return ContactList.objects.visible_to(Member(pk=member, account_id=account, role=role)).active()

    return PreparedModels(int, int, ask=ask)


_LISTS = {role: _seen_by(role) for role in Role}


def read_filters(asked: Mapping[str, str], member: Member, lists: list[ContactList]) -> Filters:
    """The filters in an address. A list that is not among `lists` is left out."""
    return Filters(
        list=next((row for row in lists if str(row.pk) == asked.get("list")), None),
        owner=_owner(asked.get("owner", "")) if member.is_manager else "",
        mine=asked.get("mine") == "1",
        never_called=asked.get("never") == "1",
        term=asked.get("q", "").strip(),
        order=asked["sort"] if asked.get("sort") in ORDERS else BY_NAME,
    )


def _owner(asked: str) -> str:
    """What it says of the owner; empty for what makes no sense."""
    return asked if asked in (NOBODY, LEFT) or (asked.isascii() and asked.isdigit() and len(asked) < 18) else ""


def colleagues(member: Member) -> list[Member]:
    """Whose contacts managers look for: those who work here first."""
    if not member.is_manager:
        return []
    people = Member.objects.visible_to(member).select_related("user")
    return sorted(people, key=lambda person: (_has_left(person), person.name.lower()))


def _has_left(person: Member) -> bool:
    return bool(person.archived_at) or not person.user.is_active


def _owned(rows: ContactQuerySet, owner: str, member: Member) -> ContactQuerySet:
    if owner == NOBODY:
        return rows.filter(owner=None)
    if owner == LEFT:
        # Named one by one: both databases then go by the owners' index.
        return rows.filter(owner__in=[person.pk for person in colleagues(member) if _has_left(person)])
    return rows.filter(owner=int(owner))


def narrowed(member: Member, filters: Filters) -> ContactQuerySet:
    """The member's active contacts by the filters; what was looked for is left to `finding`."""
    rows = Contact.objects.visible_to(member).active()
    if filters.list:
        rows = rows.filter(list=filters.list)
    if filters.owner:
        rows = _owned(rows, filters.owner, member)
    if filters.mine:
        rows = rows.filter(owner=member)
    if filters.never_called:
        rows = rows.filter(last_call=None)
    return rows


def contacts_for(member: Member, filters: Filters) -> ContactQuerySet:
    """The member's active contacts by the filters and by what was looked for."""
    rows = narrowed(member, filters)
    return rows.search(filters.term, member.account) if fold(filters.term) else rows


def sharing(contact: Contact, member: Member, limit: int = 12) -> dict[str, list[Contact]]:
    """By digits, the other active contacts that the member sees under this contact's phones."""
    digits = [phone.digits for phone in contact.phones.all()]
    others = Contact.objects.visible_to(member).active().exclude(pk=contact.pk)
    found: dict[str, list[Contact]] = {}
    rows = held_by(others, ContactPhone.objects.filter(account_id=contact.account_id, digits__in=digits))
    for phone in rows.select_related("contact").order_by("contact__name_key", "pk")[:limit]:
        found.setdefault(phone.digits, []).append(phone.contact)
    return found


def held_by(contacts: ContactQuerySet, phones: QuerySet[ContactPhone]) -> QuerySet[ContactPhone]:
    """Those of the phones that these contacts have.

    Judged phone by phone: with `IN`, SQLite would read the keys of all contacts first, a million of them.
    """
    return phones.filter(Exists(contacts.filter(pk=OuterRef("contact"))))


def sharing_a_phone(contacts: Iterable[Contact], member: Member) -> set[int]:
    """Which of the contacts of a page have a phone that others whom the member sees have, too.

    The phones came with the word whether anybody else has them: mostly nobody has, and nothing more is asked.
    """
    shared = [phone for contact in contacts for phone in contact.fetched_phones if getattr(phone, "is_shared", False)]
    if not shared:
        return set()
    others = Contact.objects.visible_to(member).active()
    rows = ContactPhone.objects.filter(account_id=member.account_id, digits__in={phone.digits for phone in shared})
    seen: dict[str, set[int]] = {}
    for digits, key in held_by(others, rows).order_by().values_list("digits", "contact_id")[:_HOLDERS]:
        seen.setdefault(digits, set()).add(key)
    return {phone.contact_id for phone in shared if seen.get(phone.digits, set()) - {phone.contact_id}}


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

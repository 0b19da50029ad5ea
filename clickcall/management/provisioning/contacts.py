"""Contact lists and the people on them."""

from ...contacts import services
from ...contacts.phones import current_phones
from ...contacts.services import NewPhone
from ...models import Account, Contact, ContactList, Member
from .entries import Entry
from .run import Run, checked, needed, read_phone

FIELDS = {name: name for name in ("name", "company", "city", "timezone", "notes")}


def apply_list(run: Run, account: Account, entry: Entry) -> ContactList:
    """The list by its name, then its contacts. `members` join those who work it already."""
    run.once(entry, "name", "list", account.pk, entry["name"])
    joining = [_member(account, entry, f"members[{n}]", name) for n, name in enumerate(entry.get("members", []))]

    def create() -> ContactList:
        made: ContactList = checked(
            services.create_list, entry, {"name": "name"}, account=account, name=entry["name"], members=joining
        )
        return made

    def update(found: ContactList) -> bool:
        return bool(joining) and services.update_list(found, members={*found.members.all(), *joining})

    found = run.settle(account.lists.filter(name=entry["name"]).first(), create, update)
    run.left_archived(entry, found)
    for contact in entry.tables("contact"):
        apply_contact(run, found, contact)
    return found


def apply_contact(run: Run, list_: ContactList, entry: Entry) -> Contact:
    """The contact by its first phone on this list. Phones that the file does not name stay, behind those it names."""
    phones = _phones(list_.account, entry)
    run.once(entry, "phone" if "phone" in entry else "phones", "contact", list_.pk, phones[0].digits)
    names, fields = FIELDS | {"phones": "phones"}, entry.given(FIELDS)
    if "owner" in entry:
        fields["owner"] = _member(list_.account, entry, "owner", entry["owner"]) if entry["owner"] else None

    def create() -> Contact:
        needed(entry, "name")
        made: Contact = checked(services.add_contact, entry, names, list=list_, phones=phones, **fields)
        return made

    def update(contact: Contact) -> bool:
        wanted = _merged(phones, current_phones(contact))
        return bool(checked(services.update_contact, entry, names, contact, phones=wanted, **fields))

    contact = run.settle(_find(list_, phones[0].digits), create, update)
    run.left_archived(entry, contact)
    return contact


def _find(list_: ContactList, digits: str) -> Contact | None:
    """One in use before an archived one."""
    found = Contact.objects.filter(list=list_, phones__digits=digits).prefetch_related("phones")
    first = [contact for contact in found if contact.phones.all()[0].digits == digits]
    return min(first, key=lambda contact: (contact.archived_at is not None, contact.pk), default=None)


def _phones(account: Account, entry: Entry) -> list[NewPhone]:
    if ("phone" in entry) == ("phones" in entry):
        raise entry.bad("phone", "give either phone or phones")
    if "phone" in entry:
        keyed = [("phone", entry["phone"])]
    else:
        keyed = [(f"phones[{place}]", text) for place, text in enumerate(entry["phones"])]
    if not keyed:
        raise entry.bad("phones", "is empty")
    read = [read_phone(entry, key, text, account) for key, text in keyed]
    return [NewPhone(phone.digits, phone.is_sip) for phone in read]


def _merged(named: list[NewPhone], known: tuple[NewPhone, ...]) -> list[NewPhone]:
    """Phones that are known keep their label and kind."""
    by_digits = {phone.digits: phone for phone in known}
    mentioned = {phone.digits for phone in named}
    return [by_digits.get(phone.digits, phone) for phone in named] + [
        phone for phone in known if phone.digits not in mentioned
    ]


def _member(account: Account, entry: Entry, key: str, username: str) -> Member:
    member = Member.objects.filter(account=account, user__username__iexact=username).first()
    if member is None:
        raise entry.bad(key, f"{username} is not a member of the account")
    return member

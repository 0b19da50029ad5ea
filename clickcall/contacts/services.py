"""The only writers of contact lists, contacts and their phones.

What is wrong is a `ValidationError` by field: `name`, `list`, `phones`, `timezone`, `owner`, `members`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ..models import Account, Call, Contact, ContactList, Member
from ..models.imports import WORKED_ON
from ..models.saving import save_changes
from ..models.searching import fold, searchable
from ..models.writing import PreparedUpdate
from . import masking, queue
from .history import note_owners
from .local import is_zone
from .phones import NewPhone, check_phones, current_phones, write_phones
from .queue import plan

__all__ = [
    "NewPhone",
    "add_contact",
    "archive_contact",
    "archive_list",
    "create_list",
    "note_last_call",
    "note_new_call",
    "restore_contact",
    "restore_list",
    "set_retry_plan",
    "update_contact",
    "update_list",
]

_CONTACT = PreparedUpdate(Contact)
COPIED = ("account", "list", "owner", "last_call", "name_key", "search_text", "archived_at")  # not judged as text


@transaction.atomic
def create_list(
    *, account: Account, name: str, members: Iterable[Member] = (), purpose: str = "", without_consent: str = ""
) -> ContactList:
    """A new list; without members it is everybody's."""
    made, people = ContactList(account=account, name=name.strip()), [*members]
    made.purpose, made.without_consent = purpose or made.purpose, without_consent or made.without_consent
    _check_list(made, people)
    _save_list(made, name=made.name)
    made.members.set(people)
    return made


@transaction.atomic
def update_list(
    list: ContactList,  # noqa: A002
    *,
    name: str | None = None,
    members: Iterable[Member] | None = None,
    purpose: str = "",
    without_consent: str = "",
) -> bool:
    """Sets what is given. True when something changed. What is refused leaves the object as it was."""
    name = list.name if name is None else name.strip()
    people = None if members is None else [*members]
    wanted = {"purpose": purpose or list.purpose, "without_consent": without_consent or list.without_consent}
    _check_list(ContactList(account_id=list.account_id, name=name, **wanted), people or [])
    changed = name != list.name and _save_list(list, name=name)
    changed = save_changes(list, **wanted) or changed
    if people is None or {person.pk for person in people} == {*list.members.values_list("pk", flat=True)}:
        return changed
    list.members.set(people)
    return True


@transaction.atomic
def archive_list(list: ContactList) -> bool:  # noqa: A002
    """Puts the list away: nobody is offered its people, and whoever has one of them now gives them back.

    Its contacts, calls and callbacks stay as they are. Refused while a file is being imported onto it. False when it
    was put away already.
    """
    if list.imports.filter(state__in=WORKED_ON).exists():
        raise ValidationError(_("A file is being imported onto this list. Put the list away when that is done."))
    list.queue_entries.release()
    return list.archived_at is None and save_changes(list, archived_at=now())


def restore_list(list: ContactList) -> bool:  # noqa: A002
    """Makes it a list to work again. False when it was one."""
    return list.archived_at is not None and save_changes(list, archived_at=None)


def set_retry_plan(list: ContactList, steps: Sequence[str]) -> bool:  # noqa: A002
    """When people who were not reached are called again: steps of `queue.plan`, or none for the usual plan."""
    if unknown := [step for step in steps if step not in plan.STEPS]:
        raise ValidationError({"steps": [_("There is no such step: %(steps)s") % {"steps": ", ".join(unknown)}]})
    return save_changes(list, retry_plan=[*steps])


def _check_list(row: ContactList, members: Sequence[Member]) -> None:
    row.clean_fields(exclude=["account"])
    if any(member.account_id != row.account_id for member in members):
        raise ValidationError({"members": _("This person is not in the account.")})


def _save_list(row: ContactList, *, name: str) -> bool:
    before, row.name = row.name, name
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        row.name = before
        raise ValidationError({"name": _("There is a list with this name already.")}) from error
    return True


@transaction.atomic
def add_contact(
    *,
    list: ContactList,  # noqa: A002
    name: str,
    phones: Sequence[NewPhone],
    company: str = "",
    city: str = "",
    region: str = "",
    timezone: str = "",
    notes: str = "",
    owner: Member | None = None,
) -> Contact:
    """A new contact with its phones, the main one first; digits as `clickcall.phones.read` gives them."""
    contact = Contact(account_id=list.account_id, list=list, owner=owner)
    contact.name, contact.company, contact.city = name.strip(), company.strip(), city.strip()
    contact.region, contact.timezone, contact.notes = region.strip(), timezone, notes.strip()
    check_phones(phones)
    _check(contact)
    _name(contact, phones)
    contact.save()
    write_phones(contact, phones)
    return contact


@transaction.atomic
def update_contact(
    contact: Contact, *, by: Member | None = None, phones: Sequence[NewPhone] | None = None, **changes: Any
) -> bool:
    """Sets name, company, city, region, timezone, notes, owner or list, and replaces the phones when they are given.

    True when something changed. What is refused leaves the object as it was. A change of the owner stays in the
    contact's history, with who made it (`by`).
    """
    kept, owner = current_phones(contact), contact.owner_id
    if phones is not None:
        check_phones(phones)
    changes = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    wanted = Contact(pk=contact.pk, account_id=contact.account_id)
    for name in ("list", "owner", "name", "company", "city", "region", "timezone", "notes"):
        setattr(wanted, name, changes.get(name, getattr(contact, name)))
    _check(wanted)
    _name(wanted, kept if phones is None else phones)
    moved = wanted.list_id != contact.list_id
    changes |= {name: getattr(wanted, name) for name in ("name", "name_key", "search_text")}
    saved = save_changes(contact, **changes)
    if contact.owner_id != owner:
        note_owners(contact.account_id, {contact.pk: owner}, to=contact.owner_id, by=by)
    if moved:
        queue.move(contact.pk, contact.list_id)
    if phones is None or tuple(phones) == kept:
        return saved
    write_phones(contact, phones)
    return True


def _check(contact: Contact) -> None:
    errors: dict[str, Any] = {}
    try:
        contact.clean_fields(exclude=COPIED)
    except ValidationError as error:
        errors = error.update_error_dict({})
    if contact.list.account_id != contact.account_id:
        errors["list"] = [_("This list is not in the account.")]
    if contact.owner and contact.owner.account_id != contact.account_id:
        errors["owner"] = [_("This person is not in the account.")]
    if contact.timezone and not is_zone(contact.timezone):
        errors["timezone"] = [_("There is no such time zone.")]
    if errors:
        raise ValidationError(errors)


def _name(contact: Contact, phones: Sequence[NewPhone]) -> None:
    """What the contact is called and found by."""
    digits = [phone.digits for phone in phones]
    contact.name = masking.name_to_keep(contact.name, digits, contact)
    contact.name_key = fold(contact.name)[:200]
    contact.search_text = searchable(contact.name, contact.company, digits)


def archive_contact(contact: Contact) -> bool:
    """Hides the contact; the calls keep it. False when it was hidden already."""
    return contact.archived_at is None and save_changes(contact, archived_at=now())


def restore_contact(contact: Contact) -> bool:
    """Takes the contact out of the archive. False when it was not there."""
    queue.forget([contact.list_id])
    return save_changes(contact, archived_at=None)


def note_new_call(*, contact_id: int, call_id: int) -> None:
    """Makes a call that begins now the contact's last one."""
    _CONTACT.write(contact_id, {"last_call_id": call_id})


def note_last_call(*, contact_id: int, call_id: int) -> None:
    """Makes this the contact's last call unless a later one is known: calls are also found after the event."""
    begun = Subquery(Call.objects.filter(pk=call_id).values("requested_at"))
    later = Call.objects.filter(pk=OuterRef("last_call_id"), requested_at__gt=begun)
    Contact.objects.filter(Q(last_call=None) | ~Exists(later), pk=contact_id).update(last_call_id=call_id)

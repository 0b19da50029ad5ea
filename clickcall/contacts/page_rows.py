"""The contacts of a page with all that a row of the list shows: two questions, worked out once (see `prepared`)."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ..models import Contact, ContactPhone
from ..models.columns import attnames, loaded
from ..models.prepared import Prepared, PreparedModels
from ..web.paging import Key, Page

PAGE = 25
# In SQL of our own: putting the same together with `Exists` cost more than a page's phones did.
_IS_SHARED = """EXISTS (SELECT 1 FROM clickcall_contactphone other
    WHERE other.account_id = clickcall_contactphone.account_id AND other.digits = clickcall_contactphone.digits
    AND other.contact_id <> clickcall_contactphone.contact_id)"""
_PHONE = attnames(ContactPhone)
_CONTACT_ID = _PHONE.index("contact_id")
# What a row shows, and what the rules and the button ask for. All else would be looked up row by row: see the tests.
_ROW = "id account_id list_id name company city region timezone owner_id last_call_id"
_CALL = (
    "id account_id origin status member_id member_name employee_name answered_by requested_at finish_reason"
    " is_missed returned_at got_through_at"
)
_SHOWN = {"": _ROW.split(), "last_call": _CALL.split(), "owner": ["id", "name", "archived_at"]}


def _contacts(account: int, *keys: int) -> QuerySet[Contact]:
    return Contact.objects.active().filter(account_id=account, pk__in=keys).order_by()


def _phones(*keys: int) -> QuerySet[ContactPhone, tuple[object, ...]]:
    rows = ContactPhone.objects.filter(contact__in=keys).annotate(is_shared=RawSQL(_IS_SHARED, []))  # noqa: S611
    return rows.values_list(*_PHONE, "is_shared")


_KEYS = [int] * PAGE
_CONTACTS: PreparedModels[Contact] = PreparedModels(
    int, *_KEYS, ask=_contacts, related=("last_call", "owner"), only=_SHOWN
)
_PHONES = Prepared(*_KEYS, ask=_phones)


def with_contacts(page: Page[Key], account: int) -> Page[Contact]:
    """The same page with the contacts themselves; whoever has just gone is left out. At most `PAGE` of them.

    With last call, owner, and phones that know by `is_shared` whether some other contact of the account has them.
    """
    keys = [key for _value, key in page.rows]
    asked = [*keys, *[0] * (PAGE - len(keys))]  # nobody has the key 0
    found = {contact.pk: contact for contact in _CONTACTS.instances(account, *asked)} if keys else {}
    _give_phones(found, _PHONES.rows(*asked) if found else [])
    return Page([found[key] for key in keys if key in found], page.after, page.before)


def _give_phones(contacts: dict[int, Contact], rows: list[list[Any]]) -> None:
    """Puts the phones where `prefetch_related` does."""
    phones: dict[int, list[ContactPhone]] = {key: [] for key in contacts}
    for *columns, is_shared in rows:
        if (contact := contacts.get(columns[_CONTACT_ID])) is None:
            continue
        phone = loaded(ContactPhone, _PHONE, columns)
        phone.__dict__["is_shared"] = is_shared
        phones[contact.pk].append(phone)
    for key, of_contact in phones.items():
        known = ContactPhone.objects.all()
        known.__dict__ |= {"_result_cache": of_contact, "_prefetch_done": True}
        contacts[key].__dict__["_prefetched_objects_cache"] = {"phones": known}

"""What the account knows of phones: whose contacts they are, who must not be called, who has agreed."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Model, Q
from django.db.models.expressions import RawSQL

from ...models import Consent, ContactPhone, DoNotCall
from ...models.searching import fold
from .rows import Row


@dataclass(frozen=True, slots=True)
class Ours:
    """A contact that has the phone; those on the list at hand sort first, then the oldest."""

    elsewhere: bool
    contact_id: int
    list_id: int
    owner_id: int | None
    name_key: str


Known = dict[str, list[Ours]]  # by digits


def _among(model: type[Model], digits: Collection[str]) -> Q | RawSQL:
    """Whether `digits` of a row is one of them, with all as one parameter: Django would spend more time on thousands
    than the database.

    A plain condition on PostgreSQL: a join with a list would be planned by statistics, and during the first import of
    an account they still say that there are no phones.
    """
    if connection.vendor == "sqlite":
        return Q(digits__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps([*digits])]))
    column = f"{connection.ops.quote_name(model._meta.db_table)}.digits"
    return RawSQL(f"{column} = ANY(%s)", [[*digits]], output_field=BooleanField())  # noqa: S611 - a name of ours


def known_phones(account_id: int, digits: Collection[str], list_id: int) -> Known:
    """The account's active contacts that have these phones, in their order."""
    among = _among(ContactPhone, digits)
    rows = ContactPhone.objects.filter(among, account_id=account_id, contact__archived_at=None)
    columns = ("digits", "contact_id", "contact__list_id", "contact__owner_id", "contact__name_key")
    found: Known = {}
    for text, contact, on_list, owner, name in rows.order_by().values_list(*columns):
        found.setdefault(text, []).append(Ours(on_list != list_id, contact, on_list, owner, name))
    for contacts in found.values():
        if len(contacts) > 1:
            contacts.sort(key=lambda ours: (ours.elsewhere, ours.contact_id))
    return found


def meant(row: Row, known: Known) -> Ours | None:
    """Who a row is about: of those who have one of its phones somebody of its name, else the first."""
    found = [ours for phone in row.phones for ours in known.get(phone.digits, ())]
    if len(found) < 2:
        return found[0] if found else None
    key = fold(row.name or row.company)[:200]
    return next((ours for ours in found if ours.name_key == key), found[0])


def sharers(row: Row, known: Known) -> list[int]:
    """The keys of the contacts that have the phones of a row."""
    return list(dict.fromkeys(ours.contact_id for phone in row.phones for ours in known.get(phone.digits, ())))


def not_to_call(account_id: int, digits: Collection[str]) -> set[str]:
    rows = DoNotCall.objects.in_force().filter(_among(DoNotCall, digits), account_id=account_id)
    return set(rows.order_by().values_list("digits", flat=True))


def newest_consents(account_id: int, digits: Collection[str]) -> dict[str, Consent]:
    """By digits, the entry that holds."""
    rows = Consent.objects.filter(_among(Consent, digits), account_id=account_id).order_by("at", "pk")
    return {row.digits: row for row in rows}

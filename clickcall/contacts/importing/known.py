"""What the account knows of phones: whose contacts they are, who must not be called, who has agreed."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from ...models import Consent, ConsentState, ContactPhone, DoNotCall


@dataclass(frozen=True, slots=True)
class Ours:
    """A contact that has the phone; those on the list at hand sort first, then the oldest."""

    elsewhere: bool
    contact_id: int
    list_id: int
    owner_id: int | None


def _among(digits: Collection[str]) -> RawSQL:
    """All of them as one parameter: Django would spend more time on thousands than the database."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps([*digits])])
    return RawSQL("SELECT unnest(%s::text[])", [[*digits]])


def known_phones(account_id: int, digits: Collection[str], list_id: int) -> dict[str, Ours]:
    """By digits, the first of the account's active contacts that have them."""
    rows = ContactPhone.objects.filter(account_id=account_id, digits__in=_among(digits), contact__archived_at=None)
    found: dict[str, Ours] = {}
    for text, contact, on_list, owner in rows.order_by().values_list(
        "digits", "contact_id", "contact__list_id", "contact__owner_id"
    ):
        ours = Ours(on_list != list_id, contact, on_list, owner)
        if text not in found or _order(ours) < _order(found[text]):
            found[text] = ours
    return found


def _order(ours: Ours) -> tuple[bool, int]:
    return ours.elsewhere, ours.contact_id


def not_to_call(account_id: int, digits: Collection[str]) -> set[str]:
    rows = DoNotCall.objects.in_force().filter(account_id=account_id, digits__in=_among(digits))
    return set(rows.order_by().values_list("digits", flat=True))


def newest_consents(account_id: int, digits: Collection[str]) -> dict[str, Consent]:
    """By digits, the entry that holds."""
    rows = Consent.objects.filter(account_id=account_id, digits__in=_among(digits)).order_by("at", "pk")
    return {row.digits: row for row in rows}


def agreed(account_id: int, digits: Collection[str]) -> set[str]:
    """Phones whose consent to advertising is given, and not withdrawn since."""
    newest = newest_consents(account_id, digits)
    return {text for text, row in newest.items() if row.state == ConsentState.GIVEN}

"""Who waits for a call, as every page says it: missed callers that nobody called back, and promises that are due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now

from ..models import Callback, Contact, ContactPhone, Member, Role
from ..models.columns import attnames, loaded
from ..models.prepared import Prepared
from .frame import frame

MOST = 100  # more are not told apart
SHOWN = 5  # promises that a page shows with their buttons
_CALLBACK, _CONTACT = attnames(Callback), attnames(Contact)
_ITS_PHONE = Q(contact=OuterRef("contact"), digits=OuterRef("digits"))


def callers(member: Member) -> int:
    """People, not calls: who tried three times waits once. At most `MOST`."""
    return min(frame(member).callers, MOST)


class _Rows(Subquery):
    """How many rows a question has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Due:
    """Promises whose time has come: the `first` ones, with their contacts, and how many there are, at most `MOST`.

    Each of the first has `told_region`: what the provider's report said of its phone.
    """

    first: list[Callback]
    count: int


def _due(role: Role) -> Prepared:
    def ask(account: int, member: int, at: datetime) -> QuerySet[Callback, Any]:
        due = Callback.objects.of(Member(pk=member, account_id=account, role=role)).due(at)
        told = Subquery(ContactPhone.objects.filter(_ITS_PHONE).order_by().values("region")[:1])
        columns = (*_CALLBACK, *(f"contact__{name}" for name in _CONTACT))
        return due.values_list(*columns, told, _Rows(due.values("pk")[:MOST]))[:SHOWN]

    return Prepared(int, int, datetime, ask=ask)


_DUE = {role: _due(role) for role in Role}


def callbacks(member: Member) -> Due:
    """What is due for the member now; looked up once for all that a page says about it."""
    known = member.__dict__
    if "_callbacks_due" not in known:
        rows = _DUE[Role(member.role)].rows(member.account_id, member.pk, now())
        known["_callbacks_due"] = Due([_callback(row[:-1]) for row in rows], rows[0][-1] if rows else 0)
    found: Due = known["_callbacks_due"]
    return found


def shown_callbacks(member: Member) -> list[Callback]:
    """Those whose buttons the page draws, if it has looked up what is due: for who asks about all of its buttons."""
    found: Due | None = member.__dict__.get("_callbacks_due")
    return found.first if found else []


def _callback(row: list[Any]) -> Callback:
    *columns, told = row
    found = loaded(Callback, _CALLBACK, columns)
    found.contact = loaded(Contact, _CONTACT, columns[len(_CALLBACK) :])
    found.__dict__["told_region"] = told or ""
    return found

"""Who waits for a call, as every page says it: missed callers that nobody called back, and promises that are due.

For admins also whether the worker is silent: then more of them wait than anybody knows.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now

from ..models import Account, Call, Callback, Contact, ContactPhone, Heartbeat, Member, Role
from ..models.calls import RETURN_WITHIN
from ..models.prepared import Prepared, attnames

MOST = 100  # more are not told apart
_CALLBACK, _CONTACT = attnames(Callback), attnames(Contact)
_ITS_PHONE = Q(contact=OuterRef("contact"), digits=OuterRef("digits"))


def _seen(member: Member, since: datetime, lately: datetime) -> QuerySet[Account, tuple[Any, ...]]:
    """How many people are to be called back, and whether a worker was seen lately."""
    missed = Call.objects.to_return(member, since).order_by().values("account_id")
    people = missed.annotate(people=Count("contact_phone", distinct=True)).values("people")
    alive = Exists(Heartbeat.objects.worker(lately))
    return Account.objects.filter(pk=member.account_id).order_by().values_list(Subquery(people), alive)


_OF_ALL = Prepared(
    int,
    datetime,
    datetime,
    ask=lambda account, since, lately: _seen(Member(account_id=account, role=Role.MANAGER), since, lately),
)
_MINE = Prepared(
    int,
    int,
    datetime,
    datetime,
    ask=lambda account, member, since, lately: _seen(Member(pk=member, account_id=account), since, lately),
)


def _rows(member: Member) -> list[Any]:
    """Looked up once a page: the member lives as long as the request."""
    known = member.__dict__
    if "_waiting" not in known:
        moment = now()
        times = moment - RETURN_WITHIN, moment - timedelta(seconds=settings.CLICKCALL_HEARTBEAT_SECONDS)
        mine = () if member.is_manager else (member.pk,)
        known["_waiting"] = (_MINE if mine else _OF_ALL).rows(member.account_id, *mine, *times)[0]
    found: list[Any] = known["_waiting"]
    return found


def callers(member: Member) -> int:
    """People, not calls: who tried three times waits once. At most `MOST`."""
    return min(_rows(member)[0] or 0, MOST)


def worker_is_missing(member: Member) -> bool:
    """No worker has been seen for `CLICKCALL_HEARTBEAT_SECONDS`."""
    return not _rows(member)[1]


def _due(role: Role) -> Prepared:
    def ask(account: int, member: int, at: datetime) -> QuerySet[Callback, Any]:
        found = Callback.objects.of(Member(pk=member, account_id=account, role=role)).due(at)[:MOST]
        told = Subquery(ContactPhone.objects.filter(_ITS_PHONE).order_by().values("region")[:1])
        return found.values_list(*_CALLBACK, *(f"contact__{name}" for name in _CONTACT), told)

    return Prepared(int, int, datetime, ask=ask)


_DUE = {role: _due(role) for role in Role}


def callbacks(member: Member) -> list[Callback]:
    """What is due for the member now, with the contacts; looked up once for all that a page says about it.

    Each has `told_region`: what the provider's report said of its phone.
    """
    known = member.__dict__
    if "_callbacks_due" not in known:
        rows = _DUE[Role(member.role)].rows(member.account_id, member.pk, now())
        known["_callbacks_due"] = [_callback(row) for row in rows]
    found: list[Callback] = known["_callbacks_due"]
    return found


def _callback(row: list[Any]) -> Callback:
    *columns, told = row
    found = Callback.from_db(connection.alias, _CALLBACK, columns[: len(_CALLBACK)])
    found.contact = Contact.from_db(connection.alias, _CONTACT, columns[len(_CALLBACK) :])
    found.__dict__["told_region"] = told or ""
    return found

"""Who waits for a call, as every page says it: missed callers that nobody called back, and promises that are due."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from ..models import Call, Callback, Member, Role
from ..models.calls import RETURN_WITHIN
from ..models.prepared import Prepared, PreparedModels

MOST = 100  # more are not counted


def _phones(member: Member, since: datetime) -> QuerySet[Any, Any]:
    return Call.objects.to_return(member, since).order_by().values_list("contact_phone").distinct()[:MOST]


_OF_ALL = Prepared(
    int, datetime, ask=lambda account, since: _phones(Member(account_id=account, role=Role.MANAGER), since)
)
_MINE = Prepared(
    int, int, datetime, ask=lambda account, member, since: _phones(Member(pk=member, account_id=account), since)
)


def callers(member: Member) -> int:
    """People, not calls: who tried three times waits once. At most `MOST`; looked up once a page."""
    known, since = member.__dict__, now() - RETURN_WITHIN
    if "_callers" not in known:
        mine = (member.pk,) if not member.is_manager else ()
        known["_callers"] = len((_MINE if mine else _OF_ALL).rows(member.account_id, *mine, since))
    return int(known["_callers"])


def _due(role: Role) -> PreparedModels[Callback]:
    def ask(account: int, member: int, at: datetime) -> QuerySet[Callback, Any]:
        return Callback.objects.of(Member(pk=member, account_id=account, role=role)).due(at)[:MOST]

    return PreparedModels(int, int, datetime, ask=ask, related=("contact",))


_DUE = {role: _due(role) for role in Role}


def callbacks(member: Member) -> list[Callback]:
    """What is due for the member now, with the contacts; looked up once for all that a page says about it."""
    known = member.__dict__
    if "_callbacks_due" not in known:
        known["_callbacks_due"] = _DUE[Role(member.role)].instances(member.account_id, member.pk, now())
    found: list[Callback] = known["_callbacks_due"]
    return found

"""How many missed callers wait for somebody to call them back: the figure in the navigation of every page."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from ..models import Call, Member, Role
from ..models.calls import RETURN_WITHIN
from ..models.prepared import Prepared

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
    """People, not calls: who tried three times waits once. At most `MOST`."""
    since = now() - RETURN_WITHIN
    if member.is_manager:
        return len(_OF_ALL.rows(member.account_id, since))
    return len(_MINE.rows(member.account_id, member.pk, since))

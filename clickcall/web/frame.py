"""What every page needs to know of its account and of its member, looked up in one question.

Each part is small and its index is hot: asking for all of them at once costs about what one of them costs alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now

from ..models import Account, Call, CallRules, ContactList, Heartbeat, Member, Points, QueueEntry, Role, Token
from ..models.calls import RETURN_WITHIN
from ..models.columns import attnames, loaded
from ..models.prepared import Prepared

TOKEN = [name for name in attnames(Token) if name in ("id", "name", "kind", "last_error", "expires_on")]
_POINTS, _RULES = attnames(Points), attnames(CallRules)
_FACTS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """`callers`: people who called and were missed. `tokens`: those in use, in their order, without their secrets.

    `points` and `rules` are None where the account has none yet.
    """

    callers: int
    worker_lives: bool
    is_told: bool  # somebody asked the admins about a call
    has_offer: bool  # the queue gave the member a contact
    has_ads: bool  # a missing consent matters on one of the lists
    points: Points | None
    rules: CallRules | None
    tokens: Sequence[Token]


def _ask(account: Any, member: Any, since: Any, lately: Any, *, role: Role) -> QuerySet[Account, Any]:
    viewer = Member(pk=member, account_id=account, role=role)
    missed = Call.objects.to_return(viewer, since).order_by().values("account_id")
    people = missed.annotate(people=Count("contact_phone", distinct=True)).values("people")
    in_use = FilteredRelation("tokens", condition=Q(tokens__archived_at=None))
    return (
        Account.objects.filter(pk=account)
        .annotate(key=in_use)
        .order_by("key__position", "key__id")
        .values_list(
            Subquery(people),
            Exists(Heartbeat.objects.worker(lately)),
            Exists(Call.objects.told(viewer).order_by()),
            Exists(QueueEntry.objects.held_by(viewer)),
            Exists(ContactList.objects.minding_consent(OuterRef("pk"))),
            *(f"points__{name}" for name in _POINTS),
            *(f"rules__{name}" for name in _RULES),
            *(F(f"key__{name}") for name in TOKEN),
        )
    )


def _prepared(role: Role) -> Prepared:
    return Prepared(int, int, datetime, datetime, ask=lambda *values: _ask(*values, role=role))


_FRAMES = {role: _prepared(role) for role in Role}


def frame(member: Member) -> Frame:
    """Looked up once a page: the member lives as long as the request."""
    known = member.__dict__
    if "_frame" not in known:
        moment = now()
        times = moment - RETURN_WITHIN, moment - timedelta(seconds=settings.CLICKCALL_HEARTBEAT_SECONDS)
        known["_frame"] = _read(_FRAMES[Role(member.role)].rows(member.account_id, member.pk, *times))
    found: Frame = known["_frame"]
    return found


def already_seen(member: Member) -> Frame | None:
    """The frame, if the page has asked for it: for whoever needs a single part, and has a smaller question for it."""
    return member.__dict__.get("_frame")


def _read(rows: list[list[Any]]) -> Frame:
    """A row for each token; what is no token stands in all of them."""
    callers, worker_lives, is_told, has_offer, has_ads, *rest = rows[0]
    rules_from = len(_POINTS)
    tokens_from = rules_from + len(_RULES)
    tokens = [_row(Token, TOKEN, row[_FACTS + tokens_from :]) for row in rows]
    return Frame(
        callers=callers or 0,
        worker_lives=bool(worker_lives),
        is_told=bool(is_told),
        has_offer=bool(has_offer),
        has_ads=bool(has_ads),
        points=_row(Points, _POINTS, rest[:rules_from]),
        rules=_row(CallRules, _RULES, rest[rules_from:tokens_from]),
        tokens=[token for token in tokens if token],
    )


def _row(model: Any, names: Sequence[str], columns: list[Any]) -> Any:
    return loaded(model, names, columns) if columns[0] is not None else None

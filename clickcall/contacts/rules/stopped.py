"""What the rules stopped, and who went on with what reason. The only writer of these rows."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.timezone import now

from ...models import Account, Call, Contact, Member, StoppedPress
from .findings import Kind, Verdict
from .words import NAMES

LONGEST_REASON = 300
_SAME_PRESS = timedelta(minutes=15)  # who is asked and answers later than that has pressed anew


def note_stopped(verdict: Verdict, *, member: Member, contact: Contact | None, digits: str) -> None:
    """Writes down that these rules stopped a press: what they forbid each time, what they ask once until the answer."""
    for code in verdict.codes:
        if verdict.kind == Kind.BLOCK or not _open(member, digits, code).exists():
            StoppedPress.objects.create(
                account_id=member.account_id, member=member, contact=contact, digits=digits, rule=code
            )


def note_passed(verdict: Verdict, *, call: Call, reason: str) -> None:
    """Writes down that the call was made all the same, and why. What was noted as stopped becomes this."""
    for code in verdict.codes:
        asked = _open(call.member, call.contact_phone, code).order_by("-pk").first() if call.member else None
        row = asked or StoppedPress(
            account_id=call.account_id,
            member=call.member,
            contact_id=call.contact_id,
            digits=call.contact_phone,
            rule=code,
        )
        row.reason, row.call = reason.strip()[:LONGEST_REASON], call
        row.save()


def newest(account: Account, most: int = 20) -> list[tuple[StoppedPress, str]]:
    """The last presses that a rule stopped or that went on with a reason, each with its rule in words."""
    rows = StoppedPress.objects.filter(account=account).select_related("member", "contact")[:most]
    return [(row, str(NAMES.get(row.rule, row.rule))) for row in rows]


def _open(member: Member, digits: str, code: str) -> QuerySet[StoppedPress]:
    since = now() - _SAME_PRESS
    return StoppedPress.objects.filter(member=member, digits=digits, rule=code, call=None, reason="", at__gte=since)

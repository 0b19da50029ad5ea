"""Consents to advertising, by phone. Entries are only added: the newest one holds, all of them are the proof."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ...models import Account, Consent, ConsentState, Member


def add(
    *,
    account: Account,
    digits: str,
    state: str,
    member: Member | None,
    date: date | None = None,
    source: str = "",
    text: str = "",
) -> Consent:
    """Notes that the owner of a phone has given or withdrawn consent, and who says so. Raises `ValidationError`."""
    entry = Consent(account=account, digits=digits, state=state, member=member, date=date)
    entry.source, entry.text = source.strip(), text.strip()
    if state == ConsentState.GIVEN and not (entry.source or entry.text):
        raise ValidationError({"source": _("Say where the consent comes from: it has to be proved.")})
    if date and date > localdate(timezone=account.tz):
        raise ValidationError({"date": _("This day is still to come.")})
    entry.clean_fields(exclude=["account", "member"])
    entry.save()
    return entry


def newest(account: Account, digits: str) -> Consent | None:
    """The entry that holds."""
    return history(account, digits).first()


def history(account: Account, digits: str) -> QuerySet[Consent]:
    """All that was noted about a phone, the newest first."""
    return Consent.objects.filter(account=account, digits=digits).select_related("member").order_by("-at", "-pk")

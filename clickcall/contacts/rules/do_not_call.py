"""*Do not call*: the phones that nobody of the account calls. The only writer of its entries, but for imports."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Account, DoNotCall, Member

LONGEST_WHY = 500


def note(*, account: Account, digits: str, member: Member | None, why: str = "", source: str = "") -> DoNotCall:
    """Puts a phone (digits as stored) on the list; one that is on it stays as it was noted. `member`: who notes it."""
    if not digits:
        raise ValidationError({"phone": _("Enter a phone number.")})
    if found := entry_of(account, digits):
        return found
    try:
        with transaction.atomic():
            return DoNotCall.objects.create(
                account=account,
                digits=digits,
                member=member,
                why=why.strip()[:LONGEST_WHY],
                source=source.strip()[:200],
            )
    except IntegrityError:  # somebody noted it in this moment
        return DoNotCall.objects.in_force().get(account=account, digits=digits)


def lift(entry: DoNotCall, *, member: Member, why: str) -> bool:
    """Takes the phone off the list; the entry stays as history. False when it was off already.

    Raises `ValidationError` without a reason: somebody asked for the entry, and somebody answers for lifting it.
    """
    if not why.strip():
        raise ValidationError({"why": _("Say why.")})
    told = "\n".join(filter(None, [entry.why, why.strip()]))[-LONGEST_WHY:]
    lifted = DoNotCall.objects.in_force().filter(pk=entry.pk)
    return bool(lifted.update(lifted_at=now(), lifted_by=member, why=told))


def entry_of(account: Account, digits: str) -> DoNotCall | None:
    """The entry that is in force."""
    return DoNotCall.objects.in_force().filter(account=account, digits=digits).select_related("member").first()

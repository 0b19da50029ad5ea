"""The phones of one contact: read as a whole, judged as a whole, written as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Contact, ContactPhone, PhoneKind
from ..phones import KEYS, shown


@dataclass(frozen=True, slots=True)
class NewPhone:
    """E.164 digits without the plus, or an employee's SIP number as it is (see `clickcall.phones.Phone`).

    `keys` are pressed after the answer, to reach the person behind a switchboard.
    """

    digits: str
    is_sip: bool = False
    label: str = ""
    keys: str = ""

    @property
    def kind(self) -> PhoneKind:
        return PhoneKind.SIP if self.is_sip else PhoneKind.PHONE


def current_phones(contact: Contact) -> tuple[NewPhone, ...]:
    """What the contact has now, the main phone first."""
    return tuple(NewPhone(row.digits, row.kind == PhoneKind.SIP, row.label, row.keys) for row in contact.phones.all())


def check_phones(phones: Sequence[NewPhone]) -> None:
    """Raises `ValidationError` (`phones`) unless there is a phone, and each one stands there once."""
    if not phones:
        raise ValidationError({"phones": _("Add at least one phone.")})
    if wrong := [phone.digits for phone in phones if not phone.digits.isascii() or not phone.digits.isdigit()]:
        raise ValidationError({"phones": _("“%(phone)s” is not a phone number.") % {"phone": wrong[0]}})
    if any(phone.keys and not KEYS.fullmatch(phone.keys) for phone in phones):
        raise ValidationError({"phones": _("Only digits, * and #. A dot is a pause of one second.")})
    digits, times = Counter(phone.digits for phone in phones).most_common(1)[0]
    if times > 1:
        raise ValidationError({"phones": _("%(phone)s stands here twice.") % {"phone": shown(digits)}})


def write_phones(contact: Contact, phones: Sequence[NewPhone]) -> None:
    """Makes these the contact's phones in this order. Rows whose digits stay are kept."""
    known = {row.digits: row for row in contact.phones.all()}
    rows = [_row(contact, phone, position, known) for position, phone in enumerate(phones)]
    gone = known.keys() - {phone.digits for phone in phones}
    contact.phones.filter(digits__in=gone).delete()
    ContactPhone.objects.bulk_create([row for row in rows if row.pk is None])
    ContactPhone.objects.bulk_update([row for row in rows if row.pk], ["kind", "label", "keys", "position"])


def _row(contact: Contact, phone: NewPhone, position: int, known: dict[str, ContactPhone]) -> ContactPhone:
    row = known.get(phone.digits) or ContactPhone(contact=contact, account_id=contact.account_id, digits=phone.digits)
    row.kind, row.label, row.keys, row.position = phone.kind, phone.label.strip()[:50], phone.keys, position
    return row

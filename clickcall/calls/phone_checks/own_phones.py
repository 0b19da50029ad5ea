"""The phones of a member, as far as the provider told: those of the employee whom an admin linked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ... import phones
from ...models import Employee


@dataclass(frozen=True, slots=True)
class OwnPhone:
    """`digits` as `contact` wants them; `label` as people call it: "SIP 101" or a phone number."""

    digits: str
    label: str
    is_sip: bool


def own_phones(numbers: list[str], extension: str, country: str) -> list[OwnPhone]:
    """What the provider rings, in its order; what is no phone is shown as it came."""
    return [_own_phone(str(number), extension, country) for number in numbers]


def of_employee(employee: Employee | None, country: str) -> list[OwnPhone]:
    """The same of a row; nothing for nobody."""
    return own_phones(employee.phones, employee.extension, country) if employee else []


def _own_phone(number: str, extension: str, country: str) -> OwnPhone:
    try:
        phone = phones.read(number if number.startswith(("0", "+")) else f"+{number}", country)
    except phones.PhoneError:
        return OwnPhone(number, number, is_sip=False)
    if phone.is_sip:
        return OwnPhone(phone.digits, _("SIP %(number)s") % {"number": extension or phone.digits}, is_sip=True)
    return OwnPhone(phone.digits, phones.shown(phone.digits), is_sip=False)

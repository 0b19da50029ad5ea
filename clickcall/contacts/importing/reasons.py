"""Why a row is not taken, in words that say what to do about it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REASONS: "dict[str, StrPromise]" = {
    "no_phone": _("No phone in this row."),
    "phone_scientific": _(
        "The spreadsheet has turned the phone into a rounded number. Format the column as text and enter it again."
    ),
    "phone_letters": _("Not a phone: only digits, spaces, brackets, dashes and a plus at the start."),
    "phone_invalid": _("There is no such number. Check the digits; numbers of other countries begin with a plus."),
    "phone_extension": _("An internal extension without the company's number in front of it."),
    "phone_sip": _("A SIP number is 6 digits or more, without spaces, such as 0486173."),
    "too_many_phones": _("More than 20 phones for one person."),
    "too_long": _("The text is too long. Shorten it."),
    "timezone": _("No time zone that we know. Write Europe/Samara, UTC+4, MSK+1 or the largest city in it."),
    "owner_unknown": _("Nobody in the account has this name or user name."),
    "owner_two": _("Several people in the account have this name. Write the user name."),
    "consent": _("Write yes, no or withdrawn."),
    "date": _("Not a date. Write it as 23.11.2026 or 2026-11-23."),
    "date_future": _("This day is still to come."),
    "yes_or_no": _("Write yes or no."),
    "more_cells": _(
        "The row has more cells than there are headings. Is a text with a separator not in quotation marks?"
    ),
}


class CellError(ValueError):
    """A cell that cannot be taken. `code` is a key of `REASONS`; `value` the part that is wrong, empty = all of it."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value

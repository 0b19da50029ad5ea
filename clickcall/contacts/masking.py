"""The phones of clients as a member may see them: the one place that decides.

An account can hide them from sales (`CallRules.masks_numbers`). Whatever shows, names or sends a client's phone to a
page asks here; the account's own numbers and the members' own phones are nobody's secret.
"""

import re
from collections.abc import Collection
from functools import lru_cache

import phonenumbers

from .. import phones
from ..models import Account, CallRules, Contact, ImportRun, Member
from ..models.prepared import Prepared, whether
from ..models.saving import save_changes
from ..models.searching import fold, searchable
from ..web.frame import already_seen

_DOT = "•"
_NAME = Contact._meta.get_field("name").max_length
_LAST = 2  # digits that stay, to recognise a phone by
_FEWEST = 5  # digits that are hidden at least, where there are so many
_DIGIT = re.compile("[0-9]")
_MAY_HOLD_A_PHONE = "([0-9][^0-9]*){6}"  # no phone has fewer digits
_HOLDS = re.compile(_MAY_HOLD_A_PHONE)
_BETWEEN = re.compile(r"[-+().\s]")  # how digits are set apart
_MASKS = Prepared(int, ask=lambda account: whether(CallRules.objects.filter(account_id=account, masks_numbers=True)))


def hides(member: Member) -> bool:
    """Whether this member sees clients' phones masked."""
    if member.is_manager:
        return False
    if seen := already_seen(member):
        return seen.rules is not None and seen.rules.masks_numbers
    return _masks(member.account)


def _masks(account: Account) -> bool:
    """Looked up once, if nobody has: the account lives as long as the request."""
    known = account.__dict__
    if "_masks_phones" not in known:
        known["_masks_phones"] = _MASKS.any(account.pk)
    return bool(known["_masks_phones"])


def heard(rules: CallRules, account: Account) -> None:
    """The account's rules were looked up for something else: no need to ask again."""
    account.__dict__["_masks_phones"] = rules.masks_numbers


def shown(digits: str, member: Member) -> str:
    """A client's phone for this member: "+7 926 000-00-12", or "+7 926 •••-••-12"."""
    return masked(digits) if hides(member) else phones.shown(digits)


def as_name(digits: str, account: Account) -> str:
    """What somebody without a name is called by: their phone, as those who see least of it may read it."""
    return masked(digits) if _masks(account) else phones.shown(digits)


def name_to_keep(name: str, digits: Collection[str], of: Contact | ImportRun) -> str:
    """A contact's name as it is stored: where the account hides phones, those of the contact are masked in it."""
    return _without(name, digits, of.account.country) if _HOLDS.search(name) and _masks(of.account) else name


def name_shown(name: str, digits: Collection[str], member: Member) -> str:
    """A name that was stored before phones became hidden, for this member: with these phones masked in it."""
    return _without(name, digits, member.account.country) if _HOLDS.search(name) and hides(member) else name


def _without(name: str, digits: Collection[str], country: str) -> str:
    """`name` with these phones masked, however they are written in it."""
    if (whole := _BETWEEN.sub("", name)) in digits:
        return masked(whole)
    kept, end = "", 0
    for found in phonenumbers.PhoneNumberMatcher(name, country):
        written = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
        if written in digits:
            kept, end = f"{kept}{name[end : found.start]}{masked(written)}", found.end
    return f"{kept}{name[end:]}"[:_NAME]


def hide_names(account: Account) -> int:
    """Masks the phones in their owners' names: for when an account begins to hide phones.

    How many names they were. The phones stay as they are, and are found as before.
    """
    called_by_phone = Contact.objects.filter(account=account, name__regex=_MAY_HOLD_A_PHONE).order_by("pk")
    changed = 0
    for contact in called_by_phone.prefetch_related("phones").iterator(chunk_size=1000):
        digits = [phone.digits for phone in contact.phones.all()]
        name = _without(contact.name, digits, account.country)
        if name != contact.name:
            found_by = searchable(name, contact.company, digits)
            changed += save_changes(contact, name=name, name_key=fold(name)[:200], search_text=found_by)
    return changed


@lru_cache(maxsize=20_000)
def masked(digits: str) -> str:
    """The phone as people read it, with dots for all but its country, its area and its last two digits."""
    written = phones.shown(digits)
    places = [match.start() for match in _DIGIT.finditer(written)]
    begin = min(_area_ends(written), max(len(places) - _LAST - _FEWEST, _country(digits)))
    hidden = {*places[begin : len(places) - _LAST]}
    return "".join(_DOT if place in hidden else letter for place, letter in enumerate(written))


def _country(digits: str) -> int:
    """How many digits name the country."""
    try:
        return len(str(phonenumbers.parse(f"+{digits}").country_code)) if digits.isdigit() else 0
    except phonenumbers.NumberParseException:
        return 0


def _area_ends(written: str) -> int:
    """How many digits stand in the country's code and in the group after it; none for what is no such number."""
    groups = re.findall("[0-9]+", written)
    return len("".join(groups[:2])) if written.startswith("+") and len(groups) > 2 else 0

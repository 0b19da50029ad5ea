"""Creating and changing accounts."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS

from ...models import Account, Brand
from ...models.saving import save_changes
from .. import zones
from .rules import check_fields, tidy, unique

URLS = ("call_api_url", "data_api_url")
COLOURS = 5


def create_account(*, slug: str, name: str, brand: str, by_operator: bool = False, **settings: Any) -> Account:
    """A new account; `settings` are its other columns. Without a colour it gets the next one of the five.

    Addresses `by_operator` are trusted. How others are written was judged by the form; the wire judges where they lead.
    """
    settings.setdefault("colour", Account.objects.count() % COLOURS + 1)
    fields = tidy({"slug": slug, "name": name, "brand": brand, **settings})
    account = Account()
    _check(account, fields)
    fields["typed_urls"] = _typed(account, fields, by_operator)
    for field, value in fields.items():
        setattr(account, field, value)
    with unique("slug", _("There is an account of this short name. Choose another one.")):
        account.save(force_insert=True)
    return account


def update_account(account: Account, *, by_operator: bool = False, **changes: Any) -> bool:
    """Changes columns. A brand with addresses of its own drops the custom ones. True when something was saved.

    What another provider told of its time zone is forgotten. Addresses are trusted as for a new account.
    """
    changes = tidy(changes)
    if changes.get("brand", Brand.CUSTOM) != Brand.CUSTOM:
        changes = dict.fromkeys(URLS, "") | changes
    if any(changes.get(name, getattr(account, name)) != getattr(account, name) for name in ("brand", *URLS)):
        changes = {"provider_timezone": ""} | changes
    _check(account, changes)
    changes = {**changes, "typed_urls": _typed(account, changes, by_operator)}
    with unique("slug", _("There is an account of this short name. Choose another one.")):
        changed = save_changes(account, **changes)
    for worked_out in ("tz", "provider_tz"):  # once, from the old zone
        account.__dict__.pop(worked_out, None)
    return changed


def _typed(account: Account, fields: dict[str, Any], by_operator: bool) -> list[str]:
    """Which of the account's addresses came from a page; what stays as it was, stays whose it was."""
    before = {getattr(account, name) for name in URLS}
    given = {fields[name] for name in URLS if fields.get(name)}
    typed = set(account.typed_urls)
    typed = typed - given if by_operator else typed | (given - before)
    return sorted(typed & {fields.get(name, getattr(account, name)) for name in URLS})


def _check(account: Account, fields: dict[str, Any]) -> None:
    """Raises what is wrong with every field at once."""
    errors: dict[str, Any] = {}
    try:
        check_fields(account, fields, leave=URLS)
    except ValidationError as error:
        errors = error.message_dict
    if fields.get("timezone") and fields["timezone"] not in zones.known():
        errors["timezone"] = [_("There is no such time zone. Write it like Europe/Moscow.")]
    if "country" in fields and fields["country"] not in SUPPORTED_REGIONS:
        errors["country"] = [_("There is no such country. Write its two letters, such as RU.")]
    if "colour" in fields and "colour" not in errors and not 1 <= int(fields["colour"]) <= COLOURS:
        errors["colour"] = [_("Choose one of the five colours.")]
    errors |= _address_errors(fields.get("brand", account.brand), {n: fields.get(n, getattr(account, n)) for n in URLS})
    if errors:
        raise ValidationError(errors)


def _address_errors(brand: str, urls: dict[str, str]) -> dict[str, list[Any]]:
    """Custom accounts need both addresses, the others have none of their own."""
    if brand != Brand.CUSTOM:
        return {name: [_("Only custom addresses are written here.")] for name, url in urls.items() if url}
    return {
        name: [_("Write the whole address, such as https://…/v4.0.")] for name, url in urls.items() if not _whole(url)
    }


def _whole(url: str) -> bool:
    """An http address with a host that fits into its column. A name without a dot may be a neighbour container."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 200 and parts.port != 0
    except ValueError:
        return False

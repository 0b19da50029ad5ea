"""Provider addresses that somebody types in a page: https, and a host of the public internet.

Otherwise an admin of one account could make the server ask its own network. Addresses from the operator (`provision`)
are not judged here, and `CLICKCALL_ALLOW_PRIVATE_URLS` lets every address through. A public name may lead inside all
the same, now or later: where it leads is judged by the wire, each time it connects (`Account.typed_urls`).
"""

import re
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..provider.public import is_public_ip

MAX_LENGTH = 200
# Names that are looked up in one's own network. Source: RFC 6761, RFC 6762, RFC 8375, and what routers hand out.
PRIVATE_ENDINGS = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "test", "invalid")


def public_address(text: str) -> str:
    """The address without blanks and without a slash at its end. Raises `ValidationError` saying what to write."""
    text = text.strip().rstrip("/")
    parts = _split(text)
    if settings.CLICKCALL_ALLOW_PRIVATE_URLS:
        return text
    if parts.scheme != "https":
        raise ValidationError(_("The address begins with https://."))
    if not is_public(parts.hostname or ""):
        raise ValidationError(_("This address is inside a private network. Write the provider's public one."))
    return text


def _split(text: str) -> SplitResult:
    wrong = ValidationError(_("Write the whole address, such as https://…/v4.0."))
    try:
        parts = urlsplit(text)
        port_fits = parts.port != 0
    except ValueError as error:
        raise wrong from error
    complete = parts.scheme in ("http", "https") and parts.hostname and port_fits and len(text) <= MAX_LENGTH
    if not complete or parts.query or parts.fragment or not re.fullmatch(r"[!-\[\]-~]+", text):
        raise wrong
    if parts.username is not None:
        raise ValidationError(_("An address holds no name and password. Enter them under Access keys."))
    return parts


def is_public(host: str) -> bool:
    """Whether a host can be on the public internet, judged by how it is written; nobody is asked."""
    host = host.lower().rstrip(".")
    try:
        return is_public_ip(host)
    except ValueError:
        pass
    labels = host.split(".")
    # A last part that begins with a digit is an IPv4 address in disguise: 127.1, 0x7f.1, 2130706433.
    if len(labels) < 2 or labels[-1][:1].isdigit() or not re.fullmatch(r"[a-z0-9.-]+", host):
        return False
    return not any(host.endswith(f".{ending}") for ending in PRIVATE_ENDINGS)

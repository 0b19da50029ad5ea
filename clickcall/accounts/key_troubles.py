"""The provider's newest refusal of a key, in the words of a person who has to mend it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .session_keys import UNREADABLE


@dataclass(frozen=True, slots=True)
class KeyTrouble:
    """What is wrong, and what to do about it."""

    what: str | Promise
    remedy: str | Promise


_REPLACE = _("Make a new key in the provider's cabinet and replace this one.")
_UNREACHED = KeyTrouble(
    _("The provider was not reached"), _("Nothing to do here: the key is tried again with the next call.")
)
_UNKNOWN = KeyTrouble(
    _("The provider refused this key"),
    _("Look at it in the provider's cabinet. If it is fine there, ask their support."),
)

# Source: the table of errors in the provider's API digest. Causes without an answer are the client's own words.
WORDS = {
    "access_token_invalid": KeyTrouble(_("The provider does not know this key"), _REPLACE),
    "access_token_expired": KeyTrouble(_("The key has expired"), _REPLACE),
    "access_token_blocked": KeyTrouble(
        _("The key is blocked"), _("Unblock it in the provider's cabinet, or replace it with a new one.")
    ),
    "auth_error": KeyTrouble(
        _("Login and password did not fit"), _("Check them in the provider's cabinet and enter them again.")
    ),
    "forbidden": KeyTrouble(
        _("The key has no right to place calls"),
        _("In the provider's cabinet give its user access to Call API and Data API."),
    ),
    "ip_not_whitelisted": KeyTrouble(
        _("The provider does not let our address in"),
        _("Add this server's address to the allow list in the provider's cabinet."),
    ),
    UNREADABLE: KeyTrouble(
        _("The key cannot be read"),
        _(
            "CLICKCALL_TOKEN_KEYS in the settings of this server was changed or lost. Put the value before back, or "
            "enter the key again."
        ),
    ),
    "limit_exceeded": KeyTrouble(
        _("The provider's request limit is used up"), _("Nothing to do here: it renews by itself.")
    ),
} | dict.fromkeys(
    ("refused", "dns", "tls", "connect_timeout", "proxy", "unreachable", "read_timeout", "reset", "http_5xx"),
    _UNREACHED,
)


def in_words(code: str) -> KeyTrouble | None:
    """None for a key without an error; an unknown code has words too."""
    return WORDS.get(code, _UNKNOWN) if code else None

"""Why a call was not placed, for people: the cause, and who can mend it and how.

Source of the mnemonics: the errors of `start.vnumber_call` and the errors common to all methods. `%(brand)s` is the
account's brand. Sales never see a mnemonic.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    Cause = tuple[StrPromise, StrPromise]

_KEY = (_("%(brand)s did not accept our access key"), _("The admin can renew the key"))
_PARAMETER = (
    _("%(brand)s did not accept a parameter of the call"),
    _("The admin can see which one in the call log"),
)
_NO_LINE = (_("no connection to %(brand)s"), _("You can press again"))

CAUSES: "dict[str, Cause]" = {
    # the number and the contact
    "virtual_phone_number_not_found": (
        _("%(brand)s says that this number is not ours"),
        _("The admin can choose another number"),
    ),
    "scenario_not_found": (
        _("this number rings nobody"),
        _("The admin can set the number up in the %(brand)s cabinet"),
    ),
    "own_virtual_phone_number_not_allowed": (_("this is one of our own numbers"), _("Check the phone")),
    "contact_in_blacklist": (_("the number is on the PBX blacklist"), _("The admin can remove it")),
    # the message
    "tts_text_exceeded": (_("the text for the robot is too long"), _("The admin can shorten it under “How we call”")),
    "media_file_not_found": (
        _("%(brand)s does not have the file to play"),
        _("The admin can choose another one under “How we call”"),
    ),
    "character_encoding_not_allowed": _PARAMETER,
    # the key and the account
    "access_token_expired": _KEY,
    "access_token_blocked": _KEY,
    "access_token_invalid": _KEY,
    "auth_error": _KEY,
    "forbidden": (_("our access key may not place calls"), _("The admin can change its rights in the cabinet")),
    "ip_not_whitelisted": (
        _("%(brand)s does not let our address in"),
        _("The admin can add it to the allow list in the cabinet"),
    ),
    "account_inactive": (_("%(brand)s has blocked the account"), _("The admin can ask %(brand)s why")),
    "component_disabled": (_("the plan does not include this"), _("The admin can ask %(brand)s to add it")),
    "limit_exceeded": (_("the request limit of %(brand)s is used up"), _("It comes back by itself")),
    # the request
    "data_type_error": _PARAMETER,
    "required_parameter_missed": _PARAMETER,
    "invalid_parameter_value": _PARAMETER,
    "unexpected_parameters": _PARAMETER,
    "invalid_parameters_combination": _PARAMETER,
    "redirect": (_("the address of %(brand)s has moved"), _("The admin can correct it under “Account”")),
    "http_4xx": (_("nobody answers calls at the address of %(brand)s"), _("The admin can correct it under “Account”")),
    "method_not_found": (
        _("nobody answers calls at the address of %(brand)s"),
        _("The admin can correct it under “Account”"),
    ),
    # nothing was sent
    "refused": _NO_LINE,
    "dns": _NO_LINE,
    "connect_timeout": _NO_LINE,
    "unreachable": _NO_LINE,
    "proxy": (_("our proxy does not answer"), _("The admin can check it")),
    "tls": (_("the connection to %(brand)s is not safe"), _("The admin can check the certificate")),
    "no_key": (_("there is no access key"), _("The admin can add one under “Access keys”")),
    "key_unreadable": (
        _("the access key cannot be read"),
        _("The admin can enter it again under “Access keys”"),
    ),
    "login_unanswered": (_("%(brand)s did not answer our log-in"), _("You can press again")),
    "called_off": (_("the press did not reach our server in time"), _("You can press again")),
    "held_up": (_("our server was held up for too long"), _("You can press again")),
}
_OTHER = (_("%(brand)s refused the call"), _("The admin can see why in the call log"))


def explain(code: str, brand: str) -> tuple[str, str]:
    """The cause and who can mend it; a code that is not known here is the provider's business."""
    cause, remedy = CAUSES.get(code, _OTHER)
    return str(cause) % {"brand": brand}, str(remedy) % {"brand": brand}

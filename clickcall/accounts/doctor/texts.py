"""The doctor's words: what is the matter, and what to do about it and where.

Menus of the provider's cabinet change: where they are named, it says "usually". A code with variants has them under
`code:variant`; the first one that fits is said.
"""

from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ... import phones

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    Text = StrPromise
    Texts = dict[str, tuple[Text, Text]]

_NEW_KEY = _(
    "Make a new key in the %(brand)s cabinet and replace this one under “Access keys”. "
    "Usually: Account → Users → “ClickCall” → Access by key. The key is shown there once."
)
_REACH = _(
    "Check that this server may open connections to %(host)s (firewall, proxy) and that the addresses under “Account” "
    "are right."
)
_WHERE = _("Usually: Account → Rules → API access → Allow list.")

TEXTS: "Texts" = {
    "ok": (_("%(api)s answers to the key “%(token)s”"), _("Nothing to do.")),
    "token_invalid:missing": (
        _("There is no access key: nobody can call"),
        _(
            "Make a user “ClickCall” in the %(brand)s cabinet with access to Call API and Data API, turn “access by "
            "key” on for it, and add the key under “Access keys”."
        ),
    ),
    "key_unreadable": (
        _("The key “%(token)s” cannot be read: nobody can call with it"),
        _(
            "CLICKCALL_TOKEN_KEYS in the settings of this server was changed or lost. Put the value before back, or "
            "enter the key again under “Access keys”."
        ),
    ),
    "token_invalid": (_("%(brand)s does not know the key “%(token)s”"), _NEW_KEY),
    "token_expired:soon": (
        _("The key “%(token)s” is valid until %(date)s"),
        _(
            "Make a new key in the %(brand)s cabinet in time and add it beside this one; then stop using this one. "
            "With two keys no call is lost."
        ),
    ),
    "token_expired": (_("The key “%(token)s” has expired"), _NEW_KEY),
    "token_blocked": (
        _("The key “%(token)s” is blocked"),
        _(
            "Unblock it in the %(brand)s cabinet, or make a new one and replace it under “Access keys”. "
            "Usually: Account → Users → “ClickCall” → Access by key."
        ),
    ),
    "login_wrong": (
        _("Login and password of “%(token)s” did not fit"),
        _("Check them in the %(brand)s cabinet and enter them again under “Access keys”."),
    ),
    "ip_not_allowed:known": (
        _("%(brand)s does not let our address %(address)s in"),
        _("Add %(address)s, not 0.0.0.0/0, to the allow list in the %(brand)s cabinet. %(where)s"),
    ),
    "ip_not_allowed": (
        _("%(brand)s does not let our address in"),
        _(
            "Ask whoever runs this server for the address that it goes out with, and add it, not 0.0.0.0/0, to the "
            "allow list in the %(brand)s cabinet. %(where)s"
        ),
    ),
    "component_missing:forbidden": (
        _("The key “%(token)s” has no right to use %(api)s"),
        _(
            "In the %(brand)s cabinet give its user access to Call API and Data API. "
            "Usually: Account → Users → “ClickCall”."
        ),
    ),
    "component_missing:call": (
        _("The plan does not include the component “Call management”"),
        _(
            "Calls work without it: how they go is learnt from notifications and from the report, a little later. "
            "The %(brand)s manager can add it."
        ),
    ),
    "component_missing": (
        _("The plan does not include %(api)s"),
        _("Ask the %(brand)s manager to add it: without it ClickCall cannot learn how calls ended."),
    ),
    "account_inactive": (
        _("%(brand)s has blocked the account"),
        _("Look at the balance in the %(brand)s cabinet, or ask the %(brand)s manager why."),
    ),
    "unreachable:address": (
        _("Nobody answers as %(api)s at %(host)s"),
        _("Check the addresses under “Account”: the path ends with the version, such as /v4.0 or /v2.0."),
    ),
    "unreachable:dns": (_("The name %(host)s is not known"), _REACH),
    "unreachable:proxy": (
        _("Our proxy does not answer, so %(api)s is not reached"),
        _("Check CLICKCALL_PROXY in the settings of this server, and the proxy itself."),
    ),
    "unreachable:strange": (
        _("%(host)s answered what %(api)s does not answer (%(cause)s)"),
        _("Wait some minutes and check again. If it stays so, tell the %(brand)s support the time of the check."),
    ),
    "unreachable": (_("%(api)s at %(host)s is not reached"), _REACH),
    "tls": (
        _("The connection to %(host)s is not safe: its certificate is not accepted"),
        _(
            "Check date and time of this server. If a proxy of the company opens the connections, name its certificate "
            "in CLICKCALL_CA_BUNDLE."
        ),
    ),
    "slow:silent": (
        _("%(api)s at %(host)s did not answer in time"),
        _("Wait some minutes and check again. If it stays so, tell the %(brand)s support the time of the check."),
    ),
    "slow": (
        _("%(api)s took %(seconds)s s to answer"),
        _("Calls work, the button only waits longer. If it stays so, check this server's connection to the internet."),
    ),
    "clock_skew": (
        _("The clock of this server is %(seconds)s s away from the clock of %(brand)s"),
        _("Let the server set its clock by itself (NTP): calls are looked up by their time."),
    ),
    "version_deprecated:newest": (
        _("%(brand)s will switch off this version of %(api)s; the newest one is %(version)s"),
        _("Update ClickCall: the old version can be switched off within two months."),
    ),
    "version_deprecated": (
        _("%(brand)s will switch off this version of %(api)s"),
        _("Update ClickCall: the old version can be switched off within two months."),
    ),
    "points_low:figures": (
        _("Few requests are left: %(left)s of %(limit)s"),
        _("It renews by itself. If it happens often, look which other programs use the %(brand)s account."),
    ),
    "points_low": (
        _("The request limit of %(brand)s is used up"),
        _("It renews by itself. If it happens often, look which other programs use the %(brand)s account."),
    ),
    "number_without_scenario": (
        _("The number %(number)s rings nobody: it has no scenario"),
        _(
            "Give it a scenario in the %(brand)s cabinet: one step, forwarding to one employee, ringing 20–25 s. "
            "Usually: Virtual numbers → the number → Scenario."
        ),
    ),
}
_API = {"call": "Call API", "data": "Data API", None: "API"}
_NOT_THERE = frozenset({"redirect", "http_4xx", "method_not_found"})
_NO_WAY = frozenset({"refused", "connect_timeout", "unreachable"})


def message(code: str, token: str | None, api: str | None, details: dict[str, Any], brand: str) -> str:
    """What is the matter."""
    return str(TEXTS[_variant(code, api, details)][0]) % _figures(token, api, details, brand)


def remedy(code: str, api: str | None, details: dict[str, Any], brand: str) -> str:
    """What to do about it."""
    return str(TEXTS[_variant(code, api, details)][1]) % _figures(None, api, details, brand)


def _variant(code: str, api: str | None, details: dict[str, Any]) -> str:
    cause = details.get("cause", "")
    fitting = {
        "token_invalid": "missing" if details.get("missing") else "",
        "token_expired": "soon" if details.get("until") else "",
        "ip_not_allowed": "known" if details.get("address") else "",
        "component_missing": "forbidden" if cause == "forbidden" else str(api),
        "unreachable": _how_unreachable(cause),
        "slow": "" if "seconds" in details else "silent",
        "version_deprecated": "newest" if details.get("version") else "",
        "points_low": "figures" if "limit" in details else "",
    }
    named = f"{code}:{fitting.get(code, '')}"
    return named if named in TEXTS else code


def _how_unreachable(cause: str) -> str:
    if cause in _NOT_THERE:
        return "address"
    return cause if cause in _NO_WAY or f"unreachable:{cause}" in TEXTS else "strange"


def _figures(token: str | None, api: str | None, details: dict[str, Any], brand: str) -> dict[str, Any]:
    until = parse_date(str(details.get("until", "")))
    words = {"host": "", "cause": "", "address": "", "seconds": "", "left": "", "limit": "", "version": ""} | details
    words |= {"brand": brand, "token": token, "api": _API[api], "where": _WHERE}
    words["date"] = date_format(until, "DATE_FORMAT") if until else ""
    words["number"] = phones.shown(str(details.get("number", "")))
    return words

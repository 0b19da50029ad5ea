"""What every page's frame shows: the account, the way round and whether the worker lives."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Member
from . import waiting
from .drawn_for import token_for
from .frame import frame


def shell(request: HttpRequest) -> dict[str, Any]:
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"member": None}
    return {
        "csrf_token": token_for(request, member),
        "member": member,
        "accounts_count": len(member.user.active_memberships),
        "nav": SimpleLazyObject(lambda: navigation(member, request.path)),
        "worker_missing": SimpleLazyObject(lambda: member.is_admin and not frame(member).worker_lives),
    }


def navigation(member: Member, path: str) -> list[dict[str, Any]]:
    """Groups of links for the member's role; the longest address that the path begins with is current."""
    groups = _groups(member)
    urls = {name: reverse(name) for _title, items in groups for name, _icon, _label in items}
    here = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    due = {"reports:called_back": waiting.callers(member), "contacts:callbacks": waiting.callbacks(member).count}
    return [
        {"title": title, "items": [_item(item, urls[item[0]], here, due) for item in items]} for title, items in groups
    ]


def _groups(member: Member) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Titles with names of addresses, icons and words: what a role does most comes first."""
    contacts = ("contacts:list", "users", _("Contacts"))
    queue = ("contacts:queue", "list-checks", _("Queue"))
    promised = ("contacts:callbacks", "calendar-clock", _("Callbacks"))
    log = ("reports:log", "list", _("Call log"))
    back = ("reports:called_back", "phone-missed", _("Called you back"))
    mine = ("reports:mine", "phone-outgoing", _("My calls"))
    day = ("reports:my_day", "sun", _("My day"))
    brand = {"brand": member.account.brand_name}
    match = ("reports:reconciliation", "check", pgettext("comparison of days", "Match with %(brand)s") % brand)
    if member.is_admin:
        return [(_("Settings"), _settings()), (_("Work"), [contacts, queue, promised, log, back, day, mine, match])]
    if member.is_manager:
        blacklist = ("numbers:blacklist", "shield-alert", _("PBX blacklist"))
        forbidden = ("contacts:do_not_call", "ban", _("Do not call"))
        return [
            ("", [log, back, promised, contacts, queue, forbidden, blacklist, match]),
            (pgettext("group of pages", "Mine"), [day, mine]),
        ]
    return [("", [contacts, queue, promised, back]), (pgettext("group of pages", "Mine"), [day, mine])]


def _settings() -> list[tuple[str, str, str]]:
    return [
        ("setup:index", "list-checks", _("Set-up")),
        ("numbers:list", "hash", _("Numbers")),
        ("accounts:people", "circle-user", _("People")),
        ("accounts:teams", "users", _("Teams")),
        ("calls:presets", "phone-forwarded", _("How we call")),
        ("calls:outcomes", "circle-check", _("Outcomes")),
        ("accounts:tokens", "key-round", _("Access keys")),
        ("contacts:company_rules", "shield-alert", _("Company rules")),
        ("contacts:do_not_call", "ban", _("Do not call")),
        ("calls:hooks", "radio", _("Notifications")),
        ("accounts:account", "settings", _("Account")),
    ]


def _item(item: tuple[str, str, str], url: str, here: str, due: dict[str, int]) -> dict[str, Any]:
    name, icon, label = item
    count = due.get(name, 0)
    shown = f"{waiting.MOST - 1}+" if count >= waiting.MOST else str(count or "")
    return {"url": url, "icon": icon, "label": label, "current": url == here, "count": shown, "due": bool(count)}

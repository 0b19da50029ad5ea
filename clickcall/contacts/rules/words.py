"""The findings in PRODUCT's words: heading, second line, and what stands on a button."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...models import ConsentState, Member

if TYPE_CHECKING:
    from .findings import Finding


@dataclass(frozen=True, slots=True)
class Words:
    """`short` stands on the button. `remind`, `city` and `action` are what may be pressed; empty = not offered."""

    icon: str
    heading: str
    second: str
    short: str
    remind: str = ""
    city: str = ""
    action: str = ""

    @property
    def both(self) -> list[str]:
        """Heading and second line, as far as there are both."""
        return [text for text in (self.heading, self.second) if text]


# The rules by name, where many of them stand in a list.
NAMES = {
    "do_not_call": gettext_lazy("Do not call"),
    "pbx_blacklist": gettext_lazy("PBX blacklist"),
    "no_consent": gettext_lazy("No consent"),
    "outside_hours": gettext_lazy("Calling hours"),
    "time_unknown": gettext_lazy("Time unknown"),
    "attempts_day": gettext_lazy("Attempts a day"),
    "attempts_month": gettext_lazy("Attempts a month without a talk"),
}
NOTHING = Words("phone", "", "", "")


def in_words(finding: "Finding", viewer: Member) -> Words:
    """What stands in the way, as the member reads it."""
    return _WORDS[finding.code](finding, viewer)


def _do_not_call(finding: "Finding", viewer: Member) -> Words:
    entry = finding.entry
    if entry is None:
        return Words("ban", _("Do not call"), "", _("Do not call"))
    told = {"date": date_format(localtime(entry.at, viewer.account.tz), _("j M Y"))}
    if entry.member:
        second = _("Asked on %(date)s, noted by %(name)s") % {**told, "name": entry.member.name}
    else:
        second = _("Noted on %(date)s") % told
    return Words("ban", _("Do not call"), ". ".join(filter(None, [second, entry.why])), _("Do not call"))


def _pbx_blacklist(finding: "Finding", viewer: Member) -> Words:
    brand = {"brand": viewer.account.brand_name}
    return Words(
        "shield-alert",
        _("%(brand)s will refuse this number") % brand,
        _("It is on the PBX blacklist. The admin can remove it"),
        _("%(brand)s refuses") % brand,
    )


def _no_consent(finding: "Finding", viewer: Member) -> Words:
    if finding.is_named:
        second = _("This list is for advertising, and nobody has noted a consent")
        withdrawn = _("This list is for advertising, and the consent was withdrawn")
    else:  # whose it is was not said
        second = _("This phone is on a list for advertising, and nobody has noted a consent")
        withdrawn = _("This phone is on a list for advertising, and the consent was withdrawn")
    asks = finding.kind == "ask"
    return Words(
        "megaphone",
        _("No consent to advertising"),
        withdrawn if finding.consent == ConsentState.WITHDRAWN else second,
        _("No consent"),
        action=_because() if asks else "",
    )


def _outside_hours(finding: "Finding", viewer: Member) -> Words:
    there = f"{finding.there:%H:%M}" if finding.there else ""
    if finding.opens_at is None:
        return Words("moon", _("It's %(time)s there") % {"time": there}, "", there, action=_because())
    opens = clock(finding.opens_at.hour, finding.opens_at.minute)
    return Words(
        "moon",
        _("It's %(time)s there") % {"time": there},
        _("Company rule: calls from %(time)s") % {"time": opens},
        _("%(time)s there") % {"time": there},
        remind=_("Remind me at %(time)s") % {"time": opens},
        action=_because(),
    )


def _time_unknown(finding: "Finding", viewer: Member) -> Words:
    return Words(
        "moon",
        _("We don't know the time there"),
        _("It may be night"),
        _("What time is it there?"),
        city=_("Set the city"),
        action=_("Call"),
    )


def _attempts_day(finding: "Finding", viewer: Member) -> Words:
    heading = ngettext("%(n)d attempt today", "%(n)d attempts today", finding.attempts) % {"n": finding.attempts}
    return Words("history", heading, _("Company rule: no more attempts today"), heading, action=_because())


def _attempts_month(finding: "Finding", viewer: Member) -> Words:
    heading = ngettext(
        "%(n)d attempt in 30 days without a talk", "%(n)d attempts in 30 days without a talk", finding.attempts
    ) % {"n": finding.attempts}
    short = ngettext("%(n)d attempt", "%(n)d attempts", finding.attempts) % {"n": finding.attempts}
    return Words("history", heading, _("Company rule: no more attempts for now"), short, action=_because())


def _because() -> str:
    return _("Call because…")


def clock(hour: int, minute: int = 0) -> str:
    """An hour as people say it: 9:00."""
    return f"{hour}:{minute:02}"


_WORDS = {
    "do_not_call": _do_not_call,
    "pbx_blacklist": _pbx_blacklist,
    "no_consent": _no_consent,
    "outside_hours": _outside_hours,
    "time_unknown": _time_unknown,
    "attempts_day": _attempts_day,
    "attempts_month": _attempts_month,
}

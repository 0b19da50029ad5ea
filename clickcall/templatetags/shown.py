"""How phones, durations and times are shown. Built in: no page needs to load it."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import phones
from ..contacts import masking
from ..models import Member
from ..web.times import duration

register = template.Library()
register.filter(duration)
_THOUSANDS = {"ru": "\u202f"}  # by language; everywhere else a comma
_PHONE = re.compile(r"\+\d[\d •-]{5,}\d")


@register.filter
def phone(digits: str) -> SafeString:
    """Digits as a phone that never breaks across lines."""
    return format_html('<span class="tel">{}</span>', phones.shown(digits))


@register.filter
def phone_text(digits: str) -> str:
    return phones.shown(digits)


@register.filter
def client_phone(digits: str, member: Member) -> SafeString:
    """A client's phone as this member may see it. `phone` is for numbers of our own."""
    return format_html('<span class="tel">{}</span>', masking.shown(digits, member))


@register.filter
def unbroken(text: str) -> SafeString:
    """A sentence in which no phone breaks across lines."""
    return mark_safe(_PHONE.sub(r'<span class="tel">\g<0></span>', conditional_escape(text)))  # noqa: S308 - escaped


@register.filter
def thousands(amount: int) -> str:
    """41200 as “41,200”, in Russian as “41 200” with a blank that does not break."""
    return f"{amount:,}".replace(",", _THOUSANDS.get(get_language() or "", ","))


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """“today, 14:02”, “tomorrow, 14:02”, “12 Nov, 14:02” in the account's zone."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{day_word(local.date())}, {local:%H:%M}"


@register.filter
def day_word(day: date) -> str:
    days = (timezone.localdate() - day).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    this_year = day.year == timezone.localdate().year
    return date_format(day, _("j M") if this_year else _("j M Y"))


@register.filter
def epoch_ms(moment: datetime | None) -> str:
    """Milliseconds since 1970, for clocks that run in the browser."""
    return str(int(moment.timestamp() * 1000)) if moment else ""

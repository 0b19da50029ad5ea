"""Whom a call is about: the person called, our person, and whether the one who reads is that person."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ..contacts import masking
from ..models import Call, Member, Origin
from ..models.searching import fold

_WORD = 3  # letters; a shorter part of a name says nothing


def is_own(call: Call, viewer: Member) -> bool:
    """Whether the viewer pressed: only then a page says "you". A session without a press has only a likely member."""
    return call.origin == Origin.PRESS and call.member_id == viewer.pk


def who(call: Call, viewer: Member) -> str:
    """The client: the person, else the phone as the viewer may see it, else that there was no number to see."""
    named = call.contact_name
    if named:
        return masking.name_shown(named, [call.contact_phone], viewer)
    return masking.shown(call.contact_phone, viewer) or _("Hidden number")


def ours(call: Call) -> str:
    """Our person in a call, as others read it: who pressed, else whom the provider named, else somebody."""
    named = call.member_name or call.employee_name
    if call.origin != Origin.PRESS:
        named = call.answered_by or call.employee_name or call.member_name
    return named or _("The salesperson")


def rung(call: Call) -> str:
    """Whose phone rings, by the provider's word if it named somebody; empty when nobody knows."""
    return call.employee_name or call.member_name


def is_somebody_else(name: str, viewer: Member) -> bool:
    """Whether an employee whom the provider names is surely or probably not the viewer.

    Sure is it only for members who are linked to an employee. For the others a name that shares a word with theirs is
    taken for theirs: to say that a colleague's phone rings while one's own does would lose the call.
    """
    if not name:
        return False
    if is_linked(viewer):
        return viewer.employee is not None and fold(name) != fold(viewer.employee.name)
    return not _words(name) & _words(viewer.name)


def is_linked(viewer: Member) -> bool:
    return viewer.employee_id is not None


def _words(name: str) -> set[str]:
    return {word for word in fold(name).split() if len(word) >= _WORD}


def _since(call: Call, then: datetime) -> str:
    """How long after the call: "18 min"."""
    gone = max(then - call.requested_at, timedelta())
    if gone < timedelta(hours=1):
        return _("%(n)d min") % {"n": max(1, gone // timedelta(minutes=1))}
    if gone < timedelta(days=2):
        return _("%(n)d h") % {"n": gone // timedelta(hours=1)}
    return _("%(n)d d") % {"n": gone.days}


def returned(call: Call) -> str:
    """What became of a missed call, for a line that goes on."""
    if call.returned_at:
        return _("called back after %(time)s") % {"time": _since(call, call.returned_at)}
    if call.got_through_at:
        return _("talked %(time)s later") % {"time": _since(call, call.got_through_at)}
    return _("not called back yet")

"""A day's comparison with the provider, in words: how many calls each side has, and which of them differ in what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ..models import Call, Dispatch, Member, Reconciliation
from ..phones import shown
from ..web.times import duration

MOST = 100  # calls of a kind that a page shows
KINDS = ("only_provider", "only_ours", "different")


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One call of a comparison. `name` is what it is found by at the provider; `call` is our row, if there is one."""

    name: str
    call: Call | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Up to `MOST` calls of a kind; `more` are not shown."""

    rows: tuple[Compared, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def groups(kept: Reconciliation, member: Member) -> dict[str, Group]:
    """The calls that differ, by the name that their list has in the result."""
    named = {kind: kept.result.get(kind, []) for kind in KINDS}
    by_press, by_session = _calls([one for found in named.values() for one in found[:MOST]], member)

    def compared(one: dict[str, Any]) -> Compared:
        call = by_press.get(_text(one["external_id"])) or by_session.get(_text(one["call_session_id"]))
        return Compared(_name(one), call, differences(one.get("fields", {})))

    return {kind: Group(tuple(map(compared, found[:MOST])), len(found)) for kind, found in named.items()}


def differences(fields: dict[str, list[Any]]) -> tuple[Difference, ...]:
    """A field that is not known is shown as it is."""
    found = []
    for name, (ours, theirs) in fields.items():
        label, said = _FIELDS.get(name, (name, str))
        found.append(Difference(str(label), _said(ours, said), _said(theirs, said)))
    return tuple(found)


def _calls(named: Iterable[dict[str, Any]], member: Member) -> tuple[dict[str, Call], dict[str, Call]]:
    """Our rows by the press's ID and by session."""
    calls = Call.objects.visible_to(member).order_by()
    presses = calls.filter(external_id__in=[_text(one["external_id"]) for one in named if one["external_id"]])
    sessions = [_text(one["call_session_id"]) for one in named if one["call_session_id"]]
    seen = calls.filter(call_session_id__in=sessions)
    return {_text(call.external_id): call for call in presses}, {call.call_session_id: call for call in seen}


def _name(one: dict[str, Any]) -> str:
    return _text(one["call_session_id"]) or _text(one["external_id"])


def _text(identifier: object) -> str:
    return "" if identifier is None else str(identifier)


def _said(value: Any, said: Callable[[Any], str]) -> str:
    return "—" if value in (None, "") else said(value)


def _moment(written: str) -> str:
    return localtime(datetime.fromisoformat(written)).strftime("%d.%m, %H:%M:%S")


def _dispatch(code: str) -> str:
    return str(Dispatch(code).label) if code in Dispatch.values else code


_FIELDS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "dispatch": (_("What became of the press"), _dispatch),
    "contact_phone": (_("Phone"), shown),
    "number_digits": (_("The client sees"), shown),
    "accepted_at": (_("Began"), _moment),
    "finished_at": (_("Ended"), _moment),
    "finish_reason": (_("How it ended there"), str),
    "wait_duration": (_("Waited"), duration),
    "talk_duration": (_("Talk"), duration),
    "total_duration": (_("In all"), duration),
}

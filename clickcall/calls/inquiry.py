"""Asking the provider about calls: one `list.calls` for an account, one `get.calls_report` for many calls."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from .. import gateway
from ..accounts.services import update_account
from ..accounts.tokens import NoReadyKey, with_key
from ..contacts.regions import note_regions
from ..models import Account, Call
from ..numbers.asking import NO_RIGHT, ask_data
from ..provider.errors import AnswerUnknown, ProviderError, Refused
from ..provider.events import from_list_calls, from_report
from ..provider.sighting import Sighting
from .provider_zone import ask_zone
from .wrapup.told_tags import note_tags

# Before the first request and after now: clocks differ, and an hour lives twice when they change.
_MARGIN = timedelta(hours=2)
_LONGEST = timedelta(days=88)  # a report spans three months at most
_ASK_AGAIN = timedelta(days=1)  # for a component that was not bought when it was last asked for
_NO_COMPONENT = frozenset({"component_disabled", "method_component_disabled"})


class NotAsked(Exception):  # noqa: N818 - nothing is known, nothing was found
    """The provider did not answer both questions completely."""


@dataclass(slots=True)
class Found:
    """Sightings by our press's ID and by session, told in the provider's zone `tz`."""

    tz: ZoneInfo
    by_press: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    by_session: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sighting: Sighting) -> None:
        self.by_press[sighting.external_id].append(sighting)
        self.by_session[sighting.call_session_id].append(sighting)

    def add_all(self, sightings: Iterable[Sighting]) -> None:
        for sighting in sightings:
            self.add(sighting)

    def of(self, call: Call, clocks: timedelta) -> list[Sighting]:
        """Sightings of this call, its own session first.

        A press whose session is known is found by it; otherwise by its ID and contact and start time, since a caller's
        own IDs may have been used before. `clocks` is how far the provider's clock may be behind ours.
        """
        begun = call.requested_at - clocks
        presses = self.names(call, clocks)
        if call.call_session_id:
            own = self._read(self.by_session.get(call.call_session_id, []), begun)
            others = [s for s in presses if s.call_session_id != call.call_session_id]
            return [*own, *others] if own else []
        return sorted(presses, key=lambda s: (len(s.call_session_id), s.call_session_id))

    def names(self, call: Call, clocks: timedelta) -> list[Sighting]:
        """Sightings that name this press, contact and time agreeing, whatever their session."""
        begun = call.requested_at - clocks
        if not call.external_id:
            return []
        return [
            sighting
            for sighting in self._read(self.by_press.get(call.external_id, []), begun)
            if is_same_contact(call.contact_phone, sighting.contact)
            and (sighting.started_at is None or sighting.started_at >= begun)
        ]

    def _read(self, sightings: list[Sighting], begun: datetime) -> list[Sighting]:
        """With the times that are meant for a call that cannot have begun before `begun`."""
        read = []
        for sighting in sightings:
            started = _meant(sighting.started_at, self.tz, begun)
            finished = _meant(sighting.finished_at, self.tz, started or begun)
            read.append(replace(sighting, started_at=started, finished_at=finished))
        return read


def _meant(at: datetime | None, tz: ZoneInfo, earliest: datetime) -> datetime | None:
    """A local time names two moments in the hour that a zone lives twice: the second one, if the first is too early."""
    if at is None or at >= earliest:
        return at
    return at.astimezone(tz).replace(fold=1).astimezone(UTC)


def is_same_contact(digits: str, seen: str) -> bool:
    """A SIP number may be shown in another form: then the ID and the time have to do."""
    return not seen or digits.startswith("0") or digits == seen


@contextmanager
def answers() -> Iterator[None]:
    """Turns whatever keeps the provider from answering into `NotAsked`."""
    try:
        yield
    except NoReadyKey as error:
        raise NotAsked("no key") from error
    except ProviderError as error:
        raise NotAsked(str(error)) from error


class Inquiry:
    """One round of questions to an account's provider.

    `asked_at` is when it began: what is absent was absent then. `is_complete` is False once something that may be there
    was not shown. `live_sightings` is all that the live list showed.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.asked_at = now()
        self.round_id = uuid.uuid4().hex[:12]
        self.is_complete = True
        self.live_sightings: list[Sighting] = []
        self._live: Found | NotAsked | None = None
        self._zone: ZoneInfo | None = None
        self._reports = 0

    def live(self) -> Found:
        """What `list.calls` shows; asked once, whatever comes of it. Raises `NotAsked`.

        Nothing where its component was not bought (noticed once, tried again after a day), or where more calls are live
        than an answer may hold: then the report has to do.
        """
        if self._live is None:
            try:
                self._live = self._look()
            except NotAsked as error:
                self._live = error
        if isinstance(self._live, NotAsked):
            raise self._live
        return self._live

    def _look(self) -> Found:
        with answers():
            found = Found(self.zone())
            self.live_sightings = self._listed(found.tz)
        found.add_all(self.live_sightings)
        return found

    def report(self, calls: Sequence[Call]) -> Found:
        """What `get.calls_report` shows of these calls, those under way included. Raises `NotAsked`."""
        with answers():
            found = Found(self.zone())
            wanted = _wanted(calls)
            if wanted:
                for since, till in _spans(min(call.requested_at for call in calls) - _MARGIN, now() + _MARGIN):
                    found.add_all(self.reported(since, till, wanted))
        return found

    def reported(self, since: datetime, till: datetime, wanted: dict[str, Any] | None = None) -> list[Sighting]:
        """The report's rows between two times, all or those `wanted`. Ask within `answers`.

        What they say of where numbers are from, and of tags, is kept.
        """
        self._reports += 1
        request_id = f"{self.round_id}-report" + (f"-{self._reports}" if self._reports > 1 else "")
        tz = self.zone()
        rows = ask_data(
            self.account,
            lambda api: api.get_calls_report(
                since, till, tz, filter=wanted, include_ongoing_calls=True, request_id=request_id
            ),
        )
        if not rows.is_complete:
            raise NotAsked("the report was cut short")
        sightings = [from_report(row, tz) for row in rows]
        note_regions(self.account, {one.contact: one.region for one in sightings if one.region})
        note_tags(self.account, {one.call_session_id: one.tags for one in sightings if one.tags is not None})
        return sightings

    def _listed(self, tz: ZoneInfo) -> list[Sighting]:
        missing = self.account.list_calls_missing_at
        if missing and missing > self.asked_at - _ASK_AGAIN:
            return []
        try:
            rows = with_key(
                self.account,
                lambda key: gateway.call_api(self.account, key).list_calls(request_id=f"{self.round_id}-list"),
                passing_over=NO_RIGHT,
            )
        except Refused as error:
            if error.mnemonic not in _NO_COMPONENT:
                raise
            update_account(self.account, list_calls_missing_at=self.asked_at)
            return []
        except AnswerUnknown as error:
            if error.cause != "too_large":
                raise
            self.is_complete = False
            return []
        if missing:
            update_account(self.account, list_calls_missing_at=None)
        self.is_complete &= rows.is_complete
        return [from_list_calls(row, tz) for row in rows]

    def zone(self) -> ZoneInfo:
        """The provider's, asked for where it was never told. Ask within `answers`.

        Where no key may ask for it, times are read in the account's own, and silence says nothing. Raises `NotAsked`
        for a zone that this machine does not know: in another one, nothing would be found.
        """
        if self._zone is None:
            self._zone = self._told_zone()
        return self._zone

    def _told_zone(self) -> ZoneInfo:
        if not self.account.provider_timezone:
            try:
                if not ask_zone(self.account, request_id=f"{self.round_id}-account"):
                    raise NotAsked("its time zone is not known here")
            except Refused:
                if not self.account.timezone:
                    raise
                self.is_complete = False
        return self.account.provider_tz


def _spans(since: datetime, till: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time between in pieces that one report may span: also of a call that waited for months, nothing is missed."""
    while till - since > _LONGEST:
        yield since, since + _LONGEST
        since += _LONGEST
    yield since, till


def _wanted(calls: Sequence[Call]) -> dict[str, Any]:
    """The report's filter for these calls: presses by their ID, sessions without one by their own."""
    presses = [call.external_id for call in calls if call.external_id]
    sessions = [
        int(call.call_session_id) for call in calls if not call.external_id and call.call_session_id.isdecimal()
    ]
    parts = [_one_of(name, values) for name, values in (("call_api_external_id", presses), ("id", sessions)) if values]
    return {"filters": parts, "condition": "or"} if len(parts) > 1 else parts[0] if parts else {}


def _one_of(name: str, values: Sequence[object]) -> dict[str, Any]:
    if len(values) == 1:
        return {"field": name, "operator": "=", "value": values[0]}
    return {"field": name, "operator": "in", "value": list(values)}

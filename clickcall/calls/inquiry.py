"""Asking the provider about calls: one `list.calls` for an account, one `get.calls_report` for many calls."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
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
from .found import Found
from .provider_zone import ask_zone
from .wrapup.told_tags import note_tags

# Before the first request and after now: an hour lives twice when clocks change, and one that shows its own zone's time
# as UTC is half a day off. What is asked for is named by its ID: a longer time shows no more.
_MARGIN = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LONGEST = timedelta(days=88)  # a report spans three months at most
_ASK_AGAIN = timedelta(days=1)  # for a component that was not bought when it was last asked for
_NO_COMPONENT = frozenset({"component_disabled", "method_component_disabled"})


class NotAsked(Exception):  # noqa: N818 - nothing is known, nothing was found
    """The provider did not answer both questions completely."""


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

        What they say of where numbers are from, and of tags, is kept. In the hour that a zone lives twice the provider
        cannot know which one is meant, and an end there may seem to come before its beginning: both leave that hour.
        """
        self._reports += 1
        request_id = f"{self.round_id}-report" + (f"-{self._reports}" if self._reports > 1 else "")
        tz = self.zone()
        since, till = _off_the_fold(since, tz, -_HOUR), _off_the_fold(till, tz, _HOUR)
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


def _off_the_fold(at: datetime, tz: ZoneInfo, step: timedelta) -> datetime:
    """The nearest time, by whole steps, whose local time is no other moment's as well."""
    while at.astimezone(tz).replace(fold=0).utcoffset() != at.astimezone(tz).replace(fold=1).utcoffset():
        at += step
    return at


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

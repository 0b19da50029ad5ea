"""Asking the provider about calls: one `list.calls` and one `get.calls_report` for many calls of an account."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.timezone import now

from .. import gateway
from ..accounts.services import update_account
from ..accounts.tokens import NoReadyKey, with_key
from ..models import Account, Call
from ..provider.errors import ProviderError, Refused
from ..provider.events import from_list_calls, from_report
from ..provider.sighting import Sighting

# Before the first request and after now: clocks differ, and an hour lives twice when they change.
_MARGIN = timedelta(hours=2)
_LONGEST = timedelta(days=88)  # a report spans three months at most
_NO_COMPONENT = frozenset({"component_disabled", "method_component_disabled"})


class NotAsked(Exception):  # noqa: N818 - nothing is known, nothing was found
    """The provider did not answer both questions completely."""


@dataclass(slots=True)
class Found:
    """Sightings by our press's ID and by session, told in the account's zone `tz`."""

    tz: ZoneInfo
    by_press: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    by_session: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sighting: Sighting) -> None:
        self.by_press[sighting.external_id].append(sighting)
        self.by_session[sighting.call_session_id].append(sighting)

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
            if _same_contact(call.contact_phone, sighting.contact)
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


def _same_contact(digits: str, seen: str) -> bool:
    """A SIP number may be shown in another form: then the ID and the time have to do."""
    return not seen or digits.startswith("0") or digits == seen


def ask(account: Account, calls: list[Call], *, round_id: str) -> Found:
    """Everything that the provider shows of these calls, live ones and ended ones. Raises `NotAsked`."""
    try:
        tz = _zone(account, round_id)
        found = Found(tz)
        for sighting in [*_live(account, tz, round_id), *_reported(account, calls, tz, round_id)]:
            found.add(sighting)
    except NoReadyKey as error:
        raise NotAsked("no key") from error
    except ProviderError as error:
        raise NotAsked(str(error)) from error
    return found


def _live(account: Account, tz: ZoneInfo, round_id: str) -> list[Sighting]:
    """From `list.calls`; nothing where its component was not bought: then the report has to do."""
    try:
        rows = with_key(account, lambda key: gateway.call_api(account, key).list_calls(request_id=f"{round_id}-list"))
    except Refused as error:
        if error.mnemonic in _NO_COMPONENT:
            return []
        raise
    return [from_list_calls(row, tz) for row in rows]


def _reported(account: Account, calls: list[Call], tz: ZoneInfo, round_id: str) -> list[Sighting]:
    presses = [call.external_id for call in calls if call.external_id]
    if not presses:
        return []
    field_name = "call_api_external_id"
    filtered = (
        {"field": field_name, "operator": "=", "value": presses[0]}
        if len(presses) == 1
        else {"field": field_name, "operator": "in", "value": presses}
    )
    till = now() + _MARGIN
    since = max(min(call.requested_at for call in calls) - _MARGIN, till - _LONGEST)
    rows = with_key(
        account,
        lambda key: gateway.data_api(account, key).get_calls_report(
            since, till, tz, filter=filtered, include_ongoing_calls=True, request_id=f"{round_id}-report"
        ),
    )
    if not rows.is_complete:
        raise NotAsked("the report was cut short")
    return [from_report(row, tz) for row in rows]


def _zone(account: Account, round_id: str) -> ZoneInfo:
    """The account's zone; one that was never told is asked for now, because reports speak in it."""
    if account.timezone:
        return account.tz
    record = with_key(account, lambda key: gateway.data_api(account, key).get_account(request_id=f"{round_id}-account"))
    try:
        zone = ZoneInfo(str(record.get("timezone") or ""))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
    update_account(account, timezone=zone.key)
    return zone

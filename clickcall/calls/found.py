"""What the provider showed in answer to our questions, and which of it is whose call."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ..models import Call
from ..provider.sighting import Sighting


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

        A press whose session is known is found by it; otherwise by its ID and contact, and by its start time where the
        ID is a caller's own, which may have been used before. `clocks` is how far the provider's clock may be behind
        ours.
        """
        begun = call.requested_at - clocks
        presses = self.names(call, clocks)
        if call.call_session_id:
            own = self._read(self.by_session.get(call.call_session_id, []), begun)
            others = [s for s in presses if s.call_session_id != call.call_session_id]
            return [*own, *others] if own else []
        return sorted(presses, key=lambda s: (len(s.call_session_id), s.call_session_id))

    def names(self, call: Call, clocks: timedelta) -> list[Sighting]:
        """Sightings that name this press, contact and time agreeing, whatever their session.

        An ID that we made was used by no other press, whatever the clocks say.
        """
        begun = call.requested_at - clocks
        any_time = _is_made_here(call.external_id)
        return [
            sighting
            for sighting in self._read(self._naming(call), begun)
            if is_same_contact(call.contact_phone, sighting.contact)
            and (any_time or sighting.started_at is None or sighting.started_at >= begun)
        ]

    def may_be(self, call: Call) -> bool:
        """Whether a press without a session may be among what was seen, though something about it does not agree.

        Its ID with its contact at a time that does not fit: then a clock is wrong, or a caller used the ID before. Or
        an ID that we made with another contact.
        """
        if call.call_session_id:
            return False
        any_contact = _is_made_here(call.external_id)
        return any(any_contact or is_same_contact(call.contact_phone, one.contact) for one in self._naming(call))

    def _naming(self, call: Call) -> list[Sighting]:
        return self.by_press.get(call.external_id, []) if call.external_id else []

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


def _is_made_here(external_id: str | None) -> bool:
    """Whether a press's ID is as `new_external_id` makes them."""
    try:
        read = uuid.UUID(external_id or "")
    except ValueError:
        return False
    return read.version == 4 and str(read) == external_id

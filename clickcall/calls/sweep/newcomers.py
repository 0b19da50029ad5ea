"""Sessions without a press that the live list shows: people who call us, calls made by other means."""

from collections.abc import Iterable
from datetime import datetime

from ...models import Account
from ...provider.sighting import Sighting
from ..sightings import take_in
from ..turns import Pace, Turn, next_turn

_CHUNK = 500  # sessions that are looked for at once


def take_in_newcomers(account: Account, sightings: Iterable[Sighting], at: datetime, pace: Pace) -> list[Turn]:
    """Takes in what was seen and is no call of ours yet; the turns of the calls that came of it."""
    calls = [take_in(account, sighting, at) for sighting in unknown_ones(account, sightings)]
    return [next_turn(call, at, shown=True, is_asked=True, pace=pace) for call in calls if call]


def unknown_ones(account: Account, sightings: Iterable[Sighting]) -> list[Sighting]:
    """Those whose session no call has, and that name a press or run over a number of ours."""
    ours = set(account.numbers.values_list("digits", flat=True))
    wanted = [sighting for sighting in sightings if sighting.external_id or sighting.virtual_number in ours]
    sessions = [sighting.call_session_id for sighting in wanted]
    known: set[str] = set()
    for start in range(0, len(sessions), _CHUNK):
        chunk = account.calls.filter(call_session_id__in=sessions[start : start + _CHUNK])
        known.update(chunk.order_by().values_list("call_session_id", flat=True))
    return [sighting for sighting in wanted if sighting.call_session_id not in known]

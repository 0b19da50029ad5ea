"""The recording of a talk: played in the page where it is a file of the brand's own, else opened in the cabinet."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.utils.timezone import now

from ..models import Call, Status
from ..web.media import is_playable, media_hosts

# A recording is ready some minutes after the talk; whatever is not there by then was not recorded.
_READY_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Recording:
    """`link` can be played; `in_cabinet` open for whoever is signed in there; `is_awaited` = ask again later."""

    link: str = ""
    in_cabinet: tuple[str, ...] = ()
    is_awaited: bool = False


def recording(call: Call) -> Recording | None:
    """What there is to listen to; None for a call without a talk, and for a talk that was not recorded."""
    if not had_talk(call):
        return None
    link = call.record_link if is_playable(call.account, call.record_link) else ""
    in_cabinet = _in_cabinet(call)
    if link or in_cabinet:
        return Recording(link, in_cabinet)
    ended = call.finished_at
    return Recording(is_awaited=True) if ended and now() < ended + _READY_WITHIN else None


def mark(found: Recording | None) -> str:
    """Changes whenever there is more, or nothing any more, to listen to."""
    return "" if found is None else f"{int(found.is_awaited)}{int(bool(found.link))}{len(found.in_cabinet)}"


def is_there(call: Call) -> bool:
    """Whether the call's page has something to listen to."""
    found = recording(call)
    return found is not None and not found.is_awaited


def had_talk(call: Call) -> bool:
    return bool(call.talk_duration) or call.status == Status.TALKED


def _in_cabinet(call: Call) -> tuple[str, ...]:
    """Source: "Recordings" in the provider's API digest. They need a session of the provider's cabinet."""
    hosts = media_hosts(call.account)
    if not hosts or not call.communication_id:
        return ()
    talk = f"{hosts[0]}/system/media/talk/{quote(call.communication_id, safe='')}"
    return tuple(f"{talk}/{quote(str(record), safe='')}/" for record in call.record_ids)

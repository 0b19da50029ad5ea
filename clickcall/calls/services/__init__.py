"""The only writers of calls, of what is known about them, and of presets.

One press, at most one call; no call without a record, no record without an end.
"""

from .facts import HangUp, admin_is_done, apply_event, close, hang_up, note, tell_admin
from .presets import archive_preset, make_default, save_preset
from .press import Placement, call_off, find_press, new_external_id, place_call, wait_for
from .sessions import complete_session, record_session, settle_missed
from .stopped import note_forbidden, note_stopped
from .witness import testify

__all__ = [
    "HangUp",
    "Placement",
    "admin_is_done",
    "apply_event",
    "archive_preset",
    "call_off",
    "close",
    "complete_session",
    "find_press",
    "hang_up",
    "make_default",
    "new_external_id",
    "note",
    "note_forbidden",
    "note_stopped",
    "place_call",
    "record_session",
    "save_preset",
    "settle_missed",
    "tell_admin",
    "testify",
    "wait_for",
]

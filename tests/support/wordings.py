"""What people read of a press, five seconds after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from clickcall.calls.wording import Wording, describe
from clickcall.models import Member

from .calls import build_call

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_moment_later() -> time_machine.travel:
    """The time at which it is read, for a `with`."""
    return time_machine.travel(BEGAN + timedelta(seconds=5), tick=False)


def read(member: Member, **fields: Any) -> Wording:
    return describe(build_call(member, requested_at=BEGAN, **fields), member)

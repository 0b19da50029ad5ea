"""Facts of calls as hypothesis draws them."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from clickcall.calls.lifecycle import REASONS, Facts
from clickcall.models import Dispatch, FirstCall, Origin

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
moments = st.none() | st.integers(0, 600).map(lambda seconds: BEGAN + timedelta(seconds=seconds))
seconds = st.none() | st.integers(0, 900)
reasons = st.sampled_from(("", "success_finish", "another_operator_answer", "some_new_reason", *REASONS))
TIMES = ("employee_ringing_at", "employee_answered_at", "contact_ringing_at", "contact_answered_at", "finished_at")


def facts(
    first_call: str = FirstCall.EMPLOYEE, dispatches: Any = tuple(Dispatch), origin: str = Origin.PRESS
) -> st.SearchStrategy[Facts]:
    def without_cause(made: Facts) -> Facts:
        return dataclasses.replace(made, cause="") if made.dispatch == Dispatch.ACCEPTED else made

    return st.builds(
        Facts,
        dispatch=st.sampled_from(dispatches),
        cause=st.sampled_from(("", "read_timeout", "forbidden")),
        origin=st.just(origin),
        first_call=st.just(first_call),
        call_session_id=st.sampled_from(("", "9", "10", "9223372036854775808")),
        accepted_at=moments,
        **dict.fromkeys(TIMES, moments),
        finish_reason=reasons,
        wait_duration=seconds,
        talk_duration=seconds,
        total_duration=seconds,
        answered_by=st.sampled_from(("", "Анна", "Олег")),
        communication_id=st.sampled_from(("", "7", "8")),
        record_link=st.sampled_from(("", "https://example.com/1")),
        record_ids=st.sets(st.sampled_from(("a", "b", "c"))).map(lambda ids: tuple(sorted(ids))),
        is_missed=st.booleans(),
        given_up_at=moments,
    ).map(without_cause)

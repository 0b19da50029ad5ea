"""What people read about a press that was not taken: the cause, who can help, and that nobody was called."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from support.wordings import BEGAN, a_moment_later, read

from clickcall.calls.causes import explain
from clickcall.models import Member


@pytest.fixture(autouse=True)
def _a_moment_later() -> Iterator[None]:
    with a_moment_later():
        yield


@pytest.mark.parametrize("limits", [{}, {"minute_reset": 23}])
def test_out_of_points_for_the_minute_counts_down(anna: Member, limits: dict[str, int]) -> None:
    wording = read(anna, dispatch="refused", cause="limit_exceeded", error={"limits": limits}, attempted_at=BEGAN)
    assert wording.heading == "Paused"
    assert wording.until == BEGAN + timedelta(seconds=limits.get("minute_reset", 60))
    assert "The client was not disturbed" in wording.second


@pytest.mark.parametrize("limits", [{"minute_reset": 23}, {"day_remaining": 0, "day_reset": 43200}])
def test_a_pause_that_is_over_is_no_pause(anna: Member, limits: dict[str, int]) -> None:
    with time_machine.travel(BEGAN + timedelta(days=1)):
        wording = read(anna, dispatch="refused", cause="limit_exceeded", error={"limits": limits}, attempted_at=BEGAN)
    assert wording.heading.startswith("Not called: ")
    assert wording.second == "You can press again. The client was not disturbed"


@pytest.mark.parametrize(
    "error",
    [
        {"limits": {"day_remaining": 0, "day_reset": 43200}},
        {"limits": {"day_remaining": 5, "day_reset": 43200}, "params": {"limit_type": "day"}},
    ],
)
def test_out_of_points_for_the_day_says_when_it_renews_in_the_accounts_zone(
    anna: Member, error: dict[str, Any]
) -> None:
    with timezone.override(anna.account.tz):
        wording = read(anna, dispatch="refused", cause="limit_exceeded", error=error, attempted_at=BEGAN)
    assert wording.heading == "Today's UIS limit is used up"
    assert wording.second == "Renews at 00:00. The client was not disturbed"


@pytest.mark.parametrize("cause", ["tls", "proxy", "no_key", "login_unanswered", "held_up", "called_off"])
def test_what_was_not_sent_for_a_reason_of_ours_names_it(anna: Member, cause: str) -> None:
    wording = read(anna, dispatch="not_sent", cause=cause)
    assert wording.heading == f"Not called: {explain(cause, 'UIS')[0]}"
    assert wording.second.startswith("Nothing was sent, no call was made. ")


def test_a_refusal_that_nobody_knows_still_says_who_can_help(anna: Member) -> None:
    wording = read(anna, dispatch="refused", cause="some_new_mnemonic")
    assert wording.heading == "Not called: UIS refused the call"
    assert wording.second == "The admin can see why in the call log. The client was not disturbed"

"""What `dial` prints of a press that was not accepted."""

from typing import Any

import pytest
from support.calls import build_call

from clickcall.calls import report
from clickcall.calls.services import Placement
from clickcall.models import Dispatch, Member

LOST = {"mnemonic": None, "message": "read_timeout"}
REFUSED = {"mnemonic": "contact_in_blacklist", "message": "the number is on the blacklist", "field": "contact"}


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ({"dispatch": Dispatch.SENDING}, "not_answered_yet"),
        ({"dispatch": Dispatch.UNKNOWN, "cause": "read_timeout", "error": LOST}, "read_timeout"),
        ({"dispatch": Dispatch.UNKNOWN, "cause": "process_lost"}, "process_lost"),
        ({"dispatch": Dispatch.NOT_PLACED, "cause": "not_found", "error": LOST}, "not_found"),
        ({"dispatch": Dispatch.NOT_SENT, "cause": "dns", "error": {"message": "dns"}}, "dns"),
        ({"dispatch": Dispatch.REFUSED, "cause": "contact_in_blacklist", "error": REFUSED}, REFUSED["message"]),
    ],
)
def test_the_message_says_why_it_is_not_accepted_now(anna: Member, known: dict[str, Any], message: str) -> None:
    printed = report.placed(Placement(build_call(anna, **known)))
    assert printed["error"]["message"] == message


def test_an_accepted_press_has_no_error(anna: Member) -> None:
    printed = report.placed(Placement(build_call(anna, error=LOST, call_session_id="9" * 30)))
    assert (printed["error"], printed["call_session_id"]) == (None, int("9" * 30))

"""A day of the past at the simulator and in our log."""

from datetime import datetime
from typing import Any

import requests

from clickcall.models import Call, Dispatch, Member, Status
from clickcall.simulator import Simulator

from .simulator import NUMBER

CLIENT = "79260000000"


def past_row(session: int, start: str, **fields: Any) -> dict[str, Any]:
    """A row of the report: a press of ours "press-<session>" that nobody answered; `start` is local."""
    return {
        "id": session,
        "start_time": start,
        "finish_time": start,
        "finish_reason": "no_operation",
        "is_lost": False,
        "direction": "out",
        "contact_phone_number": CLIENT,
        "virtual_phone_number": NUMBER,
        "wait_duration": 0,
        "talk_duration": 0,
        "clean_talk_duration": 0,
        "total_duration": 0,
        "call_records": [],
        "full_record_file_link": None,
        "communication_id": session,
        "employees": [],
        "tags": [],
        "call_api_external_id": f"press-{session}",
        "call_api_request_id": f"request-{session}",
        **fields,
    }


def remember(simulator: Simulator, *rows: dict[str, Any]) -> None:
    """The simulator's account had these calls."""
    answer = requests.post(f"{simulator.url}past", json={"account": "sever", "rows": rows}, timeout=5)
    assert answer.status_code == 204, answer.text


def logged(member: Member, session: int, start: str, **fields: Any) -> Call:
    """The member's press of `past_row` in our log; `start` is local and may end with an offset from UTC."""
    written = datetime.fromisoformat(start)
    moment = written if written.tzinfo else written.replace(tzinfo=member.account.tz)
    defaults: dict[str, Any] = {
        "external_id": f"press-{session}",
        "call_session_id": str(session),
        "contact_phone": CLIENT,
        "number_digits": NUMBER,
        "number": member.account.numbers.get(digits=NUMBER),
        "dispatch": Dispatch.ACCEPTED,
        "status": Status.NO_ANSWER,
        "is_final": True,
        "finish_reason": "no_operation",
        "params": {"first_call": "employee"},
        **dict.fromkeys(("wait_duration", "talk_duration", "total_duration"), 0),
        **dict.fromkeys(("requested_at", "accepted_at", "finished_at"), moment),
    }
    return Call.objects.create(account=member.account, member=member, **(defaults | fields))

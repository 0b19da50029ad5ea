"""Calls as the provider may show them, made the short way."""

from datetime import datetime
from typing import Any

from django.utils.timezone import now

from clickcall.provider.sighting import Leg, SeenEmployee, Sighting

from .simulator import NUMBER

CLIENT = "79260000000"


def sighting(**fields: Any) -> Sighting:
    """A live inbound call that a notification tells of, unless `fields` say otherwise."""
    defaults: dict[str, Any] = {
        **dict.fromkeys(("external_id", "finish_reason", "communication_id", "record_link"), ""),
        **dict.fromkeys(("wait_duration", "talk_duration", "clean_talk_duration", "total_duration"), None),
        **dict.fromkeys(("legs", "record_ids", "employees"), ()),
        "source": "hook",
        "call_session_id": "500",
        "contact": CLIENT,
        "virtual_number": NUMBER,
        "direction": "in",
        "started_at": None,
        "ongoing": True,
        "finished_at": None,
        "is_lost": None,
        "raw": {},
    }
    return Sighting(**(defaults | fields))


def reported(**fields: Any) -> Sighting:
    """The row of a report about a call that has ended."""
    moment: datetime = now()
    return sighting(**({"source": "report", "ongoing": False, "started_at": moment, "finished_at": moment} | fields))


def leg(state: Any, *, is_employee: bool, employee_id: str = "", name: str = "") -> Leg:
    return Leg("1", is_employee, state, CLIENT, employee_id, name)


def person(
    employee_id: str, name: str = "", *, answered: bool | None = None, talked: bool | None = None
) -> SeenEmployee:
    return SeenEmployee(employee_id, name, answered, talked)

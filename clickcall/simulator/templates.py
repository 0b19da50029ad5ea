"""The bodies of notifications: templates with `{{variable}}` in them, as an admin types them in the cabinet."""

import json
import re
from collections.abc import Mapping
from typing import Any

COMMON = (
    "notification_name",
    "notification_mnemonic",
    "notification_time",
    "notification_timestamp",
    "app_id",
    "call_session_id",
    "virtual_phone_number",
    "contact_phone_number",
    "contact_id",
    "contact_full_name",
    "employee_id",
    "employee_full_name",
    "communication_id",
    "communication_number",
)
OWN = {
    "incoming": ("employee_phone_number",),
    "outgoing": ("employee_phone_number",),
    "waiting": ("leg_id", "direction", "call_source", "external_id"),
    "talk_started": ("leg_ids", "direction", "external_id"),
    "talk_finished": ("talk_time_duration", "scenario_name", "external_id"),
    "call_finished": (
        *("talk_time_duration", "total_time_duration", "wait_time_duration"),
        *("direction", "call_source", "tag_names", "external_id"),
    ),
    "recording_ready": ("file_link", "file_duration", "tag_ids"),
    "lost_call": ("wait_time_duration", "employee_ids"),
}
"""The variables that an event has beside the common ones; only these are filled in for it."""

PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def render(event: str, values: Mapping[str, Any], template: str | None = None) -> str:
    """The body of a notification. The provider quotes strings itself; what the event does not have stays empty."""
    known = {name: values[name] for name in (*COMMON, *OWN[event])}
    return PLACE.sub(lambda place: _written(known.get(place[1], "")), template or DEFAULTS[event])


def _written(value: Any) -> str:
    return json.dumps("" if value is None else value, ensure_ascii=False)


def _default(event: str) -> str:
    places = "".join(f', "{name}": {{{{{name}}}}}' for name in (*COMMON, *OWN[event]))
    return f'{{"event": "{event}"{places}}}'


DEFAULTS = {event: _default(event) for event in OWN}
"""What is sent as long as nobody has typed anything else."""

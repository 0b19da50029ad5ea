"""What an admin pastes into the provider's cabinet: a body for each event.

Source: API.md, "Event notifications". Only variables that the event has, and of these only single values: how the
provider writes a list into a body is not documented. It puts the quotes around strings itself.
"""

from django.utils.translation import gettext_lazy as _

from ...provider.hooks import EVENTS

TITLES = {
    "incoming": _("Incoming call"),
    "outgoing": _("Outgoing call"),
    "waiting": _("Waiting for an answer"),
    "talk_started": _("Talk started"),
    "talk_finished": _("Talk finished"),
    "call_finished": _("Call finished"),
    "recording_ready": _("Recording ready"),
    "lost_call": _("Lost call"),
}
USES = {
    "incoming": _("A client who calls is seen at once"),
    "outgoing": _("A call made beside ClickCall gets into the log"),
    "waiting": _("People see who is being rung"),
    "talk_started": _("The clock of a talk begins by itself"),
    "talk_finished": _("The clock of a talk stops by itself"),
    "call_finished": _("People see at once how a call ended"),
    "recording_ready": _("A talk can be heard as soon as it is recorded"),
    "lost_call": _("A missed client is seen at once"),
}
_COMMON = (
    "notification_mnemonic",
    "notification_time",
    "notification_timestamp",
    "app_id",
    "call_session_id",
    "virtual_phone_number",
    "contact_phone_number",
    "employee_id",
    "employee_full_name",
    "communication_id",
)
_OWN = {
    "incoming": ("employee_phone_number",),
    "outgoing": ("employee_phone_number",),
    "waiting": ("leg_id", "direction", "call_source", "external_id"),
    "talk_started": ("direction", "external_id"),
    "talk_finished": ("talk_time_duration", "scenario_name", "external_id"),
    "call_finished": (
        "talk_time_duration",
        "total_time_duration",
        "wait_time_duration",
        "direction",
        "call_source",
        "external_id",
    ),
    "recording_ready": ("file_link", "file_duration"),
    "lost_call": ("wait_time_duration",),
}


def body(event: str) -> str:
    """The template of an event: a flat JSON object as soon as the provider has put its values in."""
    lines = [f'  "event": "{event}"', *(f'  "{name}": {{{{{name}}}}}' for name in (*_COMMON, *_OWN[event]))]
    return "{\n" + ",\n".join(lines) + "\n}"


def templates() -> dict[str, str]:
    """The template of every event by its name, in the order of a call."""
    return {event: body(event) for event in EVENTS}

"""The calls of a demo's account as the provider's report would show them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from clickcall.calls.turns import begun
from clickcall.models import Account, Call, Origin, WrapUp

MOST = 5000


def rows_of(account: Account) -> Iterator[dict[str, Any]]:
    """Rows of `get.calls_report` for the newest calls that are over and whose session is known."""
    ended = account.calls.filter(finished_at__isnull=False).exclude(call_session_id="")
    names = dict(account.tags.values_list("provider_id", "name"))
    for call in ended.select_related("member__employee", "wrap_up").order_by("-requested_at")[:MOST]:
        if call.call_session_id.isdecimal():
            yield _row(call, account) | {"tags": list(_tags(call, names))}


def _tags(call: Call, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Those that were set while the demo ran before."""
    said: WrapUp | None = getattr(call, "wrap_up", None)
    for tag in said.tags if said else []:
        if tag in names and tag.isdecimal():
            yield {"tag_id": int(tag), "tag_name": names[tag]}


def _row(call: Call, account: Account) -> dict[str, Any]:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(account.tz).strftime("%Y-%m-%d %H:%M:%S") if moment else None

    is_press = call.origin == Origin.PRESS
    return {
        "id": int(call.call_session_id),
        "start_time": local((call.accepted_at or begun(call)) if is_press else call.requested_at),
        "finish_time": local(call.finished_at),
        "finish_reason": call.finish_reason or None,
        "is_lost": call.is_missed,
        "direction": call.params.get("direction", "in") if is_press or call.origin == Origin.INBOUND else "out",
        "contact_phone_number": call.contact_phone,
        "virtual_phone_number": call.number_digits,
        "wait_duration": call.wait_duration or 0,
        "talk_duration": call.talk_duration or 0,
        "clean_talk_duration": call.talk_duration or 0,
        "total_duration": call.total_duration or 0,
        "call_records": call.record_ids,
        "full_record_file_link": call.record_link or None,
        "communication_id": int(call.communication_id) if call.communication_id.isdecimal() else None,
        "employees": list(_employees(call)),
        "call_api_external_id": call.external_id,
        "call_api_request_id": call.external_id,
    }


def _employees(call: Call) -> Iterator[dict[str, Any]]:
    employee = call.member.employee if call.member else None
    if employee:
        answered = bool(call.employee_answered_at)
        yield {
            "employee_id": int(employee.provider_id),
            "employee_full_name": employee.name,
            "is_answered": answered,
            "is_talked": answered and bool(call.talk_duration),
        }
